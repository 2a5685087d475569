"""The database of a desk: its engine, read and write transactions, and named locks."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from avocet import migrations
from avocet.db.dialect import advisory_key
from avocet.db.driver_errors import explain, lost_while_committing, no_connection_free
from avocet.db.file import PAGE_BYTES, DeskFile
from avocet.db.waiting import WRITE_WAIT_S, Turns, begun, bound_locks, deadline
from avocet.errors import AlreadyImporting, Contended, DatabaseUnavailable, Prerequisite, ReadOnly

if TYPE_CHECKING:
    from avocet.db.copies import Copy
    from avocet.db.upgrade import OnStep

SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout = {WRITE_WAIT_S * 1000}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -8000",
)
SQLITE_WRITE_PRAGMAS = (
    f"PRAGMA page_size = {PAGE_BYTES}",  # for a new file: a card fits on a page, and little of the page is left
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a decision that was acknowledged survives a power cut
)
LOCK_WAIT_S = 1.0
LOCK_PAUSE_S = 0.1
RETRIES = 5

T = TypeVar("T")


def now() -> str:
    """The present moment as rows store it: UTC text with microseconds, always of the same length."""
    return time_text(datetime.now(UTC))


def time_text(moment: datetime) -> str:
    """A moment as rows store it (see `now`)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Database:
    """One desk's database. `read()` and `write()` each give a connection inside one transaction."""

    def __init__(self, url: str) -> None:
        self.engine, self._file = _engine(url)
        self.is_sqlite = self._file is not None
        self.is_read_only = self._file is not None and self._file.is_read_only
        self._turns = Turns()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read transaction: its connection sees one state of the desk, however many statements or rows it reads."""
        if self._file is not None:
            self._file.check()
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._connect(**level) as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A write transaction: committed, and so durable, when the block ends; rolled back if it raises.

        Raises:
            DatabaseBusy: other writers took longer than this one waits (see `waiting.patience`).
            Contended: another transaction interfered; see `change`.
            OutcomeUnknown: the database was lost during COMMIT, or its file was replaced meanwhile.
            ReadOnly: the desk can only be read.
            DatabaseReplaced: its file is no longer the one that was opened.
        """
        self._check_can_write()
        if self._file is not None:
            self._file.check()
        until = deadline()
        with ExitStack() as stack:
            if self.is_sqlite:
                stack.enter_context(self._turns.take(until))
            connection = stack.enter_context(self._connect(avocet_write=True))
            transaction = stack.enter_context(begun(connection, until))
            yield connection
            try:
                transaction.commit()
            except DatabaseUnavailable as error:
                lost_while_committing(error)
            if self._file is not None:
                self._file.check_written()

    def change(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in a write transaction and return its result; if another one interferes, start again.

        Raises:
            Whatever `write` and `work` raise.
        """
        for _ in range(RETRIES):
            with suppress(Contended), self.write() as connection:
                return work(connection)
        with self.write() as connection:
            return work(connection)

    @property
    def file(self) -> Path | None:
        """The file of a desk in SQLite; None for one in PostgreSQL."""
        return Path(self.engine.url.database or "").absolute() if self.is_sqlite else None

    @property
    def address(self) -> str:
        """The database's URL for other programs, such as pg_dump, without its password."""
        url = self.engine.url.difference_update_query(["password"])
        return url._replace(drivername=self.engine.dialect.name, password=None).render_as_string()

    def migrate(self, *, agreed: bool = False, on_step: OnStep | None = None) -> Copy | None:
        """Bring the schema up to date; return the copy that was kept from before, None if no rows changed.

        `agreed`: the person has a backup, in case no copy can be kept here.

        Raises:
            DatabaseTooNew: the database was made by a newer Avocet.
            BackupNeeded: rows will change, no copy can be kept, and nobody agreed.
            ReadOnly: the database was made by an older Avocet, and can't be written.
        """
        with self.read() as connection:
            if migrations.is_current(connection):
                return None
        if self.is_read_only:
            raise ReadOnly(
                "The desk's database was made by an older Avocet, and can't be written here to bring it up to date. "
                "Open a copy of it."
            )
        # imported only here: every other start does without Alembic
        from avocet.db.upgrade import bring_up_to_date

        return bring_up_to_date(self, agreed=agreed, on_step=on_step)

    @contextmanager
    def hold(
        self, name: str, busy: str = "This run is being imported right now.", wait_s: float = LOCK_WAIT_S
    ) -> Iterator[None]:
        """Hold a named lock, which the operating system or the database server frees if this process dies.

        Raises:
            AlreadyImporting: another process or thread held it for all of `wait_s` seconds; `busy` is the sentence.
            ReadOnly: the desk can only be read.
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
        with self._connect(isolation_level="AUTOCOMMIT") as connection:
            key = {"key": advisory_key(name)}
            end = time.monotonic() + wait_s
            while not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key):
                if time.monotonic() >= end:
                    raise AlreadyImporting(busy)
                time.sleep(LOCK_PAUSE_S)
            try:
                yield
            finally:
                # a server that is gone has freed the lock by itself
                with suppress(DatabaseUnavailable):
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)

    def is_held(self, name: str) -> bool:
        """Whether any process or thread holds the named lock."""
        if self.is_sqlite:
            lock = self._file_lock(name)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                return True
            lock.release()
            return False
        held = text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            " AND (classid::bigint << 32) | objid::bigint = :key"
        )
        with self.read() as connection:
            return bool(connection.scalar(held, {"key": advisory_key(name)}))

    def close(self) -> None:
        """Close every pooled connection, and let the file go unless a connection is still at work."""
        self.engine.dispose()
        if self._file is not None:
            self._file.close()

    def _check_can_write(self) -> None:
        if self.is_read_only:
            raise ReadOnly(
                "The desk's database can't be written: it can only be looked at. Nothing was changed; check the "
                "permissions of the data folder."
            )

    def _connect(self, **options: Any) -> Connection:  # noqa: ANN401 (execution options)
        try:
            return self.engine.connect().execution_options(**options)
        except PoolTimeout:
            raise no_connection_free() from None

    def _file_lock(self, name: str) -> FileLock:
        folder = Path(self.engine.url.database or ".").parent / "locks"
        folder.mkdir(exist_ok=True)
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        return FileLock(folder / f"{digest}.lock", thread_local=False)


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
    # a read-only desk belongs to somebody who may open it at any time: no connection is kept, see `DeskFile.uri`
    pool: dict[str, Any] = {"poolclass": NullPool} if file.is_read_only else {"pool_size": 8, "max_overflow": 40}
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True, connect_args=options, **pool)
    if file.is_read_only:
        event.listen(engine, "do_connect", lambda *_: sqlite3.connect(file.uri(), uri=True, **options))
    else:
        event.listen(engine, "connect", _set_write_pragmas)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "connect", file.count_opened)
    event.listen(engine, "close", file.count_closed)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", explain)
    return engine, file


def _postgresql_engine(url: Any) -> Engine:  # noqa: ANN401 (SQLAlchemy's URL)
    try:
        engine = create_engine(url, hide_parameters=True, pool_size=8, max_overflow=40, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError):
        raise Prerequisite("PostgreSQL needs a driver: pip install 'avocet-desk[postgres]'") from None
    event.listen(engine, "connect", bound_locks)
    event.listen(engine, "handle_error", explain)
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
