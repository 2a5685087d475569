"""The desk: runs, candidates, append-only decisions, rejected lines, counters, settings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
changes_rows = False

Sequence = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("pk", Sequence, nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("harness", sa.Text(), nullable=False),
        sa.Column("harness_version", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("path", sa.Text()),
        sa.Column("sha256", sa.String(length=64)),
        sa.Column("timestamp", sa.Text()),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("errored", sa.Integer(), nullable=False),
        sa.Column("unscored", sa.Integer(), nullable=False),
        sa.Column("replaced_characters", sa.Integer(), nullable=False),
        sa.Column("bytes_read", sa.BigInteger(), nullable=False),
        sa.Column("bytes_total", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("finished_at", sa.String(length=27)),
        sa.Column("removed_at", sa.String(length=27)),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("run_id"),
    )
    op.create_index("ix_runs_path", "runs", ["path"])
    op.create_table(
        "settings",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "candidates",
        sa.Column("seq", Sequence, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("run_pk", Sequence, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("decision_id", Sequence),
        sa.Column("failure_category", sa.String(length=20)),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("model_name", sa.Text()),
        sa.Column("task_type", sa.Text()),
        sa.Column("quality_score", sa.Float()),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("claimed_until", sa.String(length=27)),
        sa.Column("corrected_response", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("baseline_correction", sa.Text()),
        sa.Column("baseline_category", sa.String(length=20)),
        sa.Column("baseline_note", sa.Text()),
        sa.Column("text_hash", sa.String(length=32), nullable=False),
        sa.Column("like_hash", sa.String(length=16), nullable=False),
        sa.Column("benchmark_run_id", sa.Text()),
        sa.Column("timestamp", sa.Text()),
        sa.Column("failure_reason", sa.Text()),
        sa.Column("task_id", sa.Text()),
        sa.Column("task_name", sa.Text()),
        sa.Column("model_id", sa.Text()),
        sa.Column("node_id", sa.Text()),
        sa.Column("gpu_id", sa.Text()),
        sa.Column("tokens_per_sec", sa.Float()),
        sa.Column("harness", sa.Text()),
        sa.Column("item_id", sa.Text()),
        sa.Column("prompt_messages", sa.Text(), nullable=False),
        sa.Column("model_response", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text()),
        sa.Column("scores", sa.Text()),
        sa.Column("explanation", sa.Text()),
        sa.Column("extracted_answer", sa.Text()),
        sa.Column("reasoning", sa.Text()),
        sa.Column("tools", sa.Text()),
        sa.Column("details", sa.Text()),
        sa.Column("extra", sa.Text()),
        sa.ForeignKeyConstraint(["run_pk"], ["runs.pk"]),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_candidates_like", "candidates", ["like_hash"])
    op.create_index("ix_candidates_model", "candidates", ["status", "model_name", "seq"])
    op.create_index("ix_candidates_run", "candidates", ["run_pk", "status", "seq"])
    op.create_index("ix_candidates_score", "candidates", ["status", sa.text("coalesce(quality_score, 2.0)"), "seq"])
    op.create_index("ix_candidates_status", "candidates", ["status", "seq"])
    op.create_index("ix_candidates_task", "candidates", ["status", "task_type", "seq"])
    op.create_table(
        "counters",
        sa.Column("run_pk", Sequence, nullable=False),
        sa.Column("model_name", sa.Text(), nullable=False),
        sa.Column("task_type", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("failure_category", sa.String(length=20), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_pk"], ["runs.pk"]),
        sa.PrimaryKeyConstraint("run_pk", "model_name", "task_type", "status", "failure_category"),
    )
    op.create_table(
        "rejected_lines",
        sa.Column("pk", Sequence, nullable=False),
        sa.Column("run_pk", Sequence, nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("text_start", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_pk"], ["runs.pk"]),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("run_pk", "line_number"),
    )
    op.create_table(
        "run_totals",
        sa.Column("run_pk", Sequence, nullable=False),
        sa.Column("model_name", sa.Text(), nullable=False),
        sa.Column("task_type", sa.Text(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("errored", sa.Integer(), nullable=False),
        sa.Column("unscored", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_pk"], ["runs.pk"]),
        sa.PrimaryKeyConstraint("run_pk", "model_name", "task_type"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", Sequence, nullable=False),
        sa.Column("candidate_seq", Sequence, nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("status_after", sa.String(length=16), nullable=False),
        sa.Column("corrected_response", sa.Text()),
        sa.Column("failure_category", sa.String(length=20)),
        sa.Column("note", sa.Text()),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("replaces", Sequence),
        sa.Column("restores", Sequence),
        sa.Column("batch_id", sa.String(length=36)),
        sa.ForeignKeyConstraint(["candidate_seq"], ["candidates.seq"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decisions_candidate", "decisions", ["candidate_seq", "id"])
    op.create_index("ix_decisions_at", "decisions", ["at"])
    op.create_index("ix_decisions_reviewer", "decisions", ["reviewer", "id"])
    op.create_index("ix_decisions_batch", "decisions", ["batch_id"])
    _create_search_index()


def _create_search_index() -> None:
    """Full text, filled in the background (avocet.search); the texts themselves stay with the candidates."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE candidate_search USING fts5"
            "(task_name, prompt, response, content='', tokenize='unicode61 remove_diacritics 2')"
        )
        return
    op.create_table(
        "candidate_search",
        sa.Column("candidate_seq", Sequence, sa.ForeignKey("candidates.seq"), primary_key=True, autoincrement=False),
        sa.Column("document", postgresql.TSVECTOR, nullable=False),
    )
    op.create_index("ix_candidate_search", "candidate_search", ["document"], postgresql_using="gin")
