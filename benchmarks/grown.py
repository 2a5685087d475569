"""A desk of very many cards in minutes: copies of those that were imported, each an item of its own."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from avocet.db import Database, give_room
from avocet.models import Candidate

CARDS_AT_ONCE = 50_000
ITEMS_SHARED_BY = 10
"""So many copies of a card are answers to the same item."""
_CHANGED = {
    "id": "id || '~' || n",
    "text_hash": "printf('%016x', n) || substr(text_hash, 1, 10) || printf('%06x', seq)",
    "like_hash": "printf('%08x%08x', n, seq)",
    "task_id": "task_id || '-' || (n / :shared)",
}


def grow(file: Path, cards: int) -> None:
    """Copy the cards of a desk whose search index is filled, until there are so many.

    The copies count as indexed: a decision writes the index of its own texts, and asks nothing of that of the cards.
    """
    database = Database(f"sqlite:///{file}")
    names = [column.name for column in Candidate.__table__.columns if column.name != "seq"]
    quoted = {name: f'"{name}"' for name in names}
    copy = text(
        "WITH RECURSIVE numbers(n) AS (SELECT :begin UNION ALL SELECT n + 1 FROM numbers WHERE n < :end) "
        f"INSERT INTO candidates ({', '.join(quoted.values())}) "
        f"SELECT {', '.join({**quoted, **_CHANGED}[name] for name in names)} "
        "FROM numbers CROSS JOIN candidates WHERE seq <= :first"
    )
    with database.read() as connection:
        first = connection.execute(text("SELECT count(*) FROM candidates")).scalar_one()
    times, at_once = cards // first, max(CARDS_AT_ONCE // first, 1)
    for begin in range(1, times, at_once):
        parameters = {
            "begin": begin,
            "end": min(begin + at_once, times) - 1,
            "first": first,
            "shared": ITEMS_SHARED_BY,
        }
        with database.write() as connection:
            give_room(connection)
            connection.execute(copy, parameters)
    with database.write() as connection:
        connection.execute(text("UPDATE counters SET n = n * :times"), {"times": times})
        connection.execute(text("UPDATE item_groups SET failed = failed * :times"), {"times": times})
        connection.execute(
            text("UPDATE settings SET value = :cards WHERE key = 'search_indexed'"), {"cards": str(first * times)}
        )
    database.close()
