"""Which run files belong to."""

from __future__ import annotations

from pathlib import Path

import pytest

from avocet import runs
from avocet.db import Database
from avocet.runs import RunSource, import_run
from tests.factories import candidate_line, write_jsonl


def source(path: Path, *, uploaded: bool = False) -> RunSource:
    (found,) = runs.group(runs.find(path)[0].parts, uploaded=uploaded)
    return found


def run_id(database: Database, source: RunSource) -> str:
    return import_run(database, source).run_id


@pytest.mark.parametrize("uploaded", [False, True])
def test_the_same_file_is_the_same_run(database: Database, tmp_path: Path, uploaded: bool) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [candidate_line(0, id=...)])
    assert run_id(database, source(path, uploaded=uploaded)) == "a"
    assert run_id(database, source(path, uploaded=uploaded)) == "a"


def test_a_file_written_anew_in_its_place_is_the_same_run(database: Database, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", [candidate_line(0)])
    assert run_id(database, source(path)) == "a"
    write_jsonl(path, [candidate_line(1)])
    assert run_id(database, source(path)) == "a"


def test_another_place_is_another_run(database: Database, tmp_path: Path) -> None:
    for folder in ("x", "y"):
        write_jsonl(tmp_path / folder / "a.jsonl", [candidate_line(0)])
    assert run_id(database, source(tmp_path / "x" / "a.jsonl")) == "a"
    assert run_id(database, source(tmp_path / "y" / "a.jsonl")) == "a-2"


def test_an_upload_has_no_place_so_its_content_tells(database: Database, tmp_path: Path) -> None:
    first = write_jsonl(tmp_path / "x" / "a.jsonl", [candidate_line(0)])
    grown = write_jsonl(tmp_path / "y" / "a.jsonl", [candidate_line(0), candidate_line(1)])
    other = write_jsonl(tmp_path / "z" / "a.jsonl", [candidate_line(2)])
    assert run_id(database, source(first, uploaded=True)) == "a"
    assert run_id(database, source(grown, uploaded=True)) == "a"
    assert run_id(database, source(other, uploaded=True)) == "a-2"
    assert run_id(database, source(grown, uploaded=True)) == "a"


def test_an_empty_upload_says_nothing_about_the_next(database: Database, tmp_path: Path) -> None:
    empty = write_jsonl(tmp_path / "x" / "sft_candidates.jsonl", [])
    other = write_jsonl(tmp_path / "y" / "sft_candidates.jsonl", [candidate_line(2)])
    assert run_id(database, source(empty, uploaded=True)) == "sft_candidates"
    assert run_id(database, source(other, uploaded=True)) == "sft_candidates-2"
