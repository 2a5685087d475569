"""Texts in lists: only their start and their length, since a list of full texts could grow to any size."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func
from sqlalchemy.orm import InstrumentedAttribute

LIST_CHARACTERS = 8_000
"""The most characters of one text in a list. The card has the full text, and its history one decision at a time."""

_LENGTH = "_length"
Text = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def start(column: Text) -> ColumnElement[str | None]:
    """The column's first `LIST_CHARACTERS`, under the column's own name."""
    return func.substr(column, 1, LIST_CHARACTERS).label(column.key)


def whole(column: Text) -> ColumnElement[str | None]:
    """The column under its own name, null if it is longer than a list shows: JSON can't be cut."""
    return case((func.length(column) <= LIST_CHARACTERS, column)).label(column.key)


def lengths(*columns: Text) -> tuple[ColumnElement[int | None], ...]:
    """The lengths of texts, to be selected for `take_lengths`."""
    return tuple(func.length(column).label(f"{column.key}{_LENGTH}") for column in columns)


def take_lengths(values: dict[str, Any]) -> dict[str, int]:
    """Remove from a row's values what `lengths` selected; return the full length of each text that is not whole."""
    names = [name for name in values if name.endswith(_LENGTH)]
    found = {name.removesuffix(_LENGTH): values.pop(name) for name in names}
    return {name: length for name, length in found.items() if length is not None and length > LIST_CHARACTERS}
