"""How far the passes of a run, model and task were kept by lot."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
changes_rows = False


def upgrade() -> None:
    op.add_column("item_groups", sa.Column("kept_to", sa.BigInteger(), nullable=True))
