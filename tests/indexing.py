"""The thread that fills the search index, and the waiting for it: of a database, or of a desk that is served."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from avocet.db import Database
from avocet.review import search
from tests.processes import wait_until


@contextmanager
def indexing(database: Database) -> Iterator[search.Indexer]:
    """An indexer at work, which must live until the block ends."""
    indexer = search.Indexer(database)
    indexer.start()
    try:
        yield indexer
        assert indexer.is_alive()
    finally:
        indexer.stop()


def wait_until_indexed(read: Callable[[], Mapping[str, Any]]) -> None:
    """Wait until a search sees every card there is; `read` gives what `/queue?q=` says as `search`."""

    def is_whole() -> bool:
        state = read()
        return bool(state["indexed"] == state["total"] > 0)

    wait_until(is_whole, "the search index to be filled")


def index_state(database: Database) -> dict[str, int]:
    """How far the index of a database is, as `/queue?q=` says it."""
    with database.read() as connection:
        state = search.state(connection)
    return {"indexed": state.indexed, "total": state.total}
