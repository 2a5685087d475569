"""The engine, read and write connections, and every difference between SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, Select, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError

from avocet import migrations
from avocet.desk_file import PAGE_BYTES, DeskFile, stamp
from avocet.errors import (
    AlreadyImporting,
    AvocetError,
    DatabaseBusy,
    DatabaseUnavailable,
    DiskFull,
    Prerequisite,
    ReadOnly,
)

if TYPE_CHECKING:
    from avocet.migrations.copies import Copy
    from avocet.migrations.running import OnStep

SQLITE_PRAGMAS = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -8000",
)
SQLITE_WRITE_PRAGMAS = (
    f"PRAGMA page_size = {PAGE_BYTES}",  # of a new file: a card fits on a page and little is left over
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a decision that was acknowledged survives a power cut
)
LOCK_WAIT_S = 1.0
LOCK_PAUSE_S = 0.1

AnySelect = Select[*tuple[Any, ...]]
"""A select of whatever columns: what filters narrow."""

_SQLITE_ERRORS: tuple[tuple[str, type[AvocetError], str], ...] = (
    (
        "locked",
        DatabaseBusy,
        "Another program is writing to the desk's database. Nothing was changed; try again.",
    ),
    ("is full", DiskFull, "The disk is full. Nothing was changed; make room and try again."),
    ("readonly", ReadOnly, "The desk's database can't be written. Check the rights of the data folder."),
    ("unable to open", DatabaseUnavailable, "The desk's database can't be opened. Check the data folder."),
    ("not a database", DatabaseUnavailable, "The desk's database file isn't a SQLite database."),
    ("malformed", DatabaseUnavailable, "The desk's database file is damaged. Restore it from a backup."),
    ("disk i/o error", DatabaseUnavailable, "The disk refused to read or write the desk's database."),
)
_POSTGRESQL_ERRORS: dict[str, tuple[type[AvocetError], str]] = {
    "53100": (DiskFull, "The database server's disk is full. Nothing was changed; make room and try again."),
    "25006": (ReadOnly, "The database server is read-only at the moment. Nothing was changed."),
    "55P03": (
        DatabaseBusy,
        "Another program is writing to the desk's database. Nothing was changed; try again.",
    ),
}


def now() -> str:
    """The present moment as the rows keep it: UTC, microseconds, one width."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Database:
    """One desk's database. `read()` and `write()` give a connection inside one transaction."""

    def __init__(self, url: str) -> None:
        self.engine, self._file = _engine(url)
        self.is_sqlite = self._file is not None
        self.is_read_only = self._file is not None and self._file.is_read_only
        # SQLite's own waiting polls with growing pauses; writers of this process queue here instead.
        self._writing = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the desk until it is closed; use it for many statements or a stream."""
        if self._file is not None:
            self._file.check()
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.connect().execution_options(**level) as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A write transaction: committed, and so durable, when the block ends; rolled back when it raises."""
        if self._file is None:
            with self.engine.begin() as connection:
                yield connection
            return
        self._check_can_write()
        self._file.check()
        connecting = self.engine.connect().execution_options(avocet_write=True)
        with self._writing, connecting as connection:
            with connection.begin():
                yield connection
            self._file.check_written()

    @property
    def file(self) -> Path | None:
        """Where a desk in SQLite is; None for one in PostgreSQL."""
        return Path(self.engine.url.database or "").absolute() if self.is_sqlite else None

    @property
    def address(self) -> str:
        """What names the database to other programs, without its password."""
        url = self.engine.url.difference_update_query(["password"])
        return url._replace(drivername=self.engine.dialect.name, password=None).render_as_string()

    def migrate(self, *, agreed: bool = False, on_step: OnStep | None = None) -> Copy | None:
        """Bring the schema to this version; the copy that was kept from before, if rows changed.

        `agreed`: the person has a copy, where none can be kept here.

        Raises:
            DatabaseTooNew: the database was made by a newer Avocet.
            BackupNeeded: rows will change, no copy can be kept, and nobody agreed.
            ReadOnly: it was made by an older one, and can't be written.
        """
        with self.read() as connection:
            if migrations.is_current(connection):
                return None
        if self.is_read_only:
            raise ReadOnly(
                "The desk's database was made by an older Avocet, and can't be written here to bring it up to date. "
                "Open a copy of it."
            )
        # only here: every other start goes without Alembic
        from avocet.migrations.running import bring_up_to_date

        return bring_up_to_date(self, agreed=agreed, on_step=on_step)

    @contextmanager
    def hold(
        self, name: str, busy: str = "This run is being imported right now.", wait_s: float = LOCK_WAIT_S
    ) -> Iterator[None]:
        """Hold a named lock that the operating system or the server frees when this process dies.

        Raises:
            AlreadyImporting: another process or thread holds it, and did for `wait_s`; says `busy`.
            ReadOnly: the desk can only be looked at.
        """
        self._check_can_write()
        if self.is_sqlite:
            lock = self._file_lock(name)
            try:
                lock.acquire(timeout=wait_s)
            except Timeout:
                raise AlreadyImporting(busy) from None
            try:
                yield
            finally:
                lock.release()
            return
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            key = {"key": _advisory_key(name)}
            end = time.monotonic() + wait_s
            while not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key):
                if time.monotonic() >= end:
                    raise AlreadyImporting(busy)
                time.sleep(LOCK_PAUSE_S)
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)

    def is_held(self, name: str) -> bool:
        """Whether somebody holds the named lock."""
        if self.is_sqlite:
            try:
                lock = self._file_lock(name)
                lock.acquire(timeout=0)
            except Timeout:
                return True
            except OSError:
                # a desk that is only looked at; whoever holds it works on another machine, or as another user
                return False
            lock.release()
            return False
        held = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND (classid::bigint << 32) | objid::bigint = :key"
        )
        with self.read() as connection:
            return bool(connection.scalar(held, {"key": _advisory_key(name)}))

    def close(self) -> None:
        self.engine.dispose()

    def _check_can_write(self) -> None:
        if self.is_read_only:
            raise ReadOnly("The desk's database can't be written: it can only be looked at. Nothing was changed.")

    def _file_lock(self, name: str) -> FileLock:
        folder = Path(self.engine.url.database or ".").parent / "locks"
        folder.mkdir(exist_ok=True)
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        return FileLock(folder / f"{digest}.lock", thread_local=False)


def upsert(dialect: str, table: Table) -> Any:  # noqa: ANN401 (dialect inserts share no type)
    """An `INSERT` of either database that can say `ON CONFLICT`."""
    match dialect:
        case "sqlite":
            return sqlite.insert(table)
        case "postgresql":
            from sqlalchemy.dialects import postgresql

            return postgresql.insert(table)
        case other:
            raise Prerequisite(f"{other} isn't supported: use SQLite or PostgreSQL.")


def give_room(connection: Connection) -> None:
    """Memory for a change of many rows, until the connection closes: SQLite would write pages over and over."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA cache_size = -200000")


def insert_rows(connection: Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same keys, at twice SQLAlchemy's speed: no value here needs conversion."""
    # a null takes longer to hand over than a text
    columns = [name for name in rows[0] if any(row[name] is not None for row in rows)]
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(mark for _ in columns)})"
    connection.exec_driver_sql(statement, list(map(itemgetter(*columns), rows)))


def backup(database: Database, target: Path) -> None:
    """Write a consistent copy of a SQLite desk to `target`, which appears only when it is whole.

    Raises:
        Prerequisite: the desk is in PostgreSQL, or the copy can't be written there.
    """
    if not database.is_sqlite:
        raise Prerequisite("This desk is kept in PostgreSQL: back it up with pg_dump.")
    if target.resolve() == Path(database.engine.url.database or "").resolve():
        raise Prerequisite(f"{target} is the desk itself: give the copy another name.")
    part = target.with_name(target.name + ".part")
    try:
        # SQLite wants an empty file or none; nobody else is to read it
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM INTO :path"), {"path": str(part)})
        stamp(part)
        with part.open("rb+") as copy:
            os.fsync(copy.fileno())
        part.replace(target)
    except OSError as error:
        raise Prerequisite(f"{target} can't be written: {error.strerror}.") from None
    except sqlite3.Error as error:
        raise Prerequisite(f"{target} can't be written: {error}.") from None
    finally:
        with suppress(OSError):
            part.unlink()


def _advisory_key(name: str) -> int:
    digest = hashlib.sha256(f"avocet:{name}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _engine(url: str) -> tuple[Engine, DeskFile | None]:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise Prerequisite("AVOCET_DATABASE_URL isn't a database URL.") from None
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite_engine(parsed.database or "")
        case "postgresql":
            return _postgresql_engine(parsed.set(drivername="postgresql+psycopg")), None
        case other:
            raise Prerequisite(f"{other} isn't supported: use sqlite:/// or postgresql+psycopg://.")


def _sqlite_engine(path: str) -> tuple[Engine, DeskFile]:
    if not path or path == ":memory:":
        raise Prerequisite("The desk needs a database file: sqlite:////folder/avocet.db.")
    file = DeskFile(Path(path))
    options: dict[str, Any] = {"isolation_level": None, "check_same_thread": False, "cached_statements": 256}
    engine = create_engine(f"sqlite:///{path}", connect_args=options, pool_size=8, max_overflow=40)
    if file.is_read_only:
        event.listen(engine, "do_connect", lambda *_: sqlite3.connect(file.uri(), uri=True, **options))
    else:
        event.listen(engine, "connect", _set_write_pragmas)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _explain)
    return engine, file


def _postgresql_engine(url: Any) -> Engine:  # noqa: ANN401 (SQLAlchemy's URL)
    try:
        engine = create_engine(url, pool_size=8, max_overflow=40, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError):
        raise Prerequisite("PostgreSQL needs a driver: pip install 'avocet-desk[postgres]'") from None
    event.listen(engine, "handle_error", _explain)
    return engine


def _set_write_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in SQLITE_WRITE_PRAGMAS:
        connection.execute(pragma)


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("avocet_write") else "BEGIN")


def _explain(context: ExceptionContext) -> None:
    """Turn what the driver says into an error that tells a person what to do."""
    if context.sqlalchemy_exception is None or isinstance(context.sqlalchemy_exception, IntegrityError):
        return
    original = context.original_exception
    if isinstance(original, sqlite3.Error):
        words = str(original).lower()
        for sign, error, sentence in _SQLITE_ERRORS:
            if sign in words:
                raise error(sentence) from original
        return
    state = getattr(original, "sqlstate", None)
    if state in _POSTGRESQL_ERRORS:
        error, sentence = _POSTGRESQL_ERRORS[state]
        raise error(sentence) from original
    if context.connection is None or context.is_disconnect:
        raise DatabaseUnavailable("The database server doesn't answer. Nothing was changed.") from original
