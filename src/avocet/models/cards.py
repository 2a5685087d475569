"""The tables of candidates, their decisions, and the counters of both."""

from __future__ import annotations

from sqlalchemy import Boolean, Float, ForeignKey, Index, Integer, String, Text, false, func, text, true
from sqlalchemy.orm import Mapped, mapped_column

from avocet.categories import FailureCategory
from avocet.checks import CheckKind
from avocet.domain import Action, ItemOutcome, Outcome, Status
from avocet.faults import CheckFault, Reading
from avocet.models.base import Base, Sequence

SCORE = "coalesce(quality_score, 2.0)"
ITEM = "substr(coalesce(nullif(item_id, ''), nullif(task_id, ''), substr(text_hash, 1, 16)), 1, 64)"
"""The start of the item's id, which is short enough for an index; without an id, the prompt's hash."""
HIDDEN = "removed"
"""The status of a candidate that was taken back. It is not among the domain's, so that no list finds it."""

_FILTERED = (
    "run_pk",
    "model_name",
    "task_type",
    "source",
    "harness",
    "check_kind",
    "has_reference",
    "response_length",
    "reason_shape",
)
_GROUPED = ("task_type", "reading", "is_read", "quality_score", "run_pk", "model_name")
_PROPOSED = text("proposed IS NOT NULL")


class Candidate(Base):
    """One item that people review, and its present state.

    `seq` is the order of arrival. The `baseline_…` columns are what an undecided line said of the verdict, to which
    the last undo goes back. `tags` are the numbers of tags between commas (`,3,7,`), so that SQL can search and
    change them; `must` and `must_not` are lists of lines (JSON). `text_hash` shows whether a line with the same id
    has other text; `like_hash` is equal for prompts and responses that differ only in case and white space.

    `outcome` is what the card is reviewed as; `item_outcome` is the item's by the last import, under which the report
    counts it. They differ where a card was decided and a later import scored its item otherwise, or has it no more.
    `reading` is what its standing decision says of the answer, null while it is undecided; `is_read` is false where
    nobody opened the card (a bulk step). `check_kind` is the kind of its check, and `response_length` counts the
    response's characters. `source_file` and `source_line` are where it stood at its first import, null for cards of
    older desks; the line is the item's number in a file without lines. `reason_shape` is the hash of the shape of its
    reason (`ReasonShape`).
    """

    __tablename__ = "candidates"

    seq: Mapped[int] = mapped_column(Sequence, primary_key=True)
    id: Mapped[str] = mapped_column(Text, unique=True)
    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"))
    status: Mapped[Status] = mapped_column(String(16))
    decision_id: Mapped[int | None] = mapped_column(Sequence)
    failure_category: Mapped[FailureCategory | None] = mapped_column(String(20))
    outcome: Mapped[Outcome] = mapped_column(String(8), server_default="failed")
    item_outcome: Mapped[ItemOutcome] = mapped_column(String(8), server_default="failed")
    check_fault: Mapped[CheckFault | None] = mapped_column(String(20))
    corrected_reference: Mapped[str | None] = mapped_column(Text)
    reading: Mapped[Reading | None] = mapped_column(String(9))
    is_read: Mapped[bool] = mapped_column(Boolean, server_default=false())
    reason_shape: Mapped[str | None] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(Text)
    model_name: Mapped[str | None] = mapped_column(Text)
    task_type: Mapped[str | None] = mapped_column(Text)
    quality_score: Mapped[float | None] = mapped_column(Float)
    claimed_by: Mapped[str | None] = mapped_column(Text)
    claimed_until: Mapped[str | None] = mapped_column(String(27))
    corrected_response: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    baseline_correction: Mapped[str | None] = mapped_column(Text)
    baseline_category: Mapped[FailureCategory | None] = mapped_column(String(20))
    baseline_note: Mapped[str | None] = mapped_column(Text)
    baseline_fault: Mapped[CheckFault | None] = mapped_column(String(20))
    baseline_reference: Mapped[str | None] = mapped_column(Text)
    tags: Mapped[str | None] = mapped_column(Text)
    must: Mapped[str | None] = mapped_column(Text)
    must_not: Mapped[str | None] = mapped_column(Text)
    baseline_tags: Mapped[str | None] = mapped_column(Text)
    baseline_must: Mapped[str | None] = mapped_column(Text)
    baseline_must_not: Mapped[str | None] = mapped_column(Text)
    text_hash: Mapped[str] = mapped_column(String(32))
    like_hash: Mapped[str] = mapped_column(String(16))
    benchmark_run_id: Mapped[str | None] = mapped_column(Text)
    timestamp: Mapped[str | None] = mapped_column(Text)
    failure_reason: Mapped[str | None] = mapped_column(Text)
    task_id: Mapped[str | None] = mapped_column(Text)
    task_name: Mapped[str | None] = mapped_column(Text)
    model_id: Mapped[str | None] = mapped_column(Text)
    node_id: Mapped[str | None] = mapped_column(Text)
    gpu_id: Mapped[str | None] = mapped_column(Text)
    tokens_per_sec: Mapped[float | None] = mapped_column(Float)
    harness: Mapped[str | None] = mapped_column(Text)
    item_id: Mapped[str | None] = mapped_column(Text)
    prompt_messages: Mapped[str] = mapped_column(Text)
    model_response: Mapped[str] = mapped_column(Text)
    reference: Mapped[str | None] = mapped_column(Text)
    scores: Mapped[str | None] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)
    extracted_answer: Mapped[str | None] = mapped_column(Text)
    reasoning: Mapped[str | None] = mapped_column(Text)
    tools: Mapped[str | None] = mapped_column(Text)
    details: Mapped[str | None] = mapped_column(Text)
    check: Mapped[str | None] = mapped_column(Text)
    check_kind: Mapped[CheckKind | None] = mapped_column(String(16))
    has_reference: Mapped[bool] = mapped_column(Boolean, server_default=false())
    response_length: Mapped[int] = mapped_column(Integer, server_default="0")
    extra: Mapped[str | None] = mapped_column(Text)
    source_file: Mapped[str | None] = mapped_column(Text)
    source_line: Mapped[int | None] = mapped_column(Integer)

    __table_args__ = (
        # in the order of arrival, with what cards are filtered by: those that do not match are not read
        Index("ix_candidates_status", "status", "outcome", "seq", *_FILTERED),
        Index("ix_candidates_run", "run_pk", "status", "outcome", "seq"),
        Index("ix_candidates_model", "status", "outcome", "model_name", "seq"),
        Index("ix_candidates_task", "status", "outcome", "task_type", "seq"),
        Index("ix_candidates_like", "like_hash"),
        Index("ix_candidates_item", text(ITEM), "task_type", "seq"),
        # the first four find the cards of a shape in order; with the others, cards are grouped without being read
        Index("ix_candidates_shape", "reason_shape", "status", "outcome", "seq", *_GROUPED),
        # for the order by prompt: `text_hash` begins with the prompt's hash
        Index("ix_candidates_prompt", "status", "outcome", "text_hash", "seq"),
        # a missing score counts as 2.0: it sorts last on both databases, and is outside every score range
        Index("ix_candidates_score", "status", "outcome", text(SCORE), "seq"),
    )


ITEM_NAME = func.coalesce(func.nullif(Candidate.item_id, ""), func.nullif(Candidate.task_id, ""))
"""What the harness calls the item, null where it gives no id."""


class Decision(Base):
    """One verdict, or the undoing of one. Rows are only ever added; `id` is the decision's sequence number.

    `replaces` is the decision that this one replaces (for an undo: the one it undid). `restores` is the decision
    that stands again after an undo. So the state at any number N is each candidate's last row with id <= N. `is_read`
    says that a person had the card open; `proposed` is the rule's proposal that was on it (JSON). `outcome` is the
    card's at that moment: an import may change it once the card is undecided again.
    """

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(Sequence, primary_key=True)
    candidate_seq: Mapped[int] = mapped_column(ForeignKey("candidates.seq"))
    action: Mapped[Action] = mapped_column(String(8))
    status_after: Mapped[Status] = mapped_column(String(16))
    corrected_response: Mapped[str | None] = mapped_column(Text)
    failure_category: Mapped[FailureCategory | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)
    reviewer: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(27))
    replaces: Mapped[int | None] = mapped_column(Sequence)
    restores: Mapped[int | None] = mapped_column(Sequence)
    batch_id: Mapped[str | None] = mapped_column(String(36))
    check_fault: Mapped[CheckFault | None] = mapped_column(String(20))
    corrected_reference: Mapped[str | None] = mapped_column(Text)
    is_read: Mapped[bool] = mapped_column(Boolean, server_default=true())
    outcome: Mapped[Outcome] = mapped_column(String(8), server_default="failed")
    proposed: Mapped[str | None] = mapped_column(Text)
    tags: Mapped[str | None] = mapped_column(Text)
    must: Mapped[str | None] = mapped_column(Text)
    must_not: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index("ix_decisions_candidate", "candidate_seq", "id"),
        Index("ix_decisions_at", "at"),
        Index("ix_decisions_reviewer", "reviewer", "id"),
        Index("ix_decisions_batch", "batch_id"),
        Index("ix_decisions_proposed", "id", sqlite_where=_PROPOSED, postgresql_where=_PROPOSED),
        {"sqlite_autoincrement": True},
    )


class Counter(Base):
    """How many candidates have these values; kept up to date in the transaction of every import, decision and undo.

    Without a model, task type or category the value is the empty string, since a primary key can't hold null.
    """

    __tablename__ = "counters"

    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"), primary_key=True)
    model_name: Mapped[str] = mapped_column(Text, primary_key=True)
    task_type: Mapped[str] = mapped_column(Text, primary_key=True)
    status: Mapped[str] = mapped_column(String(16), primary_key=True)
    failure_category: Mapped[str] = mapped_column(String(20), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(8), primary_key=True)
    n: Mapped[int] = mapped_column(Integer)


class ReadingCounter(Base):
    """How many decided cards say this of an item and its check; kept like `Counter`.

    `outcome` is the item's by the last import; `is_read` is false for cards that nobody opened. The empty string
    stands for null.
    """

    __tablename__ = "reading_counters"

    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"), primary_key=True)
    model_name: Mapped[str] = mapped_column(Text, primary_key=True)
    task_type: Mapped[str] = mapped_column(Text, primary_key=True)
    outcome: Mapped[str] = mapped_column(String(8), primary_key=True)
    reading: Mapped[str] = mapped_column(String(9), primary_key=True)
    is_read: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    failure_category: Mapped[str] = mapped_column(String(20), primary_key=True)
    check_fault: Mapped[str] = mapped_column(String(20), primary_key=True)
    n: Mapped[int] = mapped_column(Integer)


class ReasonShape(Base):
    """The shape of a failure reason by its hash: what is left of it without numbers, quotes, ids and file names."""

    __tablename__ = "reason_shapes"

    hash: Mapped[str] = mapped_column(String(16), primary_key=True)
    shape: Mapped[str] = mapped_column(Text)
