"""The answers of two sides to the items that both have, read from the ledger in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Row, case, func, select

from avocet.comparing.sides import Found
from avocet.db import AnySelect, in_order_of_bytes
from avocet.models import HIDDEN, Candidate, Item
from avocet.runs.item_names import is_placeholder

Verdicts = Literal["people", "harness"]
"""Whose verdicts count: people's where somebody read the answer and else the harness's, or the harness's alone."""
_STREAMED = {"yield_per": 2_000}


class Answer(NamedTuple):
    """One epoch's answer. `is_right` is None where neither right nor wrong can be said of it.

    `has_passed`: the harness says so. `is_read`: a person said so. `candidate_id`, `item` (the harness's id) and
    `title` are its card's.
    """

    is_right: bool | None
    has_passed: bool
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
    def has_passed(self) -> bool:
        return any(answer.has_passed for answer in self.answers)

    @property
    def epochs(self) -> int:
        return len(self.answers)

    @property
    def is_set_aside(self) -> bool:
        return any(answer.is_set_aside for answer in self.answers)

    @property
    def is_read(self) -> bool:
        return any(answer.is_read for answer in self.answers)

    @property
    def shown(self) -> Answer:
        """The answer to look at: the first with a card that is wrong, else the first with a card, else the first."""
        with_card = [answer for answer in self.answers if answer.candidate_id]
        wrong = [answer for answer in with_card if answer.is_right is False]
        return (wrong or with_card or list(self.answers))[0]


class TaskItem(NamedTuple):
    """An item that all sides have. `by_card` says that its cards' `item_id` tells so, not its name in the ledger."""

    task: str
    item: bytes
    sides: tuple[ItemAnswers, ...]
    by_card: bool


def in_common(connection: Connection, sides: list[Found], verdicts: Verdicts) -> Iterator[TaskItem]:
    """The items that all sides have, by task and then in the ledger's order.

    In a task whose names in the ledger never meet, as those of candidate lines `RUN/MODEL/item` of two models, the
    cards' `item_id` tells which items are the same.
    """
    tasks = sorted(set.intersection(*(set(side.groups) for side in sides)))
    for task in tasks:
        groups = [side.groups[task] for side in sides]
        matched = _joined([_items(connection, group, verdicts) for group in groups])
        first = next(matched, None)
        if first is None:
            matched = _joined([_items_of_cards(connection, group, verdicts) for group in groups])
        for item, answers in matched if first is None else chain([first], matched):
            yield TaskItem(task, item, answers, by_card=first is None)


_Items = Iterator[tuple[bytes, ItemAnswers]]


def _items(connection: Connection, group_pk: int, verdicts: Verdicts) -> _Items:
    with connection.execute(_query(group_pk), execution_options=_STREAMED) as rows:
        for item, epochs in groupby(rows, key=itemgetter(0)):
            yield bytes(item), ItemAnswers(tuple(_answer(row, verdicts) for row in epochs))


def _items_of_cards(connection: Connection, group_pk: int, verdicts: Verdicts) -> _Items:
    """The items with a card, by its `item_id`; what several cards name may be several items, and is left out."""
    query = _query(group_pk).where(Candidate.item_id.is_not(None)).add_columns(Candidate.item_id.label("name"))
    query = query.order_by(None).order_by(in_order_of_bytes(connection, Candidate.item_id))
    with connection.execute(query, execution_options=_STREAMED) as rows:
        for name, same in groupby(rows, key=attrgetter("name")):
            row, *others = same
            if not others:
                yield name.encode(), ItemAnswers((_answer(row, verdicts),))


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
    shown = (row.candidate_id, row.item_id, row.task_name)
    return Answer(right, row.outcome == "passed", said == "set_aside", is_read, category, *shown)


def _joined(
    streams: list[_Items],
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


def _from(stream: _Items, item: bytes) -> _Items:
    return (each for each in stream if each[0] >= item)
