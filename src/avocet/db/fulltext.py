"""Full-text indexes in either database: FTS5 on SQLite, tsvector on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    TextClause,
    bindparam,
    cast,
    column,
    func,
    literal,
    text,
)

from avocet.db.dialect import is_sqlite

BREAK = "\ue000"
"""Separates two texts of a card, so that no phrase spans them. It is no word of any text."""
MANY = 2_000
"""From this many hits on, reading all cards in their order is faster than looking up each one found."""
PART_WORDS = 2_000
"""Words in one PostgreSQL document, which may have 1 MiB and 16,383 positions: a long card has several documents."""
PART_OVERLAP = 40
"""The words of a part that the next one repeats, so that a phrase across their border is found."""


class Term(msgspec.Struct, frozen=True):
    """Words that stand side by side; with `is_prefix`, the last may be the beginning of a word."""

    words: tuple[str, ...]
    is_prefix: bool


class Index(NamedTuple):
    """A full-text index: its table, its key column on PostgreSQL, and what one entry is called in a sentence."""

    table: str
    key: str
    of: str


def found(
    connection: Connection, index: Index, key: ColumnElement[Any], sought: Sequence[Term]
) -> tuple[ColumnElement[bool], int]:
    """The condition that `key` is the number of an entry in which all terms occur, and the number of such entries.

    The search is done here, once, and every statement with the condition uses its result.
    """
    look = _in_fts5 if is_sqlite(connection) else _in_tsvectors
    numbers = look(connection, index, sought)
    return _is_one_of(connection, key, numbers), len(numbers)


def _in_fts5(connection: Connection, index: Index, sought: Sequence[Term]) -> list[int]:
    # fetched as one JSON text: a hundred thousand rows would take four times as long
    query = text(f"SELECT json_group_array(rowid) FROM {index.table} WHERE {index.table} MATCH :sought")
    found = connection.execute(query, {"sought": " AND ".join(map(_fts5, sought))})
    return msgspec.json.decode(found.scalar_one(), type=list[int])


def _in_tsvectors(connection: Connection, index: Index, sought: Sequence[Term]) -> list[int]:
    queries = [f"({_tsquery(term)})" for term in sought]
    numbers = _where(connection, index, "document @@ CAST(:sought AS tsquery)", {"sought": " & ".join(queries)})
    if len(queries) == 1:
        return sorted(set(numbers))
    # a long card has several documents, and the terms may stand in different ones
    long = f"{index.key} IN (SELECT {index.key} FROM {index.table} WHERE part = 1)"
    values = {f"sought_{number}": query for number, query in enumerate(queries)}
    its_documents = f"SELECT {index.key} FROM {index.table} WHERE {long}"
    has_each = (f"{index.key} IN ({its_documents} AND document @@ CAST(:{name} AS tsquery))" for name in values)
    return sorted({*numbers, *_where(connection, index, " AND ".join(has_each), values)})


def _where(connection: Connection, index: Index, condition: str, values: dict[str, str]) -> list[int]:
    query = text(f"SELECT string_agg(CAST({index.key} AS text), ',') FROM {index.table} WHERE {condition}")
    return msgspec.json.decode(f"[{connection.scalar(query, values) or ''}]", type=list[int])


def _is_one_of(connection: Connection, key: ColumnElement[Any], numbers: list[int]) -> ColumnElement[bool]:
    """The condition that `key` is one of the numbers, in the form that is fastest for that many."""
    on_sqlite = is_sqlite(connection)
    if len(numbers) < MANY:
        each = "json_each(:numbers)" if on_sqlite else "json_array_elements_text(CAST(:numbers AS json))"
        json = msgspec.json.encode(numbers).decode()
        listed: TextClause = text(f"SELECT CAST(value AS bigint) AS number FROM {each}").bindparams(
            bindparam("numbers", json, unique=True)
        )
        return key.in_(listed.columns(column("number")))
    # a byte for each number, 1 for those found: no index fits this, so the database reads the cards in their order
    marks = bytearray(max(numbers) + 1)
    for number in numbers:
        marks[number] = 1
    place = key if on_sqlite else cast(key, Integer)
    return func.substr(literal(bytes(marks[1:]), LargeBinary), place, 1) == literal(b"\x01", LargeBinary)


def is_missing(connection: Connection, index: Index, key: str) -> Any:  # noqa: ANN401 (a text clause)
    """The condition that the index has no entry for the column `key`."""
    table, own = (f"{index.table}_docsize", "id") if is_sqlite(connection) else index[:2]
    return text(f"NOT EXISTS (SELECT 1 FROM {table} AS i WHERE i.{own} = {key})")


def insert(connection: Connection, index: Index, key: int, found: list[str]) -> None:
    """Add an entry: the words of a card or decision, in order."""
    if is_sqlite(connection):
        statement = text(f"INSERT INTO {index.table} (rowid, words) VALUES (:key, :words)")
        connection.execute(statement, {"key": key, "words": " ".join(found)})
        return
    statement = text(
        f"INSERT INTO {index.table} ({index.key}, part, document)"
        " VALUES (:key, :part, CAST(:document AS tsvector)) ON CONFLICT DO NOTHING"
    )
    parts = enumerate(_parts(found))
    connection.execute(statement, [{"key": key, "part": part, "document": _tsvector(some)} for part, some in parts])


def known(connection: Connection, index: Index, keys: list[int]) -> set[int]:
    """Those of the keys that have an entry."""
    table, own = (f"{index.table}_docsize", "id") if is_sqlite(connection) else index[:2]
    listed = ", ".join(map(str, keys))
    return set(connection.scalars(text(f"SELECT DISTINCT {own} FROM {table} WHERE {own} IN ({listed})")))


def _parts(found: list[str]) -> Iterator[list[str]]:
    yield found[:PART_WORDS]
    for first in range(PART_WORDS, len(found), PART_WORDS):
        yield found[first - PART_OVERLAP : first + PART_WORDS]


def _tsvector(found: list[str]) -> str:
    """A document in PostgreSQL's text form. No word holds a quotation mark, a space or a backslash."""
    positions: dict[str, list[int]] = {}
    for position, word in enumerate(found, start=1):
        if word != BREAK:
            positions.setdefault(word, []).append(position)
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in positions.items())


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + ("*" if term.is_prefix else "")


def _tsquery(term: Term) -> str:
    return " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.is_prefix else "")
