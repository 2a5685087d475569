"""The search index: FTS5 on SQLite, tsvector on PostgreSQL; one index for cards, one for decisions.

Neither stores a text, and no entry ever changes: a card's texts stay as they are, and decisions are only added.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, func, or_, select

from avocet import stored
from avocet.db import AnySelect, Database, fulltext
from avocet.db.fulltext import BREAK
from avocet.errors import AvocetError
from avocet.models import Candidate, Counter, Decision
from avocet.review.search.words import words

BATCH_ROWS = 200
MAX_CHARACTERS = 200_000
"""Of each text, this many characters are indexed."""
FRESH = 1_000
"""How many of the newest decisions a search reads directly, if they are not in the index yet."""

_log = logging.getLogger("avocet")


class SearchState(msgspec.Struct, frozen=True):
    """How many of the desk's candidates a search covers."""

    indexed: int
    total: int


CARDS = fulltext.Index("candidate_search", "candidate_seq", "card")
DECISIONS = fulltext.Index("decision_search", "decision_id", "decision")


class _Document(NamedTuple):
    key: int
    texts: Sequence[str]


def state(connection: Connection) -> SearchState:
    """How far the index is. Cards that were taken back count too: they stay in it."""
    total = connection.execute(select(func.coalesce(func.sum(Counter.n), 0))).scalar_one()
    return SearchState(min(_count(connection), total), total)


def index_cards(database: Database, after: int) -> int | None:
    """Index the next candidates after the sequence number `after`; return the last one's number, None at the end."""
    query = select(Candidate.seq, Candidate.task_name, Candidate.prompt_messages, Candidate.model_response)
    with database.read() as connection:
        query = query.where(Candidate.seq > after, fulltext.is_missing(connection, CARDS, "candidates.seq"))
        rows = connection.execute(query.order_by(Candidate.seq).limit(BATCH_ROWS)).all()
    _add(database, CARDS, [_Document(row.seq, _card_texts(row)) for row in rows])
    return rows[-1].seq if rows else None


def index_decisions(database: Database, after: int) -> int | None:
    """Index the notes and corrections of the next decisions after the number `after`; answer as `index_cards`."""
    with database.read() as connection:
        query = _unindexed_decisions(connection).where(Decision.id > after)
        rows = connection.execute(query.order_by(Decision.id).limit(BATCH_ROWS)).all()
    _add(database, DECISIONS, [_Document(row.id, _decision_texts(row)) for row in rows])
    return rows[-1].id if rows else None


def fresh_decisions(connection: Connection) -> dict[int, list[str]]:
    """The texts of the newest decisions that are not in the index yet, by decision number."""
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
    return query.where(says_something, fulltext.is_missing(connection, DECISIONS, "decisions.id"))


def card_texts(task_name: str | None, prompt_messages: str | bytes, model_response: str) -> list[str]:
    """The texts of a card that a search covers: task name, turns of the prompt, response."""
    turns = [message["content"] or "" for message in msgspec.json.decode(prompt_messages)]
    return [task_name or "", *turns, model_response]


def decision_texts(action: str | None, corrected_response: str | None, note: str | None) -> list[str]:
    """The texts of a decision that a search covers; an accepted answer is the card's own text."""
    return [(corrected_response or "") if action == "correct" else "", note or ""]


def _add(database: Database, index: fulltext.Index, documents: list[_Document]) -> None:
    """Add documents in one transaction or, if one of them can't be indexed, each in its own."""
    try:
        _add_all(database, index, [(key, _words(texts)) for key, texts in documents])
    except AvocetError:
        raise
    except Exception:
        for key, texts in documents:
            _add_one(database, index, key, texts)


def _add_one(database: Database, index: fulltext.Index, key: int, texts: Sequence[str]) -> None:
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


def _add_all(database: Database, index: fulltext.Index, documents: list[tuple[int, list[str]]]) -> None:
    if not documents:
        return

    def work(connection: Connection) -> None:
        # another process may have indexed some meanwhile
        known = fulltext.known(connection, index, [key for key, _ in documents])
        for key, found in documents:
            if key not in known:
                fulltext.insert(connection, index, key, found)
        if index is CARDS:
            _store_count(connection, _count(connection) + len(documents) - len(known))

    database.change(work)


def _count(connection: Connection) -> int:
    return int(stored.read(connection, "search_indexed") or 0)


def _store_count(connection: Connection, indexed: int) -> None:
    stored.store(connection, "search_indexed", str(indexed))
