"""The index of the words: FTS5 on SQLite, tsvector on PostgreSQL. Cards in one, decisions in another.

Neither holds a text, and nothing in them is ever changed: a card's texts stay, and decisions are only added.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    Row,
    TextClause,
    and_,
    bindparam,
    column,
    func,
    literal,
    or_,
    select,
    text,
)

from avocet import stored
from avocet.db import AnySelect, Database
from avocet.errors import AvocetError
from avocet.models import Candidate, Counter, Decision
from avocet.review.search.words import BREAK, Term, words

BATCH_ROWS = 200
MAX_CHARACTERS = 200_000
"""Of each text, so much is indexed."""
MANY = 2_000
"""From so many on, SQLite is faster reading all cards in their order than looking up those that are found."""
FRESH = 1_000
"""So many of the newest decisions are looked at themselves, where the index has not got them yet."""
PART_WORDS = 2_000
"""PostgreSQL takes 1 MiB a document and 16,383 positions in it: a long card has several."""
PART_OVERLAP = 40
"""So many words of a part begin the next one too, so that a phrase is found whole."""

_log = logging.getLogger("avocet")


class SearchState(msgspec.Struct, frozen=True):
    """How many of the desk's candidates a search sees."""

    indexed: int
    total: int


class Index(NamedTuple):
    """Where words stand: the table, its key on PostgreSQL, and what its rows are in a sentence."""

    table: str
    key: str
    of: str


CARDS = Index("candidate_search", "candidate_seq", "card")
DECISIONS = Index("decision_search", "decision_id", "decision")


class _Document(NamedTuple):
    key: int
    texts: Sequence[str]


def found(
    connection: Connection, index: Index, key: ColumnElement[Any], sought: Sequence[Term]
) -> ColumnElement[bool]:
    """The condition that `key` is the number of a document in which all of that stands.

    SQLite looks here and now, so that every statement with the condition shares one look.
    """
    if connection.dialect.name == "sqlite":
        return _is_one_of(key, _numbers(connection, index, sought))
    query = text(f"SELECT {index.key} AS number FROM {index.table} WHERE document @@ CAST(:sought AS tsquery)")
    # a long card has several documents, and its words stand in different ones
    selects = (query.bindparams(bindparam("sought", _tsquery(term), unique=True)) for term in sought)
    return and_(*(key.in_(select.columns(column("number"))) for select in selects))


def found_cards(
    connection: Connection, key: ColumnElement[Any], sought: Sequence[Term]
) -> tuple[ColumnElement[bool], int | None]:
    """The same for cards, and how many are found; None where the look is a part of each statement."""
    if connection.dialect.name != "sqlite":
        return found(connection, CARDS, key, sought), None
    numbers = _numbers(connection, CARDS, sought)
    return _is_one_of(key, numbers), len(numbers)


def _numbers(connection: Connection, index: Index, sought: Sequence[Term]) -> list[int]:
    # as one JSON text: a hundred thousand rows would take four times as long to fetch
    query = text(f"SELECT json_group_array(rowid) FROM {index.table} WHERE {index.table} MATCH :sought")
    found = connection.execute(query, {"sought": " AND ".join(map(_fts5, sought))})
    return msgspec.json.decode(found.scalar_one(), type=list[int])


def _is_one_of(key: ColumnElement[Any], numbers: list[int]) -> ColumnElement[bool]:
    """That `key` is one of the numbers, said so that SQLite does best with it."""
    if len(numbers) < MANY:
        json = msgspec.json.encode(numbers).decode()
        listed: TextClause = text("SELECT value FROM json_each(:numbers)").bindparams(
            bindparam("numbers", json, unique=True)
        )
        return key.in_(listed.columns(column("value")))
    # a byte for each number, 1 for those found: no index of SQLite's own knows it, so that of the order is read
    marks = bytearray(max(numbers) + 1)
    for number in numbers:
        marks[number] = 1
    return func.substr(literal(bytes(marks[1:]), LargeBinary), key, 1) == literal(b"\x01", LargeBinary)


def state(connection: Connection) -> SearchState:
    """How far the index is; cards that were taken back stay in it, and come back with it."""
    total = connection.execute(select(func.coalesce(func.sum(Counter.n), 0))).scalar_one()
    return SearchState(min(_count(connection), total), total)


def index_cards(database: Database, after: int) -> int | None:
    """Index the next candidates behind the sequence number `after`; the last one's number, or None at the end."""
    query = select(Candidate.seq, Candidate.task_name, Candidate.prompt_messages, Candidate.model_response)
    with database.read() as connection:
        query = query.where(Candidate.seq > after, _is_missing(connection, CARDS, "candidates.seq"))
        rows = connection.execute(query.order_by(Candidate.seq).limit(BATCH_ROWS)).all()
    _add(database, CARDS, [_Document(row.seq, _card_texts(row)) for row in rows])
    return rows[-1].seq if rows else None


def index_decisions(database: Database, after: int) -> int | None:
    """The same for what decisions say that no card does: notes, and the texts of corrections."""
    with database.read() as connection:
        query = _unindexed_decisions(connection).where(Decision.id > after)
        rows = connection.execute(query.order_by(Decision.id).limit(BATCH_ROWS)).all()
    _add(database, DECISIONS, [_Document(row.id, _decision_texts(row)) for row in rows])
    return rows[-1].id if rows else None


def fresh_decisions(connection: Connection) -> dict[int, list[str]]:
    """The texts of the newest decisions that are not in the index yet, by their numbers."""
    newest = select(func.max(Decision.id) - FRESH).scalar_subquery()
    rows = connection.execute(_unindexed_decisions(connection).where(Decision.id > newest))
    return {row.id: _decision_texts(row) for row in rows}


def _card_texts(row: Row[*tuple[Any, ...]]) -> list[str]:
    return card_texts(row.task_name, row.prompt_messages, row.model_response)


def _decision_texts(row: Row[Any]) -> list[str]:
    return decision_texts(row.action, row.corrected_response, row.note)


def _unindexed_decisions(connection: Connection) -> AnySelect:
    query = select(Decision.id, Decision.action, Decision.corrected_response, Decision.note)
    says_something = or_(Decision.note.is_not(None), Decision.action == "correct")
    return query.where(says_something, _is_missing(connection, DECISIONS, "decisions.id"))


def card_texts(task_name: str | None, prompt_messages: str | bytes, model_response: str) -> list[str]:
    """The texts of a card in which a search looks."""
    turns = [message["content"] or "" for message in msgspec.json.decode(prompt_messages)]
    return [task_name or "", *turns, model_response]


def decision_texts(action: str | None, corrected_response: str | None, note: str | None) -> list[str]:
    """The texts of the decision that stands; an accepted answer is the card's own."""
    return [(corrected_response or "") if action == "correct" else "", note or ""]


def _is_missing(connection: Connection, index: Index, key: str) -> Any:  # noqa: ANN401 (a text clause)
    table, own = (f"{index.table}_docsize", "id") if connection.dialect.name == "sqlite" else index[:2]
    return text(f"NOT EXISTS (SELECT 1 FROM {table} AS i WHERE i.{own} = {key})")


def _add(database: Database, index: Index, documents: list[_Document]) -> None:
    """Add documents, in one transaction if it can be: what can't be indexed costs itself alone."""
    try:
        _add_all(database, index, [(key, _words(texts)) for key, texts in documents])
    except AvocetError:
        raise
    except Exception:
        for key, texts in documents:
            _add_one(database, index, key, texts)


def _add_one(database: Database, index: Index, key: int, texts: Sequence[str]) -> None:
    try:
        _add_all(database, index, [(key, _words(texts))])
    except AvocetError:
        raise
    except Exception as error:
        _log.error("a search will not find the %s number %d: %s", index.of, key, type(error).__name__)
        _add_all(database, index, [(key, [])])


def _words(texts: Sequence[str]) -> list[str]:
    found: list[str] = []
    left = 3 * MAX_CHARACTERS
    for one in texts:
        cut = one[: min(left, MAX_CHARACTERS)]
        left -= len(cut)
        if cut:
            found += [BREAK, *words(cut)] if found else words(cut)
    return found


def _add_all(database: Database, index: Index, documents: list[tuple[int, list[str]]]) -> None:
    if not documents:
        return

    def work(connection: Connection) -> None:
        # another process may have been here in between
        known = _known(connection, index, [key for key, _ in documents])
        for key, found in documents:
            if key not in known:
                _insert(connection, index, key, found)
        if index is CARDS:
            _store_count(connection, _count(connection) + len(documents) - len(known))

    database.change(work)


def _insert(connection: Connection, index: Index, key: int, found: list[str]) -> None:
    if connection.dialect.name == "sqlite":
        statement = text(f"INSERT INTO {index.table} (rowid, words) VALUES (:key, :words)")
        connection.execute(statement, {"key": key, "words": " ".join(found)})
        return
    statement = text(
        f"INSERT INTO {index.table} ({index.key}, part, document)"
        " VALUES (:key, :part, CAST(:document AS tsvector)) ON CONFLICT DO NOTHING"
    )
    parts = enumerate(_parts(found))
    connection.execute(statement, [{"key": key, "part": part, "document": _tsvector(some)} for part, some in parts])


def _known(connection: Connection, index: Index, keys: list[int]) -> set[int]:
    table, own = (f"{index.table}_docsize", "id") if connection.dialect.name == "sqlite" else index[:2]
    listed = ", ".join(map(str, keys))
    return set(connection.scalars(text(f"SELECT DISTINCT {own} FROM {table} WHERE {own} IN ({listed})")))


def _parts(found: list[str]) -> Iterator[list[str]]:
    yield found[:PART_WORDS]
    for first in range(PART_WORDS, len(found), PART_WORDS):
        yield found[first - PART_OVERLAP : first + PART_WORDS]


def _tsvector(found: list[str]) -> str:
    """A document as PostgreSQL reads it. No word holds a quotation mark, a space or a backslash."""
    positions: dict[str, list[int]] = {}
    for position, word in enumerate(found, start=1):
        if word != BREAK:
            positions.setdefault(word, []).append(position)
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in positions.items())


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + ("*" if term.is_prefix else "")


def _tsquery(term: Term) -> str:
    return " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.is_prefix else "")


def _count(connection: Connection) -> int:
    return int(stored.read(connection, "search_indexed") or 0)


def _store_count(connection: Connection, indexed: int) -> None:
    stored.store(connection, "search_indexed", str(indexed))
