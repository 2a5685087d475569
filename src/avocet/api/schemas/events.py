"""What an event of the stream says."""

from __future__ import annotations

from pydantic import BaseModel

from avocet.api.schemas.cards import SearchState
from avocet.api.schemas.uploads import Job
from avocet.domain import Action, Status


class DecisionNews(BaseModel):
    """A decision as the event stream tells it; `batch_id` is shared by those made as one step."""

    decision_id: int
    id: str
    action: Action
    status: Status
    reviewer: str
    batch_id: str | None


class ImportNews(BaseModel):
    run_id: str
    state: str
    read: int
    bytes_read: int
    bytes_total: int


class DeskEvent(BaseModel):
    """The desk at one moment. `decisions` are those made since the event before; `more` when they are not all.

    `jobs` are this server's newest, `new_runs` those in the results folder that nobody has imported.
    """

    decision_id: int
    total: int
    by_status: dict[Status, int]
    decisions: list[DecisionNews]
    more: bool
    imports: list[ImportNews]
    search: SearchState
    jobs: list[Job]
    new_runs: int
