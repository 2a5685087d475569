"""Which cards to read next, so that the interval of the corrected score becomes narrower by most."""

from __future__ import annotations

from collections import Counter as Tally
from typing import Literal

import msgspec
from sqlalchemy import Connection, func, select

from avocet.db import Database
from avocet.domain import Outcome
from avocet.models import Candidate, Item, ItemGroup
from avocet.review import samples
from avocet.review.samples import asking, progress
from avocet.review.samples.asking import Share
from avocet.runs.item_names import is_placeholder
from avocet.scores.gathering import RawStratum
from avocet.scores.next_reads import next_reads
from avocet.scores.report import RunScopes
from avocet.scores.rows import Scope, is_right

MOST_READS = 10_000
KEEP = "No pass has a card to read: import the run again and keep some (--keep passed=50)."
IMPORT_AGAIN = (
    "Passes are known as numbers only: import the run again and keep some (--keep passed=50), if its files list them."
)
ONLY_COUNTED = "The run's files only count what passed, so no pass can be read."

Need = Literal["keep_passes", "import_again"]


class NextShare(msgspec.Struct, frozen=True):
    """How many cards to read of one outcome; with a task and a model where the sample is divided by them."""

    outcome: Outcome
    cards: int
    task_type: str | msgspec.UnsetType | None = msgspec.UNSET
    model_name: str | msgspec.UnsetType | None = msgspec.UNSET


class NextStep(msgspec.Struct, frozen=True):
    """A sample to grow, or to draw if `sample` is null: by `allocation` or, where that is empty, to `size` cards."""

    sample: str | None
    size: int | None
    allocation: list[NextShare]


class WaitingSample(msgspec.Struct, frozen=True):
    """A sample of the run that has cards left to read."""

    name: str
    waiting: int
    members: int


class NextReadsOfRun(msgspec.Struct, frozen=True):
    """What to read next of a run.

    `cards` is how many of the reads that were asked for there are cards for, by outcome. `width_now` and
    `width_after` are the widths of the interval of `width_of`, now and as expected after these reads; null where it
    can't be told. Without a pass to read, that is the share of the failures that were right. `waiting` are the
    samples that are not read to their end: read those first.

    `needs` says what has to be done before a pass can be read: `keep_passes` by importing the run again, or
    `import_again` where the desk does not know yet whether its files list any. It is null where there are passes to
    read, where they were read, and where the files only count them.
    """

    run_id: str
    cards: dict[str, int]
    steps: list[NextStep]
    width_of: Literal["corrected_score", "false_fails"]
    width_now: float | None
    width_after: float | None
    needs: Need | None
    waiting: list[WaitingSample]
    notes: list[str]


def suggest(database: Database, run_id: str, reads: int) -> NextReadsOfRun:
    """Split so many reads of a run over what it is divided into (Neyman's allocation).

    Raises:
        UnknownRun: no such run was imported.
        TakenBack: it was taken back whole.
    """
    with database.read() as connection:
        run = RunScopes(connection, run_id)
        scope = run.scope(None, None)
        drawable = _drawable(connection, run.pk)
        failed, passed = scope.failed.reads(is_right), scope.passed.reads(is_right)
        is_readable = bool(drawable["passed"]) or passed.basis in ("all", "sample")
        needs, notes = None, []
        if passed.size and not is_readable:
            needs, note = _need(connection, run.pk, scope)
            notes.append(note)
        if not is_readable:
            passed = msgspec.structs.replace(passed, strata=())
        found = next_reads(failed, passed, reads, cards=(drawable["failed"], drawable["passed"]))
        wanted = [*zip(_strata(scope, "failed"), found.failed, strict=True)]
        wanted += zip(_strata(scope, "passed"), found.passed, strict=False)
        steps = _steps(connection, wanted, drawable)
        waiting = _waiting(connection, run.pk)
    cards: Tally[str] = Tally()
    for (outcome, _), n in wanted:
        cards[outcome] += n
    return NextReadsOfRun(
        run_id=run_id,
        cards=dict(cards),
        steps=steps,
        width_of="corrected_score" if is_readable else "false_fails",
        width_now=found.width_now,
        width_after=found.width_after if steps else None,
        needs=needs,
        waiting=waiting,
        notes=notes,
    )


def _need(connection: Connection, run_pk: int, scope: Scope) -> tuple[Need | None, str]:
    """What lets passes be read that have no card, and a sentence about it."""
    if scope.items["passed"] > scope.counted_passed:
        return "keep_passes", KEEP
    listed = select(Item.item).join(ItemGroup, ItemGroup.pk == Item.group_pk)
    listed = listed.where(ItemGroup.run_pk == run_pk, ~is_placeholder(Item.item.expression)).limit(1)
    # nothing but placeholders: the run was imported before there was a ledger
    if connection.scalar(listed) is None:
        return "import_again", IMPORT_AGAIN
    return None, ONLY_COUNTED


def _strata(scope: Scope, outcome: Outcome) -> list[tuple[Outcome, RawStratum]]:
    gathered = scope.failed if outcome == "failed" else scope.passed
    return [(outcome, raw) for raw in gathered.strata if raw.size]


def _steps(
    connection: Connection, wanted: list[tuple[tuple[Outcome, RawStratum], int]], drawable: Tally[str]
) -> list[NextStep]:
    grown: dict[str, Tally[str]] = {}
    drawn: Tally[Outcome] = Tally()
    for (outcome, raw), n in wanted:
        if n and raw.sample is not None:
            grown.setdefault(raw.sample, Tally())[raw.part] += n
        elif n:
            drawn[outcome] += min(n, drawable[outcome] - drawn[outcome])
    steps = [_growing(connection, name, parts) for name, parts in sorted(grown.items())]
    shares = [NextShare(outcome, n) for outcome, n in sorted(drawn.items()) if n]
    return [*steps, NextStep(None, None, shares)] if shares else steps


def _growing(connection: Connection, name: str, parts: Tally[str]) -> NextStep:
    """How to grow a sample by so many cards of each of its parts, as far as it is divided."""
    sample = progress.need(connection, name)
    per = progress.per_of(sample)
    if "outcome" not in per:
        members = progress.read(connection, name).members
        return NextStep(name, members + parts.total(), [])
    shares: dict[Share, int] = {}
    for part, n in sorted(parts.items()):
        share = asking.share_of(per, progress.part_of(part), 0)
        shares[share] = shares.get(share, 0) + n
    return NextStep(
        name,
        None,
        [NextShare(share.outcome, n, share.task_type, share.model_name) for share, n in shares.items()],
    )


def _drawable(connection: Connection, run_pk: int) -> Tally[str]:
    """How many cards of the run wait for review, by outcome."""
    query = select(Candidate.outcome, func.count()).where(
        Candidate.run_pk == run_pk, Candidate.status == "needs_review"
    )
    counted: Tally[str] = Tally()
    for outcome, n in connection.execute(query.group_by(Candidate.outcome)):
        counted[outcome] = n
    return counted


def _waiting(connection: Connection, run_pk: int) -> list[WaitingSample]:
    return [
        WaitingSample(sample.name, sample.waiting, sample.members)
        for sample in samples.of_run(connection, run_pk)
        if sample.waiting
    ]
