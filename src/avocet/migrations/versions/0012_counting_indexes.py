"""Indexes that count scores and kinds, and find decisions on proposals, kept passes and the epochs of cards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
changes_rows = False

_FOUND_BY = ("reason_shape", "status", "outcome", "seq")
_COUNTED = ("task_type", "reading", "is_read", "quality_score", "run_pk", "model_name")


def upgrade() -> None:
    op.drop_index("ix_candidates_shape", "candidates")
    op.create_index("ix_candidates_shape", "candidates", [*_FOUND_BY, *_COUNTED])
    _index_some("ix_decisions_proposed", "decisions", ["id"], "proposed IS NOT NULL")
    kept = ["group_pk", "outcome", "candidate_seq", "seen"]
    _index_some("ix_items_kept", "items", kept, "outcome = 'passed' AND candidate_seq IS NOT NULL")
    _index_some("ix_items_epoch", "items", ["candidate_seq"], "epoch != '' AND candidate_seq IS NOT NULL")


def _index_some(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
