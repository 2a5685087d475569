"""What a file looks like from its first bytes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from avocet.errors import RunUnreadable
from avocet.importers.reading.sniff import HEAD_BYTES, sniff
from tests.importers.files import sniff_content


def test_the_keys_of_the_first_object_with_those_inside() -> None:
    document = {"results": {"version": 3, "results": [{"id": 1, "deep": {"x": 1}}]}, "evalId": "a"}
    for indent in (None, 2):
        keys = sniff_content(json.dumps(document, indent=indent).encode()).keys
        assert keys == {"results", "results.version", "results.results", "results.results[].id", "evalId"} | {
            "results.results[].deep"
        }


def test_lines_show_the_keys_of_the_first_whole_one() -> None:
    file = sniff_content(b'{"cut": \n{"doc_id": 1, "doc": {"q": "a: b"}}\n{"other": 2}\n')
    assert file.kind == "json"
    assert file.keys == {"doc_id", "doc", "doc.q"}


def test_an_array_shows_its_first_element() -> None:
    file = sniff_content(b' [\n {"a": [1, 2], "b": {"c": "}"}}, {"d": 1}]')
    assert file.is_array
    assert file.keys == {"a", "b", "b.c"}


def test_an_object_longer_than_the_head_shows_what_it_begins_with() -> None:
    content = json.dumps({"first": 1, "text": "x" * (HEAD_BYTES + 10), "last": 2}).encode()
    assert sniff_content(content).keys == {"first", "text"}


def test_what_stands_in_texts_is_no_key() -> None:
    assert sniff_content(b'{"a": "\\"b\\": {\\"c\\": 1}"}').keys == {"a"}


@pytest.mark.parametrize(
    "rest", [b'"' + b'\\"' * 500_000, b'"b":{' * 160_000, b"[{" * 400_000], ids=["quotes", "keys", "brackets"]
)
def test_hostile_first_bytes_are_looked_at_once(rest: bytes) -> None:
    # what looks twice at them does so for an hour
    assert "a" in sniff_content(b'{"a": 1, ' + rest).keys


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "text"),
        (b"hello\n", "text"),
        (b"{}", "json"),
        (b"[]", "text"),
        (b"a,b\n1,2\n", "csv"),
        (b"a\tb\n1\t2\n", "csv"),
        (b"one, two and more words\nthen a line\n", "text"),
        (b"key: value\nother:\n  - 1\n", "yaml"),
        (b"SQLite format 3\x00....", "sqlite"),
        (b"\xff\xfea\x00", "utf-16"),
        (b"\x00\x01\x02", "binary"),
        (b"PAR1 and no footer", "parquet"),
    ],
)
def test_kinds(content: bytes, kind: str) -> None:
    assert sniff_content(content).kind == kind


def test_a_table_shows_its_columns() -> None:
    assert sniff_content(b'\xef\xbb\xbf"a, b",c\r\n1,2\r\n').columns == ("a, b", "c")


def test_an_archive_shows_its_members_and_a_cut_one_none() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("header.json", "{}")
    assert sniff_content(buffer.getvalue()).members == {"header.json"}
    cut = sniff_content(buffer.getvalue()[:-10])
    assert (cut.kind, cut.members) == ("zip", frozenset())


def test_a_parquet_file_shows_its_columns_and_the_fields_of_its_structs(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pyarrow.table({"doc": [{"query": "q", "id": "1"}], "n": [1]})
    parquet.write_table(table, tmp_path / "a.parquet")
    file = sniff(tmp_path / "a.parquet")
    assert file.columns == ("doc", "n")
    assert file.keys == {"doc.query", "doc.id"}


def test_what_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(RunUnreadable, match=r"gone\.json"):
        sniff(tmp_path / "gone.json")
