"""Exposure: compared items that stood in what a side's model was trained on, told apart from the others.

Such an item says how well the model remembers. That an item is not among them proves nothing: only the datasets that
are known are looked at, and items are known by their names, not by their texts.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from avocet.comparing.answers import TaskItem
from avocet.comparing.difference import Pair, Range, difference
from avocet.comparing.trained_on import Dataset, How, TrainedOn
from avocet.domain import plural
from avocet.exports.manifest import Manifest
from avocet.models import ITEM_NAME, Candidate, Item, ItemGroup, Run
from avocet.runs.item_names import is_placeholder, key_of

_ROWS_AT_ONCE = 2_000


class ExposingDataset(msgspec.Struct, frozen=True):
    """A dataset that a side's model was trained on, and how many of the compared items stand in it.

    `how` it is known: the run's own folder says so (`run`), a training has the model's name (`name`), or a person
    named it (`given`). Its manifest names `items`; `unnamed` of its rows come from no item that it names.
    """

    name: str
    how: How
    items: int
    unnamed: int
    exposed: int


class SideExposure(msgspec.Struct, frozen=True):
    """What is known of a side's training; no dataset means that nothing is known. `items` stand in any of them."""

    datasets: list[ExposingDataset]
    items: int


class ScoredItems(msgspec.Struct, frozen=True):
    """Some of the compared items: how many are right, and the difference over them, told as that of all is."""

    items: int
    right_before: float
    right_after: float
    difference: Range | None
    p_value: float | None


class Exposure(msgspec.Struct, frozen=True):
    """The compared items that either side's model was trained on (`exposed`), and the `rest`."""

    before: SideExposure
    after: SideExposure
    exposed: ScoredItems
    rest: ScoredItems


class _Exposing(NamedTuple):
    """A dataset, and its items by task as the ledger calls them."""

    dataset: Dataset
    names: Mapping[str, set[bytes]]

    def holds(self, one: TaskItem) -> bool:
        names = self.names.get(one.task)
        if not names:
            return False
        cards = {answer.item for side in one.sides for answer in side.answers if answer.item}
        return one.item in names or any(key_of(item) in names for item in cards)


class ExposedItems:
    """The compared items of two sides, counted by whether they are exposed."""

    def __init__(self, connection: Connection, sides: Sequence[TrainedOn]) -> None:
        self._sides = [
            [_Exposing(one, _ledger_names(connection, one.manifest)) for one in side.datasets] for side in sides
        ]
        self._by_dataset = [[0] * len(side) for side in self._sides]
        self._by_side = [0] * len(self._sides)
        self._pairs: tuple[Tally[Pair], Tally[Pair]] = Tally(), Tally()

    def add(self, one: TaskItem, pair: Pair) -> bool:
        """Count an item that was judged on both sides; whether it is exposed."""
        is_exposed = False
        for number, datasets in enumerate(self._sides):
            held = [dataset.holds(one) for dataset in datasets]
            self._by_dataset[number] = [n + holds for n, holds in zip(self._by_dataset[number], held, strict=True)]
            self._by_side[number] += any(held)
            is_exposed = is_exposed or any(held)
        self._pairs[is_exposed][pair] += 1
        return is_exposed

    def told(self, *, has_epochs: bool, passes_listed: bool) -> Exposure | None:
        """What was counted; None if nothing is known of what either side was trained on."""
        if not any(self._sides):
            return None
        before, after = (self._side(number) for number in range(len(self._sides)))
        rest, exposed = (_scored(pairs, has_epochs, passes_listed) for pairs in self._pairs)
        return Exposure(before, after, exposed, rest)

    def _side(self, number: int) -> SideExposure:
        counted = zip(self._sides[number], self._by_dataset[number], strict=True)
        datasets = [_dataset(one.dataset, exposed) for one, exposed in counted]
        return SideExposure(datasets, self._by_side[number])


def _dataset(dataset: Dataset, exposed: int) -> ExposingDataset:
    manifest = dataset.manifest
    items = sum(map(len, manifest.items.values()))
    # where each row is an item, the manifest names none of them
    unnamed = manifest.rows_without_item if items else manifest.rows
    return ExposingDataset(dataset.name, dataset.how, items, unnamed, exposed)


def _scored(pairs: Tally[Pair], has_epochs: bool, passes_listed: bool) -> ScoredItems:
    before, after = (float(sum(pair[side] * n for pair, n in pairs.items())) for side in (0, 1))
    told = difference(pairs, has_epochs=has_epochs)
    sure = (told.difference, told.p_value) if passes_listed else (None, None)
    return ScoredItems(pairs.total(), before, after, *sure)


def _ledger_names(connection: Connection, manifest: Manifest) -> dict[str, set[bytes]]:
    """The items of a manifest by task, as the ledger calls them.

    Mostly this is the name that the manifest has. Where a harness's id and its card's differ, the runs that the rows
    come from know both, if this desk has them.
    """
    wanted = {task: set(items) for task, items in manifest.items.items()}
    names = {task: {key_of(item) for item in items} for task, items in wanted.items()}
    query = (
        select(ItemGroup.task_type, Item.item, ITEM_NAME)
        .join(Run, Run.pk == ItemGroup.run_pk)
        .join(Item, Item.group_pk == ItemGroup.pk)
        .join(Candidate, Candidate.seq == Item.candidate_seq)
        .where(~is_placeholder(Item.item.expression))
    )
    for run in manifest.runs:
        rows = connection.execute(
            query.where(Run.run_id == run.run_id), execution_options={"yield_per": _ROWS_AT_ONCE}
        )
        for task, key, item in rows:
            if item in wanted.get(task, ()):
                names[task].add(bytes(key))
    return names


def warning(exposure: Exposure | None, names: Sequence[str]) -> str | None:
    """Why a comparison is not clean, as a sentence; `names` are the sides'. None if no exposed item is known."""
    if exposure is None or not exposure.exposed.items:
        return None
    rest = exposure.rest
    compared = exposure.exposed.items + rest.items
    parts = [
        f"{side.items:,} of {compared:,} compared items stood in what {name} was trained on ({_listed(side)})"
        for side, name in zip((exposure.before, exposure.after), names, strict=True)
        if side.items
    ]
    said = f"Not clean: {'; '.join(parts)}."
    if not rest.items:
        return f"{said} No other item was compared."
    return f"{said} Without them {rest.right_after:.4g} of {rest.items:,} are right, {rest.right_before:.4g} before."


def known(exposure: Exposure | None, names: Sequence[str]) -> list[str]:
    """What else is to be said of exposure, as sentences: above all, of which side nothing is known."""
    if exposure is None:
        return [f"What {names[0]} and {names[1]} were trained on is not known, so no item can be told to be exposed."]
    sentences = []
    for side, name in zip((exposure.before, exposure.after), names, strict=True):
        if not side.datasets:
            sentences.append(f"What {name} was trained on is not known.")
        elif not side.items:
            sentences.append(f"No compared item stood in what {name} was trained on ({_listed(side)}).")
        unnamed = sum(one.unnamed for one in side.datasets)
        if unnamed:
            sentences.append(f"{plural(unnamed, 'row')} of what {name} was trained on can't be traced to an item.")
    return sentences


def _listed(side: SideExposure) -> str:
    return ", ".join(one.name for one in side.datasets)
