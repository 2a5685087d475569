"""Idempotency keys: a request that is sent again is done once and gets its first answer again.

The key is stored in the transaction of the decision that it is for, so that neither is ever there without the other.
Only answers to requests that succeeded are kept, for `KEPT_H` hours. (The key of `/ingest` is something else: it
names its card for ever.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, tuple_

from avocet.db import Database, now, queue_for, time_text
from avocet.errors import NOTHING_CHANGED, IdempotencyConflict
from avocet.models import IdempotencyKey

KEPT_H = 48
FORGOTTEN_AT_ONCE = 20
MAX_CHARACTERS = 256

T = TypeVar("T")

_known = select(IdempotencyKey.route, IdempotencyKey.body_hash, IdempotencyKey.answer, IdempotencyKey.at).where(
    IdempotencyKey.reviewer == bindparam("reviewer"), IdempotencyKey.key == bindparam("key")
)
_insert = insert(IdempotencyKey)
_place = (IdempotencyKey.reviewer, IdempotencyKey.key)
_oldest = (
    select(*_place)
    .where(IdempotencyKey.at < bindparam("before"))
    .order_by(IdempotencyKey.at)
    .limit(FORGOTTEN_AT_ONCE)
    .with_for_update(skip_locked=True)
)
_forget = delete(IdempotencyKey).where(tuple_(*_place).in_(_oldest)).execution_options(synchronize_session=False)
_forget_one = (
    delete(IdempotencyKey)
    .where(IdempotencyKey.reviewer == bindparam("of"), IdempotencyKey.key == bindparam("named"))
    .execution_options(synchronize_session=False)
)


class Attempt(msgspec.Struct, frozen=True):
    """A request that may be repeated: its key, route and body. Without a key, it is done again each time."""

    key: str | None
    reviewer: str
    route: str
    body: Any


def once(database: Database, attempt: Attempt, answer: type[T], work: Callable[[Connection], T]) -> T:
    """Do `work` in a write transaction, or return the answer that the same attempt got before.

    Raises:
        IdempotencyConflict: the key was used for something else.
        Whatever `work` raises; nothing is then kept of the attempt.
    """

    def attempted(connection: Connection) -> T:
        known = _answered(connection, attempt)
        if known is not None:
            return msgspec.json.decode(known, type=answer)
        done = work(connection)
        _keep(connection, attempt, done)
        return done

    return database.change(work if attempt.key is None else attempted)


def first_answer(database: Database, attempt: Attempt, answer: type[T]) -> T | None:
    """The answer that the same attempt got before, for work that has to read a lot before it writes; None if none."""
    if attempt.key is None:
        return None
    with database.read() as connection:
        row = connection.execute(_known, {"reviewer": attempt.reviewer, "key": attempt.key}).one_or_none()
    if row is None or row.at < _cutoff() or (row.route, row.body_hash) != (attempt.route, _hash(attempt)):
        return None
    return msgspec.json.decode(row.answer, type=answer)


def _answered(connection: Connection, attempt: Attempt) -> str | None:
    """The answer that the attempt got before (JSON), or None. Waits for the same attempt if it is under way."""
    place = {"reviewer": attempt.reviewer, "key": attempt.key}
    queue_for(connection, f"idempotency:{attempt.reviewer}:{attempt.key}")
    row = connection.execute(_known, place).one_or_none()
    if row is None:
        return None
    if row.at < _cutoff():
        connection.execute(_forget_one, {"of": attempt.reviewer, "named": attempt.key})
        return None
    if (row.route, row.body_hash) != (attempt.route, _hash(attempt)):
        raise IdempotencyConflict(
            f"This Idempotency-Key was used for another request. {NOTHING_CHANGED}; use a new key for a new request."
        )
    return str(row.answer)


def _keep(connection: Connection, attempt: Attempt, done: object) -> None:
    """Keep the answer, and delete some that are too old."""
    connection.execute(_forget, {"before": _cutoff()})
    connection.execute(
        _insert,
        {
            "reviewer": attempt.reviewer,
            "key": attempt.key,
            "route": attempt.route,
            "body_hash": _hash(attempt),
            "answer": msgspec.json.encode(done).decode(),
            "at": now(),
        },
    )


def _hash(attempt: Attempt) -> str:
    return hashlib.blake2b(msgspec.json.encode(attempt.body, order="deterministic"), digest_size=16).hexdigest()


def _cutoff() -> str:
    return time_text(datetime.now(UTC) - timedelta(hours=KEPT_H))
