"""What a reader that guesses types is spared: late rows, numbers too large, names that YAML spells its own way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from avocet import exports
from avocet.db import Database
from avocet.exports import Recipe, encoding
from avocet.exports.shapes import Node, Shape
from tests.exports.deciding import corrected, read_rows
from tests.factories import Line, candidate_line, import_lines


def shape(*values: Any) -> Shape:
    made = Shape()
    for value in values:
        made.add({"x": value})
    return made


@pytest.mark.parametrize(
    ("values", "is_mixed"),
    [
        ((1, 0.5), False),
        ((2**53 + 1, 1), False),
        ((2**53 + 1, 0.5), True),
        ((0.5, 1, -(2**53) - 1), True),
        ((1, True), True),
        ((1, "1"), True),
        (([1], ["a"]), True),
        (({"y": None}, {"y": {"z": 1}}), False),
    ],
)
def test_values_of_two_types_in_one_place(values: tuple[Any, ...], is_mixed: bool) -> None:
    assert shape(*values).root.is_mixed is is_mixed
    joined = Node()
    for value in values:
        joined.join(shape(value).root)
    assert joined.is_mixed is is_mixed


def test_the_first_text_that_is_no_date_shows_a_type() -> None:
    made = Shape()
    assert [made.add({"x": text}) for text in ("2026-01-02", "2026-01-03", "soon", "2026-01-04", "late")] == [
        True,
        False,
        True,
        False,
        False,
    ]
    assert made.dates() == {}


NONE = {"failure_category": None, "model_name": None, "task_type": None, "benchmark_run_id": None}
LATE: dict[str, tuple[Line, Line]] = {
    "nulls": (NONE, {**NONE, "failure_category": "wrong_answer", "model_name": "m"}),
    "dates": ({"task_type": "2026-01-02"}, {"task_type": "no date"}),
    "tools": ({"tools": None}, {"tools": [{"name": "f", "parameters": {"type": "object"}}]}),
}


@pytest.mark.parametrize("kind", LATE)
@pytest.mark.parametrize("format_name", ["sft", "trl-sft", "alpaca"])
def test_a_late_row_comes_first_in_a_file_and_in_a_stream(
    database: Database, bench_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_name: str, kind: str
) -> None:
    monkeypatch.setattr(encoding, "GUESSED_FROM_BYTES", 2_000)
    early, late = LATE[kind]
    lines = [candidate_line(number, **(late if number == 29 else early)) for number in range(30)]
    corrected(database, bench_dir, lines)
    out = tmp_path / "out"
    exports.write(database, Recipe(format=format_name), out / "a.jsonl")
    order = [row["avocet_id"].rpartition("-")[2] for row in read_rows(out / "a.jsonl")]
    others = map(str, range(1, 29))
    # alpaca and sft have no tools
    assert order == (["0", *others, "29"] if kind == "tools" and format_name != "trl-sft" else ["0", "29", *others])
    chunks = exports.stream(database, Recipe(format=format_name), scratch=out)
    assert b"".join(chunks) == (out / "a.jsonl").read_bytes()
    assert sorted(path.name for path in out.iterdir()) == ["a.jsonl", "a.jsonl.manifest.json"]


@pytest.mark.parametrize("name", ["\U0001f600", "a\nb", "\u2028", "\x7f", "a: b", "'\"\\", "yes", "", "\\\U0001f600"])
def test_any_name_of_a_parameter_stands_in_the_card(
    database: Database, bench_dir: Path, tmp_path: Path, name: str
) -> None:
    parameters = {"type": "object", "properties": {name: {"type": "string"}}}
    line = candidate_line(0, tools=[{"name": "f", "parameters": parameters}], status="approved")
    import_lines(database, bench_dir, [{**line, "corrected_response": "right"}])
    exports.write_folder(database, Recipe(format="mlx"), tmp_path / "set")
    card = yaml.safe_load((tmp_path / "set/README.md").read_text().split("---")[1])
    found: list[Any] = []

    def walk(value: Any) -> None:
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(one)
        if isinstance(value, dict) and "name" in value:
            found.append(value["name"])

    walk(card)
    assert name in found
