"""The desk's state that an export reads: the present one, or the one as of a decision number."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, FromClause, case, func, select
from sqlalchemy.orm import aliased

from avocet.db import SomeSelect
from avocet.models import HIDDEN, Candidate, Decision, Removal, Run


class AsOf(msgspec.Struct, frozen=True):
    """A past state: after this decision and before the next, with these runs taken back.

    If `hidden_runs` is None, those are hidden that were taken back before the last decision of that state.
    """

    decision: int
    hidden_runs: tuple[str, ...] | None = None


class DeskState:
    """The columns that hold a state, and how a query of candidates is joined to them."""

    def __init__(self, as_of: AsOf | None) -> None:
        self._as_of = as_of
        self._last: FromClause | None = None
        if as_of is None:
            self.status: ColumnElement[Any] = Candidate.status.expression
            self.corrected_response: ColumnElement[Any] = Candidate.corrected_response.expression
            self.failure_category: ColumnElement[Any] = Candidate.failure_category.expression
            self.outcome: ColumnElement[Any] = Candidate.outcome.expression
            self.note: ColumnElement[Any] = Candidate.note.expression
            self.check_fault: ColumnElement[Any] = Candidate.check_fault.expression
            self.corrected_reference: ColumnElement[Any] = Candidate.corrected_reference.expression
            self.tags: ColumnElement[Any] = Candidate.tags.expression
            self.must: ColumnElement[Any] = Candidate.must.expression
            self.must_not: ColumnElement[Any] = Candidate.must_not.expression
            self.decision_id: ColumnElement[Any] = Candidate.decision_id.expression
            return
        newest = (
            select(func.max(Decision.id).label("id"))
            .where(Decision.id <= as_of.decision)
            .group_by(Decision.candidate_seq)
            .subquery()
        )
        row = aliased(Decision)
        last = (
            select(
                row.candidate_seq,
                row.status_after,
                row.corrected_response,
                row.failure_category,
                row.outcome,
                row.note,
                row.check_fault,
                row.corrected_reference,
                row.tags,
                row.must,
                row.must_not,
                # an undo carries the state it restored, and stands for the decision that then stood again
                case((row.action == "undo", row.restores), else_=row.id).label("standing"),
            )
            .join(newest, newest.c.id == row.id)
            .subquery()
        )
        self._last = last
        self.status = last.c.status_after
        self.corrected_response = last.c.corrected_response
        self.failure_category = last.c.failure_category
        self.outcome = last.c.outcome
        self.note = last.c.note
        self.check_fault = last.c.check_fault
        self.corrected_reference = last.c.corrected_reference
        self.tags = last.c.tags
        self.must = last.c.must
        self.must_not = last.c.must_not
        self.decision_id = last.c.standing

    def join(self, query: SomeSelect) -> SomeSelect:
        """Join a query of candidates to their runs and to this state, without what is taken back in it."""
        query = query.join(Run, Run.pk == Candidate.run_pk)
        if self._as_of is None or self._last is None:
            return query.where(Candidate.status != HIDDEN)
        query = query.join(self._last, self._last.c.candidate_seq == Candidate.seq)
        if self._as_of.hidden_runs is not None:
            return query.where(Run.run_id.not_in(self._as_of.hidden_runs))
        number = self._as_of.decision
        hidden = select(Removal.run_pk).where(
            Removal.decided_too,
            Removal.removed_after < number,
            (Removal.restored_after.is_(None)) | (Removal.restored_after >= number),
        )
        return query.where(Run.pk.not_in(hidden))


def present(connection: Connection) -> AsOf:
    """The present state, in a form that can be read again later."""
    decision = connection.scalar(select(func.coalesce(func.max(Decision.id), 0))) or 0
    hidden = connection.scalars(select(Run.run_id).where(Run.removed_at.is_not(None)).order_by(Run.run_id))
    return AsOf(decision, tuple(hidden))
