"""A real PostgreSQL that ends the first try of each write with 40P01: the write is done once more, from its start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from avocet import exports
from avocet.db import Database
from avocet.exports import HoldOut, Recipe, recipe
from avocet.review import search
from avocet.review.search import index
from avocet.runs import mappings, restore, results_folder, take_back
from tests.consistency import assert_consistent
from tests.factories import RUN, candidate_lines, import_lines

Step = Callable[[Database, Path], object]


def remember(database: Database, folder: Path) -> int:
    written = exports.write(database, Recipe(format="trl-sft"), folder / "rows.jsonl", overwrite=True)
    return exports.record(database, written, reviewer="rowan", target="rows.jsonl")


def nothing(database: Database, folder: Path) -> None:
    pass


def hide(database: Database, folder: Path) -> object:
    return take_back(database, RUN, "rowan", decided_too=True)


WRITES: dict[str, tuple[str, Step, Step]] = {
    "import": ("runs", nothing, lambda desk, folder: import_lines(desk, folder, candidate_lines(2), "another")),
    "import again": ("removals", hide, lambda desk, folder: import_lines(desk, folder, candidate_lines(3))),
    "take back": ("removals", nothing, hide),
    "restore": ("removals", hide, lambda desk, folder: restore(desk, RUN)),
    "recipe": ("recipes", nothing, lambda desk, _: recipe.save(desk, "mine", Recipe())),
    "forget recipe": (
        "recipes",
        lambda desk, _: recipe.save(desk, "mine", Recipe()),
        lambda desk, _: recipe.forget(desk, "mine"),
    ),
    "hold-out": ("settings", nothing, lambda desk, _: recipe.store_hold_out(desk, HoldOut(share=0.1))),
    "mapping": (
        "mappings",
        nothing,
        lambda desk, _: mappings.save_mapping(desk, "ours", {"prompt": "q", "response": "a"}),
    ),
    "delete mapping": (
        "mappings",
        lambda desk, _: mappings.save_mapping(desk, "ours", {"prompt": "q", "response": "a"}),
        lambda desk, _: mappings.delete_mapping(desk, "ours"),
    ),
    "results folder": (
        "settings",
        nothing,
        lambda desk, folder: results_folder.store_bench_folder(desk, str(folder)),
    ),
    "no results folder": ("settings", nothing, lambda desk, _: results_folder.store_bench_folder(desk, None)),
    "export": ("exports", nothing, remember),
    "index": (index.CARDS.table, nothing, lambda desk, _: search.index_all(desk)),
}


@contextmanager
def first_try_fails(database: Database, table: str) -> Iterator[Callable[[], int]]:
    """How often the table was written to; the first time ended in a deadlock. A sequence forgets no rollback."""
    with database.write() as connection:
        for statement in (
            "CREATE SEQUENCE tries",
            "CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF nextval('tries') = 1 THEN RAISE EXCEPTION 'for the test' USING ERRCODE = '40P01'; END IF;"
            " RETURN NULL; END $$",
            f"CREATE TRIGGER fail_once BEFORE INSERT OR UPDATE OR DELETE ON {table} EXECUTE FUNCTION fail_once()",
        ):
            connection.execute(text(statement))

    def tries() -> int:
        with database.read() as connection:
            return int(connection.scalar(text("SELECT last_value FROM tries")) or 0)

    try:
        yield tries
    finally:
        with database.write() as connection:
            connection.execute(text("DROP FUNCTION fail_once CASCADE"))
            connection.execute(text("DROP SEQUENCE tries"))


@pytest.mark.only("postgresql")  # writers of SQLite are alone
@pytest.mark.parametrize("name", WRITES)
def test_a_deadlock_costs_no_write(database: Database, bench_dir: Path, name: str) -> None:
    import_lines(database, bench_dir, candidate_lines(3))
    table, before, write = WRITES[name]
    before(database, bench_dir)
    with first_try_fails(database, table) as tries:
        write(database, bench_dir)
        assert tries() > 1
    assert_consistent(database)
