"""The frame of a sample: the cards that it is drawn from, and how many items they stand for.

A card is drawn if nobody has read it: it waits for review. What was read before is known, and needs no sample. It is
otherwise with passes of which only some have a card: those that were kept by lot are a random choice of all passes,
but those of them that are left unread are not, if somebody has picked which to read. There every pass that was kept
by lot is drawn, read or not, and no other: a card that is here because its answer failed in an earlier import is no
choice by chance. If it was decided as a failure, it is not among the items that the drawn ones stand for.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, and_, func, or_, select

from avocet.db import AnySelect
from avocet.domain import STATUSES, Outcome
from avocet.models import HIDDEN, Candidate, ItemGroup, Run
from avocet.review import lot, queue
from avocet.review.queue import QueueFilter
from avocet.review.samples import asking
from avocet.review.samples.asking import Part, Per

_DECIDED = tuple(status for status in STATUSES if status != "needs_review")
_IS_KEPT_PASS = and_(Candidate.outcome == "passed", Candidate.item_outcome == "passed")
_WAS_DECIDED_AS_FAILED = and_(Candidate.outcome != "passed", Candidate.item_outcome == "passed")
_COLUMNS = (
    Candidate.seq,
    Candidate.id,
    Candidate.run_pk,
    func.coalesce(Candidate.model_name, "").label("model_name"),
    func.coalesce(Candidate.task_type, "").label("task_type"),
    Candidate.outcome,
)


class Group(NamedTuple):
    """Items of one run, model and task; the empty string stands for null."""

    run_pk: int
    model_name: str
    task_type: str


class Passes(NamedTuple):
    """The passed items of a group, and how many of them have a card by lot."""

    items: int
    cards: int


class Kept(NamedTuple):
    """The groups of which only some passes have a card, and the numbers of the cards that they have by lot."""

    passes: dict[Group, Passes]
    by_lot: frozenset[int]


class FrameCards(msgspec.Struct):
    """The cards of one part, group and outcome: their places in the sample's order, and what they stand for."""

    part: Part
    group: Group
    outcome: Outcome
    places: list[bytes]
    unopened: int = 0
    size: int = 0


_GROUPED_BY = ("run_id", "model_name", "task_type")
Place = Callable[[str, int], bytes]


def read(connection: Connection, filters: QueueFilter, per: tuple[Per, ...], place: Place) -> list[FrameCards]:
    """The frame of a sample of this filter, as the desk is now. `place` gives a card its place in the order."""
    kept = _partly_kept(connection, filters)
    run_ids = {row.pk: row.run_id for row in connection.execute(select(Run.pk, Run.run_id))}
    found: dict[tuple[Group, Outcome], FrameCards] = {}

    def of(row: Row[Any]) -> FrameCards:
        group = Group(row.run_pk, row.model_name, row.task_type)
        cards = found.get((group, row.outcome))
        if cards is None:
            where = (row.task_type or None, row.model_name or None, run_ids[row.run_pk])
            part = asking.part_of(per, row.outcome, *where)
            cards = found[group, row.outcome] = FrameCards(part, group, row.outcome, [])
        return cards

    def is_partly_kept(row: Row[Any]) -> bool:
        return row.outcome == "passed" and Group(row.run_pk, row.model_name, row.task_type) in kept.passes

    for row in _waiting(connection, filters):
        if not is_partly_kept(row) or row.seq in kept.by_lot:
            of(row).places.append(place(row.id, row.seq))
    for row in _decided(connection, filters, takes_passes=bool(kept.passes)):
        if not is_partly_kept(row):
            of(row).unopened += not row.is_read
        elif row.seq in kept.by_lot:
            if row.is_read:
                of(row).places.append(place(row.id, row.seq))
            else:
                of(row).unopened += 1
    for cards in found.values():
        cards.size = _size(cards, kept.passes)
    return [cards for cards in found.values() if cards.places or cards.unopened]


def _waiting(connection: Connection, filters: QueueFilter) -> Iterator[Row[Any]]:
    query: AnySelect = select(*_COLUMNS).where(Candidate.status == "needs_review")
    return iter(connection.execute(queue.chosen(connection, query, filters)))


def _decided(connection: Connection, filters: QueueFilter, *, takes_passes: bool) -> Iterator[Row[Any]]:
    """The decided cards that nobody opened; with `takes_passes`, also the kept passes that were read."""
    is_wanted = ~Candidate.is_read
    if takes_passes:
        is_wanted = or_(is_wanted, _IS_KEPT_PASS)
    query: AnySelect = select(*_COLUMNS, Candidate.is_read).where(Candidate.status.in_(_DECIDED), is_wanted)
    return iter(connection.execute(queue.chosen(connection, query, filters)))


def _partly_kept(connection: Connection, filters: QueueFilter) -> Kept:
    """The groups of which only some passes have a card, if the filter takes all passes of a group or none.

    With any other filter nobody knows how many of the passes without a card would match it.
    """
    whole = msgspec.structs.replace(filters, outcome=None, order=None, seed=0) == QueueFilter(**_groups(filters))
    if filters.one_outcome not in ("passed", None) or not whole:
        return Kept({}, frozenset())
    here = (Candidate.run_pk, func.coalesce(Candidate.model_name, ""), func.coalesce(Candidate.task_type, ""))
    rows = connection.execute(queue.chosen(connection, select(*here, Candidate.seq).where(_IS_KEPT_PASS), filters))
    cards: defaultdict[Group, set[int]] = defaultdict(set)
    for run_pk, model_name, task_type, seq in rows:
        cards[Group(run_pk, model_name, task_type)].add(seq)
    if not cards:
        return Kept({}, frozenset())
    items = _passes(connection, {group.run_pk for group in cards})
    partly = {group for group, numbers in cards.items() if items[group] > len(numbers)}
    by_lot = lot.cards(connection, {group.run_pk for group in partly})
    drawn = {group: len(cards[group] & by_lot) for group in partly}
    return Kept({group: Passes(items[group], n) for group, n in drawn.items() if n}, frozenset(by_lot))


def _groups(filters: QueueFilter) -> dict[str, Any]:
    """What the filter says of runs, models and tasks."""
    return {f"{no}{name}": getattr(filters, f"{no}{name}") for no in ("", "not_") for name in _GROUPED_BY}


def _passes(connection: Connection, run_pks: Set[int]) -> Tally[Group]:
    """The passes of every group of these runs, without those whose card was decided as a failure."""
    here = (Candidate.run_pk, func.coalesce(Candidate.model_name, ""), func.coalesce(Candidate.task_type, ""))
    passes: Tally[Group] = Tally()
    for row in connection.execute(select(ItemGroup.__table__).where(ItemGroup.run_pk.in_(run_pks))):
        passes[Group(row.run_pk, row.model_name, row.task_type)] = row.passed + row.counted_passed
    known = select(*here, func.count()).where(Candidate.run_pk.in_(run_pks), _WAS_DECIDED_AS_FAILED)
    known = known.where(Candidate.status != HIDDEN)
    for run_pk, model_name, task_type, n in connection.execute(known.group_by(*here)):
        passes[Group(run_pk, model_name, task_type)] -= n
    return passes


def _size(cards: FrameCards, partly_kept: Mapping[Group, Passes]) -> int:
    """How many items the cards stand for. Kept passes that can't be drawn stand for their share of those not kept."""
    drawn = len(cards.places)
    if cards.outcome != "passed" or cards.group not in partly_kept:
        return drawn
    passes = partly_kept[cards.group]
    return round(passes.items * drawn / passes.cards)
