"""The rows. Decisions are append-only; everything else about a candidate's state can be recomputed from them.

Times are UTC text of one width (`2026-11-22T18:03:28.123456Z`), so that they sort alike on SQLite and PostgreSQL.
JSON is kept as text: it goes out as it came in, on both databases.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from avocet.categories import FailureCategory
from avocet.domain import Action, Status

# SQLite makes a rowid alias, and so an automatic number, only of a plain INTEGER PRIMARY KEY.
Sequence = BigInteger().with_variant(Integer, "sqlite")
SCORE = "coalesce(quality_score, 2.0)"
HIDDEN = "removed"
"""The status of a candidate whose run was taken back; none of the domain's, so that no list finds it."""


class Base(DeclarativeBase):
    pass


class Run(Base):
    """One harness run that was imported, with the counters of its last import.

    `harness_run_id` is the harness's own name of it. `path` is the file, or where several lie with their common name;
    `files` lists them with their hashes, `options` what the person chose, `notes` what the import had to say (JSON).
    `removed_at` stands while the run is taken back whole (`Removal`).
    """

    __tablename__ = "runs"

    pk: Mapped[int] = mapped_column(Sequence, primary_key=True)
    run_id: Mapped[str] = mapped_column(Text, unique=True)
    harness: Mapped[str] = mapped_column(Text)
    harness_version: Mapped[str | None] = mapped_column(Text)
    harness_run_id: Mapped[str | None] = mapped_column(Text, index=True)
    source: Mapped[str] = mapped_column(Text)
    path: Mapped[str | None] = mapped_column(Text, index=True)
    sha256: Mapped[str | None] = mapped_column(String(64))
    files: Mapped[str | None] = mapped_column(Text)
    options: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)
    timestamp: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))  # importing, imported; interrupted is seen, not stored
    read: Mapped[int] = mapped_column(Integer, default=0)
    imported: Mapped[int] = mapped_column(Integer, default=0)
    skipped: Mapped[int] = mapped_column(Integer, default=0)
    rejected: Mapped[int] = mapped_column(Integer, default=0)
    passed: Mapped[int] = mapped_column(Integer, default=0)
    errored: Mapped[int] = mapped_column(Integer, default=0)
    unscored: Mapped[int] = mapped_column(Integer, default=0)
    replaced_characters: Mapped[int] = mapped_column(Integer, default=0)
    bytes_read: Mapped[int] = mapped_column(BigInteger, default=0)
    bytes_total: Mapped[int] = mapped_column(BigInteger, default=0)
    started_at: Mapped[str] = mapped_column(String(27))
    finished_at: Mapped[str | None] = mapped_column(String(27))
    removed_at: Mapped[str | None] = mapped_column(String(27))


class RunTotalRow(Base):
    """What a harness counted, per task and model: the outcomes that never become candidates too."""

    __tablename__ = "run_totals"

    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"), primary_key=True)
    model_name: Mapped[str] = mapped_column(Text, primary_key=True)
    task_type: Mapped[str] = mapped_column(Text, primary_key=True)
    passed: Mapped[int] = mapped_column(Integer, default=0)
    failed: Mapped[int] = mapped_column(Integer, default=0)
    errored: Mapped[int] = mapped_column(Integer, default=0)
    unscored: Mapped[int] = mapped_column(Integer, default=0)


class RejectedLineRow(Base):
    """A line that could not become a candidate, kept so that nothing read is lost."""

    __tablename__ = "rejected_lines"

    pk: Mapped[int] = mapped_column(Sequence, primary_key=True)
    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"), index=True)
    file: Mapped[str] = mapped_column(Text, default="")
    line_number: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    text_start: Mapped[str] = mapped_column(Text)


class Removal(Base):
    """A run taken back: its undecided cards, or all. Rows are only ever added, and completed when it is brought back.

    `removed_after` and `restored_after` are the decision sequence numbers at those moments, so that an export as of
    a decision number knows what was hidden then.
    """

    __tablename__ = "removals"

    pk: Mapped[int] = mapped_column(Sequence, primary_key=True)
    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"), index=True)
    decided_too: Mapped[bool] = mapped_column(Boolean)
    reviewer: Mapped[str] = mapped_column(Text)
    removed_at: Mapped[str] = mapped_column(String(27))
    removed_after: Mapped[int] = mapped_column(Sequence)
    restored_at: Mapped[str | None] = mapped_column(String(27))
    restored_after: Mapped[int | None] = mapped_column(Sequence)


class SavedMappingRow(Base):
    """Which columns of a table mean what, under a name (`generic` importer)."""

    __tablename__ = "mappings"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    columns: Mapped[str] = mapped_column(Text)


class Recipe(Base):
    """What to export, under a name (JSON of `exports.Recipe`)."""

    __tablename__ = "recipes"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    recipe: Mapped[str] = mapped_column(Text)


class Export(Base):
    """A dataset that was written, so that it can be listed and made again. `manifest` is the file's own (JSON)."""

    __tablename__ = "exports"

    pk: Mapped[int] = mapped_column(Sequence, primary_key=True)
    at: Mapped[str] = mapped_column(String(27))
    reviewer: Mapped[str] = mapped_column(Text)
    recipe_name: Mapped[str | None] = mapped_column(String(80))
    target: Mapped[str] = mapped_column(Text)
    manifest: Mapped[str] = mapped_column(Text)


class Candidate(Base):
    """One failed item and its present state.

    `seq` is the order of arrival. The `baseline_…` columns are the correction, category and note that an undecided
    line brought along: what the last undo goes back to. `text_hash` tells same id, other text; `like_hash` is the
    same for prompts and responses that differ only in case and white space.
    """

    __tablename__ = "candidates"

    seq: Mapped[int] = mapped_column(Sequence, primary_key=True)
    id: Mapped[str] = mapped_column(Text, unique=True)
    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"))
    status: Mapped[Status] = mapped_column(String(16))
    decision_id: Mapped[int | None] = mapped_column(Sequence)
    failure_category: Mapped[FailureCategory | None] = mapped_column(String(20))
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
    extra: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index("ix_candidates_status", "status", "seq"),
        Index("ix_candidates_run", "run_pk", "status", "seq"),
        Index("ix_candidates_model", "status", "model_name", "seq"),
        Index("ix_candidates_task", "status", "task_type", "seq"),
        Index("ix_candidates_like", "like_hash"),
        # same prompts together: the hash begins with the prompt's
        Index("ix_candidates_prompt", "status", "text_hash", "seq"),
        # no score sorts last, on both databases, and stays out of every score range
        Index("ix_candidates_score", "status", text(SCORE), "seq"),
    )


class Decision(Base):
    """One verdict, or the undoing of one. Rows are only ever added; `id` is the decision sequence number.

    `replaces` is the decision this one stands in for (for an undo: the one it undid). `restores` is the decision
    that stands again after an undo. So the state at any number N is each candidate's last row with id <= N.
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

    __table_args__ = (
        Index("ix_decisions_candidate", "candidate_seq", "id"),
        Index("ix_decisions_at", "at"),
        Index("ix_decisions_reviewer", "reviewer", "id"),
        Index("ix_decisions_batch", "batch_id"),
        {"sqlite_autoincrement": True},
    )


class Counter(Base):
    """How many candidates stand where: kept in the transaction of every import, decision and undo.

    Null model, task type and category are the empty string here, since a primary key holds no null.
    """

    __tablename__ = "counters"

    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"), primary_key=True)
    model_name: Mapped[str] = mapped_column(Text, primary_key=True)
    task_type: Mapped[str] = mapped_column(Text, primary_key=True)
    status: Mapped[str] = mapped_column(String(16), primary_key=True)
    failure_category: Mapped[str] = mapped_column(String(20), primary_key=True)
    n: Mapped[int] = mapped_column(Integer)


class Setting(Base):
    """A setting a person stored in the desk; the environment beats it."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class IdempotencyKey(Base):
    """What a request was answered with (JSON), kept for a while so that sending it again does nothing twice."""

    __tablename__ = "idempotency_keys"

    reviewer: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(String(256), primary_key=True)
    route: Mapped[str] = mapped_column(Text)
    body_hash: Mapped[str] = mapped_column(String(32))
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(27), index=True)
