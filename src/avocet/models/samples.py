"""The tables of samples: random choices of cards."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from avocet.models.base import Base, Sequence


class Sample(Base):
    """A named random choice of cards. Rows are only added; growing it adds members.

    `filter` (JSON) says what it was drawn from, `per` by what it was divided into parts. `last_card` and
    `last_decision` are the highest numbers at its making: they, the filter and the seed give its order again.
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
    """What a part of a sample was drawn from: how many items of one run, model, task and outcome.

    `part` is the part's name (empty for a sample of one part). `unread` is the number of unread cards, from which the
    members come; `size` is the number of items that they stand for. The two differ where only some passes were kept.
    """

    __tablename__ = "sample_frames"

    sample_pk: Mapped[int] = mapped_column(ForeignKey("samples.pk"), primary_key=True)
    part: Mapped[str] = mapped_column(Text, primary_key=True)
    run_pk: Mapped[int] = mapped_column(ForeignKey("runs.pk"), primary_key=True)
    model_name: Mapped[str] = mapped_column(Text, primary_key=True)
    task_type: Mapped[str] = mapped_column(Text, primary_key=True)
    outcome: Mapped[str] = mapped_column(String(8), primary_key=True)
    unread: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(Integer)


class SampleMember(Base):
    """A card of a sample: its place in the sample's order, and its place within its part."""

    __tablename__ = "sample_members"

    sample_pk: Mapped[int] = mapped_column(ForeignKey("samples.pk"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    part: Mapped[str] = mapped_column(Text)
    place_in_part: Mapped[int] = mapped_column(Integer)
    candidate_seq: Mapped[int] = mapped_column(ForeignKey("candidates.seq"))

    __table_args__ = (Index("ix_sample_members_card", "candidate_seq", "sample_pk"),)
