"""The item of a line: read, refused with a reason, or rejected before anything reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from avocet.domain import RejectedLine
from avocet.errors import RunUnreadable
from avocet.importers.base import InvalidItem, ReadItem, Settled
from avocet.importers.reading.files import readable
from avocet.importers.reading.items import fields_of, item_of
from avocet.importers.reading.jsonl import Line, parse


def read(line: Line, item: ReadItem) -> None:
    if "bad" in fields_of(line, "row"):
        raise InvalidItem("The row is bad.", "bad_row")
    item.result = Settled("passed")


def test_a_line_becomes_what_its_reader_makes_of_it() -> None:
    item = item_of(parse(Line(3, 20, b'{"a": 1}', file="a.jsonl", size=9)), read)
    assert item == ReadItem(Settled("passed"), 20, 3, file="a.jsonl", size=9)
    assert item_of(parse(Line(1, 2, b"{}")), lambda _line, _item: None).result == Settled("unscored")


@pytest.mark.parametrize(
    ("raw", "code", "reason"),
    [
        (b'{"bad": 1}', "bad_row", "The row is bad."),
        (b"[1]", "invalid_item", "The row isn't an object."),
        (b"{oops", "invalid_json", None),
    ],
)
def test_a_line_that_is_refused_is_rejected_with_its_text(raw: bytes, code: str, reason: str | None) -> None:
    result = item_of(parse(Line(7, 10, raw)), read).result
    assert isinstance(result, RejectedLine)
    assert (result.line_number, result.code, result.text_start) == (7, code, raw.decode())
    assert reason in (None, result.reason)


def test_a_row_without_text_of_its_own_shows_its_value() -> None:
    result = item_of(Line(1, 1, b"", value={"bad": "x" * 2000}), read).result
    assert isinstance(result, RejectedLine)
    assert result.text_start.startswith('{"bad":"xxx')


def test_a_file_that_cannot_be_read_is_refused_by_its_name() -> None:
    with (
        pytest.raises(RunUnreadable, match=r"^mine\.jsonl can't be read: No such file or directory\.$"),
        readable("mine.jsonl"),
    ):
        Path("/nowhere/at/all").read_bytes()
