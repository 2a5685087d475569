"""Live updates for open pages: counts, new decisions, imports, the search index."""

from __future__ import annotations

from typing import cast

import msgspec
from sqlalchemy import func, select

from avocet.db import Database
from avocet.domain import STATUSES, Action, Status
from avocet.models import Candidate, Decision, Run
from avocet.review import counters, search
from avocet.runs.jobs import Job

MOST_DECISIONS = 100


class DecisionNews(msgspec.Struct, frozen=True):
    """A new decision, or an undo."""

    decision_id: int
    id: str
    action: Action
    status: Status
    reviewer: str
    batch_id: str | None


class ImportNews(msgspec.Struct, frozen=True):
    """The state of one of the newest imports."""

    run_id: str
    state: str
    read: int
    bytes_read: int
    bytes_total: int


class DeskEvent(msgspec.Struct, frozen=True):
    """The desk at one moment.

    `decisions` are those made since the last event, oldest first; with `more`, there are more than these. `jobs` are
    the server's newest ones. `new_runs` is how many runs in the results folder nobody has imported.
    """

    decision_id: int
    total: int
    by_status: dict[Status, int]
    decisions: list[DecisionNews]
    more: bool
    imports: list[ImportNews]
    search: search.SearchState
    jobs: list[Job] = []
    new_runs: int = 0


_NEWS = (
    Decision.id.label("decision_id"),
    Candidate.id,
    Decision.action,
    Decision.status_after.label("status"),
    Decision.reviewer,
    Decision.batch_id,
)


def desk_state(database: Database, since: int | None = None) -> DeskEvent:
    """The present state, with the decisions made after the decision number `since` (None for no decisions)."""
    by_status: dict[Status, int] = dict.fromkeys(STATUSES, 0)
    with database.read() as connection:
        for key, n in counters.read(connection):
            if key.outcome == "failed":
                by_status[cast("Status", key.status)] += n
        latest = connection.scalar(select(func.coalesce(func.max(Decision.id), 0))) or 0
        made = []
        if since is not None and latest > since:
            query = (
                select(*_NEWS)
                .join(Candidate, Candidate.seq == Decision.candidate_seq)
                .where(Decision.id > since)
                .order_by(Decision.id)
                .limit(MOST_DECISIONS + 1)
            )
            made = [DecisionNews(**row._mapping) for row in connection.execute(query)]
        runs = select(Run.run_id, Run.state, Run.read, Run.bytes_read, Run.bytes_total)
        runs = runs.where(Run.removed_at.is_(None)).order_by(Run.started_at.desc()).limit(5)
        imports = [ImportNews(**row._mapping) for row in connection.execute(runs)]
        searched = search.state(connection)
    return DeskEvent(
        decision_id=latest,
        total=sum(by_status.values()),
        by_status=by_status,
        decisions=made[:MOST_DECISIONS],
        more=len(made) > MOST_DECISIONS,
        imports=imports,
        search=searched,
    )
