"""Texts in lists: their start, and how long they are, so that no list carries what a card alone should."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import InstrumentedAttribute

LIST_CHARACTERS = 8_000
"""Of each text, a list holds so many; longer ones are whole on their card, and in its history one by one."""

_LENGTH = "_length"
Text = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def start(column: Text) -> ColumnElement[str | None]:
    return func.substr(column, 1, LIST_CHARACTERS).label(column.key)


def lengths(*columns: Text) -> tuple[ColumnElement[int | None], ...]:
    """How long texts are, for `take_lengths`."""
    return tuple(func.length(column).label(f"{column.key}{_LENGTH}") for column in columns)


def take_lengths(values: dict[str, Any]) -> dict[str, int]:
    """Take what `lengths` selected out of a row's values: the texts that are not whole, with their whole lengths."""
    names = [name for name in values if name.endswith(_LENGTH)]
    found = {name.removesuffix(_LENGTH): values.pop(name) for name in names}
    return {name: length for name, length in found.items() if length is not None and length > LIST_CHARACTERS}
