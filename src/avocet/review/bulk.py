"""Bulk steps: one verdict for many cards, in one transaction and one undoable batch.

Every card gets a decision of its own, all with the same `batch_id`. The database itself makes the rows, so that
a hundred thousand cards do not cost a round trip each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast
from uuid import uuid4

import msgspec
from sqlalchemy import ColumnElement, Connection, case, false, func, insert, literal, null, or_, select
from sqlalchemy.orm import aliased

from avocet import json_text
from avocet.categories import FailureCategory
from avocet.db import AnySelect, Database, SomeSelect, now
from avocet.domain import OUTCOMES, STATUS_AFTER, Outcome, Verdict, stored_note
from avocet.errors import (
    InvalidRequest,
    NotFound,
    NothingMatches,
    NothingToUndo,
    PreviewStale,
    TakenBack,
)
from avocet.models import HIDDEN, Candidate, Decision, Run
from avocet.review import as_proposed, batch, history, idempotency, passes, queue, tags
from avocet.review.as_proposed import VerdictCount
from avocet.review.bulk_step import BulkStep, checked
from avocet.review.history import DecidedFilter
from avocet.review.queue import QueueFilter


class BulkDone(msgspec.Struct, frozen=True):
    """A step that was done; `verdicts` are those of its cards, where each got its own."""

    batch_id: str
    count: int
    verdicts: list[VerdictCount] = []


class BulkUndone(msgspec.Struct, frozen=True):
    """A batch that was undone.

    `left` decisions stay as they are: they were undone or revised one by one before, or their cards were taken back
    with their run.
    """

    count: int
    left: int


def preview(database: Database, step: BulkStep) -> tuple[int, list[VerdictCount]]:
    """Count the cards that the step would change now; with their verdicts, where each gets its own.

    Raises:
        InvalidRequest, BlankCorrection: the step makes no sense.
    """
    step = checked(step)
    with database.read() as connection:
        if step.action == "as_proposed":
            verdicts = as_proposed.count(connection, _to_propose(connection, step))
            return sum(one.count for one in verdicts), verdicts
        outcome, count = _found(connection, step)
        _category(connection, step, outcome)
    return count, []


def decide(database: Database, step: BulkStep, reviewer: str, key: str | None = None) -> BulkDone:
    """Do the step as one batch. With a key, repeating the request returns the first answer and changes nothing.

    Raises:
        InvalidRequest, BlankCorrection: the step makes no sense.
        NothingMatches: no card to change.
        PreviewStale: the number of matching cards is no longer `expected`.
        IdempotencyConflict: the key was used for something else.
    """
    step = checked(step)
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
    verdicts: list[VerdictCount] = []
    if step.action == "as_proposed":
        query = _to_propose(connection, step)
        verdicts = as_proposed.decide(connection, query, reviewer, batch_id, step.opened)
    else:
        tags.entered(connection, step.add_tags)
        connection.execute(insert(Decision).from_select(batch.ROW, _rows(connection, step, reviewer, batch_id)))
    changed = batch.changed(connection, batch_id)
    _check_count(changed, step.expected)
    if step.add_tags:
        tags.check_room(connection, Decision.batch_id == batch_id)
    batch.apply(connection, Decision.batch_id == batch_id)
    return BulkDone(batch_id, changed, verdicts)


def _to_propose(connection: Connection, step: BulkStep) -> AnySelect:
    return _chosen(connection, step, select(*as_proposed.COLUMNS)).order_by(Candidate.seq)


def _undo(connection: Connection, batch_id: str, reviewer: str) -> BulkUndone:
    undo_id = str(uuid4())
    made = batch.changed(connection, batch_id)
    if not made:
        raise NotFound(f"There is no batch {batch_id!r:.60}.", batch_id=batch_id)
    connection.execute(insert(Decision).from_select(batch.ROW, _undo_rows(connection, batch_id, reviewer, undo_id)))
    undone = batch.changed(connection, undo_id)
    if not undone:
        if _is_taken_back(connection, batch_id):
            raise TakenBack(
                "The cards of this batch were taken back with their run. Nothing was changed; "
                "it can be brought back on the Runs page.",
                batch_id=batch_id,
            )
        raise NothingToUndo("No decision of this batch stands any more.", batch_id=batch_id)
    batch.apply(connection, Decision.batch_id == undo_id)
    return BulkUndone(undone, made - undone)


def _check_count(changed: int, expected: int | None) -> None:
    if not changed:
        raise NothingMatches("No card matches; nothing was changed.", count=0)
    if expected is not None and changed != expected:
        raise PreviewStale(
            f"The number of matching cards is now {changed}, not {expected}. Nothing was changed; "
            "look at the preview again.",
            count=changed,
        )


def _chosen(connection: Connection, step: BulkStep, query: SomeSelect) -> SomeSelect:
    """Narrow `query` to the candidates of the step; for `recategorise`, join them to their standing decisions."""
    if step.action == "recategorise":
        query = history.matching(connection, history.standing(query), step.decided or DecidedFilter())
        # a card that says all this already needs no decision
        query = query.where(or_(*(column.is_distinct_from(wanted) for column, wanted in _anew(connection, step))))
    else:
        query = query.select_from(Candidate).join(Run, Run.pk == Candidate.run_pk)
        query = queue.matching(connection, query, step.queue or QueueFilter(outcome="any"))
    return query if step.ids is None else query.where(Candidate.id.in_(step.ids))


def _anew(connection: Connection, step: BulkStep) -> Iterator[tuple[Any, ColumnElement[Any]]]:
    """The columns that `recategorise` sets, and to what."""
    columns: tuple[Any, ...] = (Decision.failure_category, Decision.check_fault, Decision.corrected_reference)
    for column in columns:
        given = getattr(step, column.key)
        if given is not msgspec.UNSET:
            is_json = column.key == "corrected_reference"
            yield column, literal(json_text.stored(given) if is_json else given, column.type)
    if step.add_tags or step.remove_tags:
        yield Decision.tags, tags.changed(connection, Decision.tags.expression, step.add_tags, step.remove_tags)


def _found(connection: Connection, step: BulkStep) -> tuple[Outcome, int]:
    """The outcome of the step's cards, which must be one, and their number.

    Raises:
        InvalidRequest: some of them failed, and some did not.
    """
    query = _chosen(connection, step, select(Candidate.outcome, func.count())).group_by(Candidate.outcome)
    found: dict[Outcome, int] = {row[0]: row[1] for row in connection.execute(query)}
    if len(found) > 1:
        counts = ", ".join(f"{found[outcome]:,} {outcome}" for outcome in OUTCOMES if outcome in found)
        raise InvalidRequest(
            f"These cards have more than one outcome: {counts}. One verdict means different things for them; "
            "choose the cards of one outcome.",
            counts=found,
        )
    return next(iter(found.items()), ("failed", 0))


def _category(connection: Connection, step: BulkStep, outcome: Outcome) -> FailureCategory | None:
    """The category that a verdict gives the step's cards.

    Raises:
        InvalidRequest: their answers passed, and the category makes no sense for them.
    """
    wanted = step.failure_category or None
    if step.action != "recategorise":
        return passes.stored_category(step.action, wanted, outcome)
    passes.check_category(wanted, outcome)
    if outcome == "passed" and wanted is not None:
        query = _chosen(connection, step, select(func.count())).where(Decision.action == "accept")
        if accepted := connection.execute(query).scalar_one():
            passes.refuse_category(accepted)
    return wanted


def _rows(connection: Connection, step: BulkStep, reviewer: str, batch_id: str) -> AnySelect:
    outcome, _ = _found(connection, step)
    category = _category(connection, step, outcome)
    is_open = Candidate.id.in_(step.opened) if step.opened else false()
    if step.action == "recategorise":
        anew = {column.key: wanted for column, wanted in _anew(connection, step)}
        said: dict[str, Any] = {name: anew.get(name, getattr(Decision, name)) for name in batch.SAID}
        said["is_read"] = Decision.is_read | is_open
    else:
        text = Candidate.model_response if step.action == "accept" else literal(step.corrected_response)
        fault, reference = step.check_fault or None, step.corrected_reference
        if reference is msgspec.UNSET:
            reference = None
        said = {
            "action": literal(step.action),
            "status_after": literal(STATUS_AFTER[cast("Verdict", step.action)]),
            "corrected_response": text if step.action in ("accept", "correct") else null(),
            "failure_category": literal(category, Decision.failure_category.type),
            "note": literal(stored_note(step.note), Decision.note.type),
            "check_fault": literal(fault, Decision.check_fault.type),
            "corrected_reference": literal(json_text.stored(reference), Decision.corrected_reference.type),
            "tags": literal(tags.stored(connection, step.tags), Decision.tags.type),
            "must": literal(json_text.stored(step.must or None), Decision.must.type),
            "must_not": literal(json_text.stored(step.must_not or None), Decision.must_not.type),
            "is_read": is_open,
        }
    by = (Candidate.outcome, literal(reviewer), literal(now()), Candidate.decision_id, null(), literal(batch_id))
    columns = (Candidate.seq, *(said[name] for name in batch.SAID), *by)
    # an import may have changed an outcome since it was looked at
    query = _chosen(connection, step, select(*columns)).where(Candidate.outcome == outcome)
    return query.order_by(Candidate.seq).with_for_update(of=Candidate)


def _undo_rows(connection: Connection, batch_id: str, reviewer: str, undo_id: str) -> AnySelect:
    before = aliased(Decision)
    had = before.id.is_not(None)
    said = (
        literal("undo"),
        func.coalesce(before.status_after, "needs_review"),
        case((had, before.corrected_response), else_=Candidate.baseline_correction),
        case((had, before.failure_category), else_=Candidate.baseline_category),
        case((had, before.note), else_=Candidate.baseline_note),
        case((had, before.check_fault), else_=Candidate.baseline_fault),
        case((had, before.corrected_reference), else_=Candidate.baseline_reference),
        case((had, before.tags), else_=Candidate.baseline_tags),
        case((had, before.must), else_=Candidate.baseline_must),
        case((had, before.must_not), else_=Candidate.baseline_must_not),
        func.coalesce(before.is_read, false()),
    )
    by = (Candidate.outcome, literal(reviewer), literal(now()), Decision.id, Decision.replaces, literal(undo_id))
    query = select(Candidate.seq, *said, *by).select_from(Decision)
    query = query.join(Candidate, (Candidate.seq == Decision.candidate_seq) & (Candidate.decision_id == Decision.id))
    query = query.outerjoin(before, before.id == Decision.replaces)
    query = query.where(Decision.batch_id == batch_id, Candidate.status != HIDDEN)
    return query.order_by(Candidate.seq).with_for_update(of=Candidate)


def _is_taken_back(connection: Connection, batch_id: str) -> bool:
    """Whether a decision of the batch stands on a card that is hidden."""
    query = select(Candidate.seq).join(Decision, Decision.id == Candidate.decision_id)
    query = query.where(Decision.batch_id == batch_id, Candidate.status == HIDDEN).limit(1)
    return connection.execute(query).first() is not None
