"""The text filter is a search; what version 0.1.0 exported by it keeps the rule it was made by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from avocet import exports
from avocet.db import Database
from avocet.errors import UnknownFilterValue
from avocet.exports import ExportFilter, Recipe, made, manifest
from tests.exports.deciding import decide, rows_of
from tests.factories import RUN, candidate_line, import_lines

TEXTS = ("the capital of France", "capitals off", "of the capital")


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    lines = [candidate_line(number, model_response=said) for number, said in enumerate(TEXTS)]
    import_lines(database, bench_dir, lines)
    for number, note in enumerate((None, "seen by Zoë", None)):
        decide(database, number, "correct", f"right {number}", note=note)
    return database


def numbers(rows: list[Any]) -> list[int]:
    return [int(row["avocet_id"].removeprefix(f"{RUN}/item-")) for row in rows]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "capital of"}, [0, 2]),
        ({"text": '"capital of"'}, [0]),
        ({"text": "of capital "}, [0, 2]),
        ({"text": "apital"}, []),
        ({"text": "zoe 1"}, [1]),
        ({"text": "Add one to"}, [0, 1, 2]),
        ({"text": "right 2"}, [2]),
        ({"exclude_text": "capitals"}, [0, 2]),
        ({"text": "capital", "exclude_text": "france"}, [1, 2]),
    ],
)
def test_finds_what_a_search_finds(desk: Database, wanted: dict[str, str], found: list[int]) -> None:
    assert numbers(rows_of(desk, **wanted)) == found


def test_looks_at_the_state_that_is_exported(desk: Database) -> None:
    decide(desk, 1, "flag", note="another", revises=2)
    recipe = Recipe(filter=ExportFilter(text="zoe"))
    assert b"".join(exports.stream(desk, recipe)) == b""
    then = b"".join(exports.stream(desk, recipe, exports.AsOf(3)))
    assert numbers([msgspec.json.decode(line) for line in then.splitlines()]) == [1]


@pytest.mark.parametrize("name", ["text", "exclude_text"])
def test_without_a_word_is_refused(desk: Database, name: str) -> None:
    with pytest.raises(UnknownFilterValue, match=f"{name} holds no word"):
        rows_of(desk, **{name: "???"})


@pytest.mark.parametrize("wanted", [ExportFilter(text="APITAL OF"), ExportFilter(exclude_text="?")])
def test_an_export_of_version_0_1_0_is_made_again_as_it_was(
    desk: Database, tmp_path: Path, wanted: ExportFilter
) -> None:
    """Its manifest says nothing of the rule: the letters as they stand, wherever they stand."""
    recipe = Recipe(filter=wanted, text_rule=1)
    target = tmp_path / "old.jsonl"
    written = exports.write(desk, recipe, target)
    number = exports.record(desk, written, reviewer="rowan", target="old.jsonl")
    beside = tmp_path / "old.jsonl.manifest.json"
    for stored in (msgspec.json.decode(beside.read_bytes()), msgspec.json.decode(msgspec.json.encode(written))):
        assert stored["recipe"].pop("text_rule") == 1
        beside.write_bytes(msgspec.json.encode(stored))
    with desk.write() as connection:
        connection.execute(text("UPDATE exports SET manifest = :old"), {"old": beside.read_text()})
    again = made.again(desk, made.read(desk, number).manifest, tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == target.read_bytes()
    assert again.rows == (1 if wanted.text else 0)
    assert exports.verify(target, desk).problems == []


def test_a_new_export_says_by_which_rule_it_was_made(desk: Database, tmp_path: Path) -> None:
    exports.write(desk, Recipe(filter=ExportFilter(text="capital")), tmp_path / "new.jsonl")
    stored = manifest.decode((tmp_path / "new.jsonl.manifest.json").read_bytes())
    assert stored.recipe.text_rule == 2
