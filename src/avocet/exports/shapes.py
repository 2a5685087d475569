"""The types that the rows of a JSON file show to a reader that guesses them, as `datasets` does.

It guesses from the first 10 MB of the first file: what is null or absent there must not become a text later, and no
place may hold a text in one row and a number in another. Texts that all look like dates become times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from avocet.domain import Json, JsonObject
from avocet.exporters.base import Row
from avocet.exporters.sft import is_plain

Kind = Literal["text", "bool", "integer", "large", "number", "list", "object"]
Place = tuple[str, ...]
_EACH = "[]"
_EXACT_IN_FLOATS = 2**53
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d(?::?\d\d(?::?\d\d)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?")
_KINDS: dict[type, Kind] = {
    str: "text",
    bool: "bool",
    int: "integer",
    float: "number",
    list: "list",
    dict: "object",
}


class Node:
    """What all rows have at one place: kinds of values, the fields of objects, the items of lists."""

    def __init__(self) -> None:
        self.kinds: set[Kind] = set()
        self.fields: dict[str, Node] = {}
        self.items: Node | None = None

    def add(self, value: Json) -> bool:
        """Add a value, and return whether it shows anything new."""
        if value is None:
            return False
        kind = _kind(value)
        is_new = kind not in self.kinds
        self.kinds.add(kind)
        if kind == "object":
            for name, one in value.items():
                is_new |= name not in self.fields
                is_new |= self.fields.setdefault(name, Node()).add(one)
        elif kind == "list":
            self.items = self.items or Node()
            for one in value:
                is_new |= self.items.add(one)
        return is_new

    def join(self, other: Node) -> None:
        self.kinds |= other.kinds
        for name, one in other.fields.items():
            self.fields.setdefault(name, Node()).join(one)
        if other.items:
            self.items = self.items or Node()
            self.items.join(other.items)

    @property
    def is_mixed(self) -> bool:
        """Whether the same place has values of two kinds, here or below."""
        # a column of floats can't hold a large integer
        alike: dict[Kind, Kind] = {"integer": "number"} if "number" in self.kinds else {"large": "integer"}
        kinds = {alike.get(kind, kind) for kind in self.kinds}
        below = [*self.fields.values(), *([self.items] if self.items else [])]
        return len(kinds) > 1 or any(one.is_mixed for one in below)


class Shape:
    """The shape of the rows that went by."""

    def __init__(self) -> None:
        self.root = Node()
        self._known: set[Any] = set()
        self._dates: dict[Place, int] = {}
        self._no_dates: set[Place] = set()

    def add(self, row: Row) -> bool:
        """Add a row, and return whether it is the first to show some type, or a text that is no date."""
        signature = _signature(row)
        is_known = signature in self._known
        if is_known and not self._dates:
            return False
        value = msgspec.json.decode(msgspec.json.encode(row))
        is_new = self._look_for_dates(value, None if not is_known else set(self._dates))
        if not is_known:
            self._known.add(signature)
            is_new |= self.root.add(value)
        return is_new

    def dates(self) -> dict[str, int]:
        """The places at which every text looks like a date, with their rows."""
        return {".".join(place).replace(".[]", "[]"): rows for place, rows in sorted(self._dates.items())}

    def _look_for_dates(self, value: Json, only: set[Place] | None) -> bool:
        """Count dates, and return whether a place that had only dates so far has another text now."""
        is_new = False
        found: dict[Place, bool] = {}
        for place, text in _texts(value, ()):
            if place not in self._no_dates and (only is None or place in only):
                found[place] = found.get(place, True) and _DATE.fullmatch(text) is not None
        for place, is_date in found.items():
            if is_date:
                self._dates[place] = self._dates.get(place, 0) + 1
            else:
                is_new |= self._dates.pop(place, None) is not None
                self._no_dates.add(place)
        return is_new


def _kind(value: Json) -> Kind:
    kind = _KINDS[type(value)]
    return "large" if kind == "integer" and abs(value) > _EXACT_IN_FLOATS else kind


def _signature(value: Json) -> Json:
    """A key that two values share only if they show the same types in the same places."""
    made = type(value)
    if made is str or value is None or made is float:
        return made
    if made is int or made is bool:
        return _kind(value)
    if made is list:
        return frozenset(map(_signature, value))
    if made is dict:
        return tuple((name, _signature(one)) for name, one in value.items())
    if made is msgspec.Raw:
        return made if is_plain(bytes(value)) else _signature(msgspec.json.decode(value))
    if isinstance(value, msgspec.Struct):
        return (made, *map(_signature, msgspec.structs.astuple(value)))
    # whatever else another package's format writes
    return _signature(msgspec.json.decode(msgspec.json.encode(value)))


def _texts(value: Json, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _texts(one, (*place, name))
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, (*place, _EACH))


def features(node: Node) -> list[JsonObject]:
    """The fields of an object as the YAML of a dataset card names them."""
    return [{"name": name, **_feature(one)} for name, one in node.fields.items()]


def _feature(node: Node) -> JsonObject:
    if "object" in node.kinds:
        return {"struct": features(node)}
    if "list" in node.kinds:
        item = _feature(node.items or Node())
        # a list of objects or of plain values is named without a level of its own
        return {"list": item.get("struct", item.get("dtype", item))}
    if "number" in node.kinds:
        return {"dtype": "float64"}
    dtypes = {"bool": "bool", "integer": "int64", "large": "int64"}
    return {"dtype": dtypes.get(next(iter(node.kinds), "text"), "string")}
