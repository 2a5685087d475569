"""The queue of cards that wait for review."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from avocet.api.schemas.base import MAX_VALUES, Page, Strict, Text, Unit, Wanted, as_list
from avocet.checks import CheckKind
from avocet.domain import Outcome
from avocet.review import shapes
from avocet.review.queue import MAX_PER_PAGE, PER_PAGE, Order

AtMost = Field(min_length=1, max_length=MAX_VALUES)
Values = Annotated[Annotated[list[Wanted], AtMost] | None, BeforeValidator(as_list)]
"""Any of these values; a single one may stand for itself."""
Checks = Annotated[
    Annotated[list[CheckKind | Literal["none"]], AtMost] | None,
    BeforeValidator(as_list),
    Field(description="The kind of check that the desk knows of the card; none: it knows none."),
]
Shapes = Annotated[Values, Field(description="The hash of a reason's shape; none: no reason.")]
Length = Annotated[int, Field(ge=0, lt=2**31, description="Characters of the response.")]


class CardFilter(Strict):
    """What is asked of a card itself. Several values mean any of these; `not_...` leaves its values out."""

    run_id: Values = None
    not_run_id: Values = None
    model_name: Values = None
    not_model_name: Values = None
    task_type: Values = None
    not_task_type: Values = None
    source: Values = None
    not_source: Values = None
    harness: Values = None
    not_harness: Values = None
    check: Checks = None
    not_check: Checks = None
    shape: Shapes = None
    not_shape: Shapes = None
    has_reference: Annotated[bool | None, Field(description="Whether the card has a reference.")] = None
    min_length: Length | None = None
    max_length: Length | None = None
    min_score: Unit | None = None
    max_score: Unit | None = None
    score: Annotated[Literal["none"] | None, Field(description="none: only cards without a score.")] = None


class QueueFilter(CardFilter):
    """Which of the waiting cards, and in which order."""

    tag: Annotated[Values, Field(description="Only cards that were imported with this tag.")] = None
    not_tag: Values = None
    q: Annotated[Text | None, Field(max_length=500, description="Words in the prompt, response or task name.")] = None
    like: Annotated[Wanted | None, Field(description="A card's id: this card and all with the same texts.")] = None
    outcome: Annotated[
        Outcome | Literal["any"] | None,
        Field(
            description="What the harness said: failed if absent, any if a sample is named. Few passes have a card."
        ),
    ] = None
    sample: Annotated[Wanted | None, Field(description="The name of a sample: only its cards.")] = None
    order: Annotated[
        Order | None, Field(description="If absent: as imported, or the sample's order if one is named.")
    ] = None
    seed: Annotated[int, Field(ge=0, le=2**31, description="For the random order.")] = 0


class QueueQuery(QueueFilter):
    """Filters, order and page of the queue."""

    page: Page = 1
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE)] = PER_PAGE
    after: Annotated[Text | None, Field(description="The id of the last card seen, for keyset paging.")] = None


class ShapesQuery(Strict):
    """Which cards to group by the shape of their reason, and which page of the groups."""

    run_id: Wanted | None = None
    model_name: Wanted | None = None
    task_type: Wanted | None = None
    outcome: Annotated[
        Outcome | Literal["any"], Field(description="What the harness said; passed ones are those that were kept.")
    ] = "failed"
    page: Page = 1
    per_page: Annotated[int, Field(ge=1, le=shapes.MAX_PER_PAGE)] = shapes.PER_PAGE
