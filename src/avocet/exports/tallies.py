"""Counts of what became of every candidate that was read for a dataset."""

from __future__ import annotations

from collections import Counter as Tally
from typing import Any

from avocet.categories import UNCATEGORISED
from avocet.exporters.base import Split
from avocet.review import tags

IDS_TOLD = 20
"""How many cards are named for each reason that rows are left out."""


class Tallies:
    """The counts of an export: `read` candidates that the filter took, `rows` written, and why rows were left out."""

    def __init__(self) -> None:
        self.read = 0
        self.rows = 0
        self.left_out: Tally[str] = Tally()
        self.left_out_ids: dict[str, list[str]] = {}
        self.by_part: Tally[tuple[str, Split | None]] = Tally()
        self.items: dict[str, set[str]] = {}
        self.without_item = 0
        self.tag_numbers = set[int]()
        # one count of everything at once: four of them took a tenth of the time of an export
        self._used: Tally[tuple[int, str | None, str | None, str | None]] = Tally()

    def add(self, run_pk: int, category: str | None, model: str | None, task: str | None, item: str | None) -> None:
        """Count a candidate that gave at least one row, and its item."""
        self.count(run_pk, category, model, task)
        if item is None:
            self.without_item += 1
        elif (items := self.items.get(task or "")) is not None:
            items.add(item)
        else:
            self.items[task or ""] = {item}

    def count(self, run_pk: int, category: str | None, model: str | None, task: str | None) -> None:
        """Count a candidate of a row that is an item itself: items by the million are not kept a second time."""
        self._used[run_pk, category, model, task] += 1

    def leave_out(self, why: str, candidate_id: str) -> None:
        """Count a row that is not written; the ids of the first cards of each reason are kept."""
        self.left_out[why] += 1
        ids = self.left_out_ids.setdefault(why, [])
        if len(ids) < IDS_TOLD and candidate_id not in ids:
            ids.append(candidate_id)

    def named(self, stored: str | None, names: tags.Names) -> list[str]:
        """The names of a row's tags, which are noted."""
        self.tag_numbers.update(tags.parsed(stored))
        return tags.named(stored, names)

    @property
    def used(self) -> int:
        return self._used.total()

    @property
    def by_run(self) -> Tally[int]:
        return self._by(0, 0)

    @property
    def by_category(self) -> Tally[str]:
        return self._by(1, UNCATEGORISED)

    @property
    def by_model(self) -> Tally[str]:
        return self._by(2, "")

    @property
    def by_task(self) -> Tally[str]:
        return self._by(3, "")

    def _by(self, index: int, none: Any) -> Tally[Any]:  # noqa: ANN401 (numbers or texts)
        by: Tally[Any] = Tally()
        for key, n in self._used.items():
            by[none if key[index] is None else key[index]] += n
        return by
