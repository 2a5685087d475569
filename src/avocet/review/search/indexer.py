"""The thread that keeps the index up to date while the desk is served."""

from __future__ import annotations

import threading
import time

from sqlalchemy import func, select

from avocet.db import Database
from avocet.errors import Troubles
from avocet.models import Decision
from avocet.review.search import index

IDLE_S = 2.0
LOOK_BACK = 10_000
"""PostgreSQL commits side by side: a decision may appear behind this many that are indexed already."""


def index_all(database: Database) -> None:
    """Index all that is not indexed yet, without pauses; for tests and small desks."""
    for index_batch in (index.index_cards, index.index_decisions):
        after: int | None = 0
        while after is not None:
            after = index_batch(database, after)


class Indexer(threading.Thread):
    """Keeps the index up to date in the background, resting as long as it works: half of the time is reviewers'."""

    def __init__(self, database: Database) -> None:
        super().__init__(name="search-indexer", daemon=True)
        self._database = database
        self._stopping = threading.Event()
        self._troubles = Troubles("the search index")
        self._after_card = 0
        self._after_decision = 0
        self._newest_decision = 0

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                pause = self._work()
            except Exception as error:
                # whatever it was, an index that falls behind for ever is worse
                self._troubles.tell(error)
                pause = 5 * IDLE_S
            else:
                self._troubles.over()
            self._stopping.wait(pause)

    def stop(self) -> None:
        """Stop after the batch at hand; wait for it up to 5 seconds."""
        self._stopping.set()
        self.join(timeout=5)

    def _work(self) -> float:
        """Index one batch of each; return the seconds to rest afterwards."""
        started = time.monotonic()
        found_more = [self._index_decisions(), self._index_cards()]
        return time.monotonic() - started if any(found_more) else IDLE_S

    def _index_cards(self) -> bool:
        with self._database.read() as connection:
            present = index.state(connection)
        if present.indexed == present.total:
            return False
        last = index.index_cards(self._database, self._after_card)
        # PostgreSQL commits side by side: what appeared behind the cursor is found from the start again
        self._after_card = last or 0
        return last is not None

    def _index_decisions(self) -> bool:
        with self._database.read() as connection:
            newest = connection.scalar(select(func.max(Decision.id))) or 0
        if newest == self._newest_decision:
            return False
        last = index.index_decisions(self._database, self._after_decision)
        if last is None:
            self._newest_decision = newest
            self._after_decision = max(0, newest - LOOK_BACK)
            return False
        self._after_decision = last
        return True
