"""JSON as it is stored here, what it must not hold, and what no file can carry.

No store and no export can hold a NUL or a lone surrogate: it becomes U+FFFD. JSON has no NaN and no infinity: they
become null. An integer beyond 64 bits becomes text, since most readers would round it.
"""

from __future__ import annotations

import math
import re

import msgspec

from avocet.domain import Json

MAX_DEPTH = 64
REPLACEMENT = "\ufffd"
UNCARRIABLE = re.compile("[\x00\ud800-\udfff]")
_MAX_INT, _MIN_INT = 2**63 - 1, -(2**63)


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
    """The value with null in place of NaN and ∞."""
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
    """The text with U+FFFD in place of what no file can carry."""
    return UNCARRIABLE.sub(REPLACEMENT, text)


def clean(value: Json) -> tuple[Json, bool]:
    """The value as it can be stored, and whether any of its characters were replaced."""
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


def stored(value: Json) -> str | None:
    """A value as JSON text; None stays None."""
    return None if value is None else msgspec.json.encode(value).decode()


def read_back(text: str | None) -> msgspec.Raw | None:
    """A stored JSON text as a value, byte for byte; None stays None."""
    return None if text is None else msgspec.Raw(text.encode())


def texts(text: str | None) -> list[str]:
    """A stored list of texts; None is an empty one."""
    return [] if text is None else msgspec.json.decode(text, type=list[str])
