"""The tags and must lines of a candidate line.

Older lines may have keys of these names that hold something else: they stay with the card, as any unknown key does.
"""

from __future__ import annotations

from contextlib import suppress

from avocet import must, tags
from avocet.domain import LISTS, Json, JsonObject
from avocet.errors import InvalidRequest

KEPT_AS_IT_CAME = (
    "Its tags, must or must_not are none that the desk can use: they stay with the card, and come back on export."
)


def said_lists(value: JsonObject) -> dict[str, list[str]]:
    """Those of the three lists that a line has, as far as they can be used."""
    found: dict[str, list[str]] = {}
    names, lines, others = (_texts(value.get(key)) for key in LISTS)
    with suppress(InvalidRequest):
        if names is not None:
            found["tags"] = list(tags.checked(names))
    with suppress(InvalidRequest):
        if lines is not None and others is not None:
            found["must"], found["must_not"] = map(list, must.checked(lines, others))
    return found


def _texts(value: Json) -> list[str] | None:
    """A list of texts; null is an empty one, None is for anything else."""
    if value is None:
        return []
    return value if isinstance(value, list) and all(isinstance(one, str) for one in value) else None
