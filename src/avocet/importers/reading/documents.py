"""JSON that is one document: read whole, bounded in size, and handed out element by element.

Only the outer structure is decoded at once. An element stays bytes until its turn comes, so that memory holds the
file and one element, not every object of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from avocet.errors import RunUnreadable
from avocet.importers.base import SourceFile, in_turn
from avocet.importers.reading.files import BOM, readable
from avocet.importers.reading.jsonl import STANDS_FOR_INFINITY, STANDS_FOR_NAN, Line, decode, lines_of, parse
from avocet.importers.reading.values import mapping

MAX_DOCUMENT_BYTES = 200 * 1024 * 1024
AS_LINES = "Write it as JSON Lines: jq -c '.[]' FILE."
# possessive, and to the end of the text if a quote is not closed: nothing is ever looked at twice
_BARE = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|\b(?:NaN|Infinity)\b|-Infinity\b')
_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F]..)|.)", re.DOTALL)
_NUMERALS = {
    b"NaN": STANDS_FOR_NAN.encode(),
    b"Infinity": STANDS_FOR_INFINITY.encode(),
    b"-Infinity": b"-" + STANDS_FOR_INFINITY.encode(),
}
T = TypeVar("T")


def read_document(file: SourceFile, instead: str = "Split it into smaller files.") -> bytes:
    """Read a whole file of at most 200 MiB; `instead` says what to do with a larger one.

    Raises:
        RunUnreadable: the file is larger, or can't be read.
    """
    with readable(file.name):
        if file.size > MAX_DOCUMENT_BYTES:
            limit = MAX_DOCUMENT_BYTES // 2**20
            raise RunUnreadable(f"{file.name} is one JSON document of more than {limit} MiB. {instead}")
        return file.path.read_bytes().removeprefix(BOM)


def outline(file: SourceFile, data: bytes, kind: type[T]) -> T:
    """The outer structure of a document; parts that are to be decoded later are `msgspec.Raw`.

    Raises:
        RunUnreadable: the data is not JSON or not of that shape; says where.
    """
    try:
        return decode_as(data, kind)
    except msgspec.ValidationError as error:
        raise RunUnreadable(f"{file.name} isn't what its beginning says: {error}.") from None
    except RecursionError:
        raise RunUnreadable(f"{file.name} is nested too deeply to be read.") from None
    except ValueError as error:
        raise RunUnreadable(f"{file.name} isn't whole JSON: {error}. Was the harness interrupted?") from None


def decode_as(data: bytes, kind: type[T]) -> T:
    """Decode JSON of a known shape as Python writers make it.

    Bare NaN and Infinity become null, a lone surrogate becomes a NUL. Parts that are kept as `msgspec.Raw` still say
    whether a number was NaN or Infinity.

    Raises:
        ValueError, RecursionError: the data is not JSON; a `msgspec.ValidationError` if it is not of that shape.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        pass
    try:
        return msgspec.json.decode(_BARE.sub(_strict, data), type=kind)
    except msgspec.ValidationError:
        # a part that is decoded at once holds NaN or Infinity
        return msgspec.json.decode(_BARE.sub(_as_null, data), type=kind)


def _strict(match: re.Match[bytes]) -> bytes:
    text = match[0]
    if not text.startswith(b'"'):
        return _NUMERALS[text]
    return _ESCAPE.sub(_paired, text) if b"\\ud" in text or b"\\uD" in text else text


def _as_null(match: re.Match[bytes]) -> bytes:
    return _strict(match) if match[0].startswith(b'"') else b"null"


def _paired(match: re.Match[bytes]) -> bytes:
    # a NUL: it is replaced and counted when the part is parsed
    return rb"\u0000" if match[1] else match[0]


def elements(file: SourceFile, parts: Sequence[msgspec.Raw], size: int = 0) -> Iterator[Line]:
    """The elements of a document's list, each as if it were a line; `size` bytes are spread over them."""
    for number, part in enumerate(parts, 1):
        yield parse(Line(number, size * number // len(parts), bytes(part), file=file.name))


def read_rows(files: Sequence[SourceFile]) -> Iterator[Line]:
    """The rows of files, each of which is JSON Lines or a JSON array, whatever its name.

    Raises:
        RunUnreadable: a file can't be read.
    """
    yield from in_turn((file, rows_of(file)) for file in files)


def rows_of(file: SourceFile) -> Iterator[Line]:
    """The rows of one file that is JSON Lines or a JSON array.

    Raises:
        RunUnreadable: the file can't be read.
    """
    if is_array(file):
        data = read_document(file, AS_LINES)
        yield from elements(file, outline(file, data, list[msgspec.Raw]), len(data))
    else:
        yield from lines_of(file)


def is_array(file: SourceFile) -> bool:
    """Whether a file is one JSON array, and not lines of which the first happens to be one.

    Raises:
        RunUnreadable: the file can't be read.
    """
    with readable(file.name), file.path.open("rb") as stream:
        head = stream.read(4096).removeprefix(BOM).lstrip()
    first, _, rest = head.partition(b"\n")
    return first.startswith(b"[") and not (rest.strip() and is_whole(first))


def is_whole(line: bytes) -> bool:
    """Whether a line is JSON by itself."""
    try:
        decode(line)
    except (ValueError, RecursionError):
        return False
    return True


def small_document(file: SourceFile) -> dict[str, Any]:
    """The object in a companion file of a few hundred kilobytes; an empty one if there is none to be read."""
    try:
        return mapping(decode(read_document(file)))
    except (RunUnreadable, ValueError, RecursionError):
        return {}
