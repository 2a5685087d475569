"""The decision rows of many cards that the database makes itself, and what follows from them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, case, func, select, update
from sqlalchemy.orm import aliased

from avocet.models import Candidate, Decision
from avocet.review import counters
from avocet.review.counters import CardState
from avocet.review.readings import reading_of

SAID = (
    "action",
    "status_after",
    "corrected_response",
    "failure_category",
    "note",
    "check_fault",
    "corrected_reference",
    "is_read",
)
ROW = ("candidate_seq", *SAID, "outcome", "reviewer", "at", "replaces", "restores", "batch_id")


def changed(connection: Connection, batch_id: str) -> int:
    """The number of decisions of a batch."""
    query = select(func.count()).select_from(Decision).where(Decision.batch_id == batch_id)
    return connection.execute(query).scalar_one()


def apply(connection: Connection, new: ColumnElement[bool]) -> None:
    """Bring candidates and counters in line with decision rows that were just added."""
    query = select(*counters.STATE_COLUMNS, func.count()).join(Decision, Decision.candidate_seq == Candidate.seq)
    query = query.where(new).group_by(*counters.STATE_COLUMNS)
    before = [(CardState(*state), -n) for *state, n in connection.execute(query)]
    standing = aliased(Decision)
    stands = case((Decision.action == "undo", Decision.restores), else_=Decision.id)
    reading = select(reading_of(standing)).where(standing.id == stands).scalar_subquery()
    connection.execute(
        update(Candidate)
        .where(Candidate.seq == Decision.candidate_seq, new)
        .values(
            status=Decision.status_after,
            decision_id=stands,
            corrected_response=Decision.corrected_response,
            failure_category=Decision.failure_category,
            note=Decision.note,
            check_fault=Decision.check_fault,
            corrected_reference=Decision.corrected_reference,
            reading=reading,
            is_read=Decision.is_read,
        )
        .execution_options(synchronize_session=False)
    )
    after = [(CardState(*state), n) for *state, n in connection.execute(query)]
    counters.change(connection, before + after)
