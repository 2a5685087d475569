"""Which cards an older version imported: those that are here when the desk comes to this one."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
changes_rows = False


def upgrade() -> None:
    op.execute(
        "INSERT INTO settings (key, value) "
        "SELECT 'older_cards', CAST(max(seq) AS TEXT) FROM candidates HAVING max(seq) IS NOT NULL"
    )
