"""Standing decisions, and bulk steps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from avocet.api.schemas.base import AnyJson, GivenLines, GivenTags, Page, Strict, Text, Wanted, as_list
from avocet.api.schemas.cards import AtMost, CardFilter, QueueFilter, Values
from avocet.categories import FailureCategory
from avocet.domain import Outcome, Status, Verdict
from avocet.exports.selection import moment
from avocet.faults import CheckFault
from avocet.review import history
from avocet.review.bulk_step import BulkAction
from avocet.review.history import DecidedReading
from avocet.review.queue import MAX_PER_PAGE
from avocet.review.sorting import DecidedSort

CategoryOrNone = FailureCategory | Literal["uncategorised"]
FaultOrNone = CheckFault | Literal["none"]
Categories = Annotated[Annotated[list[CategoryOrNone], AtMost] | None, BeforeValidator(as_list)]
Faults = Annotated[Annotated[list[FaultOrNone], AtMost] | None, BeforeValidator(as_list)]
Actions = Annotated[Annotated[list[Verdict], AtMost] | None, BeforeValidator(as_list)]


class DecidedFilter(CardFilter):
    """Which of the standing decisions."""

    status: Status | None = None
    failure_category: Categories = None
    not_failure_category: Categories = None
    exclude_category: Annotated[
        CategoryOrNone | None, Field(description="The older name of not_failure_category, for one value.")
    ] = None
    action: Actions = None
    not_action: Actions = None
    reviewer: Values = None
    not_reviewer: Values = None
    batch_id: Wanted | None = None
    outcome: Outcome | Literal["any"] = "any"
    check_fault: Faults = None
    not_check_fault: Faults = None
    reading: Annotated[
        DecidedReading | None,
        Field(
            description="What somebody who opened the card said of the answer; any: whatever they said; "
            "told: right or wrong; aside: set aside or undecided; none: decided, and nobody opened it."
        ),
    ] = None
    since: Annotated[Text | None, Field(description="ISO 8601: decided then or later.")] = None
    until: Annotated[Text | None, Field(description="ISO 8601: decided before then.")] = None
    q: Annotated[
        Text | None,
        Field(max_length=500, description="Words in the prompt, response, task name, correction or note."),
    ] = None
    tag: Annotated[Values, Field(description="Only decisions with this tag.")] = None
    not_tag: Values = None
    sample: Annotated[Wanted | None, Field(description="The name of a sample: only its cards.")] = None

    def filters(self) -> history.DecidedFilter:
        values = {name: getattr(self, name) for name in history.DecidedFilter.__struct_fields__}
        if self.exclude_category is not None:
            values["not_failure_category"] = [*(self.not_failure_category or ()), self.exclude_category]
        times = {name: moment(name, getattr(self, name)) for name in ("since", "until")}
        return history.DecidedFilter(**{**values, **times})


class DecidedQuery(DecidedFilter):
    """Filters, order and page of the standing decisions: newest first unless asked."""

    sort: DecidedSort = "at"
    ascending: bool = False

    page: Page = 1
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE)] = 50
    before: Annotated[int | None, Field(ge=0, lt=2**63, description="Older than this decision: keyset paging.")] = (
        None
    )


class BulkRequest(Strict):
    """One decision for many cards, which are chosen by exactly one of `queue`, `decided` and `ids`.

    `recategorise` sets `failure_category`, `check_fault` and `corrected_reference` of decided cards, each alone or
    with the others: null clears it, and what is absent stays as each decision says. It gives and takes tags by
    `add_tags` and `remove_tags`; a verdict sets all `tags`, `must` and `must_not`. `correct` needs `queue.like`. The
    cards must have one outcome. `as_proposed` gives each of `ids` what a rule proposes for it; those without a
    proposal, and the cards of a sample, stay as they are.
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
    tags: GivenTags
    must: GivenLines
    must_not: GivenLines
    add_tags: GivenTags
    remove_tags: GivenTags
    opened: Annotated[
        list[Wanted], Field(max_length=1000, description="Cards that were on screen: they alone count as read.")
    ] = []
    expected: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    dry_run: bool = False
