"""Texts in lists: their start, and how long they are, so that no list carries what a card alone should."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import InstrumentedAttribute

LIST_CHARACTERS = 8_000
"""Of each text, a list holds so many; longer ones are whole on their card, and in its history one by one."""

Text = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def start(column: Text) -> ColumnElement[str | None]:
    return func.substr(column, 1, LIST_CHARACTERS).label(column.key)


def length(column: Text) -> ColumnElement[int | None]:
    return func.length(column)


def shortened(**lengths: int | None) -> dict[str, int]:
    """The names of the texts that are not whole, with how many characters each has."""
    return {name: found for name, found in lengths.items() if found is not None and found > LIST_CHARACTERS}
