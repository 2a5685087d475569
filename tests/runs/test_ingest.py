"""The same hand-over from many programs at once is stored once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from avocet.db import Database
from avocet.errors import IdempotencyConflict
from avocet.review import entries, stats
from avocet.runs.ingest import Ingestion, ingest
from tests.factories import assert_counted

CLIENTS = 8
PATIENCE_S = 60.0


def ingestion(**changes: str) -> Ingestion:
    fields = {"source": "lab", "task_type": "t", "response": "r", "correction": "c", **changes}
    return Ingestion(prompt=[{"role": "user", "content": "?"}], **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", [None, "k"])
def test_the_same_at_once_is_stored_once(database: Database, key: str | None) -> None:
    barrier = threading.Barrier(CLIENTS)

    def work(_client: int) -> str:
        barrier.wait(PATIENCE_S)
        return ingest(database, ingestion(), key)

    with ThreadPoolExecutor(CLIENTS) as pool:
        (card,) = set(pool.map(work, range(CLIENTS), timeout=PATIENCE_S))
    assert stats.read(database).total == 1
    assert len(entries.of(database, card)) == 1
    assert_counted(database)


def test_others_at_once_are_all_stored(database: Database) -> None:
    barrier = threading.Barrier(CLIENTS)

    def work(client: int) -> list[str]:
        barrier.wait(PATIENCE_S)
        return [ingest(database, ingestion(response=f"{client}:{number}")) for number in range(5)]

    with ThreadPoolExecutor(CLIENTS) as pool:
        stored = [card for cards in pool.map(work, range(CLIENTS), timeout=PATIENCE_S) for card in cards]
    assert len(set(stored)) == stats.read(database).total == CLIENTS * 5
    assert_counted(database)


def test_of_two_contents_with_one_key_one_is_stored(database: Database) -> None:
    barrier = threading.Barrier(CLIENTS)

    def work(client: int) -> str | None:
        barrier.wait(PATIENCE_S)
        try:
            return ingest(database, ingestion(response=str(client)), "k")
        except IdempotencyConflict:
            return None

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(work, range(CLIENTS), timeout=PATIENCE_S))
    assert sum(answer is not None for answer in answers) == stats.read(database).total == 1
