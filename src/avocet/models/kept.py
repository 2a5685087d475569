"""The tables of what else is kept: settings, mappings, recipes, views, exports, answers to requests."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from avocet.models.base import Base, Sequence


class SavedMappingRow(Base):
    """A saved column mapping: what the columns of a table mean (`generic` importer), as JSON under a name."""

    __tablename__ = "mappings"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    columns: Mapped[str] = mapped_column(Text)


class Recipe(Base):
    """A saved recipe: what to export, as JSON of `exports.Recipe` under a name."""

    __tablename__ = "recipes"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    recipe: Mapped[str] = mapped_column(Text)


class SavedView(Base):
    """A saved view: the filters and order of a page, as its address has them (JSON), under a name."""

    __tablename__ = "views"

    page: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    query: Mapped[str] = mapped_column(Text)
    reviewer: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(27))


class Export(Base):
    """A dataset that was written, so that it can be listed and made again. `manifest` is its manifest (JSON)."""

    __tablename__ = "exports"

    pk: Mapped[int] = mapped_column(Sequence, primary_key=True)
    at: Mapped[str] = mapped_column(String(27))
    reviewer: Mapped[str] = mapped_column(Text)
    recipe_name: Mapped[str | None] = mapped_column(String(80))
    target: Mapped[str] = mapped_column(Text)
    manifest: Mapped[str] = mapped_column(Text)


class Setting(Base):
    """A setting that is stored in the desk; an environment variable overrides it."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class IdempotencyKey(Base):
    """The answer to a request (JSON), kept for a while so that sending the request again does nothing twice."""

    __tablename__ = "idempotency_keys"

    reviewer: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(String(256), primary_key=True)
    route: Mapped[str] = mapped_column(Text)
    body_hash: Mapped[str] = mapped_column(String(32))
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(27), index=True)
