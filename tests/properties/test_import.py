"""Import of any bytes: never a crash, never a line that is not counted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from avocet import exports, runs
from avocet.db import Database
from avocet.errors import UnknownRun, Unrecognised
from avocet.exports import Recipe
from avocet.runs import ImportCounts, RunSource, import_run
from tests.examples import examples
from tests.factories import assert_counted, candidate_line
from tests.properties.conftest import Desk, NewDesk

ODD_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**63, -(2**63) - 1, 2**64, 10**40]),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(["\x00", "\ud800", "a\udfffb", "\u2028", "\x85", "approved", "wrong_answer", ""]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)
KEYS = st.one_of(
    st.sampled_from([*candidate_line(), "note", "scores", "details", "extra", "unknown"]), st.text(max_size=4)
)


@st.composite
def json_lines(draw: st.DrawFn) -> bytes:
    """A real line with some of its values exchanged, keys doubled, or its JSON written oddly."""
    line: dict[str, Any] = candidate_line(draw(st.integers(0, 3)))
    line |= draw(st.dictionaries(KEYS, ODD_VALUES, max_size=3))
    for key in draw(st.lists(st.sampled_from(list(line)), max_size=2)):
        line.pop(key, None)
    text = json.dumps(line, ensure_ascii=draw(st.booleans()))
    doubled = draw(st.dictionaries(KEYS, ODD_VALUES, max_size=1))
    if doubled and text != "{}":
        text = text[:-1] + ", " + json.dumps(doubled)[1:]
    return text.encode("utf-8", draw(st.sampled_from(["surrogatepass", "replace"])))


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A line that was cut, or into which something fell."""
    line = draw(json_lines())
    at = draw(st.integers(0, len(line)))
    return line[:at] + draw(st.one_of(st.just(b""), st.binary(max_size=4))) + draw(st.sampled_from([line[at:], b""]))


NOT_LINES = st.sampled_from(
    [b"", b" ", b"\t\r", b"5", b"[]", b"null", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"[" * 200]
)
FILES = st.builds(
    lambda bom, lines, end, tail: bom + end.join(lines) + tail,
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.lists(st.one_of(json_lines(), spoilt(), NOT_LINES), max_size=8),
    st.sampled_from([b"\n", b"\r\n", b"\n\n"]),
    st.sampled_from([b"", b"\n", b"\r\n", b"\r"]),
)


def lines_of(content: bytes) -> int:
    """The lines that are not blank, counted without the importer."""
    return sum(bool(line.strip()) for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n"))


def import_content(desk: Desk, content: bytes, importer_name: str | None = None) -> ImportCounts:
    path = desk.folder / "sft_candidates.jsonl"
    path.write_bytes(content)
    return import_run(desk.database, RunSource(path, "run", ""), importer_name=importer_name)


def import_if_recognised(desk: Desk, content: bytes, importer_name: str | None = None) -> ImportCounts | None:
    """The counts, which must be right; None for a file that was refused as a whole."""
    try:
        counts = import_content(desk, content, importer_name)
    except Unrecognised:
        return None
    assert counts.read == lines_of(content)
    assert_whole(desk.database, counts)
    return counts


def assert_whole(database: Database, counts: ImportCounts) -> None:
    """The counts add up, and what they count is there."""
    assert counts.read == counts.imported + counts.skipped + counts.rejected
    rejected = runs.rejected_lines(database, "run")
    assert len(rejected) == counts.rejected
    numbers = [line.line_number for line in rejected]
    assert numbers == sorted(set(numbers))
    assert all(line.code and line.reason and "\x00" not in line.text_start for line in rejected)
    records = b"".join(exports.stream(database, Recipe(format="candidates"))).decode()
    ids = [json.loads(record)["id"] for record in records.split("\n")[:-1]]
    assert len(set(ids)) == len(ids) == counts.imported
    assert_counted(database)


@examples(60)
@given(content=FILES)
@example(content=b"\xef\xbb\xbf\n5")
@example(
    content=b'{"id": "\\ud800", "prompt_messages": [{"role": "user", "content": "\\u0000"}], "model_response": ""}'
)
def test_spoilt_files_lose_no_line(new_desk: NewDesk, content: bytes) -> None:
    with new_desk() as desk:
        first = import_if_recognised(desk, content, "cf-orch")
        # only a NUL may make a file look as if it were no text
        assert first or b"\x00" in content
        if first:
            again = import_content(desk, content, "cf-orch")
            assert (again.read, again.imported, again.rejected) == (first.read, 0, first.rejected)
            assert again.skipped == first.imported + first.skipped
            assert_counted(desk.database)


@examples(40)
@given(content=st.binary(max_size=300))
@example(content=b"{\x00")
@example(content=b"\xff\xfe{\x00}\x00")
def test_any_bytes_are_refused_as_a_whole_or_counted(new_desk: NewDesk, content: bytes) -> None:
    with new_desk() as desk:
        import_if_recognised(desk, content)


@examples(30)
@given(content=FILES)
def test_a_dry_run_says_what_the_import_then_does(new_desk: NewDesk, content: bytes) -> None:
    with new_desk() as desk:
        path = desk.folder / "sft_candidates.jsonl"
        path.write_bytes(content.replace(b"\x00", b""))
        source = RunSource(path, "run", "")
        said = import_run(desk.database, source, importer_name="cf-orch", dry_run=True)
        with pytest.raises(UnknownRun):
            runs.rejected_lines(desk.database, "run")
        assert import_run(desk.database, source, importer_name="cf-orch") == said
