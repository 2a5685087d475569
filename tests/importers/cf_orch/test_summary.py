"""`summary.json` beside candidate lines: the items that need no review."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from avocet import runs
from avocet.db import Database
from avocet.importers.base import ImportOptions, Settled, SourceFile
from avocet.importers.cf_orch import CfOrch
from avocet.importers.cf_orch.summary import MAX_BYTES, MOST_ITEMS
from tests.factories import candidate_lines, write_run


@pytest.fixture
def run_file(tmp_path: Path) -> Path:
    return write_run(tmp_path, candidate_lines(2))


def write(run_file: Path, counted: Any, **more: Any) -> Path:
    path = run_file.with_name("summary.json")
    models = [{"model_name": "small", "task_types": {"arithmetic": counted}}]
    path.write_text(json.dumps({"run_id": "x", "totals": {"passed": 99}, "models": models, **more}))
    return path


def settled(run_file: Path, name: str = "sft_candidates.jsonl") -> Counter[Any]:
    reading = CfOrch().read([SourceFile(run_file, name)], ImportOptions())
    found = [item.result for item in reading.items if isinstance(item.result, Settled)]
    assert {(item.model_name, item.task_type) for item in found} <= {("small", "arithmetic")}
    return Counter(item.outcome for item in found)


def test_what_passed_errored_and_was_not_scored_is_counted(run_file: Path) -> None:
    write(run_file, {"items": 9, "passed": 3, "failed": 2, "errored": 2, "unscored": 1})
    assert settled(run_file) == {"passed": 3, "errored": 2, "unscored": 1}


def test_the_older_shape_has_no_errors(run_file: Path) -> None:
    write(run_file, {"items": 5, "passed": 3, "failed": 2})
    assert settled(run_file) == {"passed": 3}


def test_it_belongs_to_a_run_folder_only(run_file: Path) -> None:
    write(run_file, {"passed": 3})
    assert settled(run_file, "mine.jsonl") == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"models": {}}',
        b'{"models": [{"model_name": "small"}]}',
        b"\xff",
        b"[" * 100_000,
        b" " * (MAX_BYTES + 1),
    ],
    ids=range(8),
)
def test_any_other_summary_counts_nothing(run_file: Path, content: bytes) -> None:
    run_file.with_name("summary.json").write_bytes(content)
    assert settled(run_file) == {}


@pytest.mark.parametrize("passed", [-1, 1.5, "3", None, MOST_ITEMS + 1])
def test_a_number_that_can_not_be_meant_counts_nothing(run_file: Path, passed: Any) -> None:
    write(run_file, {"passed": passed})
    assert settled(run_file) == {}


def test_a_link_is_not_followed(run_file: Path, tmp_path: Path) -> None:
    path = write(run_file, {"passed": 3})
    path.rename(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    assert settled(run_file) == {}


def test_the_run_stays_the_run_that_it_was(run_file: Path, database: Database) -> None:
    """A summary that comes later changes neither the run's id nor its cards."""
    (source,) = runs.find(run_file.parent)
    first = runs.import_run(database, source)
    write(run_file, {"passed": 3})
    (source,) = runs.find(run_file.parent)
    again = runs.import_run(database, source)
    assert (first.run_id, first.read, first.imported) == (again.run_id, 2, 2)
    assert (again.read, again.skipped, again.passed) == (5, 2, 3)
    assert {(total.model_name, total.passed, total.failed) for total in again.totals} == {
        ("small-model", 0, 2),
        ("small", 3, 0),
    }
