"""Tags, and lines that say what a right answer must and must not contain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
changes_rows = False

Sequence = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SAID = ("tags", "must", "must_not")


def upgrade() -> None:
    for name in _SAID:
        op.add_column("decisions", sa.Column(name, sa.Text()))
        op.add_column("candidates", sa.Column(name, sa.Text()))
        op.add_column("candidates", sa.Column(f"baseline_{name}", sa.Text()))
    op.create_table(
        "tags",
        sa.Column("pk", Sequence, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("merged_into", Sequence),
        sa.Column("is_deleted", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["merged_into"], ["tags.pk"]),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "card_tags",
        sa.Column("tag_pk", Sequence, nullable=False),
        sa.Column("candidate_seq", Sequence, nullable=False),
        sa.ForeignKeyConstraint(["tag_pk"], ["tags.pk"]),
        sa.ForeignKeyConstraint(["candidate_seq"], ["candidates.seq"]),
        sa.PrimaryKeyConstraint("tag_pk", "candidate_seq"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_card_tags_card", "card_tags", ["candidate_seq"])
