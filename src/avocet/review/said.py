"""What a decision says: the part of it that an undo brings back."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select

from avocet.categories import FailureCategory
from avocet.domain import Status, Verdict
from avocet.faults import CheckFault, Reading, reading_of
from avocet.models import Candidate, Decision


class Said(msgspec.Struct, frozen=True):
    """What a reviewer said, as rows store it: `corrected_reference`, `must` and `must_not` are JSON text."""

    action: Verdict | None
    status: Status
    corrected_response: str | None
    failure_category: FailureCategory | None
    note: str | None
    check_fault: CheckFault | None
    corrected_reference: str | None
    tags: str | None
    must: str | None
    must_not: str | None
    is_read: bool

    @property
    def reading(self) -> Reading | None:
        """What it says of the model's answer; None for a card that is undecided again."""
        return self.action and reading_of(self.action, self.failure_category, self.check_fault)

    def columns(self) -> dict[str, Any]:
        """What of it a decision and its card both store, by column."""
        return {
            "corrected_response": self.corrected_response,
            "failure_category": self.failure_category,
            "note": self.note,
            "check_fault": self.check_fault,
            "corrected_reference": self.corrected_reference,
            "tags": self.tags,
            "must": self.must,
            "must_not": self.must_not,
            "is_read": self.is_read,
        }


_brought = select(
    Candidate.baseline_correction.label("corrected_response"),
    Candidate.baseline_category.label("failure_category"),
    Candidate.baseline_note.label("note"),
    Candidate.baseline_fault.label("check_fault"),
    Candidate.baseline_reference.label("corrected_reference"),
    Candidate.baseline_tags.label("tags"),
    Candidate.baseline_must.label("must"),
    Candidate.baseline_must_not.label("must_not"),
).where(Candidate.seq == bindparam("candidate_seq"))
_said = select(
    Decision.action,
    Decision.status_after,
    Decision.corrected_response,
    Decision.failure_category,
    Decision.note,
    Decision.check_fault,
    Decision.corrected_reference,
    Decision.tags,
    Decision.must,
    Decision.must_not,
    Decision.is_read,
    Decision.replaces,
).where(Decision.id == bindparam("decision_id"))


def decided(connection: Connection, decision_id: int) -> tuple[Said, int | None]:
    """What a decision said, and the number of the one it replaced."""
    row = connection.execute(_said, {"decision_id": decision_id}).one()
    verdict = None if row.action == "undo" else row.action
    said = Said(
        verdict,
        row.status_after,
        row.corrected_response,
        row.failure_category,
        row.note,
        row.check_fault,
        row.corrected_reference,
        row.tags,
        row.must,
        row.must_not,
        row.is_read,
    )
    return said, row.replaces


def baseline(connection: Connection, candidate_seq: int) -> Said:
    """What a candidate said of the verdict when it was imported undecided."""
    row = connection.execute(_brought, {"candidate_seq": candidate_seq}).one()
    return Said(action=None, status="needs_review", is_read=False, **row._mapping)
