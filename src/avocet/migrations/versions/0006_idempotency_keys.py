"""Idempotency keys: what a request was answered with, so that sending it again does nothing twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
changes_rows = False


def upgrade() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=256), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("reviewer", "key"),
    )
    op.create_index("ix_idempotency_keys_at", "idempotency_keys", ["at"])
