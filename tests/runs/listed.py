"""A harness of the tests' own, whose files list every item: what an import makes of any mix of outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

import pytest

from avocet.db import Database
from avocet.domain import CandidateDraft, Outcome, RejectedLine
from avocet.importers import registry
from avocet.importers.base import (
    ImportOptions,
    ItemKey,
    Kept,
    Reading,
    ReadItem,
    RunPerFile,
    Scored,
    Settled,
    SourceFile,
    SourceInfo,
)
from avocet.importers.reading.sniff import Sniffed
from avocet.runs import ImportReport, RunSource, import_run


class Listed(NamedTuple):
    """An item of the tests' harness."""

    item: str
    outcome: Outcome = "failed"
    task: str = "sums"
    model: str = "small"
    is_rejected: bool = False
    is_counted: bool = False
    epoch: str = ""


@dataclass
class ListedHarness(RunPerFile):
    """An importer of `items`, whatever the file holds; `drafts_made` counts the cards that it was asked for."""

    items: list[Listed]
    drafts_made: list[str] = field(default_factory=list)
    name: str = "listed"
    title: str = "Listed"

    def recognises(self, file: Sniffed) -> bool:
        return False

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        return Reading(SourceInfo(harness=self.name, models=["small"]), self._items())

    def _items(self) -> Iterator[ReadItem]:
        for number, one in enumerate(self.items, 1):
            item = ReadItem(self._result(one, number), number * 10, number, key=None)
            if not one.is_counted:
                item.key = ItemKey(one.task, one.item, one.epoch, one.model)
            if one.is_rejected:
                item.scored = Scored(one.outcome, one.model, one.task)
            yield item

    def _result(self, one: Listed, number: int) -> CandidateDraft | RejectedLine | Settled:
        if one.is_rejected:
            return RejectedLine(number, "invalid_item", "It has no answer.", one.item)
        if one.outcome == "failed":
            return self._draft(one)
        kept: Kept = one.outcome
        draft = None if one.is_counted else partial(self._draft, one)
        return Settled(kept, one.model, one.task, draft, one.is_counted)

    def _draft(self, one: Listed) -> CandidateDraft:
        self.drafts_made.append(one.item)
        return CandidateDraft(
            prompt_messages=[{"role": "user", "content": f"{one.task} {one.item}?"}],
            model_response=f"{one.model} says {one.item}",
            source="listed",
            item_id=one.item,
            task_type=one.task,
            model_name=one.model,
            model_id=one.model,
            outcome=one.outcome,
        )


def import_listed(
    database: Database,
    folder: Path,
    items: Sequence[Listed],
    *,
    keep: Mapping[Kept, int | Literal["all"]] | None = None,
    harness: ListedHarness | None = None,
    run: str = "listed",
) -> ImportReport:
    """Import these items as a run."""
    harness = harness or ListedHarness(list(items))
    path = folder / f"{run}.json"
    path.write_text("{}", "utf-8")
    known = {**registry(), "listed": harness}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("avocet.runs.importing.registry", lambda: known)
        source = RunSource(path, run, "2026-01-02T03:04:05", importer="listed")
        return import_run(database, source, options=ImportOptions(keep=keep))
