"""The engine, read and write connections, and every difference between SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, Select, Table, create_engine, event, func, make_url, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from avocet import migrations
from avocet.driver_errors import explain, lost_while_committing, no_connection_free
from avocet.errors import AlreadyImporting, Contended, DatabaseUnavailable, Prerequisite, ReadOnly
from avocet.waiting import WRITE_WAIT_S, Turns, begun, bound_locks, deadline

SQLITE_PRAGMAS = (
    "PRAGMA page_size = 8192",  # of a new file: a card fits on a page and little is left over
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a decision that was acknowledged survives a power cut
    f"PRAGMA busy_timeout = {WRITE_WAIT_S * 1000}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -8000",
)
LOCK_WAIT_S = 1.0
RETRIES = 5

AnySelect = Select[*tuple[Any, ...]]
"""A select of whatever columns: what filters narrow."""

T = TypeVar("T")


def now() -> str:
    """The present moment as the rows keep it: UTC, microseconds, one width."""
    return time_text(datetime.now(UTC))


def time_text(moment: datetime) -> str:
    """A moment as the rows keep it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Database:
    """One desk's database. `read()` and `write()` give a connection inside one transaction."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._turns = Turns()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the desk until it is closed; use it for many statements or a stream."""
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self._connect(**level) as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A write transaction: committed, and so durable, when the block ends; rolled back when it raises.

        Raises:
            DatabaseBusy: others write for longer than the `patience` of whoever asks.
            Contended: another transaction came between; see `change`.
            OutcomeUnknown: the database was lost during COMMIT.
        """
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

    def change(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in a write transaction; in a new one, from its beginning, when another came between.

        Raises:
            What `write` and `work` raise.
        """
        for _ in range(RETRIES):
            with suppress(Contended), self.write() as connection:
                return work(connection)
        with self.write() as connection:
            return work(connection)

    def migrate(self) -> None:
        """Bring the schema to this version.

        Raises:
            DatabaseTooNew: the database was made by a newer Avocet.
        """
        with self.read() as connection:
            if migrations.is_current(connection):
                return
        with self.write() as connection:
            if not self.is_sqlite:
                # whoever migrates a large desk takes its time
                connection.execute(text("SET LOCAL lock_timeout = 0"))
            queue_for(connection, "migrate")
            migrations.upgrade(connection)

    @contextmanager
    def hold(self, name: str, busy: str = "This run is being imported right now.") -> Iterator[None]:
        """Hold a named lock that the operating system or the server frees when this process dies.

        Raises:
            AlreadyImporting: another process or thread holds it; says `busy`.
        """
        if self.is_sqlite:
            lock = self._file_lock(name)
            try:
                lock.acquire(timeout=LOCK_WAIT_S)
            except Timeout:
                raise AlreadyImporting(busy) from None
            try:
                yield
            finally:
                lock.release()
            return
        with self._connect(isolation_level="AUTOCOMMIT") as connection:
            key = {"key": _advisory_key(name)}
            if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key):
                raise AlreadyImporting(busy)
            try:
                yield
            finally:
                # a server that is away has let go of it by itself
                with suppress(DatabaseUnavailable):
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)

    def is_held(self, name: str) -> bool:
        """Whether somebody holds the named lock."""
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
            return bool(connection.scalar(held, {"key": _advisory_key(name)}))

    def close(self) -> None:
        self.engine.dispose()

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


def queue_for(connection: Connection, name: str) -> None:
    """Wait, in a write transaction, for every other that asked for this name before. On SQLite it is alone anyway."""
    if connection.dialect.name != "sqlite":
        connection.execute(_advisory_lock, {"key": _advisory_key(name)})


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


def insert_rows(connection: Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same keys, at twice SQLAlchemy's speed: no value here needs conversion."""
    # a null takes longer to hand over than a text
    columns = [name for name in rows[0] if any(row[name] is not None for row in rows)]
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(mark for _ in columns)})"
    connection.exec_driver_sql(statement, list(map(itemgetter(*columns), rows)))


def insert_numbered(connection: Connection, table: str, number: str, key: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows that are numbered in this order.

    PostgreSQL's writers work side by side: there they go in by their unique `key`, so that two can't deadlock.
    """
    if connection.dialect.name != "sqlite":
        numbers = select(func.nextval(func.pg_get_serial_sequence(table, number)))
        numbers = numbers.select_from(func.generate_series(1, len(rows)).alias())
        for row, value in zip(rows, connection.scalars(numbers), strict=True):
            row[number] = value
        rows = sorted(rows, key=itemgetter(key))
    insert_rows(connection, table, rows)


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
        # SQLite wants an empty file or none
        part.write_bytes(b"")
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM INTO :path"), {"path": str(part)})
        with part.open("rb+") as copy:
            os.fsync(copy.fileno())
        part.replace(target)
    except OSError as error:
        raise Prerequisite(f"{target} can't be written: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            part.unlink()


_advisory_lock = text("SELECT pg_advisory_xact_lock(:key)")


def _advisory_key(name: str) -> int:
    digest = hashlib.sha256(f"avocet:{name}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise Prerequisite("AVOCET_DATABASE_URL isn't a database URL.") from None
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite_engine(parsed.database or "")
        case "postgresql":
            return _postgresql_engine(parsed.set(drivername="postgresql+psycopg"))
        case other:
            raise Prerequisite(f"{other} isn't supported: use sqlite:/// or postgresql+psycopg://.")


def _sqlite_engine(path: str) -> Engine:
    if not path or path == ":memory:":
        raise Prerequisite("The desk needs a database file: sqlite:////folder/avocet.db.")
    folder = Path(path).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnly(f"The data folder {folder} can't be made: {error.strerror}.") from None
    engine = create_engine(
        f"sqlite:///{path}",
        hide_parameters=True,
        connect_args={"isolation_level": None, "check_same_thread": False, "cached_statements": 256},
        pool_size=8,
        max_overflow=40,
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", explain)
    return engine


def _postgresql_engine(url: Any) -> Engine:  # noqa: ANN401 (SQLAlchemy's URL)
    try:
        engine = create_engine(url, hide_parameters=True, pool_size=8, max_overflow=40, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError):
        raise Prerequisite("PostgreSQL needs a driver: pip install 'avocet-desk[postgres]'") from None
    event.listen(engine, "connect", bound_locks)
    event.listen(engine, "handle_error", explain)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("avocet_write") else "BEGIN")
