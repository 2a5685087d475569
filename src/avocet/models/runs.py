"""The tables of runs: what was imported, what was counted, the ledger of items."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from avocet.domain import Outcome
from avocet.models.base import Base, Sequence

_HAS_EPOCH = text("epoch != '' AND candidate_seq IS NOT NULL")
_IS_KEPT_PASS = text("outcome = 'passed' AND candidate_seq IS NOT NULL")


class Run(Base):
    """One harness run that was imported, with the counters of its last import.

    `harness_run_id` is the harness's own name of the run. `path` is the file or, for several, their folder with their
    common name. As JSON, `files` lists the files with their hashes, `options` are what the person chose, and `notes`
    are what the import had to say. `removed_at` is set while the whole run is taken back (`Removal`). `imports`
    counts its imports; `seed` decides which of its passes become cards.
    """

    __tablename__ = "runs"

    pk: Mapped[int] = mapped_column(Sequence, primary_key=True)
    run_id: Mapped[str] = mapped_column(Text, unique=True)
    harness: Mapped[str] = mapped_column(Text)
    harness_version: Mapped[str | None] = mapped_column(Text)
    harness_run_id: Mapped[str | None] = mapped_column(Text, index=True)
    source: Mapped[str] = mapped_column(Text)
    path: Mapped[str | None] = mapped_column(Text, index=True)
    sha256: Mapped[str | None] = mapped_column(String(64))
    files: Mapped[str | None] = mapped_column(Text)
    options: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)
    timestamp: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))  # importing or imported; interrupted is found out, not stored
    read: Mapped[int] = mapped_column(Integer, default=0)
    imported: Mapped[int] = mapped_column(Integer, default=0)
    skipped: Mapped[int] = mapped_column(Integer, default=0)
    rejected: Mapped[int] = mapped_column(Integer, default=0)
    passed: Mapped[int] = mapped_column(Integer, default=0)
    errored: Mapped[int] = mapped_column(Integer, default=0)
    unscored: Mapped[int] = mapped_column(Integer, default=0)
    kept: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    replaced_characters: Mapped[int] = mapped_column(Integer, default=0)
    bytes_read: Mapped[int] = mapped_column(BigInteger, default=0)
    bytes_total: Mapped[int] = mapped_column(BigInteger, default=0)
    started_at: Mapped[str] = mapped_column(String(27))
    finished_at: Mapped[str | None] = mapped_column(String(27))
    removed_at: Mapped[str | None] = mapped_column(String(27))
    imports: Mapped[int] = mapped_column(Integer, server_default="0")
    seed: Mapped[int] = mapped_column(BigInteger, server_default="0")


class RunTotalRow(Base):
    """What a harness counted per task and model, including the outcomes that never become candidates."""

    __tablename__ = "run_totals"

    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"), primary_key=True)
    model_name: Mapped[str] = mapped_column(Text, primary_key=True)
    task_type: Mapped[str] = mapped_column(Text, primary_key=True)
    passed: Mapped[int] = mapped_column(Integer, default=0)
    failed: Mapped[int] = mapped_column(Integer, default=0)
    errored: Mapped[int] = mapped_column(Integer, default=0)
    unscored: Mapped[int] = mapped_column(Integer, default=0)


class RejectedLineRow(Base):
    """A line that could not become a candidate, kept so that nothing read is lost."""

    __tablename__ = "rejected_lines"

    pk: Mapped[int] = mapped_column(Sequence, primary_key=True)
    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"), index=True)
    file: Mapped[str] = mapped_column(Text, default="")
    line_number: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    text_start: Mapped[str] = mapped_column(Text)


class Removal(Base):
    """The taking back of a run: of its undecided cards, or of all. A row is completed when the run is brought back.

    `removed_after` and `restored_after` are the numbers of the last decisions before those moments, so that an export
    as of a decision number knows what was hidden then.
    """

    __tablename__ = "removals"

    pk: Mapped[int] = mapped_column(Sequence, primary_key=True)
    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"), index=True)
    decided_too: Mapped[bool] = mapped_column(Boolean)
    reviewer: Mapped[str] = mapped_column(Text)
    removed_at: Mapped[str] = mapped_column(String(27))
    removed_after: Mapped[int] = mapped_column(Sequence)
    restored_at: Mapped[str | None] = mapped_column(String(27))
    restored_after: Mapped[int | None] = mapped_column(Sequence)


class ItemGroup(Base):
    """The items of one run, model and task, counted by outcome; the empty string stands for null.

    `failed` to `unscored` count the rows in `items` that are not absent, in the transactions that write the rows. The
    `counted_…` columns are items that the files only counted: they have no row. Every pass up to the place `kept_to`
    became a card, if it can be one (`review.lot`); null while none was kept.
    """

    __tablename__ = "item_groups"

    pk: Mapped[int] = mapped_column(Integer, primary_key=True)
    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"))
    model_name: Mapped[str] = mapped_column(Text)
    task_type: Mapped[str] = mapped_column(Text)
    failed: Mapped[int] = mapped_column(Integer, server_default="0")
    passed: Mapped[int] = mapped_column(Integer, server_default="0")
    errored: Mapped[int] = mapped_column(Integer, server_default="0")
    unscored: Mapped[int] = mapped_column(Integer, server_default="0")
    counted_passed: Mapped[int] = mapped_column(Integer, server_default="0")
    counted_errored: Mapped[int] = mapped_column(Integer, server_default="0")
    counted_unscored: Mapped[int] = mapped_column(Integer, server_default="0")
    kept_to: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (UniqueConstraint("run_pk", "model_name", "task_type"),)


class Item(Base):
    """The ledger: one row for every item that was read, with its outcome in the last import, card or not.

    `item` is the harness's id, else the text's hash, else file and line; hashed if it is longer than 9 bytes, so
    that what needs an id reads it from the card.
    The rows of cards that were here before the ledger are named `#` and the card's number until they are imported
    again.
    `seen` is the number of the run's last import that had the item, 0 for an item that the file no longer has: it
    counts no more. `candidate_seq` is its card, if it has one.
    """

    __tablename__ = "items"

    group_pk: Mapped[int] = mapped_column(ForeignKey("item_groups.pk"), primary_key=True)
    item: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    epoch: Mapped[str] = mapped_column(Text, primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(String(8))
    seen: Mapped[int] = mapped_column(Integer)
    candidate_seq: Mapped[int | None] = mapped_column(Sequence)

    __table_args__ = (
        Index(
            "ix_items_kept",
            *("group_pk", "outcome", "candidate_seq", "seen"),
            sqlite_where=_IS_KEPT_PASS,
            postgresql_where=_IS_KEPT_PASS,
        ),
        Index("ix_items_epoch", "candidate_seq", sqlite_where=_HAS_EPOCH, postgresql_where=_HAS_EPOCH),
        {"sqlite_with_rowid": False},
    )
