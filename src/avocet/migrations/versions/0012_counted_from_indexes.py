"""Scores and kinds are counted from an index alone; decisions on proposals are found by one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0009"
changes_rows = False

_FOUND_BY = ("reason_shape", "status", "seq")
_COUNTED = ("outcome", "task_type", "reading", "is_read", "quality_score", "run_pk", "model_name")


def upgrade() -> None:
    op.drop_index("ix_candidates_shape", "candidates")
    op.create_index("ix_candidates_shape", "candidates", [*_FOUND_BY, *_COUNTED])
    is_proposed = sa.text("proposed IS NOT NULL")
    op.create_index(
        "ix_decisions_proposed", "decisions", ["id"], sqlite_where=is_proposed, postgresql_where=is_proposed
    )
