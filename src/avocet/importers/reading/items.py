"""The item that a line or row becomes, whatever it holds: what a single one says never ends an import."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from avocet.domain import Json, JsonObject
from avocet.importers.base import InvalidItem, ReadItem, Settled
from avocet.importers.reading.jsonl import Line, reject

_SHOWN_BYTES = 800


def item_of(line: Line, read: Callable[[Line, ReadItem], None]) -> ReadItem:
    """The item of a line: unscored, unless `read` gives it another result.

    A line that could not be decoded is rejected for that reason and not read; an `InvalidItem` that `read` raises
    rejects the line for its reason.
    """
    item = ReadItem(Settled("unscored"), line.bytes_read, line.number, line.replaced, line.file, size=line.size)
    if line.rejected:
        item.result = line.rejected
        return item
    try:
        read(line, item)
    except InvalidItem as error:
        # a row of Parquet has no text of its own
        raw = line.raw or msgspec.json.encode(line.value)[:_SHOWN_BYTES]
        item.result = reject(line.number, error.code, str(error), raw)
    return item


def fields_of(line: Line, what: str) -> JsonObject:
    """The object that a line says; `what` is what the harness calls it: `row`, `result`.

    Raises:
        InvalidItem: it says something else.
    """
    value: Json = line.value
    if not isinstance(value, dict):
        raise InvalidItem(f"The {what} isn't an object.")
    return value
