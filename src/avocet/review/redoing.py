"""Redo: what an undo took back is said again, as it was, as long as nothing else was said of the card since."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import msgspec
from sqlalchemy import ColumnElement, Connection, bindparam, exists, insert, literal, null, select
from sqlalchemy.orm import aliased

from avocet.db import AnySelect, Database, now
from avocet.errors import NothingToRedo
from avocet.models import HIDDEN, Candidate, Decision
from avocet.review import batch, candidates, idempotency
from avocet.review.decisions import Submitted

_undone = aliased(Decision)
_undo = aliased(Decision)
_ROW = (*batch.ROW, "proposed")
_is_wanted = Candidate.id == bindparam("candidate_id")
_find = select(Candidate.status).where(_is_wanted)
_stored = select(Candidate.status, Candidate.failure_category, Candidate.check_fault).where(_is_wanted)


class BulkRedone(msgspec.Struct, frozen=True):
    """A batch that was said again, as the batch `batch_id`. `left` cards were decided since and stay as they are."""

    batch_id: str
    count: int
    left: int


def redo(database: Database, candidate_id: str, decision_id: int, reviewer: str, key: str | None = None) -> Submitted:
    """Say again what a card's undo took back: the decision `decision_id`. `key` as for `decisions.submit`.

    Raises:
        NotFound: no such candidate, or its run was taken back (`TakenBack`).
        NothingToRedo: the last that was said of the card is not the undo of that decision.
        IdempotencyConflict: the key was used for something else.
    """
    attempt = idempotency.Attempt(key, reviewer, "redo", (candidate_id, decision_id))
    return idempotency.once(
        database, attempt, Submitted, lambda connection: _redo(connection, candidate_id, decision_id, reviewer)
    )


def redo_batch(database: Database, batch_id: str, reviewer: str, key: str | None = None) -> BulkRedone:
    """Say again what the undo of a batch took back, as a new batch. `key` as for `decisions.submit`.

    Raises:
        NothingToRedo: there is no such batch, it was not undone, or all of its cards were decided since.
        IdempotencyConflict: the key was used for something else.
    """
    attempt = idempotency.Attempt(key, reviewer, "bulk redo", batch_id)
    return idempotency.once(
        database, attempt, BulkRedone, lambda connection: _redo_batch(connection, batch_id, reviewer)
    )


def _redo(connection: Connection, candidate_id: str, decision_id: int, reviewer: str) -> Submitted:
    candidates.find(connection, _find, candidate_id)
    said = (_undone.id == decision_id) & (Candidate.id == candidate_id)
    rows = insert(Decision).from_select(_ROW, _rows(said, reviewer, null())).returning(Decision.id)
    new = connection.execute(rows).scalar_one_or_none()
    if new is None:
        raise NothingToRedo(
            "Nothing to redo: the last step on this card is no undo of that decision.", id=candidate_id
        )
    batch.apply(connection, Decision.id == new)
    status, category, fault = connection.execute(_stored, {"candidate_id": candidate_id}).one()
    return Submitted(candidate_id, status, category, new, fault)


def _redo_batch(connection: Connection, batch_id: str, reviewer: str) -> BulkRedone:
    new_id = str(uuid4())
    rows = _rows(_undone.batch_id == batch_id, reviewer, literal(new_id))
    connection.execute(insert(Decision).from_select(_ROW, rows))
    count = batch.changed(connection, new_id)
    if not count:
        raise NothingToRedo("Nothing to redo: no card is as the undo of this batch left it.", batch_id=batch_id)
    batch.apply(connection, Decision.batch_id == new_id)
    return BulkRedone(new_id, count, batch.changed(connection, batch_id) - count)


def _rows(said: ColumnElement[bool], reviewer: str, batch_id: ColumnElement[Any]) -> AnySelect:
    """The decisions that match, once more, on cards of which nothing was said since their undo."""
    later = aliased(Decision)
    again = (getattr(_undone, name) for name in batch.SAID)
    by = (Candidate.outcome, literal(reviewer), literal(now()), Candidate.decision_id, null(), batch_id)
    query: AnySelect = select(Candidate.seq, *again, *by, _undone.proposed).select_from(_undone)
    query = query.join(_undo, (_undo.replaces == _undone.id) & (_undo.action == "undo"))
    query = query.join(Candidate, Candidate.seq == _undone.candidate_seq)
    query = query.where(said, Candidate.status != HIDDEN, Candidate.decision_id.is_not_distinct_from(_undo.restores))
    is_last = ~exists().where(later.candidate_seq == _undo.candidate_seq, later.id > _undo.id)
    return query.where(is_last).order_by(Candidate.seq).with_for_update(of=Candidate)
