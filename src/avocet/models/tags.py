"""The tables of tags."""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Index, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from avocet.models.base import Base, Sequence


class Tag(Base):
    """A tag. Decisions store its number, so renaming and merging rewrite none of them.

    `key` is equal for all spellings of the name. `merged_into` is the tag that this one went into, which went into no
    other. A deleted tag keeps its row: the history may still speak of it.
    """

    __tablename__ = "tags"

    pk: Mapped[int] = mapped_column(Sequence, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text, unique=True)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("tags.pk"))
    is_deleted: Mapped[bool] = mapped_column(Boolean, server_default=false())


class CardTag(Base):
    """A visible card has this tag now: by its standing decision or, while it is undecided, as it was imported."""

    __tablename__ = "card_tags"

    tag_pk: Mapped[int] = mapped_column(ForeignKey("tags.pk"), primary_key=True)
    candidate_seq: Mapped[int] = mapped_column(ForeignKey("candidates.seq"), primary_key=True)

    __table_args__ = (Index("ix_card_tags_card", "candidate_seq"), {"sqlite_with_rowid": False})
