"""Tables of any make: CSV as it is really written, JSON, and what a column's path leads to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from avocet.errors import RunUnreadable, Unrecognised
from avocet.importers import choose
from avocet.importers.base import SourceFile
from avocet.importers.generic import Generic
from avocet.importers.reading import tables
from avocet.importers.reading.jsonl import Line
from avocet.importers.reading.tables import peek, rows, value_at
from tests.importers.expected import drafts
from tests.importers.files import read_files


def read(folder: Path, content: bytes, name: str = "table.csv") -> list[Line]:
    path = folder / name
    path.write_bytes(content)
    return list(rows([SourceFile(path, name)]))


def values(lines: list[Line]) -> list[Any]:
    return [line.value for line in lines]


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n",
        b"\xef\xbb\xbfa,b\r\n1,2",
        b"a\tb\n1\t2\n",
        b"a;b\n1;2\n",
        b'"a","b"\n"1","2"\n',
        b"\n\na,b\n\n1,2\n\n",
        b'[{"a": "1", "b": "2"}]',
        b'{"a": "1", "b": "2"}\n',
    ],
)
def test_ways_to_write_one_row(tmp_path: Path, content: bytes) -> None:
    assert values(read(tmp_path, content)) == [{"a": "1", "b": "2"}]


def test_what_stands_in_quotes_is_kept_as_it_is(tmp_path: Path) -> None:
    content = 'q,a\n"line one\r\nline ""two""\u2028, three","{""x"": 1}"\nplain,"5"" disk"\n'.encode()
    lines = read(tmp_path, content)
    assert values(lines) == [
        {"q": 'line one\r\nline "two"\u2028, three', "a": '{"x": 1}'},
        {"q": "plain", "a": '5" disk'},
    ]
    assert [line.number for line in lines] == [2, 4]
    assert lines[-1].bytes_read == len(content)


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (b"1,2,3", "invalid_csv", "3 columns, the header 2"),
        (b"1", "invalid_csv", "1 columns, the header 2"),
        (b'"1"x,2', "invalid_csv", "Not valid CSV"),
        (b"1,\xff", "not_utf8", "UTF-8"),
    ],
)
def test_a_bad_row_costs_itself_alone(tmp_path: Path, line: bytes, code: str, told: str) -> None:
    first, bad, last = read(tmp_path, b"a,b\n1,2\n" + line + b"\n3,4\n")
    assert (first.value, last.value) == ({"a": "1", "b": "2"}, {"a": "3", "b": "4"})
    assert bad.rejected
    assert (bad.rejected.code, bad.rejected.line_number) == (code, 3)
    assert told in bad.rejected.reason
    assert bad.rejected.text_start


def test_a_quote_that_is_never_closed_is_told_with_its_line(tmp_path: Path) -> None:
    first, bad = read(tmp_path, b'a,b\n1,2\n"3,4\n5,6\n')
    assert first.value == {"a": "1", "b": "2"}
    assert bad.rejected
    assert (bad.rejected.line_number, bad.rejected.code) == (3, "invalid_csv")


def test_a_row_without_end_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_LINE_BYTES", 64)
    endless = read(tmp_path, b"a,b\n" + b"x" * 200 + b",y\n1,2\n")
    assert [line.rejected and line.rejected.code for line in endless] == ["line_too_long", None]
    assert endless[-1].value == {"a": "1", "b": "2"}
    quoted = read(tmp_path, b'a,b\n"' + b"0123456789\n" * 20)
    assert quoted[0].rejected
    assert quoted[0].rejected.code == "line_too_long"


@pytest.mark.parametrize(
    "content",
    [
        *("prompt|response|score\nq|a|0.5\n", "\n \nprompt,response,score\nq,a,0.5\n"),
        *("prompt,response,score,\nq,a,0.5,\n", "prompt,response,score,score\nq,a,0.5,1\n"),
        "prompt;response;score\nq, r, s;a, b, c;0,5\n",
    ],
    ids=["bars", "blank lines", "a sign at the end", "two columns of one name", "texts with commas"],
)
def test_a_table_is_known_however_its_columns_are_parted(tmp_path: Path, content: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(Unrecognised) as error:
        choose(path)
    guess = {"prompt": "prompt", "response": "response", "score": "score"}
    assert error.value.extra["guess"] == guess
    (card,) = drafts(read_files(Generic(), path, mapping=guess)[1])
    assert card.quality_score == 0.5


def test_lines_of_json_of_which_the_first_is_an_empty_list_are_lines(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('[]\n{"a": 1, "b": 2}\n0', "utf-8")
    assert [line.value for line in rows([SourceFile(path, path.name)])] == [[], {"a": 1, "b": 2}, 0]


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,a,a (2)\n1,2,3\n", "utf-8")
    (line,) = rows([SourceFile(path, path.name)])
    assert line.value == {"a": "1", "a (2)": "2", "a (2) (2)": "3"}


@pytest.mark.parametrize("content", [b"", b"\n\n", b'"a\n'])
def test_without_a_header_a_table_is_unreadable(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(RunUnreadable):
        read(tmp_path, content)


def test_a_column_without_a_name_is_called_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b",a\n0,x\n")
    assert peek([SourceFile(path, "t.csv")]).columns == ["column 1", "a"]


def test_columns_of_json_are_those_of_the_first_rows(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_bytes(b'{"a": {"b": {"c": {"d": 1}}}}\n5\n{"e": []}\n')
    assert peek([SourceFile(path, "t.jsonl")]).columns == ["a", "a.b", "a.b.c", "e"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("a.b", 1),
        ("x.y", 2),
        ("list.1.z", 3),
        ("list.9", None),
        ("list.one", None),
        ("x.y.z", None),
        ("", None),
        (".", None),
        ("list.99999999999999999999", None),
    ],
)
def test_a_path_leads_to_a_value_or_none(path: str, value: Any) -> None:
    assert value_at({"a.b": 1, "x": {"y": 2}, "list": [0, {"z": 3}]}, path) == value
