"""The counters: moved with the candidate, read without counting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from avocet.db import Database
from avocet.review import counters, decisions, entries
from avocet.review.counters import CounterKey, key_of
from avocet.review.decisions import Submission
from tests.factories import RUN, assert_counted, candidate_line, candidate_lines, import_lines


def test_null_is_the_empty_text_in_a_key() -> None:
    assert key_of(1, None, None, "approved", None) == CounterKey(1, "", "", "approved", "", "failed")


def test_an_import_counts_what_it_brings(database: Database, tmp_path: Path) -> None:
    lines = [
        candidate_line(0),
        candidate_line(1),
        candidate_line(2, status="approved", failure_category="wrong_answer"),
        candidate_line(3, model_name=None, task_type=None),
    ]
    import_lines(database, tmp_path, lines)
    with database.read() as connection:
        ((run_pk,),) = {(key.run_pk,) for key, _ in counters.read(connection)}
        assert dict(counters.read(connection)) == {
            key_of(run_pk, "small-model", "arithmetic", "needs_review", None): 2,
            key_of(run_pk, "small-model", "arithmetic", "approved", "wrong_answer"): 1,
            key_of(run_pk, None, None, "needs_review", None): 1,
        }
    assert_counted(database)


def test_moves_add_up_and_zeros_are_not_shown(database: Database, tmp_path: Path) -> None:
    import_lines(database, tmp_path, candidate_lines(1))
    with database.write() as connection:
        ((key, _),) = counters.read(connection)
        other = key._replace(status="approved")
        counters.move(connection, {key: -1, other: 1})
        counters.move(connection, {})
        counters.move(connection, {key: 0})
        assert dict(counters.read(connection)) == {other: 1}
        counters.move(connection, {other: 4, key: 2})
        assert dict(counters.read(connection)) == {other: 5, key: 2}


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 6),
        ({"run_id": ["one"]}, 4),
        ({"run_id": ["one", "two"]}, 6),
        ({"run_id": ["nowhere"]}, 0),
        ({"not_run_id": ["one"]}, 2),
        ({"model_name": ["a"]}, 3),
        ({"not_model_name": ["a", "b"]}, 0),
        ({"task_type": ["x"]}, 3),
        ({"run_id": ["one"], "model_name": ["a"], "task_type": ["x"], "not_task_type": ["y"]}, 2),
    ],
)
def test_a_total_of_some(database: Database, tmp_path: Path, wanted: dict[str, Any], count: int) -> None:
    lines = [candidate_line(n, model_name="ab"[n % 2], task_type="xy"[n % 2]) for n in range(6)]
    import_lines(database, tmp_path, lines[:4], "one")
    import_lines(database, tmp_path, lines[4:], "two")
    with database.read() as connection:
        assert counters.total(connection, status="needs_review", **wanted) == count
        assert counters.total(connection, status="approved", **wanted) == 0


def test_a_verdict_that_fails_moves_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_lines(database, tmp_path, candidate_lines(1))
    with database.read() as connection:
        before = counters.read(connection)

    def fail(*_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(counters, "move", fail)
    with pytest.raises(RuntimeError):
        decisions.submit(database, Submission(id=f"{RUN}/item-0", action="accept"), "rowan")
    with database.read() as connection:
        assert counters.read(connection) == before
    assert entries.of(database, f"{RUN}/item-0") == []
