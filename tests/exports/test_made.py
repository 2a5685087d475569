"""Exports that were made are made again byte for byte, whatever happened since; `verify` says what differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from avocet import exports, runs
from avocet.db import Database
from avocet.errors import InvalidRequest, Prerequisite, UnknownExport
from avocet.exporters import EXPORTERS
from avocet.exports import AsOf, ExportFilter, HoldOut, Recipe, Splits, made
from avocet.review import decisions, entries
from avocet.review.decisions import Submission
from tests.exports.deciding import contents, decide, varied
from tests.factories import RUN, candidate_line, import_lines

AGAIN = [name for name, exporter in EXPORTERS.items() if exporter.is_kept]


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    varied(database, bench_dir)
    return database


def disturb(database: Database, bench_dir: Path) -> None:
    """Undo, revise, decide, import, hold out and take back."""
    for number in range(0, 20, 3):
        decisions.undo(database, f"{RUN}/item-{number}", "ann")
    decisions.undo(database, f"{RUN}/item-20", "ann")
    decide(database, 20, "flag", failure_category="hallucination")
    decisions.submit(
        database,
        Submission(id=f"{RUN}/item-25", action="correct", corrected_response="new", revises=26),
        "ann",
    )
    import_lines(
        database,
        bench_dir,
        [candidate_line(n, status="approved", corrected_response="x") for n in range(60, 70)],
        "b",
    )
    exports.store_hold_out(database, HoldOut(share=0.5))
    runs.take_back(database, RUN, "ann", decided_too=True)


@pytest.mark.parametrize("format_name", AGAIN)
def test_byte_for_byte(desk: Database, bench_dir: Path, tmp_path: Path, format_name: str) -> None:
    is_record = format_name == "csv"
    recipe = Recipe(format=format_name, splits=None if is_record else Splits(train=0.8, test=0.2))
    exports.store_hold_out(desk, HoldOut(share=0.1))
    first = tmp_path / "first" / "set"
    first.parent.mkdir()
    written = exports.write(desk, recipe, first)
    disturb(desk, bench_dir)
    second = tmp_path / "second" / "set"
    second.parent.mkdir()
    assert made.again(desk, written, second) == written
    assert contents(second) == contents(first)
    assert exports.verify(first, desk).problems == []


def test_a_filter_by_a_run_that_was_taken_back_since(desk: Database, bench_dir: Path, tmp_path: Path) -> None:
    written = exports.write(desk, Recipe(filter=ExportFilter(run_id=(RUN,))), tmp_path / "a.jsonl")
    disturb(desk, bench_dir)
    exports.again(desk, written, tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_runs_are_hidden_as_of_a_number_too(desk: Database, bench_dir: Path) -> None:
    def rows(as_of: int) -> int:
        return exports.preview(desk, Recipe(), AsOf(as_of)).rows

    disturb(desk, bench_dir)
    exports.store_hold_out(desk, HoldOut())
    assert rows(60) == 30
    import_lines(desk, bench_dir, [candidate_line(80, status="approved", corrected_response="x")], "c")
    newest = entries.of(desk, f"{RUN}/item-80")[0].decision_id
    assert rows(newest) == 11
    runs.restore(desk, RUN)
    assert rows(newest) == 11
    assert rows(60) == 30


def test_records_of_the_moment_are_not_kept(desk: Database, tmp_path: Path) -> None:
    written = exports.write(desk, Recipe(format="candidates"), tmp_path / "a.jsonl")
    with pytest.raises(InvalidRequest, match="only a backup"):
        exports.again(desk, written, tmp_path / "b.jsonl")
    checked = exports.verify(tmp_path / "a.jsonl", desk)
    assert (checked.problems, checked.against_desk) == ([], False)


def test_an_export_is_listed_with_its_manifest(desk: Database, tmp_path: Path) -> None:
    written = exports.write(desk, Recipe(), tmp_path / "a.jsonl")
    numbers = [exports.record(desk, written, reviewer="ann", target="a", recipe_name=name) for name in (None, "mine")]
    listed = made.read_all(desk)
    assert [one.export_id for one in listed] == numbers[::-1]
    assert (listed[0].recipe_name, listed[0].manifest) == ("mine", written)
    with pytest.raises(UnknownExport):
        made.read(desk, 99)


def test_a_number_that_is_not_there_yet(desk: Database) -> None:
    with pytest.raises(InvalidRequest, match="There is no decision 61 yet; the newest is 60"):
        exports.stream(desk, Recipe(), AsOf(61))


class TestVerify:
    @pytest.fixture
    def dataset(self, desk: Database, tmp_path: Path) -> Path:
        exports.write(desk, Recipe(format="hf"), tmp_path / "set")
        return tmp_path / "set"

    def test_what_was_changed_is_named(self, dataset: Path, desk: Database) -> None:
        (dataset / "README.md").write_text("mine")
        (dataset / "data" / "sft-train.parquet").unlink()
        (dataset / "notes.txt").write_text("mine")
        assert exports.verify(dataset, desk).problems == [
            "README.md was changed after it was written.",
            "data/sft-train.parquet is missing.",
            "notes.txt is no part of the dataset.",
        ]

    def test_a_manifest_that_was_changed_is_told_by_the_desk(self, dataset: Path, desk: Database) -> None:
        path = dataset / "manifest.json"
        path.write_text(path.read_text().replace('"i13"', '"i99"'))
        assert exports.verify(dataset).problems == []
        assert exports.verify(dataset, desk).problems == [
            "The manifest says something else than the desk: it was changed after it was written."
        ]

    def test_another_desk_says_so(self, dataset: Path, desk: Database) -> None:
        path = dataset / "manifest.json"
        path.write_text(path.read_text().replace('"decision": 60', '"decision": 40'))
        (problem,) = exports.verify(dataset, desk).problems
        assert "is it the same desk?" in problem
        path.write_text(path.read_text().replace('"decision": 40', '"decision": 400'))
        (problem,) = exports.verify(dataset, desk).problems
        assert problem.startswith("The desk can't make it again: There is no decision 400 yet")

    def test_a_file_by_its_own_name_or_its_manifests(self, desk: Database, tmp_path: Path) -> None:
        exports.write(desk, Recipe(), tmp_path / "a.jsonl")
        for name in ("a.jsonl", "a.jsonl.manifest.json"):
            assert exports.verify(tmp_path / name, desk) == exports.verifying.Verified(1, 30, True, [])

    def test_what_is_no_dataset(self, tmp_path: Path) -> None:
        with pytest.raises(Prerequisite, match="can't be read"):
            exports.verify(tmp_path)
        (tmp_path / "manifest.json").write_text("{}")
        with pytest.raises(Prerequisite, match="isn't a manifest"):
            exports.verify(tmp_path)

    def test_an_empty_dataset_is_one_too(self, desk: Database, tmp_path: Path) -> None:
        for format_name in ("parquet", "sft"):
            target = tmp_path / format_name
            exports.write(desk, Recipe(format=format_name, filter=ExportFilter(since="2999-01-01")), target)
            assert exports.verify(target, desk).problems == []
