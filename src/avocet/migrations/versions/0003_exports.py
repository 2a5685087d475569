"""Export recipes, and the exports that were made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
changes_rows = False

Sequence = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "recipes",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("recipe", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "exports",
        sa.Column("pk", Sequence, nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("recipe_name", sa.String(length=80)),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )
