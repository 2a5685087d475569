"""JSON that is one document: read whole, bounded, and handed out element by element.

Only the outer structure is decoded at once; an element stays bytes until its turn comes, so that memory is the file's
size and one element's, not the size of every object in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from avocet.errors import RunUnreadable
from avocet.importers.base import SourceFile
from avocet.importers.reading.jsonl import STANDS_FOR_INFINITY, STANDS_FOR_NAN, Line, decode, parse, read_file_lines

MAX_DOCUMENT_BYTES = 200 * 1024 * 1024
_BOM = b"\xef\xbb\xbf"
# to the end where a quote is not closed: never a second look at the same text
_BARE = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|\b(?:NaN|Infinity)\b|-Infinity\b')
_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F]..)|.)", re.DOTALL)
_NUMERALS = {
    b"NaN": STANDS_FOR_NAN.encode(),
    b"Infinity": STANDS_FOR_INFINITY.encode(),
    b"-Infinity": b"-" + STANDS_FOR_INFINITY.encode(),
}
T = TypeVar("T")


def read_document(file: SourceFile, instead: str = "Split it into smaller files.") -> bytes:
    """A whole file of at most 200 MiB; `instead` says what to do with a larger one.

    Raises:
        RunUnreadable: it is larger, or can't be read.
    """
    try:
        if file.path.stat().st_size > MAX_DOCUMENT_BYTES:
            limit = MAX_DOCUMENT_BYTES // 2**20
            raise RunUnreadable(f"{file.name} is one JSON document of more than {limit} MiB. {instead}")
        return file.path.read_bytes().removeprefix(_BOM)
    except OSError as error:
        raise RunUnreadable(f"{file.name} can't be read: {error.strerror}.") from None


def outline(file: SourceFile, data: bytes, kind: type[T]) -> T:
    """The outer structure of a document, whose parts are `msgspec.Raw` where they are to be decoded later.

    Raises:
        RunUnreadable: it is not JSON or not of that shape; says where.
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
    """JSON of a known shape as Python writers make it: bare NaN and Infinity are null, a lone surrogate is a NUL.

    In the parts that are kept as `msgspec.Raw` for later, NaN and Infinity are still told apart.

    Raises:
        ValueError, RecursionError: it is not JSON; a `msgspec.ValidationError`: not of that shape.
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
        # a part that is decoded at once holds one of them
        return msgspec.json.decode(_BARE.sub(_as_null, data), type=kind)


def _strict(match: re.Match[bytes]) -> bytes:
    text = match[0]
    if not text.startswith(b'"'):
        return _NUMERALS[text]
    return _ESCAPE.sub(_paired, text) if b"\\ud" in text or b"\\uD" in text else text


def _as_null(match: re.Match[bytes]) -> bytes:
    return _strict(match) if match[0].startswith(b'"') else b"null"


def _paired(match: re.Match[bytes]) -> bytes:
    # a NUL, since those are replaced and counted when the part is parsed
    return rb"\u0000" if match[1] else match[0]


def elements(file: SourceFile, parts: Sequence[msgspec.Raw], before: int = 0, size: int = 0) -> Iterator[Line]:
    """The elements of a document's list, as if each were a line; `size` bytes are spread over them."""
    for number, part in enumerate(parts, 1):
        bytes_read = before + size * number // len(parts)
        yield parse(Line(number, bytes_read, bytes(part), file=file.name))


def read_rows(files: Sequence[SourceFile]) -> Iterator[Line]:
    """The rows of files that are each JSON Lines or a JSON array, whatever they are called."""
    before = 0
    for file in files:
        if is_array(file):
            data = read_document(file, "Write it as JSON Lines: jq -c '.[]' FILE.")
            yield from elements(file, outline(file, data, list[msgspec.Raw]), before, len(data))
        else:
            for line in read_file_lines([file]):
                line.bytes_read += before
                yield line
        before += file.path.stat().st_size


def is_array(file: SourceFile) -> bool:
    """Whether a file is one JSON array, and not lines the first of which happens to be one.

    Raises:
        RunUnreadable: it can't be read.
    """
    try:
        with file.path.open("rb") as stream:
            head = stream.read(4096).removeprefix(_BOM).lstrip()
            first, _, rest = head.partition(b"\n")
            return first.startswith(b"[") and not (rest.strip() and is_whole(first))
    except OSError as error:
        raise RunUnreadable(f"{file.name} can't be read: {error.strerror}.") from None


def is_whole(line: bytes) -> bool:
    """Whether a line is JSON by itself."""
    try:
        decode(line)
    except (ValueError, RecursionError):
        return False
    return True


def small_document(file: SourceFile) -> dict[str, Any]:
    """A companion file of a few hundred kilobytes as an object; an empty one if it is anything else."""
    try:
        value = decode(read_document(file))
    except (RunUnreadable, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
