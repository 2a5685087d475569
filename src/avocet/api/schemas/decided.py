"""What is decided, and bulk steps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from avocet.api.schemas.base import Page, Strict, Text, Wanted
from avocet.api.schemas.cards import QueueFilter, SearchState
from avocet.bulk import BulkAction
from avocet.domain import FailureCategory, Status, Verdict
from avocet.queue import MAX_PER_PAGE

CategoryOrNone = FailureCategory | Literal["uncategorised"]


class DecidedFilter(Strict):
    """Which standing decisions."""

    status: Status | None = None
    failure_category: CategoryOrNone | None = None
    exclude_category: CategoryOrNone | None = None
    action: Verdict | None = None
    reviewer: Wanted | None = None
    run_id: Wanted | None = None
    model_name: Wanted | None = None
    task_type: Wanted | None = None
    batch_id: Wanted | None = None
    since: Annotated[Text | None, Field(description="ISO 8601: decided then or later.")] = None
    q: Annotated[
        Text | None,
        Field(max_length=500, description="Words in the prompt, response, task name, correction or note."),
    ] = None


class DecidedQuery(DecidedFilter):
    """Filters and page of what is decided, newest first."""

    page: Page = 1
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE)] = 50
    before: Annotated[int | None, Field(ge=0, lt=2**63, description="Older than this decision: keyset paging.")] = (
        None
    )


class DecidedItem(BaseModel):
    """Of a batch, `batch_count` decisions stand, and `batch_first` is the oldest of them. `shortened` names the texts
    of which only the start is here, with how many characters they have."""

    decision_id: int
    action: Verdict
    status: Status
    failure_category: FailureCategory | None
    corrected_response: str | None
    note: str | None
    reviewer: str
    at: str
    replaces: int | None
    batch_id: str | None
    id: str
    task_name: str | None
    task_type: str | None
    model_name: str | None
    model_response: str
    quality_score: float | None
    run_id: str
    batch_count: int | None
    batch_first: int | None
    shortened: dict[str, int]


class DecidedPage(BaseModel):
    items: list[DecidedItem]
    total: int
    page: int
    per_page: int
    reviewers: list[str]
    search: SearchState | None


class DecidedSummary(BaseModel):
    total: int
    by_action: dict[str, int]
    by_category: dict[str, int]


class BulkRequest(Strict):
    """One decision for many cards; which ones is said by exactly one of `queue`, `decided` and `ids`.

    `recategorise` gives decided cards another category and keeps all else. `correct` needs `queue.like`.
    `expected` is the preview's count: when another number matches by now, nothing is changed (409 preview_stale).
    """

    action: BulkAction
    queue: QueueFilter | None = None
    decided: DecidedFilter | None = None
    ids: Annotated[list[Text], Field(min_length=1, max_length=1000)] | None = None
    corrected_response: Text | None = None
    failure_category: FailureCategory | None = None
    note: Text | None = None
    expected: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    dry_run: bool = False


class BulkResponse(BaseModel):
    ok: Literal[True]
    batch_id: str | None
    count: int


class BulkUndoResponse(BaseModel):
    """`left` decisions of the batch were undone or revised one by one before, or are of cards that were taken back
    with their run; they stay as they are."""

    ok: Literal[True]
    count: int
    left: int
