"""The queue of cards that wait for review."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from avocet.api.schemas.base import Page, Strict, Text, Unit, Wanted
from avocet.domain import Outcome
from avocet.review import shapes
from avocet.review.queue import MAX_PER_PAGE, PER_PAGE, Order


class QueueFilter(Strict):
    """Which of the waiting cards, and in which order."""

    run_id: Wanted | None = None
    model_name: Wanted | None = None
    task_type: Wanted | None = None
    source: Wanted | None = None
    min_score: Unit | None = None
    max_score: Unit | None = None
    score: Annotated[Literal["none"] | None, Field(description="none: only cards without a score.")] = None
    q: Annotated[Text | None, Field(max_length=500, description="Words in the prompt, response or task name.")] = None
    like: Annotated[Wanted | None, Field(description="A card's id: this card and all with the same texts.")] = None
    outcome: Annotated[
        Outcome | Literal["any"] | None,
        Field(
            description="What the harness said: failed if absent, any if a sample is named. Few passes have a card."
        ),
    ] = None
    shape: Annotated[Wanted | None, Field(description="The hash of a reason's shape; none: no reason.")] = None
    tag: Annotated[Wanted | None, Field(description="Only cards that were imported with this tag.")] = None
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
