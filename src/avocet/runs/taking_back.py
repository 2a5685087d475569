"""Taking a run back and bringing it back: its cards are hidden, never deleted (ADR 0016).

A hidden card has a status that no list asks for. When it comes back, its standing decision says which status it had,
so nothing else has to be remembered. Hiding and showing need the run's import lock and lock its row.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from avocet.db import Database, hold_rows, now
from avocet.domain import STATUSES
from avocet.errors import AlreadyImporting, NothingToHide, NothingToRestore, UnknownRun
from avocet.models import HIDDEN, Candidate, Decision, Removal, Run
from avocet.review import counters, tags
from avocet.review.counters import CounterKey

BUSY = "This run is being imported or taken back right now. Nothing was changed; try again when that has ended."


class RunTakenBack(msgspec.Struct, frozen=True):
    """What taking a run back did, or would do.

    Of the run's visible cards, `undecided` wait for review, `decided` are decided, and `hidden` are hidden by this.
    """

    run_id: str
    undecided: int
    decided: int
    hidden: int
    dry_run: bool


class Restored(msgspec.Struct, frozen=True):
    """A run that was brought back, and how many of its cards were."""

    run_id: str
    restored: int


def take_back(
    database: Database, run_id: str, reviewer: str, *, decided_too: bool = False, dry_run: bool = False
) -> RunTakenBack:
    """Hide the cards of a run that wait for review; with `decided_too`, all of its cards and the run itself.

    A `dry_run` only says what would be hidden.

    Raises:
        UnknownRun: no such run was imported.
        AlreadyImporting: it is being imported or taken back right now.
        NothingToHide: no card of the run is left to hide.
    """
    with database.read() as connection:
        run_pk = find_run(connection, run_id)
        would = _count(connection, run_pk, run_id, decided_too)
    if dry_run:
        if database.is_held(_lock(run_id)):
            raise AlreadyImporting(BUSY, run_id=run_id)
        return would

    def work(connection: Connection) -> RunTakenBack:
        _hold_cards(connection, run_pk)
        done = _count(connection, run_pk, run_id, decided_too, dry_run=False)
        if not done.hidden:
            raise NothingToHide(_why_nothing(done, decided_too), run_id=run_id)
        _hide(connection, run_pk, decided_too)
        values = {"run_pk": run_pk, "decided_too": decided_too, "reviewer": reviewer, "removed_at": now()}
        connection.execute(insert(Removal).values(**values, removed_after=_latest_decision(connection)))
        if decided_too:
            connection.execute(update(Run).where(Run.pk == run_pk).values(removed_at=values["removed_at"]))
        return done

    with _alone(database, run_id):
        return database.change(work)


def restore(database: Database, run_id: str) -> Restored:
    """Bring back every hidden card of a run, and the run itself.

    Raises:
        UnknownRun: no such run was imported.
        AlreadyImporting: it is being imported or taken back right now.
        NothingToRestore: none of its cards is hidden.
    """
    with database.read() as connection:
        run_pk = find_run(connection, run_id)
    with _alone(database, run_id):
        restored = database.change(lambda connection: bring_back(connection, run_pk))
    if not restored:
        raise NothingToRestore("No card of this run is taken back; nothing was changed.", run_id=run_id)
    return Restored(run_id, restored)


def bring_back(connection: Connection, run_pk: int) -> int:
    """Show a run's hidden cards with the status that their decisions left; return how many there were.

    This happens in the caller's transaction; the caller holds the run's import lock.
    """
    _hold_cards(connection, run_pk)
    hidden = _hidden(connection, run_pk)
    if not hidden:
        return 0
    tagged = select(Candidate.seq, Candidate.tags).where(
        Candidate.run_pk == run_pk, Candidate.status == HIDDEN, Candidate.tags.is_not(None)
    )
    tags.tie_all(connection, connection.execute(tagged).all())
    connection.execute(
        update(Candidate)
        .where(Candidate.run_pk == run_pk, Candidate.status == HIDDEN)
        .values(
            status=func.coalesce(
                select(Decision.status_after).where(Decision.id == Candidate.decision_id).scalar_subquery(),
                "needs_review",
            )
        )
        .execution_options(synchronize_session=False)
    )
    _move(connection, {key: -n for key, n in hidden.items()})
    connection.execute(
        update(Removal)
        .where(Removal.run_pk == run_pk, Removal.restored_at.is_(None))
        .values(restored_at=now(), restored_after=_latest_decision(connection))
    )
    connection.execute(update(Run).where(Run.pk == run_pk).values(removed_at=None))
    return sum(hidden.values())


def find_run(connection: Connection, run_id: str) -> int:
    """The primary key of a run that was imported.

    Raises:
        UnknownRun: there is none of that id.
    """
    run_pk = None
    # no stored id holds a NUL, and PostgreSQL would refuse the parameter
    if "\x00" not in run_id:
        run_pk = connection.scalar(select(Run.pk).where(Run.run_id == run_id))
    if run_pk is None:
        raise UnknownRun(f"No run {run_id!r:.120} was imported.", run_id=run_id)
    return run_pk


@contextmanager
def _alone(database: Database, run_id: str) -> Iterator[None]:
    """Hold the lock that imports of the run hold."""
    with database.hold(_lock(run_id), BUSY):
        yield


def _lock(run_id: str) -> str:
    return f"import:{run_id}"


def _hold_cards(connection: Connection, run_pk: int) -> None:
    """Lock the run and its cards against other writers, in the order in which bulk steps lock cards.

    The run's key is not locked: new counters refer to it.
    """
    connection.execute(select(Run.pk).where(Run.pk == run_pk).with_for_update(key_share=True))
    cards = select(Candidate.seq).where(Candidate.run_pk == run_pk).order_by(Candidate.seq).with_for_update()
    hold_rows(connection, cards)


def _count(
    connection: Connection, run_pk: int, run_id: str, decided_too: bool, *, dry_run: bool = True
) -> RunTakenBack:
    by_status = counters.by_status(connection, run_pk)
    undecided = by_status["needs_review"]
    decided = sum(by_status[status] for status in STATUSES) - undecided
    return RunTakenBack(run_id, undecided, decided, undecided + (decided if decided_too else 0), dry_run)


def _why_nothing(found: RunTakenBack, decided_too: bool) -> str:
    if found.decided and not decided_too:
        return (
            "No card of this run waits for review; nothing was changed. "
            f"To take its decided cards back too ({found.decided:,}), say so: decided_too."
        )
    return "No card of this run is visible: there are none, or they are taken back already. Nothing was changed."


def _hide(connection: Connection, run_pk: int, decided_too: bool) -> None:
    before = _hidden(connection, run_pk)
    statuses = STATUSES if decided_too else ("needs_review",)
    connection.execute(
        update(Candidate)
        .where(Candidate.run_pk == run_pk, Candidate.status.in_(statuses))
        .values(status=HIDDEN)
        .execution_options(synchronize_session=False)
    )
    tags.untie_hidden(connection, run_pk)
    moves = _hidden(connection, run_pk)
    moves.subtract(before)
    _move(connection, moves)


def _hidden(connection: Connection, run_pk: int) -> Tally[CounterKey]:
    """The number of the run's hidden cards, by the counter that each belongs to while it is visible."""
    status = func.coalesce(Decision.status_after, "needs_review")
    query = (
        select(
            Candidate.model_name,
            Candidate.task_type,
            status,
            Candidate.failure_category,
            Candidate.outcome,
            func.count(),
        )
        .outerjoin(Decision, Decision.id == Candidate.decision_id)
        .where(Candidate.run_pk == run_pk, Candidate.status == HIDDEN)
        .group_by(Candidate.model_name, Candidate.task_type, status, Candidate.failure_category, Candidate.outcome)
    )
    hidden: Tally[CounterKey] = Tally()
    for model, task, was, category, outcome, n in connection.execute(query):
        hidden[counters.key_of(run_pk, model, task, was, category, outcome)] += n
    return hidden


def _move(connection: Connection, hidden: Mapping[CounterKey, int]) -> None:
    """Move that many cards from their counters to the hidden ones; negative numbers move them back."""
    moves: Tally[CounterKey] = Tally()
    for key, n in hidden.items():
        moves[key] -= n
        moves[key._replace(status=HIDDEN)] += n
    counters.move(connection, moves)


def _latest_decision(connection: Connection) -> int:
    return connection.scalar(select(func.coalesce(func.max(Decision.id), 0))) or 0
