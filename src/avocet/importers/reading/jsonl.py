"""JSON lines as harnesses really write them: split at LF only, bounded in length, and cleaned in one place.

Python writers emit bare NaN and Infinity. `scores.py` tells them apart in scores; elsewhere they become null, since
JSON can hold neither. `str.splitlines()` would also break lines at U+2028 and U+0085.
No store and no export can hold a NUL or a lone surrogate: it becomes U+FFFD, and the line counts as `replaced`.
An integer beyond 64 bits becomes text, since most readers would round it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

import msgspec

from avocet.domain import Json, RejectedLine
from avocet.importers.base import ByteStream, SourceFile, in_turn
from avocet.importers.reading.files import BOM, READ_BYTES, readable
from avocet.json_text import MAX_DEPTH, REPLACEMENT, clean, finite, is_deep

MAX_LINE_BYTES = 32 * 1024 * 1024
TEXT_START_CHARACTERS = 200
STANDS_FOR_NAN, STANDS_FOR_INFINITY = "1e999999999", "1e999"
"""Numbers that are valid JSON but that no strict decoder accepts. They stand for NaN and ∞ until they are decoded."""
# signs that a line needs the slow path: escapes of NUL and of surrogates, and digits that may not fit 64 bits
_SUSPECT_ESCAPE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_MARKS = bytes.maketrans(b"123456789{", b"000000000[")
_SUSPECT_DIGITS = b"0" * 19


class Line(msgspec.Struct):
    """A line that is not blank: its number from 1, where it ends, and its JSON value or why it has none.

    `size` is its number of bytes once unpacked, if that is more than it takes in the file. `is_bare` says that the
    value may hold NaN and ∞, which make a difference in scores; `finite()` makes them null.
    """

    number: int
    bytes_read: int
    raw: bytes
    value: Any = None
    rejected: RejectedLine | None = None
    replaced: bool = False
    file: str = ""
    size: int = 0
    is_bare: bool = False

    def finite(self) -> Json:
        """The value with null for NaN and ∞, as JSON can hold it."""
        return finite(self.value) if self.is_bare else self.value


class RawLine(NamedTuple):
    """A line as a file holds it: its number from 1, where it begins and ends, and its first 32 MiB."""

    number: int
    start: int
    end: int
    raw: bytes

    @property
    def is_whole(self) -> bool:
        return len(self.raw) <= MAX_LINE_BYTES or self.raw.endswith(b"\n")


def raw_lines(stream: ByteStream) -> Iterator[RawLine]:
    """Every line that is not blank, for a quick first look; `start` is where the blank lines before it begin."""
    number = start = end = 0
    while raw := stream.readline(MAX_LINE_BYTES + 2):
        number += 1
        end += len(raw)
        if len(raw) > MAX_LINE_BYTES and not raw.endswith(b"\n"):
            end += _skip_line(stream)
        if not raw.isspace():
            yield RawLine(number, start, end, raw.removeprefix(BOM) if start == 0 else raw)
            start = end


def line_at(stream: BinaryIO, start: int) -> Line | None:
    """The first line at or after a place in a file, its `bytes_read` counted from there; None at the end."""
    stream.seek(start)
    return next(read_lines(stream), None)


def read_file_lines(files: Sequence[SourceFile]) -> Iterator[Line]:
    """The lines of JSONL files, one file after the other; `bytes_read` counts on from file to file.

    Raises:
        RunUnreadable: a file can't be read.
    """
    yield from in_turn((file, lines_of(file)) for file in files)


def lines_of(file: SourceFile) -> Iterator[Line]:
    """The lines of one JSONL file.

    Raises:
        RunUnreadable: the file can't be read.
    """
    with readable(file.name), file.path.open("rb", READ_BYTES) as stream:
        for line in read_lines(stream):
            line.file = file.name
            yield line


def read_lines(stream: ByteStream) -> Iterator[Line]:
    """Every line of a JSONL file that is not blank. Memory stays bounded by one line of 32 MiB."""
    number = bytes_read = 0
    while raw := stream.readline(MAX_LINE_BYTES + 2):
        number += 1
        if len(raw) > MAX_LINE_BYTES and len(raw.rstrip(b"\r\n")) > MAX_LINE_BYTES:
            bytes_read += len(raw) + (0 if raw.endswith(b"\n") else _skip_line(stream))
            reason = f"The line is longer than {MAX_LINE_BYTES // 2**20} MiB."
            yield Line(number, bytes_read, raw[:4096], rejected=reject(number, "line_too_long", reason, raw))
            continue
        bytes_read += len(raw)
        if number == 1:
            raw = raw.removeprefix(BOM)
        if text := raw.strip():
            yield parse(Line(number, bytes_read, text))


def reject(number: int, code: str, reason: str, raw: bytes) -> RejectedLine:
    """A rejected line with the start of its text, made fit to be shown and stored."""
    start = raw[: TEXT_START_CHARACTERS * 4].decode("utf-8", "replace")
    start = start.replace("\x00", REPLACEMENT).strip()
    return RejectedLine(number, code, reason, start[:TEXT_START_CHARACTERS])


def _skip_line(stream: ByteStream) -> int:
    skipped = 0
    while part := stream.readline(1024 * 1024):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def parse(line: Line) -> Line:
    """Decode a line's bytes into its value, cleaned, or set why it has none."""
    try:
        line.value, line.is_bare = _decode(line.raw)
        # one pass over digits and brackets: a pattern would take longer than everything else done with a line
        marks = line.raw.translate(_MARKS)
        if marks.count(b"[") > MAX_DEPTH and is_deep(line.value):
            raise RecursionError
    except UnicodeDecodeError:
        line.rejected = reject(line.number, "not_utf8", "The line isn't UTF-8 text.", line.raw)
    except RecursionError:
        reason = f"The JSON is nested deeper than {MAX_DEPTH} levels."
        line.rejected = reject(line.number, "too_deep", reason, line.raw)
    except json.JSONDecodeError as error:
        reason = f"Not valid JSON: {error.msg} at character {error.pos + 1}."
        line.rejected = reject(line.number, "invalid_json", reason, line.raw)
    except ValueError as error:
        line.rejected = reject(line.number, "invalid_json", f"Not valid JSON: {error}.", line.raw)
    else:
        if _is_suspect(line.raw, marks):
            line.value, line.replaced = clean(line.value)
    return line


def is_clean(raw: bytes) -> bool:
    """Whether JSON surely holds nothing that `clean` would change."""
    return not _is_suspect(raw, raw.translate(_MARKS))


def _is_suspect(raw: bytes, marks: bytes) -> bool:
    return _SUSPECT_DIGITS in marks or (b"\\" in raw and b"\\u" in raw and _SUSPECT_ESCAPE.search(raw) is not None)


def decode(raw: bytes) -> Json:
    """Decode JSON as Python writers make it; NaN and ∞ become null.

    Raises:
        ValueError, RecursionError: the bytes are not JSON, or are nested beyond all sense.
    """
    value, is_bare = _decode(raw)
    return finite(value) if is_bare else value


def decode_bare(raw: bytes) -> Json:
    """Decode JSON as Python writers make it and keep NaN and ∞, for scores."""
    return _decode(raw)[0]


def _decode(raw: bytes) -> tuple[Any, bool]:
    try:
        return msgspec.json.decode(raw), False
    except msgspec.DecodeError:
        # the strict decoder refuses bare NaN, Infinity and lone surrogates
        return json.loads(raw.decode("utf-8"), parse_float=_number), True


def _number(digits: str) -> float:
    return math.nan if digits == STANDS_FOR_NAN else float(digits)
