"""The items of two sides, counted as they are read: by what became of them, by task and by category."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

import msgspec

from avocet.comparing.answers import Answer, ItemAnswers, TaskItem
from avocet.comparing.difference import Pair
from avocet.comparing.exposure import ExposedItems

Kind = Literal["fixed", "broken", "still_wrong", "still_right"]


class ItemSide(msgspec.Struct, frozen=True):
    """What one side answered to an item: the share of its answers that are right, and one of them to look at.

    `read` says that a person judged that answer; without a card there is nothing to look at.
    """

    value: float
    card: str | None
    category: str | None
    read: bool


class ComparedItem(msgspec.Struct, frozen=True):
    """An item of both sides; `item` is the harness's id and `title` its name, None where no side has a card of it.

    `exposed`: it stood in a dataset that a side's model is known to be trained on.
    """

    task: str
    item: str | None
    title: str | None
    kind: Kind
    before: ItemSide
    after: ItemSide
    exposed: bool


class TaskRow(msgspec.Struct, frozen=True):
    """The items of a task; `before` and `after` are how many are right (with epochs, the sum of their shares)."""

    task: str
    items: int
    before: float
    after: float
    fixed: int
    broken: int


class CategoryRow(msgspec.Struct, frozen=True):
    """Wrong items by the category that a reader gave; None for those that nobody read."""

    category: str | None
    before: int
    after: int


def kind_of(before: Fraction, after: Fraction) -> Kind:
    """What became of an item, by the shares of its answers that are right."""
    if after != before:
        return "fixed" if after > before else "broken"
    return "still_right" if 2 * after > 1 else "still_wrong"


class Count:
    """The items of two sides, counted as they are read."""

    def __init__(self, all_items: bool, exposed: ExposedItems) -> None:
        self._all_items = all_items
        self.exposed = exposed
        self._tasks: dict[str, Tally[Pair]] = {}
        self._wrong: tuple[Tally[str | None], Tally[str | None]] = Tally(), Tally()
        self.pairs: Tally[Pair] = Tally()
        self.kinds: Tally[Kind] = Tally()
        self.items: list[ComparedItem] = []
        self.matched = self.by_card = self.set_aside = self.unjudged = 0
        self.has_epochs = False
        self.read = [0, 0]
        self.passed = [0, 0]
        self.read_on_one_side = 0

    def add(self, one: TaskItem) -> None:
        self.matched += 1
        self.by_card += one.by_card
        self.passed = [n + side.has_passed for n, side in zip(self.passed, one.sides, strict=True)]
        before, after = one.sides
        if before.is_set_aside or after.is_set_aside:
            self.set_aside += 1
        elif before.value is None or after.value is None:
            self.unjudged += 1
        else:
            self._add(one, before.value, after.value)

    def _add(self, one: TaskItem, before: Fraction, after: Fraction) -> None:
        self.has_epochs = self.has_epochs or any(side.epochs > 1 for side in one.sides)
        is_read = [side.is_read for side in one.sides]
        self.read = [n + read for n, read in zip(self.read, is_read, strict=True)]
        self.read_on_one_side += len(set(is_read)) > 1
        pair, kind = (before, after), kind_of(before, after)
        self.pairs[pair] += 1
        self.kinds[kind] += 1
        is_exposed = self.exposed.add(one, pair)
        self._tasks.setdefault(one.task, Tally())[pair] += 1
        for side, value, wrong in zip(one.sides, pair, self._wrong, strict=True):
            if value < 1:
                wrong[side.shown.category] += 1
        if self._all_items or before != after:
            item, title = names_of(one.sides)
            old, new = (_side(side.shown, value) for side, value in zip(one.sides, pair, strict=True))
            self.items.append(ComparedItem(one.task, item, title, kind, old, new, is_exposed))

    def tasks(self) -> list[TaskRow]:
        rows = []
        for task, pairs in self._tasks.items():
            kinds: Tally[Kind] = Tally()
            for pair, n in pairs.items():
                kinds[kind_of(*pair)] += n
            before, after = (float(sum(pair[at] * n for pair, n in pairs.items())) for at in (0, 1))
            rows.append(TaskRow(task, pairs.total(), before, after, kinds["fixed"], kinds["broken"]))
        return rows

    def categories(self) -> list[CategoryRow]:
        before, after = self._wrong
        names = sorted(before.keys() | after.keys(), key=lambda name: (name is None, -before[name], name or ""))
        return [CategoryRow(name, before[name], after[name]) for name in names]


def _side(answer: Answer, value: Fraction) -> ItemSide:
    return ItemSide(float(value), answer.candidate_id, answer.category, answer.is_read)


def names_of(sides: Sequence[ItemAnswers]) -> tuple[str | None, str | None]:
    """The item's id and title, from the first card that knows them."""
    shown = [side.shown for side in sides]
    return next((one.item for one in shown if one.item), None), next((one.title for one in shown if one.title), None)
