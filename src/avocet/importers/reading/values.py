"""JSON of any shape, taken as the shape that a reader expects. What has another shape counts as nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from avocet.domain import Json, JsonObject

T = TypeVar("T")


def mapping(value: Json) -> JsonObject:
    """The object; an empty one if the value is something else."""
    return value if isinstance(value, dict) else {}


def items(value: Json) -> list[Any]:
    """The list; an empty one if the value is something else."""
    return value if isinstance(value, list) else []


def objects(value: Json) -> list[JsonObject]:
    """The objects in a list, without its other elements."""
    return [item for item in items(value) if isinstance(item, dict)]


def several(value: Json) -> list[Any]:
    """The list; anything else as the one element of a list."""
    return value if isinstance(value, list) else [value]


def text_or_none(value: Json) -> str | None:
    """The text; None if it is empty or the value is something else."""
    return value if isinstance(value, str) and value else None


def value_in(value: Json, *path: str) -> Json:
    """The value at a path of keys; None if the path leads nowhere."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def written(value: Json) -> str:
    """The text; anything else as JSON."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def distinct(values: Iterable[T | None]) -> list[T]:
    """Each value once, in the order in which they first come, without None and empty texts."""
    return list(dict.fromkeys(value for value in values if value))
