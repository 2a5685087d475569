"""Outcomes, the ledger of items, faults of checks, what decisions say of the answer, samples.

Every card gets its row in the ledger, and what a run only counted becomes counted items; importing the run again
lists them.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from avocet.reasons import reason_shape, shape_hash

revision = "0007"
down_revision = "0006"
changes_rows = True

Sequence = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_GROUP = ("run_pk", "model_name", "task_type")
_CARD_COLUMNS: tuple[sa.Column[Any], ...] = (
    sa.Column("outcome", sa.String(length=8), nullable=False, server_default="failed"),
    sa.Column("item_outcome", sa.String(length=8), nullable=False, server_default="failed"),
    sa.Column("check_fault", sa.String(length=20)),
    sa.Column("corrected_reference", sa.Text()),
    sa.Column("reading", sa.String(length=9)),
    sa.Column("is_read", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("reason_shape", sa.String(length=16)),
    sa.Column("baseline_fault", sa.String(length=20)),
    sa.Column("baseline_reference", sa.Text()),
    sa.Column("check", sa.Text()),
)
_DECISION_COLUMNS: tuple[sa.Column[Any], ...] = (
    sa.Column("check_fault", sa.String(length=20)),
    sa.Column("corrected_reference", sa.Text()),
    sa.Column("is_read", sa.Boolean(), nullable=False, server_default=sa.true()),
    sa.Column("outcome", sa.String(length=8), nullable=False, server_default="failed"),
    sa.Column("proposed", sa.Text()),
)
# an undo's own row carries the batch in which it was made; what is read is the decision that stands
_READING = """
    CASE WHEN d.action = 'accept' OR d.failure_category = 'scoring_artifact' THEN 'right'
         WHEN d.action = 'discard' AND d.failure_category IS NULL THEN 'undecided'
         ELSE 'wrong' END
"""


def upgrade() -> None:
    for column in _CARD_COLUMNS:
        op.add_column("candidates", column)
    for column in _DECISION_COLUMNS:
        op.add_column("decisions", column)
    op.add_column("runs", sa.Column("kept", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("runs", sa.Column("imports", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("runs", sa.Column("seed", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute("UPDATE decisions SET is_read = false WHERE batch_id IS NOT NULL")
    _index_anew()
    _count_anew()
    _create_ledger()
    _create_samples()


def _index_anew() -> None:
    score = sa.text("coalesce(quality_score, 2.0)")
    indexes: tuple[tuple[str, list[Any]], ...] = (
        ("status", ["status", "outcome", "seq"]),
        ("run", ["run_pk", "status", "outcome", "seq"]),
        ("model", ["status", "outcome", "model_name", "seq"]),
        ("task", ["status", "outcome", "task_type", "seq"]),
        ("prompt", ["status", "outcome", "text_hash", "seq"]),
        ("score", ["status", "outcome", score, "seq"]),
    )
    for name, columns in indexes:
        op.drop_index(f"ix_candidates_{name}", "candidates")
        op.create_index(f"ix_candidates_{name}", "candidates", columns)
    shape = ["reason_shape", "status", "seq", "outcome", "task_type", "reading", "is_read"]
    op.create_index("ix_candidates_shape", "candidates", shape)


def _count_anew() -> None:
    """Give the counters their sixth key; a primary key can't grow in place on SQLite."""
    op.rename_table("counters", "old_counters")
    keys = (*_GROUP, "status", "failure_category", "outcome")
    op.create_table("counters", *_key_columns(*keys), sa.Column("n", sa.Integer(), nullable=False), *_keyed(*keys))
    columns = ", ".join(keys[:-1])
    op.execute(f"INSERT INTO counters ({columns}, outcome, n) SELECT {columns}, 'failed', n FROM old_counters")
    op.drop_table("old_counters")
    said = (*_GROUP, "outcome", "reading", "is_read", "failure_category", "check_fault")
    op.create_table(
        "reading_counters", *_key_columns(*said), sa.Column("n", sa.Integer(), nullable=False), *_keyed(*said)
    )


def _create_ledger() -> None:
    counts = ("failed", "passed", "errored", "unscored", "counted_passed", "counted_errored", "counted_unscored")
    op.create_table(
        "item_groups",
        sa.Column("pk", sa.Integer(), nullable=False),
        *_key_columns(*_GROUP),
        *(sa.Column(name, sa.Integer(), nullable=False, server_default="0") for name in counts),
        sa.ForeignKeyConstraint(["run_pk"], ["runs.pk"]),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint(*_GROUP),
    )
    op.create_table(
        "items",
        sa.Column("group_pk", sa.Integer(), nullable=False),
        sa.Column("item", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("candidate_seq", Sequence),
        sa.ForeignKeyConstraint(["group_pk"], ["item_groups.pk"]),
        sa.PrimaryKeyConstraint("group_pk", "item", "epoch"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reason_shapes",
        sa.Column("hash", sa.String(length=16), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.execute(
        "INSERT INTO item_groups (run_pk, model_name, task_type) "
        "SELECT run_pk, model_name, task_type FROM counters UNION "
        "SELECT run_pk, model_name, task_type FROM run_totals"
    )
    op.execute(
        "UPDATE item_groups SET "
        + ", ".join(
            f"counted_{name} = coalesce((SELECT t.{name} FROM run_totals t WHERE t.run_pk = item_groups.run_pk "
            f"AND t.model_name = item_groups.model_name AND t.task_type = item_groups.task_type), 0)"
            for name in ("passed", "errored", "unscored")
        )
    )


def _create_samples() -> None:
    op.create_table(
        "samples",
        sa.Column("pk", Sequence, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("per", sa.Text(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("last_card", Sequence, nullable=False),
        sa.Column("last_decision", Sequence, nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("name"),
    )
    keys = ("part", *_GROUP, "outcome")
    op.create_table(
        "sample_frames",
        sa.Column("sample_pk", Sequence, nullable=False),
        *_key_columns(*keys),
        sa.Column("cards", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("unopened", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["sample_pk"], ["samples.pk"]),
        sa.ForeignKeyConstraint(["run_pk"], ["runs.pk"]),
        sa.PrimaryKeyConstraint("sample_pk", *keys),
    )
    op.create_table(
        "sample_members",
        sa.Column("sample_pk", Sequence, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("place_in_part", sa.Integer(), nullable=False),
        sa.Column("candidate_seq", Sequence, nullable=False),
        sa.ForeignKeyConstraint(["sample_pk"], ["samples.pk"]),
        sa.ForeignKeyConstraint(["candidate_seq"], ["candidates.seq"]),
        sa.PrimaryKeyConstraint("sample_pk", "place"),
    )
    op.create_index("ix_sample_members_card", "sample_members", ["candidate_seq", "sample_pk"])


def _key_columns(*names: str) -> list[sa.Column[Any]]:
    types: dict[str, sa.types.TypeEngine[Any]] = {
        "run_pk": Sequence,
        "status": sa.String(length=16),
        "failure_category": sa.String(length=20),
        "check_fault": sa.String(length=20),
        "outcome": sa.String(length=8),
        "reading": sa.String(length=9),
        "is_read": sa.Boolean(),
    }
    return [sa.Column(name, types.get(name, sa.Text()), nullable=False) for name in names]


def _keyed(*keys: str) -> tuple[sa.ForeignKeyConstraint, sa.PrimaryKeyConstraint]:
    return sa.ForeignKeyConstraint(["run_pk"], ["runs.pk"]), sa.PrimaryKeyConstraint(*keys)


def last(connection: sa.Connection) -> int | None:
    found: int | None = connection.scalar(sa.text("SELECT max(seq) FROM candidates"))
    return found


def batch(connection: sa.Connection, after: int, to: int) -> None:
    here = {"after": after, "to": to}
    binary = sa.LargeBinary().compile(dialect=connection.dialect)
    connection.execute(
        sa.text(
            f"UPDATE candidates SET reading = {_READING}, is_read = d.is_read FROM decisions d "
            "WHERE d.id = candidates.decision_id AND candidates.seq > :after AND candidates.seq <= :to"
        ),
        here,
    )
    for statement in (
        """
        INSERT INTO reading_counters (run_pk, model_name, task_type, outcome, reading, is_read, failure_category,
                                      check_fault, n)
        SELECT run_pk, coalesce(model_name, ''), coalesce(task_type, ''), 'failed', reading, is_read,
               coalesce(failure_category, ''), '', count(*)
        FROM candidates WHERE seq > :after AND seq <= :to AND reading IS NOT NULL
        GROUP BY run_pk, coalesce(model_name, ''), coalesce(task_type, ''), reading, is_read,
                 coalesce(failure_category, '')
        ON CONFLICT (run_pk, model_name, task_type, outcome, reading, is_read, failure_category, check_fault)
        DO UPDATE SET n = reading_counters.n + excluded.n
        """,
        f"""
        INSERT INTO items (group_pk, item, epoch, outcome, seen, candidate_seq)
        SELECT g.pk, CAST('#' || c.seq AS {binary}), '', 'failed', 1, c.seq FROM candidates c
        JOIN item_groups g ON g.run_pk = c.run_pk AND g.model_name = coalesce(c.model_name, '')
             AND g.task_type = coalesce(c.task_type, '')
        WHERE c.seq > :after AND c.seq <= :to
        """,
        """
        UPDATE item_groups SET failed = failed + found.n FROM (
            SELECT g.pk AS group_pk, count(*) AS n FROM candidates c
            JOIN item_groups g ON g.run_pk = c.run_pk AND g.model_name = coalesce(c.model_name, '')
                 AND g.task_type = coalesce(c.task_type, '')
            WHERE c.seq > :after AND c.seq <= :to GROUP BY g.pk
        ) AS found WHERE found.group_pk = item_groups.pk
        """,
    ):
        connection.execute(sa.text(statement), here)
    _shape_reasons(connection, here)


def _shape_reasons(connection: sa.Connection, here: dict[str, int]) -> None:
    reasons = sa.text(
        "SELECT seq, failure_reason FROM candidates WHERE seq > :after AND seq <= :to AND failure_reason IS NOT NULL"
    )
    shapes: dict[str, str] = {}
    cards = []
    for seq, reason in connection.execute(reasons, here):
        shape = reason_shape(reason)
        if shape is not None:
            hashed = shape_hash(shape)
            shapes[hashed] = shape
            cards.append({"seq": seq, "hash": hashed})
    if cards:
        found = sa.text(
            "INSERT INTO reason_shapes (hash, shape) VALUES (:hash, :shape) ON CONFLICT (hash) DO NOTHING"
        )
        connection.execute(found, [{"hash": hashed, "shape": shape} for hashed, shape in sorted(shapes.items())])
        connection.execute(sa.text("UPDATE candidates SET reason_shape = :hash WHERE seq = :seq"), cards)
