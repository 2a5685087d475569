"""Tags of many decisions at once: given and taken by the database itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, literal, or_, select

from avocet.errors import NOTHING_CHANGED, InvalidRequest
from avocet.models import Decision, Tag
from avocet.review.tags.names import known
from avocet.tags import MOST_TAGS, key_of

_NOT_YET = 0
"""The number of a tag that is entered only when the step is done: none has it."""


def changed(
    connection: Connection, stored: ColumnElement[Any], add: Sequence[str], remove: Sequence[str]
) -> ColumnElement[Any]:
    """What a row stores once tags were given to it and taken from it."""
    without: ColumnElement[Any] = stored
    for numbers in _numbers(connection, remove):
        for number in numbers:
            without = func.replace(without, f",{number},", ",")
    after: ColumnElement[Any] = func.coalesce(without, ",")
    for number, *merged in _numbers(connection, add):
        has = or_(*(func.coalesce(stored, "").contains(f",{one},") for one in (number, *merged)))
        after = after.concat(case((has, ""), else_=f"{number},"))
    return func.nullif(after, literal(","))


def check_room(connection: Connection, new: ColumnElement[bool]) -> None:
    """Refuse decisions with more tags than one may have.

    Raises:
        InvalidRequest: there are some.
    """
    commas = func.length(Decision.tags) - func.length(func.replace(Decision.tags, ",", ""))
    over = connection.execute(select(func.count()).where(new, commas > MOST_TAGS + 1)).scalar_one()
    if over:
        raise InvalidRequest(
            f"{over:,} of these cards would have more than {MOST_TAGS} tags. {NOTHING_CHANGED}.", count=over
        )


def _numbers(connection: Connection, names: Iterable[str]) -> list[list[int]]:
    """For each tag, its number and those of the tags that went into it."""
    found = known(connection, names)
    merged: defaultdict[int | None, list[int]] = defaultdict(list)
    query = select(Tag.merged_into, Tag.pk).where(Tag.merged_into.in_(found.values()))
    for into, number in connection.execute(query):
        merged[into].append(number)
    numbers = dict.fromkeys(found.get(key_of(name), _NOT_YET) for name in names)
    return [[number, *merged[number]] for number in numbers]
