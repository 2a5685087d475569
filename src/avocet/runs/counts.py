"""What an import counts: while it runs, at its end, and in the sentence of an error that ended it."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable

import msgspec

from avocet.domain import CandidateDraft, RejectedLine, plural
from avocet.errors import NOTHING_CHANGED, AvocetError
from avocet.importers.base import SourceInfo
from avocet.runs.sorting import RunTotal


class ImportCounts(msgspec.Struct, kw_only=True):
    """How many items became what: `read = imported + skipped + rejected + passed + errored + unscored`.

    `kept` is how many of those that passed, errored or were not scored have a card. `replaced_characters` counts the
    items in which a NUL or a lone surrogate became U+FFFD.
    """

    run_id: str
    read: int = 0
    imported: int = 0
    skipped: int = 0
    rejected: int = 0
    passed: int = 0
    errored: int = 0
    unscored: int = 0
    kept: int = 0
    replaced_characters: int = 0


class Progress(msgspec.Struct, frozen=True):
    """How far an import is after a batch; `rejected` and `drafts` are those of the batch."""

    counts: ImportCounts
    bytes_read: int
    bytes_total: int
    rejected: list[RejectedLine]
    drafts: list[CandidateDraft] = []


class ImportReport(ImportCounts, kw_only=True):
    """What an import did or would do: its counts, what the files say of themselves, and what a person should know.

    `totals` are what the harness counted per task and model; `notes` are sentences, each with the number of items it
    applies to.
    """

    info: SourceInfo
    totals: list[RunTotal]
    notes: dict[str, int]


OnProgress = Callable[[Progress], None]


def with_what_came_in(error: AvocetError, counts: ImportCounts) -> AvocetError:
    """The same error, whose sentence also says how far the import came: batches that were committed stay."""
    were = "was" if counts.imported == 1 else "were"
    came_in = f"By then {plural(counts.imported, 'card')} of {plural(counts.read, 'item')} {were} imported"
    words = error.detail.replace(f"{NOTHING_CHANGED};", f"{came_in};").replace(f"{NOTHING_CHANGED}.", f"{came_in}.")
    if words == error.detail:
        words = f"{words} {came_in}."
    return type(error)(f"{words} Import it again for the rest.", **error.extra)


def added(counts: ImportCounts, tally: Tally[str]) -> ImportCounts:
    old = msgspec.structs.asdict(counts)
    return ImportCounts(run_id=old.pop("run_id"), **{name: n + tally[name] for name, n in old.items()})
