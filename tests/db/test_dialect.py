"""Statements that look alike on both databases, and how many rows they found or wrote."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, select

from avocet.db import Database, find_among, insert_missing, sorting_on_disk
from avocet.models import ReasonShape

BY_HASH = select(ReasonShape.hash, ReasonShape.shape).where(ReasonShape.shape != bindparam("shape"))


def insert(database: Database, *rows: tuple[str, str]) -> int:
    with database.write() as connection:
        return insert_missing(connection, ReasonShape.__tablename__, ("hash",), ("hash", "shape"), rows)


def shapes(database: Database) -> dict[str, str]:
    with database.read() as connection:
        return {row.hash: row.shape for row in connection.execute(select(ReasonShape.hash, ReasonShape.shape))}


def test_only_rows_that_are_missing_are_inserted_and_counted(database: Database) -> None:
    assert insert(database, ("b", "first"), ("a", "first")) == 2
    assert insert(database, ("b", "second"), ("c", "second"), ("c", "third")) == 1
    assert shapes(database) == {"a": "first", "b": "first", "c": "second"}
    assert insert(database) == 0


def test_rows_are_found_among_many_texts(database: Database) -> None:
    odd = ['quote"', "back\\slash", "…", "comma,", "{brace}"]
    insert(database, *((name, "kept") for name in odd), ("other", "kept"), ("like", "left out"))
    with database.read() as connection:
        found = find_among(connection, BY_HASH, ReasonShape.hash, [*odd, "like", "absent"], {"shape": "left out"})
    assert {row.hash for row in found} == set(odd)


@pytest.mark.only("sqlite")
def test_sqlite_sorts_on_the_disk_as_long_as_it_is_asked_to(database: Database) -> None:
    numbers = "SELECT value FROM json_each('[2, 3, 1]') ORDER BY value"
    with database.read() as connection:
        with sorting_on_disk(connection):
            assert connection.exec_driver_sql("PRAGMA temp_store").scalar() == 1
            assert list(connection.exec_driver_sql(numbers).scalars()) == [1, 2, 3]
        assert connection.exec_driver_sql("PRAGMA temp_store").scalar() == 2
