"""Runs of real harnesses: their own name, files, choices and notes; runs taken back; saved column mappings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
changes_rows = True

Sequence = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("runs", sa.Column("harness_run_id", sa.Text()))
    op.add_column("runs", sa.Column("files", sa.Text()))
    op.add_column("runs", sa.Column("options", sa.Text()))
    op.add_column("runs", sa.Column("notes", sa.Text()))
    op.create_index("ix_runs_harness_run_id", "runs", ["harness_run_id"])
    # one run may have several files, each with a line of that number
    op.create_table(
        "rejected_lines_0002",
        sa.Column("pk", Sequence, nullable=False),
        sa.Column("run_pk", Sequence, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("text_start", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_pk"], ["runs.pk"]),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.execute(
        "INSERT INTO rejected_lines_0002 (run_pk, file, line_number, code, reason, text_start) "
        "SELECT run_pk, '', line_number, code, reason, text_start FROM rejected_lines ORDER BY pk"
    )
    op.drop_table("rejected_lines")
    op.rename_table("rejected_lines_0002", "rejected_lines")
    op.create_index("ix_rejected_lines_run_pk", "rejected_lines", ["run_pk"])
    op.create_table(
        "removals",
        sa.Column("pk", Sequence, nullable=False),
        sa.Column("run_pk", Sequence, nullable=False),
        sa.Column("decided_too", sa.Boolean(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.String(length=27), nullable=False),
        sa.Column("removed_after", Sequence, nullable=False),
        sa.Column("restored_at", sa.String(length=27)),
        sa.Column("restored_after", Sequence),
        sa.ForeignKeyConstraint(["run_pk"], ["runs.pk"]),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("ix_removals_run_pk", "removals", ["run_pk"])
    op.create_table(
        "mappings",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_index("ix_candidates_prompt", "candidates", ["status", "text_hash", "seq"])
