"""The search index by the desk's own words, and one of notes and corrections; both are filled in the background."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
changes_rows = False

Sequence = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.execute("DROP TABLE candidate_search")
    op.execute("DELETE FROM settings WHERE key = 'search_indexed'")
    for table, key, owner in (
        ("candidate_search", "candidate_seq", "candidates.seq"),
        ("decision_search", "decision_id", "decisions.id"),
    ):
        if op.get_bind().dialect.name == "sqlite":
            # the words come ready-made: this tokenizer parts them at spaces and leaves every other character alone
            op.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(words, content='', tokenize='ascii')")
            continue
        op.create_table(
            table,
            sa.Column(key, Sequence, sa.ForeignKey(owner), primary_key=True, autoincrement=False),
            sa.Column("part", sa.SmallInteger(), primary_key=True, autoincrement=False),
            sa.Column("document", postgresql.TSVECTOR, nullable=False),
        )
        op.create_index(f"ix_{table}", table, ["document"], postgresql_using="gin")
