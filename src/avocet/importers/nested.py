"""The rows of a JSON document: those of a list within it, whatever it is called, or the document itself as one."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from avocet.errors import RunUnreadable
from avocet.importers.base import SourceFile
from avocet.importers.documents import MAX_DOCUMENT_BYTES, decode_as, elements, is_array, read_document, read_rows
from avocet.importers.jsonl import Line, decode
from avocet.importers.meanings import ASKING, folded

_HEAD_BYTES = 1024 * 1024
_DEPTH = 3
_Object = dict[str, msgspec.Raw]


def read_objects(file: SourceFile) -> Iterator[Line]:
    """The rows of JSON Lines, of an array, or of one document.

    Raises:
        RunUnreadable: the file can't be read.
    """
    parts = None if is_array(file) or not _may_be_document(file) else _rows_of(read_document(file).strip())
    if parts is None:
        yield from read_rows([file])
    else:
        yield from elements(file, parts, 0, file.path.stat().st_size)


def _may_be_document(file: SourceFile) -> bool:
    """Whether a file may be one object: its first line is none, or the only one."""
    try:
        with file.path.open("rb") as stream:
            first, _, rest = stream.read(_HEAD_BYTES).strip().partition(b"\n")
        if file.path.stat().st_size > MAX_DOCUMENT_BYTES:
            return False
    except OSError as error:
        raise RunUnreadable(f"{file.name} can't be read: {error.strerror}.") from None
    return not rest.strip() or not _is_whole(first)


def _is_whole(line: bytes) -> bool:
    try:
        decode(line)
    except (ValueError, RecursionError):
        return False
    return True


def _rows_of(data: bytes) -> list[msgspec.Raw] | None:
    """The rows of a document; none where it is no object, as JSON Lines of which the first is damaged."""
    document = _as_object(data)
    if document is None:
        return None
    itself = [msgspec.Raw(data)]
    if _asks(document):
        return itself
    lists = list(_lists(document, _DEPTH))
    rows = [parts for parts in lists if _asks(_as_object(bytes(parts[0])) or {}, deep=True)]
    # a document on one line may as well be a row, with lists of its own
    if not rows and b"\n" in data:
        rows = [parts for parts in lists if len(parts) > 1]
    return max(rows, key=len, default=itself)


def _asks(row: _Object, *, deep: bool = False) -> bool:
    """Whether an object says what a model was asked, itself or (`deep`) in an object within it."""
    if any(folded(name) in ASKING for name in row):
        return True
    return deep and any(_asks(_as_object(bytes(part)) or {}) for part in row.values() if bytes(part).startswith(b"{"))


def _lists(document: _Object, depth: int) -> Iterator[list[msgspec.Raw]]:
    """The lists of objects in a document, without those of messages."""
    for value in map(bytes, document.values()):
        if value.startswith(b"["):
            parts = _as_list(value)
            first = _as_object(bytes(parts[0])) if parts else None
            if first and "role" not in first:
                yield parts
        elif value.startswith(b"{") and depth > 1:
            yield from _lists(_as_object(value) or {}, depth - 1)


def _as_object(data: bytes) -> _Object | None:
    try:
        return decode_as(data, _Object)
    except (ValueError, RecursionError):
        return None


def _as_list(data: bytes) -> list[msgspec.Raw]:
    try:
        return decode_as(data, list[msgspec.Raw])
    except (ValueError, RecursionError):
        return []
