"""Whether the shared items were picked because one side failed them: the other can then only look better."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma

from sqlalchemy import Connection, func, select

from avocet.comparing.sides import Found
from avocet.domain import plural
from avocet.models import Item

RARE = 0.05
"""By chance alone, a share of the items this seldom without any pass is not taken for chance."""


def picked(connection: Connection, sides: Sequence[Found], matched: int, passed: Sequence[int]) -> list[Found]:
    """The sides of whose `matched` items none passed, although so many others did that chance would hardly do it.

    `passed`: of the matched items, how many each side's harness passed.
    """
    return [
        side
        for side, n in zip(sides, passed, strict=True)
        if matched and not n and _chance_of_none(matched, *_counts(connection, side)) < RARE
    ]


def told(side: Found, matched: int) -> str:
    return (
        f"{plural(matched, 'shared item')}, and {side.side.name} passed none of them, though it passed others: "
        "items that are asked again because they failed can only get better, whatever answers."
    )


def _counts(connection: Connection, side: Found) -> tuple[int, int]:
    """How many items a side lists, and how many of them passed in any epoch."""
    listed = select(Item.group_pk, Item.item).where(Item.group_pk.in_(side.groups.values()), Item.seen > 0).distinct()
    found = (listed, listed.where(Item.outcome == "passed"))
    items, passed = (connection.scalar(select(func.count()).select_from(each.subquery())) or 0 for each in found)
    return items, passed


def _chance_of_none(matched: int, items: int, passed: int) -> float:
    """The chance that `matched` of `items`, drawn at random, hold none of the `passed` ones (hypergeometric)."""
    failed = items - passed
    if not passed or matched > failed:
        return 1.0
    return exp(_log_falling(failed, matched) - _log_falling(items, matched))


def _log_falling(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(n - k + 1)
