"""Full-text search over prompts, responses and task names, indexed in the background.

FTS5 on SQLite, tsvector on PostgreSQL. An import stays as fast as it was: the index follows behind, and
`state` says how far it is. A query's words must all occur; "quoted words" stand side by side; the last word may
be the beginning of one.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, false, func, select, text

from avocet.db import Database, upsert
from avocet.errors import AvocetError
from avocet.models import Candidate, Counter, Setting

BATCH_ROWS = 200
MAX_CHARACTERS = 200_000
"""Of each text, so much is indexed: PostgreSQL takes no document beyond 1 MiB of distinct words."""
IDLE_S = 2.0

_INDEXED = "search_indexed"
_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_WORD = re.compile(r"\w", re.UNICODE)
_log = logging.getLogger("avocet")


class SearchState(msgspec.Struct, frozen=True):
    """How many of the desk's candidates a search sees."""

    indexed: int
    total: int


class _Term(msgspec.Struct, frozen=True):
    text: str
    is_prefix: bool


def condition(connection: Connection, q: str) -> ColumnElement[bool]:
    """The candidates that a query finds; none when the query holds no word."""
    terms = _terms(q)
    if not terms:
        return false()
    if connection.dialect.name == "sqlite":
        found = text("SELECT rowid FROM candidate_search WHERE candidate_search MATCH :match")
        return Candidate.seq.in_(found.bindparams(match=_fts5(terms)).columns(Candidate.seq))
    found = text("SELECT candidate_seq FROM candidate_search WHERE document @@ (" + _tsquery(terms) + ")")
    words = {f"term_{number}": _postgresql_word(term) for number, term in enumerate(terms)}
    return Candidate.seq.in_(found.bindparams(**words).columns(Candidate.seq))


def state(connection: Connection) -> SearchState:
    """How far the index is; cards that were taken back stay in it, and come back with it."""
    total = connection.execute(select(func.coalesce(func.sum(Counter.n), 0))).scalar_one()
    return SearchState(min(_indexed(connection), total), total)


def index_batch(database: Database, after: int) -> int | None:
    """Index the next candidates behind the sequence number `after`; the last one's number, or None at the end."""
    with database.write() as connection:
        rows = connection.execute(_unindexed(connection, after)).all()
        if not rows:
            return None
        _insert(connection, rows)
        _store_indexed(connection, _indexed(connection) + len(rows))
    return int(rows[-1].seq)


def index_all(database: Database) -> None:
    """Index everything that is not, at once; for tests and small desks."""
    after: int | None = 0
    while after is not None:
        after = index_batch(database, after)


class Indexer(threading.Thread):
    """Keeps the index up to date in the background, leaving half of the time to reviewers."""

    def __init__(self, database: Database) -> None:
        super().__init__(name="search-indexer", daemon=True)
        self._database = database
        self._stopping = threading.Event()
        self._after = 0

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                pause = self._work()
            except AvocetError as error:
                _log.warning("the search index waits: %s", error.detail)
                pause = 5 * IDLE_S
            self._stopping.wait(pause)

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=5)

    def _work(self) -> float:
        """One batch; the seconds to rest afterwards."""
        with self._database.read() as connection:
            present = state(connection)
        if present.indexed == present.total:
            return IDLE_S
        started = time.monotonic()
        last = index_batch(self._database, self._after)
        # PostgreSQL commits side by side: what appeared behind the cursor is found from the start again
        self._after = last or 0
        return time.monotonic() - started if last else IDLE_S


def _terms(q: str) -> list[_Term]:
    terms = [_Term(quoted or bare, False) for quoted, bare in _TERM.findall(q)]
    terms = [term for term in terms if _WORD.search(term.text)]
    if terms and not q.endswith((" ", '"')):
        terms[-1] = _Term(terms[-1].text, True)
    return terms


def _fts5(terms: list[_Term]) -> str:
    quoted = ('"' + term.text.replace('"', "") + '"' + ("*" if term.is_prefix else "") for term in terms)
    return " AND ".join(quoted)


def _tsquery(terms: list[_Term]) -> str:
    return " && ".join(
        f"to_tsquery('simple', :term_{number})"
        if _is_postgresql_prefix(term)
        else f"phraseto_tsquery('simple', :term_{number})"
        for number, term in enumerate(terms)
    )


def _postgresql_word(term: _Term) -> str:
    return f"'{term.text}':*" if _is_postgresql_prefix(term) else term.text


def _is_postgresql_prefix(term: _Term) -> bool:
    return term.is_prefix and re.fullmatch(r"\w+", term.text) is not None


def _unindexed(connection: Connection, after: int) -> Any:  # noqa: ANN401 (a select)
    indexed, key = ("candidate_search_docsize", "id")
    if connection.dialect.name == "postgresql":
        indexed, key = ("candidate_search", "candidate_seq")
    return (
        select(Candidate.seq, Candidate.task_name, Candidate.prompt_messages, Candidate.model_response)
        .where(
            Candidate.seq > after,
            text(f"NOT EXISTS (SELECT 1 FROM {indexed} AS i WHERE i.{key} = candidates.seq)"),
        )
        .order_by(Candidate.seq)
        .limit(BATCH_ROWS)
    )


def _insert(connection: Connection, rows: Any) -> None:  # noqa: ANN401 (rows of `_unindexed`)
    documents = [
        {
            "seq": row.seq,
            "task_name": row.task_name or "",
            "prompt": _prompt_text(row.prompt_messages),
            "response": row.model_response[:MAX_CHARACTERS],
        }
        for row in rows
    ]
    statement = (
        "INSERT INTO candidate_search (rowid, task_name, prompt, response) "
        "VALUES (:seq, :task_name, :prompt, :response)"
    )
    if connection.dialect.name == "postgresql":
        statement = (
            "INSERT INTO candidate_search (candidate_seq, document) VALUES (:seq, to_tsvector('simple', "
            "left(:task_name || ' ' || :prompt || ' ' || :response, 400000))) ON CONFLICT DO NOTHING"
        )
    connection.execute(text(statement), documents)


def _prompt_text(prompt_messages: str) -> str:
    messages = msgspec.json.decode(prompt_messages)
    return " ".join(message["content"] or "" for message in messages)[:MAX_CHARACTERS]


def _indexed(connection: Connection) -> int:
    return int(connection.scalar(select(Setting.value).where(Setting.key == _INDEXED)) or 0)


def _store_indexed(connection: Connection, indexed: int) -> None:
    statement = upsert(connection.dialect.name, Setting.__table__).values(key=_INDEXED, value=str(indexed))  # type: ignore[arg-type]
    connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
    )
