"""Bulk steps: one verdict for many cards, in one transaction and one undoable batch.

Every card gets a decision of its own, all with the same `batch_id`. The database itself makes the rows, so that
a hundred thousand cards do not cost a round trip each.
"""

from __future__ import annotations

from collections import Counter as Tally
from typing import Any, Literal
from uuid import uuid4

import msgspec
from sqlalchemy import Connection, case, func, insert, literal, null, select, update
from sqlalchemy.orm import aliased

from avocet.categories import FailureCategory, stored_category
from avocet.db import AnySelect, Database, now
from avocet.domain import STATUS_AFTER, is_blank, stored_note
from avocet.errors import (
    BlankCorrection,
    InvalidRequest,
    NotFound,
    NothingMatches,
    NothingToUndo,
    PreviewStale,
    TakenBack,
)
from avocet.models import HIDDEN, Candidate, Decision, Run
from avocet.review import counters, history, idempotency, queue
from avocet.review.history import DecidedFilter
from avocet.review.queue import QueueFilter

BulkAction = Literal["correct", "accept", "discard", "flag", "recategorise"]

_ROW = (
    "candidate_seq",
    "action",
    "status_after",
    "corrected_response",
    "failure_category",
    "note",
    "reviewer",
    "at",
    "replaces",
    "restores",
    "batch_id",
)


class BulkStep(msgspec.Struct, frozen=True, kw_only=True):
    """What to do, and with which cards.

    A verdict applies to cards that wait for review: those that match the queue filter, or those among `ids`.
    `recategorise` gives decided cards another category (None removes it) and keeps the rest of each decision.
    `correct` is only for cards with the same text, so its filter must set `like`. `expected` is the count that the
    preview gave.
    """

    action: BulkAction
    queue: QueueFilter | None = None
    decided: DecidedFilter | None = None
    ids: tuple[str, ...] | None = None
    corrected_response: str | None = None
    failure_category: FailureCategory | None = None
    note: str | None = None
    expected: int | None = None


class BulkDone(msgspec.Struct, frozen=True):
    batch_id: str
    count: int


class BulkUndone(msgspec.Struct, frozen=True):
    """A batch that was undone.

    `left` decisions stay as they are: they were undone or revised one by one before, or their cards were taken back
    with their run.
    """

    count: int
    left: int


def preview(database: Database, step: BulkStep) -> int:
    """Count the cards that the step would change now.

    Raises:
        InvalidRequest, BlankCorrection: the step makes no sense.
    """
    _check(step)
    with database.read() as connection:
        return _count(connection, step)


def decide(database: Database, step: BulkStep, reviewer: str, key: str | None = None) -> BulkDone:
    """Do the step as one batch. With a key, repeating the request returns the first answer and changes nothing.

    Raises:
        InvalidRequest, BlankCorrection: the step makes no sense.
        NothingMatches: no card to change.
        PreviewStale: the number of matching cards is no longer `expected`.
        IdempotencyConflict: the key was used for something else.
    """
    _check(step)
    attempt = idempotency.Attempt(key, reviewer, "bulk", step)
    return idempotency.once(database, attempt, BulkDone, lambda connection: _decide(connection, step, reviewer))


def undo(database: Database, batch_id: str, reviewer: str, key: str | None = None) -> BulkUndone:
    """Undo a batch: every card returns to what it was before. `key` as for `decide`.

    Raises:
        NotFound: there is no such batch.
        NothingToUndo: none of its decisions stands any more.
        TakenBack: the cards of those that stand were taken back with their run.
        IdempotencyConflict: the key was used for something else.
    """
    attempt = idempotency.Attempt(key, reviewer, "bulk undo", batch_id)
    return idempotency.once(database, attempt, BulkUndone, lambda connection: _undo(connection, batch_id, reviewer))


def _decide(connection: Connection, step: BulkStep, reviewer: str) -> BulkDone:
    batch_id = str(uuid4())
    connection.execute(insert(Decision).from_select(_ROW, _rows(connection, step, reviewer, batch_id)))
    changed = _changed(connection, batch_id)
    _check_count(changed, step.expected)
    _apply(connection, batch_id)
    return BulkDone(batch_id, changed)


def _undo(connection: Connection, batch_id: str, reviewer: str) -> BulkUndone:
    undo_id = str(uuid4())
    made = _changed(connection, batch_id)
    if not made:
        raise NotFound(f"There is no batch {batch_id!r:.60}.", batch_id=batch_id)
    connection.execute(insert(Decision).from_select(_ROW, _undo_rows(connection, batch_id, reviewer, undo_id)))
    undone = _changed(connection, undo_id)
    if not undone:
        if _is_taken_back(connection, batch_id):
            raise TakenBack(
                "The cards of this batch were taken back with their run. Nothing was changed; "
                "it can be brought back on the Runs page.",
                batch_id=batch_id,
            )
        raise NothingToUndo("No decision of this batch stands any more.", batch_id=batch_id)
    _apply(connection, undo_id)
    return BulkUndone(undone, made - undone)


def _check(step: BulkStep) -> None:
    if (step.queue is not None) + (step.decided is not None) + (step.ids is not None) != 1:
        raise InvalidRequest("Choose the cards by exactly one of queue, decided and ids.")
    if step.action == "recategorise" and step.queue is not None:
        raise InvalidRequest("recategorise is for decided cards: choose them by decided or ids.")
    if step.action != "recategorise" and step.decided is not None:
        raise InvalidRequest(f"{step.action} is for cards that wait for review: choose them by queue or ids.")
    if step.action == "correct":
        if step.queue is None or step.queue.like is None:
            raise InvalidRequest("One correction for many cards needs cards with the same text: set queue.like.")
        if is_blank(step.corrected_response):
            raise BlankCorrection("A correction needs visible text.")


def _check_count(changed: int, expected: int | None) -> None:
    if not changed:
        raise NothingMatches("No card matches; nothing was changed.", count=0)
    if expected is not None and changed != expected:
        raise PreviewStale(
            f"The number of matching cards is now {changed}, not {expected}. Nothing was changed; "
            "look at the preview again.",
            count=changed,
        )


def _count(connection: Connection, step: BulkStep) -> int:
    query = _chosen(connection, step, select(func.count()))
    found: int = connection.execute(query).scalar_one()
    return found


def _chosen(connection: Connection, step: BulkStep, query: AnySelect) -> AnySelect:
    """Narrow `query` to the candidates of the step; for `recategorise`, join them to their standing decisions."""
    if step.action == "recategorise":
        query = history.matching(connection, history.standing(query), step.decided or DecidedFilter())
        # a card that has the category already needs no decision
        query = query.where(Decision.failure_category.is_distinct_from(step.failure_category))
    else:
        query = query.select_from(Candidate).join(Run, Run.pk == Candidate.run_pk)
        query = queue.matching(connection, query, step.queue or QueueFilter())
    return query if step.ids is None else query.where(Candidate.id.in_(step.ids))


def _rows(connection: Connection, step: BulkStep, reviewer: str, batch_id: str) -> AnySelect:
    if step.action == "recategorise":
        said: tuple[Any, ...] = (
            Decision.action,
            Decision.status_after,
            Decision.corrected_response,
            literal(step.failure_category, Decision.failure_category.type),
            Decision.note,
        )
    else:
        text = Candidate.model_response if step.action == "accept" else literal(step.corrected_response)
        category = stored_category(step.action, step.failure_category)
        said = (
            literal(step.action),
            literal(STATUS_AFTER[step.action]),
            text if step.action in ("accept", "correct") else null(),
            literal(category, Decision.failure_category.type),
            literal(stored_note(step.note), Decision.note.type),
        )
    by = (literal(reviewer), literal(now()), Candidate.decision_id, null(), literal(batch_id))
    query = _chosen(connection, step, select(Candidate.seq, *said, *by)).order_by(Candidate.seq)
    return query.with_for_update(of=Candidate)


def _undo_rows(connection: Connection, batch_id: str, reviewer: str, undo_id: str) -> AnySelect:
    before = aliased(Decision)
    had = before.id.is_not(None)
    said = (
        literal("undo"),
        func.coalesce(before.status_after, "needs_review"),
        case((had, before.corrected_response), else_=Candidate.baseline_correction),
        case((had, before.failure_category), else_=Candidate.baseline_category),
        case((had, before.note), else_=Candidate.baseline_note),
    )
    by = (literal(reviewer), literal(now()), Decision.id, Decision.replaces, literal(undo_id))
    query = select(Candidate.seq, *said, *by).select_from(Decision)
    query = query.join(Candidate, (Candidate.seq == Decision.candidate_seq) & (Candidate.decision_id == Decision.id))
    query = query.outerjoin(before, before.id == Decision.replaces)
    query = query.where(Decision.batch_id == batch_id, Candidate.status != HIDDEN)
    return query.order_by(Candidate.seq).with_for_update(of=Candidate)


def _changed(connection: Connection, batch_id: str) -> int:
    query = select(func.count()).select_from(Decision).where(Decision.batch_id == batch_id)
    return connection.execute(query).scalar_one()


def _is_taken_back(connection: Connection, batch_id: str) -> bool:
    """Whether a decision of the batch stands on a card that is hidden."""
    query = select(Candidate.seq).join(Decision, Decision.id == Candidate.decision_id)
    query = query.where(Decision.batch_id == batch_id, Candidate.status == HIDDEN).limit(1)
    return connection.execute(query).first() is not None


def _apply(connection: Connection, batch_id: str) -> None:
    """Bring the batch's candidates and the counters in line with its decision rows."""
    moves: Tally[counters.CounterKey] = Tally()
    query = (
        # written out, so that the checker knows what a row holds
        select(
            Candidate.run_pk,
            Candidate.model_name,
            Candidate.task_type,
            Candidate.status,
            Candidate.failure_category,
            Decision.status_after,
            Decision.failure_category,
            func.count(),
        )
        .join(Decision, Decision.candidate_seq == Candidate.seq)
        .where(Decision.batch_id == batch_id)
    )
    query = query.group_by(*list(query.selected_columns)[:-1])
    for run_pk, model, task, old_status, old_category, status, category, n in connection.execute(query):
        moves[counters.key_of(run_pk, model, task, old_status, old_category)] -= n
        moves[counters.key_of(run_pk, model, task, status, category)] += n
    counters.move(connection, moves)
    connection.execute(
        update(Candidate)
        .where(Candidate.seq == Decision.candidate_seq, Decision.batch_id == batch_id)
        .values(
            status=Decision.status_after,
            decision_id=case((Decision.action == "undo", Decision.restores), else_=Decision.id),
            corrected_response=Decision.corrected_response,
            failure_category=Decision.failure_category,
            note=Decision.note,
        )
        .execution_options(synchronize_session=False)
    )
