"""What SQLite is asked, and how it goes about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from avocet.db import Database


def statements(database: Database, act: Callable[[], object]) -> list[tuple[str, Any]]:
    """What is asked of the database meanwhile, with its parameters."""
    asked: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        asked.append(arguments[2:4])

    event.listen(database.engine, "before_cursor_execute", note)
    act()
    event.remove(database.engine, "before_cursor_execute", note)
    return asked


def plan(database: Database, statement: str, parameters: Any) -> list[str]:
    with database.read() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    return [str(row[3]) for row in rows]


def steps(database: Database, act: Callable[[], object]) -> list[str]:
    """The steps of all that is asked meanwhile."""
    return [
        step for statement, parameters in statements(database, act) for step in plan(database, statement, parameters)
    ]
