"""Migrations that only tests know: written as files, found beside the desk's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from avocet import migrations

NEXT = f"{int(migrations.HEAD) + 1:04}"
IN_BATCHES = f'''
"""Shouts every response, two cards at a time."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision, down_revision = "{NEXT}", "{migrations.HEAD}"
changes_rows = True
BATCH_ROWS = 2


def upgrade():
    op.create_table("batches", sa.Column("last", sa.Integer, nullable=False))


def last(connection):
    return connection.scalar(sa.text("SELECT max(seq) FROM candidates"))


def batch(connection, after, to):
    span = {{"after": after, "to": to}}
    query = "UPDATE candidates SET model_response = upper(model_response) WHERE seq > :after AND seq <= :to"
    connection.execute(sa.text(query), span)
    connection.execute(sa.text("INSERT INTO batches (last) VALUES (:to)"), span)
    hook = Path(__file__).with_name("hook")
    if to >= 6 and hook.is_file():
        exec(hook.read_text("utf-8"))
'''


def add(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str = IN_BATCHES) -> Path:
    """A version of the desk that has one migration more; the file that runs in its third batch, if it is there."""
    folder.mkdir()
    (folder / f"{NEXT}_next.py").write_text(script, "utf-8")
    monkeypatch.setattr(migrations, "SCRIPTS", (*migrations.SCRIPTS, folder))
    monkeypatch.setattr(migrations, "HEAD", NEXT)
    return folder / "hook"
