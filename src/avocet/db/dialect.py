"""The statements that differ between SQLite and PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    collate,
    func,
    select,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import InstrumentedAttribute

from avocet.errors import Prerequisite

AnySelect = Select[*tuple[Any, ...]]
"""A select of any columns, for functions that narrow a query."""
SomeSelect = TypeVar("SomeSelect", bound=AnySelect)
"""The same, for those that give back what they get: the checker then knows what a row holds."""

_advisory_lock = text("SELECT pg_advisory_xact_lock(:key)")


def is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def advisory_key(name: str) -> int:
    """The number of a named lock: PostgreSQL's advisory locks have no names."""
    digest = hashlib.sha256(f"avocet:{name}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def queue_for(connection: Connection, name: str) -> None:
    """Wait, in a write transaction, until every other that asked for this name before has ended.

    On SQLite a write transaction is alone anyway.
    """
    if not is_sqlite(connection):
        connection.execute(_advisory_lock, {"key": advisory_key(name)})


def upsert(dialect: str, table: Any) -> Any:  # noqa: ANN401 (dialect inserts share no type)
    """An `INSERT` with support for `ON CONFLICT`, for either database."""
    match dialect:
        case "sqlite":
            return sqlite.insert(table)
        case "postgresql":
            from sqlalchemy.dialects import postgresql

            return postgresql.insert(table)
        case other:
            raise Prerequisite(f"{other} isn't supported: use SQLite or PostgreSQL.")


def put(connection: Connection, table: Any, key: dict[str, str], row: dict[str, str]) -> None:  # noqa: ANN401
    """Insert a row, or replace the one with the same `key` (column and value). `table` is a model's `__table__`."""
    statement = upsert(connection.dialect.name, table).values({**key, **row})
    connection.execute(statement.on_conflict_do_update(index_elements=[*key], set_=row))


def give_room(connection: Connection) -> None:
    """Give SQLite a large cache until the connection closes: in a big change it would write pages over and over."""
    if is_sqlite(connection):
        connection.exec_driver_sql("PRAGMA cache_size = -200000")


@contextmanager
def sorting_on_disk(connection: Connection) -> Iterator[None]:
    """Let SQLite sort on the disk what its cache does not hold: it is set to sort in memory, however much that is."""
    if not is_sqlite(connection):
        yield
        return
    connection.exec_driver_sql("PRAGMA temp_store = FILE")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA temp_store = MEMORY")


def insert_rows(connection: Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same keys, without converting any value: twice as fast as SQLAlchemy."""
    # a column that is null in every row is left out: a null takes longer to hand over than a text
    values = [(name, column) for name, column in _columns(rows) if column.count(None) < len(rows)]
    names = ", ".join(f'"{name}"' for name, _ in values)
    mark = "?" if is_sqlite(connection) else "%s"
    statement = f"INSERT INTO {table} ({names}) VALUES ({', '.join(mark for _ in values)})"
    connection.exec_driver_sql(statement, list(zip(*(column for _, column in values), strict=True)))


def _columns(rows: Sequence[Mapping[str, Any]]) -> Iterable[tuple[str, tuple[Any, ...]]]:
    """The values of each column."""
    return zip(rows[0], zip(*map(itemgetter(*rows[0]), rows), strict=True), strict=True)


def insert_numbered(connection: Connection, table: str, number: str, key: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows whose column `number` counts up in the given order, and is set in them.

    PostgreSQL's writers work side by side: there the rows are inserted in the order of their unique `key`, so that
    two writers can't deadlock.
    """
    if is_sqlite(connection):
        last = connection.exec_driver_sql(f"SELECT max({number}) FROM {table}").scalar() or 0
        for value, row in enumerate(rows, last + 1):
            row[number] = value
    else:
        numbers = select(func.nextval(func.pg_get_serial_sequence(table, number)))
        numbers = numbers.select_from(func.generate_series(1, len(rows)).alias())
        for row, value in zip(rows, connection.scalars(numbers), strict=True):
            row[number] = value
        rows = sorted(rows, key=itemgetter(key))
    insert_rows(connection, table, rows)


def add_up(connection: Connection, table: Any, keys: Sequence[str], amount: str, rows: Sequence[Any]) -> None:  # noqa: ANN401
    """Insert rows, or add to the `amount` of the row with the same `keys`. `table` is a model's `__table__`."""
    connection.execute(_adding(connection.dialect.name, table, tuple(keys), amount), rows)


# statements of the hot path are built once: SQLAlchemy takes longer to build one than SQLite to run it
@cache
def _adding(dialect: str, table: Table, keys: tuple[str, ...], amount: str) -> Any:  # noqa: ANN401
    statement = upsert(dialect, table)
    grown = table.c[amount] + statement.excluded[amount]
    return statement.on_conflict_do_update(index_elements=keys, set_={amount: grown})


def replace_rows(
    connection: Connection,
    table: str,
    keys: Sequence[str],
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Insert rows of values for `columns`, or replace those with the same `keys`, in the order of their keys."""
    new = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in keys)
    _upsert_rows(connection, table, keys, columns, rows, f"DO UPDATE SET {new}")


def insert_missing(
    connection: Connection,
    table: str,
    keys: Sequence[str],
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
) -> int:
    """Insert rows of values for `columns` unless their `keys` are there; return how many were inserted."""
    return _upsert_rows(connection, table, keys, columns, rows, "DO NOTHING")


def _upsert_rows(
    connection: Connection,
    table: str,
    keys: Sequence[str],
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    action: str,
) -> int:
    if not rows:
        return 0
    mark = "?" if is_sqlite(connection) else "%s"
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(mark for _ in columns)}) "
        f"ON CONFLICT ({', '.join(keys)}) {action}"
    )
    in_order = sorted(rows, key=itemgetter(*(columns.index(key) for key in keys)))
    return connection.exec_driver_sql(statement, in_order).rowcount


def insert_chosen(connection: Connection, table: Any, query: AnySelect, values: Mapping[str, Any]) -> None:  # noqa: ANN401
    """Insert what a query selects, unless its keys are there. The query has a `where` and is built once."""
    connection.execute(_inserting(connection.dialect.name, table, query), values)


@cache
def _inserting(dialect: str, table: Table, query: AnySelect) -> Any:  # noqa: ANN401
    names = [column.name for column in query.selected_columns]
    return upsert(dialect, table).from_select(names, query).on_conflict_do_nothing()


def find_among(
    connection: Connection,
    query: AnySelect,
    column: InstrumentedAttribute[str],
    texts: list[str],
    named: Mapping[str, Any],
) -> list[Row[Any]]:
    """The rows of a query whose `column` is one of many texts: in a third of the time that `in_` takes.

    The query is one that is built once; `named` has its parameters.
    """
    value = msgspec.json.encode(texts).decode() if is_sqlite(connection) else texts
    statement = _among(connection.dialect.name, query, column)
    return list(connection.execute(statement, {**named, "among": value}))


@cache
def _among(dialect: str, query: AnySelect, column: InstrumentedAttribute[str]) -> AnySelect:
    if dialect == "sqlite":
        return query.where(column.in_(select(func.json_each(bindparam("among")).table_valued("value").c.value)))
    return query.where(column == func.any(bindparam("among", type_=ARRAY(Text))))


def hold_rows(connection: Connection, query: AnySelect) -> None:
    """Lock the rows of a `FOR UPDATE` query, in its order. On SQLite a write transaction is alone anyway."""
    if not is_sqlite(connection):
        connection.execute(select(func.count()).select_from(query.subquery()))


def in_order_of_bytes(connection: Connection, column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """A text column to order by as Python orders the texts' UTF-8 bytes, whatever the database's own order is."""
    return column.expression if is_sqlite(connection) else collate(column, "C")


def undecoded(
    connection: Connection, column: InstrumentedAttribute[str]
) -> tuple[ColumnElement[Any], Callable[[Any], bytes]]:
    """A text column as the driver reads it with the least work, and the function that makes bytes of its values."""
    if is_sqlite(connection):
        return cast(column, LargeBinary), bytes
    return column.expression, str.encode
