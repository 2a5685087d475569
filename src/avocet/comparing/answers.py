"""The answers of two sides to the items that both have, read from the ledger in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Row, case, func, select

from avocet.comparing.sides import Found
from avocet.db import AnySelect
from avocet.models import HIDDEN, Candidate, Item
from avocet.runs.item_names import is_placeholder

Verdicts = Literal["people", "harness"]
"""Whose verdicts count: people's where somebody read the answer and else the harness's, or the harness's alone."""
_ROWS_AT_ONCE = 2_000


class Answer(NamedTuple):
    """One epoch's answer. `is_right` is None where neither right nor wrong can be said of it.

    `is_read`: a person said so. `candidate_id`, `item` (the harness's id) and `title` are its card's.
    """

    is_right: bool | None
    is_set_aside: bool
    is_read: bool
    category: str | None
    candidate_id: str | None
    item: str | None
    title: str | None


class ItemAnswers(NamedTuple):
    """What one side answered to an item, epoch by epoch."""

    answers: tuple[Answer, ...]

    @property
    def value(self) -> Fraction | None:
        """The share of its answers that are right; None if none of them can be judged."""
        judged = [answer.is_right for answer in self.answers if answer.is_right is not None]
        return Fraction(sum(judged), len(judged)) if judged else None

    @property
    def epochs(self) -> int:
        return len(self.answers)

    @property
    def is_set_aside(self) -> bool:
        return any(answer.is_set_aside for answer in self.answers)

    @property
    def shown(self) -> Answer:
        """The answer to look at: the first with a card that is wrong, else the first with a card, else the first."""
        with_card = [answer for answer in self.answers if answer.candidate_id]
        wrong = [answer for answer in with_card if answer.is_right is False]
        return (wrong or with_card or list(self.answers))[0]


class TaskItem(NamedTuple):
    """An item that all sides have."""

    task: str
    item: bytes
    sides: tuple[ItemAnswers, ...]


def in_common(connection: Connection, sides: list[Found], verdicts: Verdicts) -> Iterator[TaskItem]:
    """The items that all sides have, by task and then in the ledger's order."""
    tasks = sorted(set.intersection(*(set(side.groups) for side in sides)))
    for task in tasks:
        streams = [_items(connection, side.groups[task], verdicts) for side in sides]
        for item, answers in _joined(streams):
            yield TaskItem(task, item, answers)


def _items(connection: Connection, group_pk: int, verdicts: Verdicts) -> Iterator[tuple[bytes, ItemAnswers]]:
    rows = connection.execute(_query(group_pk), execution_options={"yield_per": _ROWS_AT_ONCE})
    for item, epochs in groupby(rows, key=itemgetter(0)):
        yield bytes(item), ItemAnswers(tuple(_answer(row, verdicts) for row in epochs))


def _query(group_pk: int) -> AnySelect:
    return (
        select(
            Item.item,
            Item.outcome,
            case((Candidate.is_read, Candidate.reading)).label("reading"),
            Candidate.failure_category,
            case((Candidate.status != HIDDEN, Candidate.id)).label("candidate_id"),
            func.coalesce(Candidate.item_id, Candidate.task_id).label("item_id"),
            Candidate.task_name,
        )
        .outerjoin(Candidate, Candidate.seq == Item.candidate_seq)
        .where(Item.group_pk == group_pk, Item.seen > 0, ~is_placeholder(Item.item.expression))
        .order_by(Item.item, Item.epoch)
    )


def _answer(row: Row[Any], verdicts: Verdicts) -> Answer:
    said = row.reading if verdicts == "people" else None
    match said:
        case "right" | "wrong":
            right: bool | None = said == "right"
        case "set_aside":
            right = None
        case _:
            right = {"passed": True, "failed": False}.get(row.outcome)
    category = row.failure_category if said == "wrong" else None
    is_read = said in ("right", "wrong")
    return Answer(right, said == "set_aside", is_read, category, row.candidate_id, row.item_id, row.task_name)


def _joined(
    streams: list[Iterator[tuple[bytes, ItemAnswers]]],
) -> Iterator[tuple[bytes, tuple[ItemAnswers, ...]]]:
    """The items that all streams have; each is in the order of its items."""
    heads = [next(stream, None) for stream in streams]
    while all(head is not None for head in heads):
        present = [head for head in heads if head is not None]
        furthest = max(item for item, _ in present)
        if all(item == furthest for item, _ in present):
            yield furthest, tuple(answers for _, answers in present)
            heads = [next(stream, None) for stream in streams]
        else:
            heads = [
                head if head[0] == furthest else next(_from(stream, furthest), None)
                for head, stream in zip(present, streams, strict=True)
            ]


def _from(stream: Iterable[tuple[bytes, ItemAnswers]], item: bytes) -> Iterator[tuple[bytes, ItemAnswers]]:
    return (each for each in stream if each[0] >= item)
