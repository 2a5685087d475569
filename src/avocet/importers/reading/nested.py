"""The rows of a JSON document: those of a list in it, whatever its name, or the document itself as the only row.

pandas writes tables by columns: `{"question": {"0": …}}`, `{"question": […]}`, or the header beside the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from avocet.importers.base import SourceFile
from avocet.importers.reading.documents import (
    MAX_DOCUMENT_BYTES,
    decode_as,
    elements,
    is_array,
    is_whole,
    read_document,
    rows_of,
)
from avocet.importers.reading.files import readable
from avocet.importers.reading.jsonl import Line
from avocet.importers.reading.meanings import ASKING, MEANINGS, folded

_HEAD_BYTES = 1024 * 1024
_DEPTH = 6
_LOOKED_AT = 5
_IDS = frozenset(map(folded, MEANINGS["id"]))
_Object = dict[str, msgspec.Raw]
_encode = msgspec.json.encode


def read_objects(file: SourceFile) -> Iterator[Line]:
    """The rows of a file that is JSON Lines, an array, or one document.

    Raises:
        RunUnreadable: the file can't be read.
    """
    parts = None if is_array(file) or not may_be_document(file) else _rows_in(read_document(file).strip())
    if parts is None:
        yield from rows_of(file)
    else:
        yield from elements(file, parts, file.size)


def may_be_document(file: SourceFile) -> bool:
    """Whether a file may be one object: its first line is not JSON by itself, or is the only one.

    Raises:
        RunUnreadable: the file can't be read.
    """
    with readable(file.name):
        with file.path.open("rb") as stream:
            first, _, rest = stream.read(_HEAD_BYTES).strip().partition(b"\n")
        if file.size > MAX_DOCUMENT_BYTES:
            return False
    return not rest.strip() or not is_whole(first)


def _rows_in(data: bytes) -> list[msgspec.Raw] | None:
    """The rows of a document; None if it is not an object, as JSON Lines with a damaged first line are not."""
    document = as_object(data)
    if document is None:
        return None
    itself = [msgspec.Raw(data)]
    if rows := by_columns(document):
        return rows
    if _asks(document):
        return itself
    lists = list(lists_in(document))
    asking = [parts for parts in lists if _asks(as_object(bytes(parts[0])) or {}, deep=True)]
    if not asking and (named := _by_id(document)):
        return named
    # a document on a single line may just as well be one row with short lists of its own
    if not asking:
        is_spread = b"\n" in data
        asking = [parts for parts in lists if len(parts) > 1 and (is_spread or 2 * _size(parts) > len(data))]
    return max(asking, key=len, default=itself)


def _size(parts: Sequence[msgspec.Raw]) -> int:
    return sum(len(bytes(part)) for part in parts)


def _asks(row: _Object, *, deep: bool = False) -> bool:
    """Whether an object says what a model was asked, in its own fields or, if `deep`, in those of an object in it."""
    if any(folded(name) in ASKING for name in row):
        return True
    return deep and any(_asks(as_object(bytes(part)) or {}) for part in row.values() if bytes(part).startswith(b"{"))


def by_columns(document: _Object) -> list[msgspec.Raw] | None:
    """The rows of a table that was written column by column; None if it was not."""
    if document.keys() >= {"columns", "data"}:
        names, rows = _as_list(bytes(document["columns"])), _as_list(bytes(document["data"]))
        listed = [_as_list(bytes(row)) for row in rows]
        if names and rows and all(len(row) == len(names) for row in listed):
            return [_row(list(map(bytes, names)), row) for row in listed]
        return None
    if len(document) < 2 or not _asks(document):
        return None
    names = [msgspec.Raw(_encode(name)) for name in document]
    columns = [_column(bytes(part)) for part in document.values()]
    first = columns[0]
    if not first or any(column is None or column[0] != first[0] for column in columns):
        return None
    cells = zip(*(column[1] for column in columns if column), strict=True)
    return [_row(list(map(bytes, names)), row) for row in cells]


def _column(data: bytes) -> tuple[object, list[msgspec.Raw]] | None:
    """A column's cells and what numbers them: how many there are, or the names that pandas gives its rows."""
    if data.startswith(b"{"):
        cells = as_object(data)
        # a name that is not a number is a field of an object
        return (tuple(cells), list(cells.values())) if cells and all(map(str.isdecimal, cells)) else None
    listed = _as_list(data) if data.startswith(b"[") else []
    if not listed or any(bytes(cell).startswith(b"{") for cell in listed[:_LOOKED_AT]):
        return None
    return len(listed), listed


def _row(names: Sequence[bytes], cells: Sequence[msgspec.Raw]) -> msgspec.Raw:
    pairs = (name + b":" + bytes(cell) for name, cell in zip(names, cells, strict=True))
    return msgspec.Raw(b"{" + b",".join(pairs) + b"}")


def _by_id(document: _Object) -> list[msgspec.Raw] | None:
    """The rows of an object that names each row by its id; None for any other object."""
    if len(document) < 2 or not all(bytes(part).startswith(b"{") for part in document.values()):
        return None
    if not all(_asks(as_object(bytes(part)) or {}) for part in islice(document.values(), _LOOKED_AT)):
        return None
    return [_with_id(name, bytes(part)) for name, part in document.items()]


def _with_id(name: str, data: bytes) -> msgspec.Raw:
    row = as_object(data)
    if row is None or any(folded(key) in _IDS for key in row):
        return msgspec.Raw(data)
    return msgspec.Raw(b'{"id":' + _encode(name) + b"," + data[1:])


def lists_in(document: _Object, depth: int = _DEPTH) -> Iterator[list[msgspec.Raw]]:
    """The lists of objects in a document, except lists of messages."""
    for value in map(bytes, document.values()):
        if value.startswith(b"["):
            parts = _as_list(value)
            first = as_object(bytes(parts[0])) if parts else None
            if first and "role" not in first and not first.keys() >= {"from", "value"}:
                yield parts
        elif value.startswith(b"{") and depth > 1:
            yield from lists_in(as_object(value) or {}, depth - 1)


def as_object(data: bytes) -> _Object | None:
    """The fields of an object, each as it is written; None if the data is not an object."""
    try:
        return decode_as(data, _Object)
    except (ValueError, RecursionError):
        return None


def _as_list(data: bytes) -> list[msgspec.Raw]:
    try:
        return decode_as(data, list[msgspec.Raw])
    except (ValueError, RecursionError):
        return []
