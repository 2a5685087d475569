"""Tags in exports: a filter, a column, and the names that an export keeps whatever tags are called since."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import msgspec
import pytest

from avocet import exports
from avocet.db import Database
from avocet.errors import InvalidRequest, UnknownFilterValue
from avocet.exporters import EXPORTERS
from avocet.exports import AsOf, ExportFilter, Recipe, Splits, made
from avocet.review import decisions, tags
from avocet.review.decisions import Submission
from tests.exports.deciding import contents, decide, read_rows, rows_of
from tests.factories import RUN, candidate_line, candidate_lines, import_lines

TAGGED = {0: ["units"], 1: ["units", "off by one"], 2: [], 3: ["kg"], 4: ["other"]}
TRAINING = [name for name, exporter in EXPORTERS.items() if exporter.is_training]


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    import_lines(database, bench_dir, candidate_lines(len(TAGGED)))
    for number, names in TAGGED.items():
        decide(database, number, "correct", f"It is {number + 1}.", failure_category="wrong_answer", tags=names)
    return database


def write(database: Database, target: Path, **wanted: Any) -> Path:
    exports.write(database, Recipe(**wanted), target)
    return target


# a line of its own, a file beside the rows, Parquet, pairs, cells
@pytest.mark.parametrize("format_name", ["sft", "openai-chat", "hf", "trl-dpo", "csv"])
def test_the_column_is_written_and_made_again_with_its_names(
    desk: Database, tmp_path: Path, format_name: str
) -> None:
    tags.merge(desk, ["kg"], "units")
    splits = None if format_name == "csv" else Splits(train=0.8, test=0.2)
    written = exports.write(
        desk, Recipe(format=format_name, failure_tags=True, splits=splits), tmp_path / "first/set"
    )
    assert written.recipe.tag_names == {1: "units", 2: "off by one", 3: "units", 4: "other"}
    held = b"".join(contents(tmp_path / "first/set").values())
    assert b"failure_tags" in held
    assert b"off by one" in held
    tags.rename(desk, "off by one", "off by 1")
    tags.merge(desk, ["other"], "units")
    decisions.undo(desk, f"{RUN}/item-1", "ann")
    assert made.again(desk, written, tmp_path / "second/set") == written
    assert contents(tmp_path / "second/set") == contents(tmp_path / "first/set")
    assert exports.verify(tmp_path / "first/set", desk).problems == []
    anew = exports.write(desk, Recipe(format=format_name, failure_tags=True), tmp_path / "c", as_of=AsOf(5))
    assert anew.recipe.tag_names == {1: "units", 2: "off by 1", 3: "units", 4: "units"}


def test_a_row_has_its_tags_as_a_list_and_a_cell_as_a_text(desk: Database, tmp_path: Path) -> None:
    rows = read_rows(write(desk, tmp_path / "a.jsonl", failure_tags=True))
    assert [row["failure_tags"] for row in rows] == list(TAGGED.values())
    table = write(desk, tmp_path / "a.csv", format="csv", failure_tags=True).read_text("utf-8-sig")
    assert [row["failure_tags"] for row in csv.DictReader(table.splitlines())] == [
        "; ".join(names) for names in TAGGED.values()
    ]


def test_without_the_choice_no_byte_is_another(database: Database, bench_dir: Path, tmp_path: Path) -> None:
    """The same decisions, once with tags and lines and once without."""
    for name in ("a", "b"):
        tagged: Any = {"tags": ["units"], "must": ["42"]} if name == "b" else {}
        for number in range(3):
            line = candidate_line(number, id=f"{name}/{number}", benchmark_run_id=None, model_response=f"{number}")
            import_lines(database, bench_dir, [line], f"{name}-{number}")
            said = Submission(id=line["id"], action="correct", corrected_response="x", **tagged)
            decisions.submit(database, said, "ann")
    for format_name in [*TRAINING, "csv"]:
        both = []
        for name in ("a", "b"):
            runs = tuple(f"{name}-{number}" for number in range(3))
            recipe = Recipe(format=format_name, filter=ExportFilter(run_id=runs))
            written = exports.write(database, recipe, tmp_path / format_name / name, overwrite=True)
            assert b"tag" not in msgspec.json.encode(written.recipe)
            files = contents(tmp_path / format_name / name)
            del files["manifest.json"]
            both.append({file: data.replace(f"{name}/".encode(), b"-/") for file, data in files.items()})
        assert EXPORTERS[format_name].encoding == "parquet" or both[0] == both[1]


def test_the_filter_means_the_same_cards_after_a_rename(desk: Database, tmp_path: Path) -> None:
    def ids(**wanted: Any) -> list[int]:
        return [int(row["avocet_id"].rpartition("-")[2]) for row in rows_of(desk, **wanted)]

    assert ids(tags=("UNITS",)) == [0, 1]
    assert ids(tags=("off by one", "kg")) == [1, 3]
    assert ids(not_tags=("units",)) == [2, 3, 4]
    assert ids(tags=("units",), not_tags=("off by one",)) == [0]
    written = exports.write(desk, Recipe(filter=ExportFilter(tags=("units",))), tmp_path / "a.jsonl")
    assert written.recipe.tag_names == {1: "units"}
    tags.rename(desk, "units", "unit")
    tags.merge(desk, ["kg"], "unit")
    exports.again(desk, written, tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert ids(tags=("unit",)) == [0, 1, 3]
    with pytest.raises(UnknownFilterValue, match=r"tags has the unknown value 'none'\. Known: .*off by one"):
        ids(tags=("none",))


def test_records_have_no_column_of_their_own(desk: Database) -> None:
    with pytest.raises(InvalidRequest, match="candidates has none"):
        exports.stream(desk, Recipe(format="candidates", failure_tags=True))
    assert [row.get("tags") for row in rows_of(desk, "candidates", not_tags=("kg",))] == [
        ["units"],
        ["units", "off by one"],
        None,
        ["other"],
    ]


def test_an_item_has_what_was_said_of_all_its_cards(desk: Database, tmp_path: Path, bench_dir: Path) -> None:
    line = candidate_line(9, task_id="item-0", status="discarded", tags=["units", "late"], must=["1"], must_not=["2"])
    import_lines(desk, bench_dir, [line], "b")
    exports.write(desk, Recipe(format="cleaned"), tmp_path / "items")
    first, second, *_ = read_rows(tmp_path / "items/data.jsonl")
    assert (first["tags"], first["must"], first["must_not"]) == (["units", "late"], ["1"], ["2"])
    assert (second["tags"], second["must"], second["must_not"]) == (["units", "off by one"], [], [])
