"""YAML that nobody vouches for."""

from __future__ import annotations

import json
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest

from avocet.errors import RunUnreadable
from avocet.importers.base import SourceFile
from avocet.importers.reading import yaml_rows
from avocet.importers.reading.jsonl import decode_bare
from avocet.importers.reading.yaml_rows import Document, InvalidYaml, read_yaml, yaml_value

LIST = ("results", "results")


def read(tmp_path: Path, text: str | bytes) -> Document:
    path = tmp_path / "results.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_yaml(SourceFile(path, path.name), LIST, "Use JSON Lines.")


def refused(tmp_path: Path, text: str | bytes) -> str:
    with pytest.raises(RunUnreadable) as error:
        read(tmp_path, text)
    return error.value.detail


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("~", None), ("null", None), ("''", ""), ("true", True), ("False", False), ("'true'", "true")),
        *(("12", 12), ("-3", -3), ("0.5", 0.5), ("1e3", 1000.0), (".5", 0.5), ("1e999", inf), ("-.inf", -inf)),
        *(
            ("12:30", "12:30"),
            ("yes", "yes"),
            ("on", "on"),
            ("0x1F", "0x1F"),
            ("1_000", "1_000"),
            ("2026-01-02", "2026-01-02"),
        ),
        *(
            ("!!str 5", "5"),
            ("!!python/object/apply:os.system [x]", ["x"]),
            ("|\n  a\n  b", "a\nb"),
            (">-\n  a\n  b", "a b"),
        ),
        *(("[1, [2], {a: b}]", [1, [2], {"a": "b"}]), ("{1: 2}", {"1": 2}), ("9" * 30, "9" * 30)),
    ],
)
def test_a_value(text: str, value: Any) -> None:
    assert yaml_value(text) == value


def test_the_rows_are_taken_out(tmp_path: Path) -> None:
    text = (
        "evalId: e\nresults:\n  version: 3\n  results:\n    - &a {x: [1, 2]}\n    - *a\n    - {y: *a}\nafter: [1]\n"
    )
    rest, rows = read(tmp_path, text)
    assert rest == {"evalId": "e", "results": {"version": 3, "results": []}, "after": [1]}
    assert [json.loads(bytes(row)) for row in rows] == [{"x": [1, 2]}, {"x": [1, 2]}, {"y": {"x": [1, 2]}}]


def test_numbers_that_json_lacks_stay_what_they_are_in_the_rows(tmp_path: Path) -> None:
    _, rows = read(tmp_path, "evalId: e\nresults:\n  results:\n    - {a: .inf, b: -.inf, c: .nan, d: null}\n")
    assert decode_bare(bytes(rows[0])) == {"a": inf, "b": -inf, "c": pytest.approx(nan, nan_ok=True), "d": None}


@pytest.mark.parametrize("text", ["[" * 1_000_000, "{a: " * 100_000, "- " * 3000 + "x", "[" * 100 + "]" * 100])
def test_absurd_nesting_ends_in_an_error_and_not_in_a_dead_process(tmp_path: Path, text: str) -> None:
    assert "nested deeper" in refused(tmp_path, text)


def test_aliases_may_repeat_but_not_explode(tmp_path: Path) -> None:
    laughs = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    laughs += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert "repeat more than any results hold" in refused(tmp_path, "\n".join(laughs))


def test_an_alias_of_what_holds_it(tmp_path: Path) -> None:
    assert "before that is known" in refused(tmp_path, "a: &a [*a]")


@pytest.mark.parametrize(
    "text", ["a: [1", "a: b: c", "\ta: 1", "a: 'x", "a: *b", "? [a]\n: b", "a: 1\n---\nb: 2", b"a: \xff"]
)
def test_what_is_no_yaml_says_what_to_do(tmp_path: Path, text: str | bytes) -> None:
    assert refused(tmp_path, text).endswith("Use JSON Lines.")


@pytest.mark.parametrize("text", ["", "- 1", "x"])
def test_a_document_is_a_mapping(tmp_path: Path, text: str) -> None:
    refused(tmp_path, text)


def test_it_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_rows, "MAX_YAML_BYTES", 10)
    assert "Use JSON Lines." in refused(tmp_path, "a: 1234567890")


def test_a_short_text_that_is_none() -> None:
    with pytest.raises(InvalidYaml):
        yaml_value("[1")
