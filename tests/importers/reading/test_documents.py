"""JSON that is one document, and rows that are lines or an array."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from avocet.errors import RunUnreadable
from avocet.importers.base import SourceFile
from avocet.importers.reading import documents
from avocet.importers.reading.documents import elements, outline, read_document, read_rows, small_document
from avocet.importers.reading.jsonl import Line


class Outer(msgspec.Struct):
    items: list[msgspec.Raw] = []
    note: str | None = None


def file(tmp_path: Path, content: bytes, name: str = "a.json") -> SourceFile:
    path = tmp_path / name
    path.write_bytes(content)
    return SourceFile(path, name)


def rows(*files: SourceFile) -> list[Line]:
    return list(read_rows(files))


def test_lines_and_arrays_give_the_same_rows(tmp_path: Path) -> None:
    values = [{"a": 1}, {"a": "\u2028"}, 5]
    lines = file(tmp_path, b"".join(json.dumps(value).encode() + b"\n" for value in values), "a")
    array = file(tmp_path, b"\xef\xbb\xbf" + json.dumps(values, indent=2).encode(), "b")
    for one in (lines, array):
        assert [(row.number, row.value, row.file) for row in rows(one)] == [
            (number, value, one.name) for number, value in enumerate(values, 1)
        ]
    both = rows(lines, array)
    assert [row.bytes_read for row in both] == sorted(row.bytes_read for row in both)
    assert both[-1].bytes_read == lines.path.stat().st_size + array.path.stat().st_size - 3


@pytest.mark.parametrize("bare", ["NaN", "Infinity", "-Infinity"])
def test_bare_constants_are_told_apart_and_texts_that_look_alike_stay(tmp_path: Path, bare: str) -> None:
    content = f'{{"note": "{bare}: \\" {bare}", "items": [{{"x": {bare}}}, {bare}]}}'
    one = file(tmp_path, content.encode())
    outer = outline(one, read_document(one), Outer)
    assert outer.note == f'{bare}: " {bare}'
    first, second = elements(one, outer.items)
    assert repr(first.value["x"]) == repr(second.value) == repr(float(bare))
    assert (first.finite(), second.finite()) == ({"x": None}, None)


def test_bare_constants_in_what_is_decoded_at_once_are_null(tmp_path: Path) -> None:
    one = file(tmp_path, b'{"note": NaN, "items": [Infinity]}')
    assert outline(one, read_document(one), dict[str, Any]) == {"note": None, "items": [None]}


def test_one_element_that_is_spoilt_costs_the_others_nothing(tmp_path: Path) -> None:
    one = file(tmp_path, b'[{"a": "\\ud800"}, ' + b"[" * 100 + b"]" * 100 + b', {"b": 1}]')
    first, deep, last = rows(one)
    assert (first.value, first.replaced) == ({"a": "\ufffd"}, True)
    assert deep.rejected is not None
    assert deep.rejected.code == "too_deep"
    assert last.value == {"b": 1}


@pytest.mark.parametrize("content", [b"", b"[", b'[{"a": 1}', b'{"items": 5}', b"nonsense", b"\xff\xfe"])
def test_what_is_no_such_document_is_unreadable(tmp_path: Path, content: bytes) -> None:
    one = file(tmp_path, content)
    with pytest.raises(RunUnreadable, match=r"a\.json"):
        outline(one, read_document(one), Outer if content.startswith(b"{") else list[int])


def test_a_document_that_is_nested_too_deeply_is_no_riddle(tmp_path: Path) -> None:
    one = file(tmp_path, b'{"items": ' + b"[" * 50_000)
    with pytest.raises(RunUnreadable, match=r"a\.json is nested too deeply"):
        outline(one, read_document(one), Outer)


def test_a_text_that_is_not_closed_is_looked_at_once(tmp_path: Path) -> None:
    # what looks twice at it does so for hours
    one = file(tmp_path, b'{"note": NaN, "items": "' + b'\\"' * 1_000_000)
    with pytest.raises(RunUnreadable, match="whole JSON"):
        outline(one, read_document(one), Outer)


def test_a_document_that_is_too_large_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_DOCUMENT_BYTES", 10)
    with pytest.raises(RunUnreadable, match="jq"):
        rows(file(tmp_path, b"[1, 2, 3, 4, 5, 6]"))


def test_a_companion_is_an_object_or_nothing(tmp_path: Path) -> None:
    assert small_document(file(tmp_path, b'{"a": NaN}')) == {"a": None}
    assert small_document(file(tmp_path, b"[1]")) == {}
    assert small_document(SourceFile(tmp_path / "gone", "gone")) == {}
