"""JSON lines as harnesses really write them: split on LF only, bounded, and cleaned in one place.

Python writers emit bare NaN and Infinity: `scores.py` tells them apart in scores, elsewhere they end as null, since
JSON can hold neither. `str.splitlines()` would break at U+2028 and U+0085.
A NUL or a lone surrogate can be stored or exported by no one: it becomes U+FFFD, and the line is counted as such.
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
from avocet.errors import RunUnreadable
from avocet.importers.base import ByteStream, SourceFile

MAX_DEPTH = 64
MAX_LINE_BYTES = 32 * 1024 * 1024
TEXT_START_CHARACTERS = 200
_BOM = b"\xef\xbb\xbf"
_REPLACEMENT = "\ufffd"
STANDS_FOR_NAN, STANDS_FOR_INFINITY = "1e999999999", "1e999"
"""Numbers that are valid JSON, but that no strict decoder takes: what stands for NaN and ∞ until it is decoded."""
UNCARRIABLE = re.compile("[\x00\ud800-\udfff]")
# What only the slow path has to look at: escapes of NUL and surrogates, and digits that may not fit 64 bits.
_SUSPECT_ESCAPE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_MARKS = bytes.maketrans(b"123456789{", b"000000000[")
_SUSPECT_DIGITS = b"0" * 19
_MAX_INT, _MIN_INT = 2**63 - 1, -(2**63)


class Line(msgspec.Struct):
    """One line that is not blank: its number from 1, where it ends, and its JSON value or why it has none.

    `size` is how many bytes it was unpacked, where that is more than it takes in the file. `is_bare` tells that the
    value may hold NaN and ∞, which scores are told apart by; `finite()` makes them null.
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
        """The value as JSON can hold it."""
        return finite(self.value) if self.is_bare else self.value


class RawLine(NamedTuple):
    """A line as it stands in a file: its number from 1, where it begins and ends, and its first 32 MiB."""

    number: int
    start: int
    end: int
    raw: bytes

    @property
    def is_whole(self) -> bool:
        return len(self.raw) <= MAX_LINE_BYTES or self.raw.endswith(b"\n")


def raw_lines(stream: ByteStream) -> Iterator[RawLine]:
    """Every line that is not blank, for a quick first look; `start` is where blank lines before it begin."""
    number = start = end = 0
    while raw := stream.readline(MAX_LINE_BYTES + 2):
        number += 1
        end += len(raw)
        if len(raw) > MAX_LINE_BYTES and not raw.endswith(b"\n"):
            end += _skip_line(stream)
        if not raw.isspace():
            yield RawLine(number, start, end, raw.removeprefix(_BOM) if start == 0 else raw)
            start = end


def line_at(stream: BinaryIO, start: int) -> Line | None:
    """The line at or after a place in a file; its `bytes_read` count from there."""
    stream.seek(start)
    return next(read_lines(stream), None)


def read_file_lines(files: Sequence[SourceFile]) -> Iterator[Line]:
    """The lines of JSONL files one after the other; `bytes_read` goes on from one to the next.

    Raises:
        RunUnreadable: a file can't be read.
    """
    before = 0
    for file in files:
        try:
            with file.path.open("rb") as stream:
                for line in read_lines(stream):
                    line.bytes_read += before
                    line.file = file.name
                    yield line
                before += stream.tell()
        except OSError as error:
            raise RunUnreadable(f"{file.name} can't be read: {error.strerror}.") from None


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
            raw = raw.removeprefix(_BOM)
        if text := raw.strip():
            yield parse(Line(number, bytes_read, text))


def reject(number: int, code: str, reason: str, raw: bytes) -> RejectedLine:
    """A rejected line with the start of its text, made fit to be shown and stored."""
    start = raw[: TEXT_START_CHARACTERS * 4].decode("utf-8", "replace")
    start = start.replace("\x00", _REPLACEMENT).strip()
    return RejectedLine(number, code, reason, start[:TEXT_START_CHARACTERS])


def _skip_line(stream: ByteStream) -> int:
    skipped = 0
    while part := stream.readline(1024 * 1024):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped


def parse(line: Line) -> Line:
    """The line with the value that its bytes say, cleaned, or with why it has none."""
    try:
        line.value, line.is_bare = _decode(line.raw)
        # one look at every digit and bracket: a pattern would take longer than all else that is done with a line
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
    """Whether there surely is nothing in JSON that `clean` would change."""
    return not _is_suspect(raw, raw.translate(_MARKS))


def _is_suspect(raw: bytes, marks: bytes) -> bool:
    return _SUSPECT_DIGITS in marks or (b"\\u" in raw and _SUSPECT_ESCAPE.search(raw) is not None)


def decode(raw: bytes) -> Json:
    """The JSON value of bytes as Python writers make them; NaN and ∞ are null.

    Raises:
        ValueError, RecursionError: they are not JSON, or nested beyond all sense.
    """
    value, is_bare = _decode(raw)
    return finite(value) if is_bare else value


def decode_bare(raw: bytes) -> Json:
    """The same with NaN and ∞ as they are, for scores."""
    return _decode(raw)[0]


def _decode(raw: bytes) -> tuple[Any, bool]:
    try:
        return msgspec.json.decode(raw), False
    except msgspec.DecodeError:
        # bare NaN, Infinity and lone surrogates, which the strict decoder refuses
        return json.loads(raw.decode("utf-8"), parse_float=_number), True


def is_deep(value: Json) -> bool:
    """Whether a JSON value is nested deeper than `MAX_DEPTH`."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return False
    return True


def finite(value: Json) -> Json:
    """The value with null for NaN and ∞."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case list():
            return [finite(item) for item in value]
        case dict():
            return {key: finite(item) for key, item in value.items()}
        case _:
            return value


def carriable(text: str) -> str:
    """The text without what no file can carry."""
    return UNCARRIABLE.sub(_REPLACEMENT, text)


def _number(digits: str) -> float:
    return math.nan if digits == STANDS_FOR_NAN else float(digits)


def clean(value: Json) -> tuple[Json, bool]:
    """The value as it can be stored, and whether characters of it were replaced."""
    match value:
        case str():
            text = carriable(value)
            return text, text != value
        case bool():
            return value, False
        case int():
            return (value if _MIN_INT <= value <= _MAX_INT else str(value)), False
        case list():
            items = [clean(item) for item in value]
            return [item for item, _ in items], any(replaced for _, replaced in items)
        case dict():
            pairs = [(clean(key), clean(item)) for key, item in value.items()]
            cleaned = {key[0]: item[0] for key, item in pairs}
            return cleaned, any(key[1] or item[1] for key, item in pairs)
        case _:
            return value, False
