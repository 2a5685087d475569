"""What more cards are filtered by: the kind of their check, whether they have a reference, the response's length."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from avocet.checks import kind_of

revision = "0011"
down_revision = "0010"
changes_rows = True

_FILTERED = (
    "run_pk",
    "model_name",
    "task_type",
    "source",
    "harness",
    "check_kind",
    "has_reference",
    "response_length",
    "reason_shape",
)


def upgrade() -> None:
    op.add_column("candidates", sa.Column("check_kind", sa.String(length=16)))
    op.add_column("candidates", sa.Column("has_reference", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("candidates", sa.Column("response_length", sa.Integer(), nullable=False, server_default="0"))
    op.drop_index("ix_candidates_status", "candidates")
    op.create_index("ix_candidates_status", "candidates", ["status", "outcome", "seq", *_FILTERED])
    op.create_table(
        "views",
        sa.Column("page", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("page", "name"),
    )


def last(connection: sa.Connection) -> int | None:
    found: int | None = connection.scalar(sa.text("SELECT max(seq) FROM candidates"))
    return found


def batch(connection: sa.Connection, after: int, to: int) -> None:
    here = {"after": after, "to": to}
    connection.execute(
        sa.text(
            "UPDATE candidates SET has_reference = reference IS NOT NULL, response_length = length(model_response) "
            "WHERE seq > :after AND seq <= :to"
        ),
        here,
    )
    told = sa.text('SELECT seq, "check", failure_reason FROM candidates WHERE seq > :after AND seq <= :to')
    kinds = [
        {"seq": seq, "kind": kind}
        for seq, check, reason in connection.execute(told, here)
        if (kind := kind_of(json.loads(check) if check else None, reason)) is not None
    ]
    if kinds:
        connection.execute(sa.text("UPDATE candidates SET check_kind = :kind WHERE seq = :seq"), kinds)
