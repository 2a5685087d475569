"""Saved column mappings: what the columns of a team's own table mean (importer `generic`), under a name."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import delete, select

from avocet.db import Database, put
from avocet.errors import InvalidRequest, NotFound
from avocet.importers.reading.columns import check_meanings
from avocet.models import SavedMappingRow

MAX_NAME_CHARACTERS = 80


class SavedMapping(msgspec.Struct, frozen=True):
    """A column mapping under a name. `columns` maps meanings to columns, as `ImportOptions.mapping` does."""

    name: str
    columns: dict[str, str]


def list_mappings(database: Database) -> list[SavedMapping]:
    """Every saved mapping, ordered by name."""
    query = select(SavedMappingRow.name, SavedMappingRow.columns).order_by(SavedMappingRow.name)
    with database.read() as connection:
        return [_named(name, columns) for name, columns in connection.execute(query)]


def get_mapping(database: Database, name: str) -> SavedMapping:
    """The mapping of that name.

    Raises:
        NotFound: there is none; the sentence lists those that exist.
    """
    mappings = {mapping.name: mapping for mapping in list_mappings(database)}
    if name not in mappings:
        there = f"Saved are: {', '.join(mappings)}." if mappings else "None is saved yet."
        raise NotFound(f"There is no mapping {name!r:.120}. {there}")
    return mappings[name]


def save_mapping(database: Database, name: str, columns: Mapping[str, str]) -> SavedMapping:
    """Save a mapping in place of any of the same name.

    Raises:
        InvalidRequest: the name is malformed, or the mapping lacks a meaning or has one that no column can have.
    """
    if not name.strip() or name != name.strip() or len(name) > MAX_NAME_CHARACTERS or "/" in name:
        sentence = f"A mapping's name has 1 to {MAX_NAME_CHARACTERS} characters, no slash, and no space at its ends."
        raise InvalidRequest(sentence)
    check_meanings(columns)
    mapping = SavedMapping(name, dict(columns))
    text = msgspec.json.encode(mapping.columns).decode()
    database.change(lambda connection: put(connection, SavedMappingRow.__table__, {"name": name}, {"columns": text}))
    return mapping


def delete_mapping(database: Database, name: str) -> SavedMapping:
    """Delete a mapping, and return what it was.

    Raises:
        NotFound: there is none of that name.
    """
    mapping = get_mapping(database, name)
    gone = delete(SavedMappingRow).where(SavedMappingRow.name == name)
    database.change(lambda connection: connection.execute(gone))
    return mapping


def _named(name: str, columns: str) -> SavedMapping:
    return SavedMapping(name, msgspec.json.decode(columns, type=dict[str, str]))
