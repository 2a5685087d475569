"""Standing decisions, and bulk steps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from avocet.api.schemas.base import AnyJson, Page, Strict, Text, Wanted
from avocet.api.schemas.cards import QueueFilter
from avocet.categories import FailureCategory
from avocet.domain import Outcome, Status, Verdict
from avocet.faults import CheckFault, Reading
from avocet.review.bulk import BulkAction
from avocet.review.queue import MAX_PER_PAGE

CategoryOrNone = FailureCategory | Literal["uncategorised"]
FaultOrNone = CheckFault | Literal["none"]


class DecidedFilter(Strict):
    """Which of the standing decisions."""

    status: Status | None = None
    failure_category: CategoryOrNone | None = None
    exclude_category: CategoryOrNone | None = None
    action: Verdict | None = None
    reviewer: Wanted | None = None
    run_id: Wanted | None = None
    model_name: Wanted | None = None
    task_type: Wanted | None = None
    batch_id: Wanted | None = None
    outcome: Outcome | Literal["any"] = "any"
    check_fault: FaultOrNone | None = None
    reading: Annotated[
        Reading | Literal["any", "told"] | None,
        Field(
            description="What somebody who opened the card said of the answer; told: right or wrong; "
            "any: whatever they said."
        ),
    ] = None
    since: Annotated[Text | None, Field(description="ISO 8601: decided then or later.")] = None
    q: Annotated[
        Text | None,
        Field(max_length=500, description="Words in the prompt, response, task name, correction or note."),
    ] = None
    sample: Annotated[Wanted | None, Field(description="The name of a sample: only its cards.")] = None


class DecidedQuery(DecidedFilter):
    """Filters and page of the standing decisions, newest first."""

    page: Page = 1
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE)] = 50
    before: Annotated[int | None, Field(ge=0, lt=2**63, description="Older than this decision: keyset paging.")] = (
        None
    )


class BulkRequest(Strict):
    """One decision for many cards, which are chosen by exactly one of `queue`, `decided` and `ids`.

    `recategorise` gives decided cards another category and keeps all else; with `check_fault` or
    `corrected_reference` it sets these too (null clears them). `correct` needs `queue.like`. The cards must have one
    outcome.
    `expected` is the preview's count: if another number matches by now, nothing is changed (409 preview_stale).
    """

    action: BulkAction
    queue: QueueFilter | None = None
    decided: DecidedFilter | None = None
    ids: Annotated[list[Text], Field(min_length=1, max_length=1000)] | None = None
    corrected_response: Text | None = None
    failure_category: FailureCategory | None = None
    note: Text | None = None
    check_fault: CheckFault | None = None
    corrected_reference: AnyJson = None
    opened: Annotated[Wanted | None, Field(description="The card that is open: it alone counts as read.")] = None
    expected: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    dry_run: bool = False
