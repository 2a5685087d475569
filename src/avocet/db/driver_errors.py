"""Errors of the database drivers, turned into sentences: what happened, what was changed, what to do."""

from __future__ import annotations

import sqlite3
from typing import NoReturn

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import IntegrityError

from avocet.errors import (
    NOTHING_CHANGED,
    AvocetError,
    Contended,
    DatabaseBusy,
    DatabaseUnavailable,
    DiskFull,
    OutcomeUnknown,
    ReadOnly,
)

Sentence = tuple[type[AvocetError], str]

BUSY: Sentence = (
    DatabaseBusy,
    f"Another program is writing to the desk's database. {NOTHING_CHANGED}; try again.",
)
_CONTENDED: Sentence = (
    Contended,
    f"Somebody else was changing the same cards at this moment. {NOTHING_CHANGED}; try again.",
)
_CANCELLED: Sentence = (
    DatabaseBusy,
    f"The database server stopped this: it took longer than the server allows. {NOTHING_CHANGED}; try again.",
)
_FULL: Sentence = (
    DatabaseBusy,
    f"The database server has no room for another connection. {NOTHING_CHANGED}; try again in a moment.",
)
_AWAY: Sentence = (DatabaseUnavailable, f"The database server doesn't answer. {NOTHING_CHANGED}; try again.")
_SQLITE: dict[str, Sentence] = {
    "locked": BUSY,
    "is full": (DiskFull, f"The disk is full. {NOTHING_CHANGED}; make room and try again."),
    "readonly": (ReadOnly, "The desk's database can't be written. Check the permissions of the data folder."),
    "unable to open": (DatabaseUnavailable, "The desk's database can't be opened. Check the data folder."),
    "not a database": (DatabaseUnavailable, "The desk's database file isn't a SQLite database."),
    "malformed": (DatabaseUnavailable, "The desk's database file is damaged. Restore it from a backup."),
    "disk i/o error": (DatabaseUnavailable, "The disk refused to read or write the desk's database."),
}
_POSTGRESQL: dict[str, Sentence] = {
    "53100": (DiskFull, f"The database server's disk is full. {NOTHING_CHANGED}; make room and try again."),
    "53200": (DatabaseBusy, f"The database server is out of memory. {NOTHING_CHANGED}; try again in a moment."),
    "53300": _FULL,
    "25006": (ReadOnly, f"The database server is read-only at the moment. {NOTHING_CHANGED}."),
    "55P03": BUSY,
    "40P01": _CONTENDED,
    "40001": _CONTENDED,
    "57014": _CANCELLED,
}


def explain(context: ExceptionContext) -> None:
    """Raise an `AvocetError` in place of the driver's error, if it is one of those known here.

    Listens to SQLAlchemy's `handle_error`.
    """
    wrapped, original = context.sqlalchemy_exception, context.original_exception
    if wrapped is None:
        return
    _leave_values_out(wrapped, original)
    if isinstance(wrapped, IntegrityError):
        return
    if isinstance(original, sqlite3.Error):
        words = str(original).lower()
        found = next((sentence for sign, sentence in _SQLITE.items() if sign in words), None)
    else:
        found = _POSTGRESQL.get(getattr(original, "sqlstate", None) or "")
        if found is None and (context.connection is None or context.is_disconnect):
            found = _AWAY
    if found is not None:
        error, sentence = found
        raise error(sentence) from original


def no_connection_free() -> AvocetError:
    """The error for a process that uses as many connections as it may."""
    return DatabaseBusy(f"Too much is being asked of the desk at once. {NOTHING_CHANGED}; try again in a moment.")


def lost_while_committing(error: DatabaseUnavailable) -> NoReturn:
    """Raise `OutcomeUnknown`: without an answer to COMMIT, it may have been done or not."""
    raise OutcomeUnknown(
        "The connection to the database was lost while this was being stored. It may have been stored, or not: "
        "look before you do it again."
    ) from error.__cause__


def _leave_values_out(wrapped: Exception, original: BaseException) -> None:
    """Cut an error to its primary message.

    PostgreSQL's details repeat the refused row, and no card's text belongs in a log or a traceback.
    """
    said = getattr(getattr(original, "diag", None), "message_primary", None)
    if said:
        original.args = (said,)
        wrapped.args = (f"({type(original).__module__}.{type(original).__qualname__}) {said}",)
