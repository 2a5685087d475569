"""The tables of samples: random choices of cards."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from avocet.domain import Outcome
from avocet.models.base import Base, Sequence


class Sample(Base):
    """A named random choice of cards. Growing it adds members; only a sample that nobody read is ever deleted.

    `filter` says what it was drawn from, `per` by what it was divided into parts (both JSON). `last_card` and
    `last_decision` are the highest numbers at its making: what came later is no part of it.
    """

    __tablename__ = "samples"

    pk: Mapped[int] = mapped_column(Sequence, primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    filter: Mapped[str] = mapped_column(Text)
    per: Mapped[str] = mapped_column(Text)
    seed: Mapped[int] = mapped_column(BigInteger)
    last_card: Mapped[int] = mapped_column(Sequence)
    last_decision: Mapped[int] = mapped_column(Sequence)
    reviewer: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(27))


class SampleFrame(Base):
    """What a part of a sample was drawn from, for one run, model, task and outcome; the empty string stands for null.

    `part` is what all cards of the part have in common (JSON). `cards` is the number of cards from which the members
    come: those that were unread; of passes of which only some were kept, also those that were read. `numbers` are
    these cards (`review.samples.packing`), so that growing draws from the very same. `size` is the number of items
    that they stand for, which is more where only some passes were kept. `unopened` counts the cards that matched and
    could not be drawn, since they were decided in bulk and nobody opened them.
    """

    __tablename__ = "sample_frames"

    sample_pk: Mapped[int] = mapped_column(ForeignKey("samples.pk"), primary_key=True)
    part: Mapped[str] = mapped_column(Text, primary_key=True)
    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"), primary_key=True)
    model_name: Mapped[str] = mapped_column(Text, primary_key=True)
    task_type: Mapped[str] = mapped_column(Text, primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(String(8), primary_key=True)
    cards: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(Integer)
    unopened: Mapped[int] = mapped_column(Integer)
    numbers: Mapped[bytes] = mapped_column(LargeBinary)


class SampleMember(Base):
    """A card of a sample: its place in the sample's order, and its place within its part."""

    __tablename__ = "sample_members"

    sample_pk: Mapped[int] = mapped_column(ForeignKey("samples.pk"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    part: Mapped[str] = mapped_column(Text)
    place_in_part: Mapped[int] = mapped_column(Integer)
    candidate_seq: Mapped[int] = mapped_column(ForeignKey("candidates.seq"))

    __table_args__ = (Index("ix_sample_members_card", "candidate_seq", "sample_pk"),)
