"""The overview: what came in, what waits, what is ready to train, what changed since a training, and what is next."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Sequence
from contextlib import suppress
from typing import Literal

import msgspec
from sqlalchemy import Connection, func, select

from avocet.db import Database
from avocet.domain import OUTCOMES, STATUSES, Outcome, Status
from avocet.errors import UnknownExport
from avocet.exports import made
from avocet.faults import CHECK_FAULTS, CheckFault
from avocet.models import HIDDEN, Candidate, Decision, ItemGroup, ReadingCounter, ReasonShape, Run
from avocet.processes import OPEN
from avocet.review import counters
from avocet.scores.estimate import at_most, corrected_score
from avocet.scores.pace import Added, seconds_per_card
from avocet.scores.report import RunScopes
from avocet.scores.rows import Number, Scope, is_right
from avocet.training.summary import TrainingSummary

NEWEST_RUNS = 5
WORTH_TRAINING = 20
"""So many new rows are worth a training while other cards wait, if they are also a tenth of what was trained on."""
LEAST_ALIKE = 5
"""So many waiting cards of one shape are worth deciding together."""

Step = Literal["import", "follow", "train", "review"]


class LastTraining(msgspec.Struct, frozen=True):
    """The last training that is done: when it began, the desk's last decision then, and the rows it was given.

    Both numbers are null where it trained on a file that the desk did not write.
    """

    name: str
    at: str
    decision_id: int | None
    rows: int | None


class CameIn(msgspec.Struct, frozen=True):
    """The items that were imported, by outcome, and the run imported last."""

    runs: int
    items: dict[Outcome, int]
    last_run: str | None
    last_at: str | None


class Waiting(msgspec.Struct, frozen=True):
    """The cards that wait for review, by outcome; `seconds_per_card` is the desk's pace, null if it can't be told."""

    failed: int
    passed: int
    errored: int
    unscored: int
    seconds_per_card: float | None

    @property
    def cards(self) -> int:
        return self.failed + self.passed + self.errored + self.unscored


class Ready(msgspec.Struct, frozen=True):
    """The rows of the unfiltered `sft` export; `new` are decided since the last training, or all if there is none."""

    rows: int
    new: int


class Change(msgspec.Struct, frozen=True):
    then: int
    now: int


class SinceTraining(msgspec.Struct, frozen=True):
    """What there was when the last training began, and what there is now; read by a person."""

    runs: Change
    failures_read: Change
    passes_read: Change


class RunLine(msgspec.Struct, frozen=True):
    """One of the newest runs: its scores as in its report, and how many of its cards were read."""

    run_id: str
    at: str
    items: int
    passes: int
    failures_read: int
    passes_read: int
    harness_score: float | None
    corrected_score: Number | None
    at_most: float | None


class Alike(msgspec.Struct, frozen=True):
    """The most frequent shape of reasons among the failures that wait."""

    shape: str
    text: str
    waiting: int


class Overview(msgspec.Struct, frozen=True):
    """The state of the desk. `decided` counts failed cards by status, `faults` the cards that name each fault.

    `training` is the name of the one that runs now. `next` is the one step that is proposed.
    """

    next: Step
    came_in: CameIn
    waiting: Waiting
    decided: dict[Status, int]
    ready: Ready
    training: str | None
    last_training: LastTraining | None
    since: SinceTraining | None
    runs: list[RunLine]
    faults: dict[CheckFault, int]
    alike: Alike | None


def overview(database: Database, trainings: Sequence[TrainingSummary] = ()) -> Overview:
    """The desk's overview. `trainings` are all, the most recently started first."""
    last = _last_training(database, trainings)
    training = next((one.name for one in trainings if one.state in OPEN), None)
    with database.read() as connection:
        cards = _cards(connection)
        came_in = _came_in(connection)
        waiting = _waiting(connection, cards)
        rows = cards["failed", "approved"]
        since = last.decision_id if last else None
        ready = Ready(rows, rows if since is None else min(rows, _new_rows(connection, since)))
        return Overview(
            next=next_step(came_in, waiting, ready, training),
            came_in=came_in,
            waiting=waiting,
            decided={status: cards["failed", status] for status in STATUSES if status != "needs_review"},
            ready=ready,
            training=training,
            last_training=last,
            since=_since(connection, last, came_in.runs) if last else None,
            runs=_newest_runs(connection),
            faults=_faults(connection),
            alike=_alike(connection),
        )


def next_step(came_in: CameIn, waiting: Waiting, ready: Ready, training: str | None) -> Step:
    """The one step that helps most: never a training on rows that were all trained on before."""
    if not came_in.runs:
        return "import"
    if training is not None:
        return "follow"
    is_worth_it = ready.new >= WORTH_TRAINING and 10 * ready.new >= ready.rows - ready.new
    if ready.new and (is_worth_it or not waiting.cards):
        return "train"
    return "review" if waiting.cards else "import"


def _last_training(database: Database, trainings: Sequence[TrainingSummary]) -> LastTraining | None:
    done = next((one for one in trainings if one.state == "done"), None)
    if done is None:
        return None
    manifest = None
    if done.export_id is not None:
        # the folder of a training may have come from another desk
        with suppress(UnknownExport):
            manifest = made.read(database, done.export_id).manifest
    return LastTraining(
        name=done.name,
        at=done.started_at,
        decision_id=manifest.as_of.decision if manifest else None,
        rows=manifest.rows if manifest else None,
    )


def _cards(connection: Connection) -> Tally[tuple[str, str]]:
    """The cards in sight by outcome and status."""
    found: Tally[tuple[str, str]] = Tally()
    for key, n in counters.read(connection):
        found[key.outcome, key.status] += n
    return found


def _came_in(connection: Connection) -> CameIn:
    sums = [func.coalesce(func.sum(getattr(ItemGroup, outcome)), 0) for outcome in OUTCOMES]
    counted = [func.coalesce(func.sum(getattr(ItemGroup, f"counted_{outcome}")), 0) for outcome in OUTCOMES[1:]]
    query = select(*sums, *counted).join(Run, Run.pk == ItemGroup.run_pk).where(Run.removed_at.is_(None))
    numbers = [int(number) for number in connection.execute(query).one()]
    # a harness's failures are never known as numbers only
    extra = [0, *numbers[len(OUTCOMES) :]]
    items = {outcome: n + more for outcome, n, more in zip(OUTCOMES, numbers, extra, strict=False)}
    in_sight = select(func.count()).select_from(Run).where(Run.removed_at.is_(None))
    newest = select(Run.run_id, Run.started_at).where(Run.removed_at.is_(None)).order_by(Run.started_at.desc())
    last = connection.execute(newest.limit(1)).one_or_none()
    runs = connection.execute(in_sight).scalar_one()
    return CameIn(runs, items, last.run_id if last else None, last.started_at if last else None)


def _waiting(connection: Connection, cards: Tally[tuple[str, str]]) -> Waiting:
    waits = {outcome: cards[outcome, "needs_review"] for outcome in OUTCOMES}
    return Waiting(**waits, seconds_per_card=seconds_per_card(connection))


def _new_rows(connection: Connection, since: int) -> int:
    """How many rows stand by a decision that came after that one."""
    query = select(func.count()).select_from(Decision).join(Candidate, Candidate.decision_id == Decision.id)
    query = query.where(Candidate.seq == Decision.candidate_seq, Decision.id > since)
    return connection.execute(query.where(Candidate.status == "approved", Candidate.outcome == "failed")).scalar_one()


def _since(connection: Connection, last: LastTraining, runs: int) -> SinceTraining:
    earlier = select(func.count()).select_from(Run).where(Run.removed_at.is_(None), Run.started_at <= last.at)
    now = _read(connection)
    more = _read_since(connection, last)
    then = {outcome: max(n - more[outcome], 0) for outcome, n in now.items()}
    return SinceTraining(
        runs=Change(connection.execute(earlier).scalar_one(), runs),
        failures_read=Change(then["failed"], now["failed"]),
        passes_read=Change(then["passed"], now["passed"]),
    )


def _read(connection: Connection) -> dict[str, int]:
    query = select(ReadingCounter.outcome, func.sum(ReadingCounter.n)).join(Run, Run.pk == ReadingCounter.run_pk)
    query = query.where(ReadingCounter.is_read, Run.removed_at.is_(None)).group_by(ReadingCounter.outcome)
    found = {outcome: int(n) for outcome, n in connection.execute(query)}
    return {outcome: found.get(outcome, 0) for outcome in ("failed", "passed")}


def _read_since(connection: Connection, last: LastTraining) -> Tally[str]:
    """By how many the cards that people read became more, undone ones taken off."""
    added = Added()
    query = added.join(select(Candidate.item_outcome, func.sum(added.cards)))
    query = query.where(added.is_read, Candidate.status != HIDDEN)
    is_after = Decision.at > last.at if last.decision_id is None else Decision.id > last.decision_id
    found: Tally[str] = Tally()
    for outcome, n in connection.execute(query.where(is_after).group_by(Candidate.item_outcome)):
        found[outcome] = int(n)
    return found


def _newest_runs(connection: Connection) -> list[RunLine]:
    at = func.coalesce(Run.timestamp, Run.started_at)
    query = select(Run.run_id, at.label("at")).where(Run.removed_at.is_(None)).order_by(at.desc(), Run.pk.desc())
    rows = connection.execute(query.limit(NEWEST_RUNS)).all()
    return [_run_line(row.run_id, row.at, RunScopes(connection, row.run_id).scope(None, None)) for row in rows]


def _run_line(run_id: str, at: str, scope: Scope) -> RunLine:
    failed, passed = scope.failed.reads(is_right), scope.passed.reads(is_right)
    scored = scope.items["failed"] + scope.items["passed"]
    score = corrected_score(failed, passed)
    number = None if score.value is None else Number(score.value, score.low, score.high)
    most = None
    if number is None and passed.size and passed.basis not in ("all", "sample"):
        most = at_most(failed, passed.size - passed.known.known_wrong).high
    return RunLine(
        run_id=run_id,
        at=at,
        items=sum(scope.items.values()),
        passes=scope.items["passed"],
        failures_read=scope.failed.said.total(),
        passes_read=scope.passed.said.total(),
        harness_score=scope.items["passed"] / scored if scored else None,
        corrected_score=number,
        at_most=most,
    )


def _faults(connection: Connection) -> dict[CheckFault, int]:
    found = dict(counters.faults(connection, None))
    return {fault: int(found.get(fault, 0)) for fault in CHECK_FAULTS}


def _alike(connection: Connection) -> Alike | None:
    query = select(Candidate.reason_shape, func.count().label("n")).where(
        Candidate.reason_shape.is_not(None),
        Candidate.status == "needs_review",
        Candidate.outcome == "failed",
    )
    query = query.group_by(Candidate.reason_shape).order_by(func.count().desc(), Candidate.reason_shape).limit(1)
    row = connection.execute(query).one_or_none()
    if row is None or row.n < LEAST_ALIKE:
        return None
    text = connection.scalar(select(ReasonShape.shape).where(ReasonShape.hash == row.reason_shape))
    return Alike(row.reason_shape, text or row.reason_shape, row.n)
