"""Names of tags to the numbers that are stored, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.orm import aliased

from avocet import json_text
from avocet.db import insert_missing
from avocet.models import Tag
from avocet.tags import key_of

Names = Mapping[int, str]
"""The name of each number: of a merged tag, the name of the one it went into."""

_target = aliased(Tag)
_names = select(Tag.pk, _target.name).join(_target, _target.pk == func.coalesce(Tag.merged_into, Tag.pk))
_some = _names.where(Tag.pk.in_(bindparam("numbers", expanding=True)))
_by_key = select(Tag.key, func.coalesce(Tag.merged_into, Tag.pk)).where(
    Tag.key.in_(bindparam("keys", expanding=True))
)


def known(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """The numbers of those tags that there are, by the key of the name."""
    keys = sorted({key_of(name) for name in names})
    return dict(connection.execute(_by_key, {"keys": keys}).all()) if keys else {}


def stored(connection: Connection, names: Sequence[str]) -> str | None:
    """The tags as a row stores them; None for none. New ones are entered."""
    if not names:
        return None
    numbers = entered(connection, names)
    return joined(numbers[key_of(name)] for name in names)


def entered(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """The numbers of tags by the key of the name; new tags are entered, each in its first spelling."""
    wanted = list(names)
    found = known(connection, wanted)
    spelt = {key: name for name in reversed(wanted) if (key := key_of(name)) not in found}
    if spelt:
        rows = [(name, key) for key, name in spelt.items()]
        insert_missing(connection, Tag.__tablename__, ("key",), ("name", "key"), rows)
        # another writer may have entered one of them at the same moment
        found |= known(connection, spelt.values())
    return found


def joined(numbers: Iterable[int]) -> str | None:
    """Numbers as a row stores them."""
    text = ",".join(map(str, dict.fromkeys(numbers)))
    return f",{text}," if text else None


def parsed(text: str | None) -> list[int]:
    """The numbers in what a row stores."""
    return [] if text is None else list(map(int, text.strip(",").split(",")))


def names_of(connection: Connection, texts: Iterable[str | None] | None = None) -> Names:
    """The names of all numbers in what rows store, in one statement at most; without texts, of every number."""
    if texts is None:
        return dict(connection.execute(_names).all())
    numbers = {number for text in texts if text is not None for number in parsed(text)}
    if not numbers:
        return {}
    return dict(connection.execute(_some, {"numbers": sorted(numbers)}).all())


def named(text: str | None, names: Names) -> list[str]:
    """The names of what a row stores, each once: two of its tags may have become one."""
    return list(dict.fromkeys(names[number] for number in parsed(text)))


def read_lists(values: dict[str, Any], names: Names) -> None:
    """Put lists of texts in place of what a row stores of tags and must lines."""
    values["tags"] = named(values["tags"], names)
    values["must"] = json_text.texts(values["must"])
    values["must_not"] = json_text.texts(values["must_not"])
