"""What an import adds beside its new candidates: their counters, and the decisions that they arrived with."""

from __future__ import annotations

from collections import Counter as Tally
from operator import itemgetter

from sqlalchemy import Connection, func, select, update

from avocet.db import insert_missing, insert_rows, now
from avocet.domain import IMPORT_REVIEWER, CandidateDraft
from avocet.models import Candidate, Decision, ReasonShape
from avocet.review import counters, tags
from avocet.review.counters import CardState
from avocet.runs.rows import Row, decision_row, reading_of_draft, shape_of
from avocet.tags import key_of


def tag(connection: Connection, rows: list[Row], drafts: list[tuple[str, str, CandidateDraft]]) -> None:
    """Put the tags that drafts bring into the rows made of them, before these are inserted."""
    tagged = [(row, draft.tags) for row, (_, _, draft) in zip(rows, drafts, strict=True) if draft.tags]
    numbers = tags.entered(connection, (name for _, names in tagged for name in names)) if tagged else {}
    for row, names in tagged:
        row["tags"] = tags.joined(numbers[key_of(name)] for name in names)
        if row["status"] == "needs_review":
            row["baseline_tags"] = row["tags"]


def enter(connection: Connection, rows: list[Row], drafts: list[tuple[str, str, CandidateDraft]]) -> None:
    """Count the new candidates, store their reasons' shapes, and write a decision for each that arrived decided.

    `rows` are the inserted ones, `drafts` those that they were made of: id, text hash, draft.
    """
    states = Tally(map(_state, rows))
    counters.change(connection, ((CardState(*state), n) for state, n in states.items()))
    reasons = {row["reason_shape"]: row["failure_reason"] for row in rows}
    shapes = [(shape, shape_of(reason)) for shape, reason in reasons.items() if shape]
    insert_missing(connection, ReasonShape.__tablename__, ("hash",), ("hash", "shape"), shapes)
    cards = {row["id"]: (row["seq"], row["tags"]) for row in rows if row["tags"] is not None}
    tags.tie_all(connection, cards.values())
    decided = {candidate_id: draft for candidate_id, _, draft in drafts if draft.status != "needs_review"}
    if decided:
        _insert_decisions(connection, decided, {candidate_id: text for candidate_id, (_, text) in cards.items()})


_state = itemgetter(*CardState._fields)


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


def _insert_decisions(connection: Connection, decided: dict[str, CandidateDraft], tagged: dict[str, str]) -> None:
    """Write a decision for each candidate that arrived decided, so that history, undo and exports hold for it too.

    `tagged` has the tags of those that have some, as rows store them.
    """
    at = now()
    query = select(Candidate.seq, Candidate.id).where(Candidate.id.in_(decided)).order_by(Candidate.seq)
    rows = [
        decision_row(seq, decided[cid], IMPORT_REVIEWER, at, tagged.get(cid))
        for seq, cid in connection.execute(query)
    ]
    insert_rows(connection, Decision.__tablename__, rows)
    sequences = [row["candidate_seq"] for row in rows]
    standing = select(func.max(Decision.id)).where(Decision.candidate_seq == Candidate.seq).scalar_subquery()
    connection.execute(
        update(Candidate)
        .where(Candidate.seq.in_(sequences))
        .values(decision_id=standing)
        .execution_options(synchronize_session=False)
    )
