"""A card knows its place: the file, and the line or item in it. Cards of older desks have none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
changes_rows = False


def upgrade() -> None:
    op.add_column("candidates", sa.Column("source_file", sa.Text(), nullable=True))
    op.add_column("candidates", sa.Column("source_line", sa.Integer(), nullable=True))
