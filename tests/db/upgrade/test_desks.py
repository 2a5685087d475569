"""Desks of version 0.1.0 come up to date whole, and know what they imported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import inspect, text

from avocet import runs
from avocet.db import Database
from avocet.faults import CHECK_FAULTS
from avocet.importers.base import ImportOptions
from avocet.review import stats
from avocet.runs import ImportReport, import_run
from avocet.runs.importing import COUNTED_OTHERWISE
from tests.db.upgrade.desk import COUNTS, SOURCES, desk_of_0_1_0, path_of
from tests.factories import assert_counted

TABLES = (
    *("runs", "run_totals", "candidates", "decisions", "counters", "rejected_lines", "removals"),
    *("mappings", "recipes", "exports"),
)
ONE_STAMP = "cases/lm-eval/pair/org__two"
READ_AS_FAILURES = frozenset({"cases/lm-eval/infinity", "cases/generic/ends-with-user.json"})
"""The sources of which today more is a failure than 0.1.0 saw in them."""


@pytest.fixture
def url(_server_url: str | None, tmp_path: Path) -> Iterator[str]:
    with desk_of_0_1_0(_server_url, tmp_path / "data") as url:
        yield url


@pytest.fixture
def upgraded(url: str) -> Iterator[Database]:
    database = Database(url)
    database.migrate(agreed=True)
    yield database
    database.close()


def rows(database: Database, table: str, columns: list[str] | None = None) -> list[dict[str, Any]]:
    with database.read() as connection:
        names = columns or [column["name"] for column in inspect(connection).get_columns(table)]
        key = inspect(connection).get_pk_constraint(table)["constrained_columns"]
        listed = ", ".join(f'"{name}"' for name in names)
        query = text(f"SELECT {listed} FROM {table} ORDER BY {', '.join(key)}")
        return [dict(row._mapping) for row in connection.execute(query)]


def come_again(database: Database, source: dict[str, Any]) -> list[ImportReport]:
    options = ImportOptions(**source.get("options", {}))
    found = runs.find(path_of(source), source.get("format"))
    return [import_run(database, run, importer_name=source.get("format"), options=options) for run in found]


def test_every_row_stays_what_it_was(url: str) -> None:
    database = Database(url)
    before = {table: rows(database, table) for table in TABLES}
    database.migrate(agreed=True)
    for table in TABLES:
        assert before[table], table
        assert rows(database, table, list(before[table][0])) == before[table], table
    assert_counted(database)
    no_faults = {"by_fault": dict.fromkeys(CHECK_FAULTS, 0)}
    assert msgspec.to_builtins(stats.read(database)) == COUNTS["stats"] | no_faults
    database.close()


def test_it_holds_what_a_desk_can_hold(upgraded: Database) -> None:
    with upgraded.read() as connection:

        def told(query: str) -> set[Any]:
            return set(connection.scalars(text(query)))

        assert told("SELECT action FROM decisions") == {"correct", "accept", "discard", "flag", "undo"}
        assert told("SELECT harness FROM runs") >= {
            *("cf-orch", "lm-eval", "lighteval", "simple-evals", "openai-evals", "inspect", "promptfoo"),
            *("deepeval", "ragas", "generic"),
        }
        assert told("SELECT 1 FROM decisions WHERE batch_id IS NOT NULL AND action = 'undo'") == {1}
        assert told("SELECT 1 FROM decisions WHERE replaces IS NOT NULL AND action = 'correct'") == {1}
        assert told("SELECT 1 FROM removals WHERE restored_at IS NOT NULL") == {1}
        assert told("SELECT 1 FROM runs WHERE path LIKE 'upload:%'") == {1}


@pytest.mark.parametrize("source", SOURCES, ids=[source["path"] for source in SOURCES])
def test_what_it_imported_is_known(upgraded: Database, source: dict[str, Any]) -> None:
    cards, decisions = rows(upgraded, "candidates"), rows(upgraded, "decisions")
    then = [sum(column) for column in zip(*COUNTS["imports"][source["path"]], strict=True)]
    read, imported, skipped, rejected = then
    reports = come_again(upgraded, source)
    if source["path"] == ONE_STAMP:
        # 0.1.0 took three of this model's for others' and refused them, and two for the other model's
        assert [(report.imported, report.skipped, report.rejected) for report in reports] == [(5, 0, 0)]
        assert reports[0].run_id == "two 2026-11-22T10-00-00.000000"
        return
    assert sum(report.read for report in reports) == read
    assert sum(report.skipped for report in reports) >= imported + skipped
    assert sum(report.rejected for report in reports) <= rejected
    if source["path"] not in READ_AS_FAILURES:
        assert sum(report.imported for report in reports) == 0
    assert all(report.notes.get(COUNTED_OTHERWISE, 0) == report.imported for report in reports)
    is_brought_back = "taken-back" in source["path"]
    kept = rows(upgraded, "candidates")[: len(cards)]
    assert [card | {"status": ""} for card in kept] == [card | {"status": ""} for card in cards]
    assert is_brought_back or kept == cards
    assert rows(upgraded, "decisions") == decisions
    assert_counted(upgraded)
