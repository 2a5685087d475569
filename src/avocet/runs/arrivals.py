"""What an import adds beside its new candidates: their counters, and the decisions that they arrived with."""

from __future__ import annotations

from collections import Counter as Tally

from sqlalchemy import Connection, func, select, update

from avocet.db import insert_rows, now, replace_rows
from avocet.domain import IMPORT_REVIEWER, CandidateDraft
from avocet.models import Candidate, Decision, ReasonShape
from avocet.reasons import shape_hash
from avocet.review import counters
from avocet.review.counters import CardState
from avocet.runs.rows import decision_row, reading_of_draft, shape_of


def enter(connection: Connection, run_pk: int, drafts: list[tuple[str, str, CandidateDraft]]) -> None:
    """Count the new candidates, store their reasons' shapes, and write a decision for each that arrived decided.

    `drafts` are the inserted ones: id, text hash, draft.
    """
    counters.change(connection, Tally(state_of(run_pk, draft) for _, _, draft in drafts).items())
    shapes = sorted({shape for _, _, draft in drafts if (shape := shape_of(draft.failure_reason))})
    rows = [(shape_hash(shape), shape) for shape in shapes]
    replace_rows(connection, ReasonShape.__tablename__, ("hash",), ("hash", "shape"), rows)
    decided = {candidate_id: draft for candidate_id, _, draft in drafts if draft.status != "needs_review"}
    if decided:
        _insert_decisions(connection, decided)


def state_of(run_pk: int, draft: CandidateDraft) -> CardState:
    """A new candidate as it is counted."""
    return CardState(
        run_pk,
        draft.model_name,
        draft.task_type,
        draft.status,
        draft.failure_category,
        draft.outcome,
        draft.outcome,
        draft.check_fault,
        reading_of_draft(draft),
        draft.status != "needs_review",
    )


def _insert_decisions(connection: Connection, decided: dict[str, CandidateDraft]) -> None:
    """Write a decision for each candidate that arrived decided, so that history, undo and exports hold for it too."""
    at = now()
    query = select(Candidate.seq, Candidate.id).where(Candidate.id.in_(decided)).order_by(Candidate.seq)
    rows = [decision_row(seq, decided[cid], IMPORT_REVIEWER, at) for seq, cid in connection.execute(query)]
    insert_rows(connection, Decision.__tablename__, rows)
    sequences = [row["candidate_seq"] for row in rows]
    standing = select(func.max(Decision.id)).where(Decision.candidate_seq == Candidate.seq).scalar_subquery()
    connection.execute(
        update(Candidate)
        .where(Candidate.seq.in_(sequences))
        .values(decision_id=standing)
        .execution_options(synchronize_session=False)
    )
