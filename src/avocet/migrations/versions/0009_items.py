"""The cards of one item are found by an index: other models, epochs and runs answered it too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
changes_rows = False

_ITEM = "substr(coalesce(nullif(item_id, ''), nullif(task_id, ''), substr(text_hash, 1, 16)), 1, 64)"


def upgrade() -> None:
    op.create_index("ix_candidates_item", "candidates", [sa.text(_ITEM), "task_type", "seq"])
