"""The tables. Decisions are append-only; everything else about a candidate's state can be recomputed from them.

Times are UTC text of a fixed length (`2026-11-22T18:03:28.123456Z`), so that they sort alike on SQLite and
PostgreSQL. JSON is stored as text, so that both databases return it exactly as it came in.
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

# In SQLite only a plain INTEGER PRIMARY KEY is an alias of the rowid, and so numbered automatically.
Sequence = BigInteger().with_variant(Integer, "sqlite")
SCORE = "coalesce(quality_score, 2.0)"
HIDDEN = "removed"
"""The status of a candidate that was taken back. It is not among the domain's, so that no list finds it."""


class Base(DeclarativeBase):
    pass


class Run(Base):
    """One harness run that was imported, with the counters of its last import.

    `harness_run_id` is the harness's own name of the run. `path` is the file or, for several, their folder with their
    common name. As JSON, `files` lists the files with their hashes, `options` are what the person chose, and `notes`
    are what the import had to say. `removed_at` is set while the whole run is taken back (`Removal`).
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
    state: Mapped[str] = mapped_column(String(16))  # importing or imported; interrupted is found out, not stored
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
    """What a harness counted per task and model, including the outcomes that never become candidates."""

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
    """The taking back of a run: of its undecided cards, or of all. A row is completed when the run is brought back.

    `removed_after` and `restored_after` are the numbers of the last decisions before those moments, so that an export
    as of a decision number knows what was hidden then.
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
    """A saved column mapping: what the columns of a table mean (`generic` importer), as JSON under a name."""

    __tablename__ = "mappings"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    columns: Mapped[str] = mapped_column(Text)


class Recipe(Base):
    """A saved recipe: what to export, as JSON of `exports.Recipe` under a name."""

    __tablename__ = "recipes"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    recipe: Mapped[str] = mapped_column(Text)


class Export(Base):
    """A dataset that was written, so that it can be listed and made again. `manifest` is its manifest (JSON)."""

    __tablename__ = "exports"

    pk: Mapped[int] = mapped_column(Sequence, primary_key=True)
    at: Mapped[str] = mapped_column(String(27))
    reviewer: Mapped[str] = mapped_column(Text)
    recipe_name: Mapped[str | None] = mapped_column(String(80))
    target: Mapped[str] = mapped_column(Text)
    manifest: Mapped[str] = mapped_column(Text)


class Candidate(Base):
    """One failed item and its present state.

    `seq` is the order of arrival. The `baseline_…` columns are the correction, category and note with which an
    undecided line arrived, to which the last undo goes back. `text_hash` shows whether a line with the same id has
    other text; `like_hash` is equal for prompts and responses that differ only in case and white space.
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
        # for the order by prompt: `text_hash` begins with the prompt's hash
        Index("ix_candidates_prompt", "status", "text_hash", "seq"),
        # a missing score counts as 2.0: it sorts last on both databases, and is outside every score range
        Index("ix_candidates_score", "status", text(SCORE), "seq"),
    )


class Decision(Base):
    """One verdict, or the undoing of one. Rows are only ever added; `id` is the decision's sequence number.

    `replaces` is the decision that this one replaces (for an undo: the one it undid). `restores` is the decision
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
    """How many candidates have these values; kept up to date in the transaction of every import, decision and undo.

    Without a model, task type or category the value is the empty string, since a primary key can't hold null.
    """

    __tablename__ = "counters"

    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"), primary_key=True)
    model_name: Mapped[str] = mapped_column(Text, primary_key=True)
    task_type: Mapped[str] = mapped_column(Text, primary_key=True)
    status: Mapped[str] = mapped_column(String(16), primary_key=True)
    failure_category: Mapped[str] = mapped_column(String(20), primary_key=True)
    n: Mapped[int] = mapped_column(Integer)


class Setting(Base):
    """A setting that is stored in the desk; an environment variable overrides it."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class IdempotencyKey(Base):
    """The answer to a request (JSON), kept for a while so that sending the request again does nothing twice."""

    __tablename__ = "idempotency_keys"

    reviewer: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(String(256), primary_key=True)
    route: Mapped[str] = mapped_column(Text)
    body_hash: Mapped[str] = mapped_column(String(32))
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(27), index=True)
