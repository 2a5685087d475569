"""Samples: what to draw, and how much more."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from avocet.api.schemas.base import Label, Strict, Text
from avocet.api.schemas.cards import CardFilter
from avocet.domain import Outcome
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked, Per, Share
from avocet.review.samples.asking import MAX_CARDS, MAX_NAME_CHARACTERS

Size = Annotated[int, Field(ge=1, le=MAX_CARDS)]


class SampleFilter(CardFilter):
    """What to draw from: only what is known before anybody reads a card."""

    q: Annotated[Text | None, Field(max_length=500, description="Words in the prompt, response or task name.")] = None
    outcome: Annotated[
        Outcome | Literal["any"], Field(description="What the harness said; passed ones are those that were kept.")
    ] = "failed"


class SampleShare(Strict):
    """How many cards to take of one outcome and, where given, one task and model; null is a card without one."""

    outcome: Outcome
    cards: Size
    task_type: Text | None = None
    model_name: Text | None = None

    def share(self) -> Share:
        said = {
            name: getattr(self, name) or None for name in ("task_type", "model_name") if name in self.model_fields_set
        }
        return Share(self.outcome, self.cards, **said)


Allocation = Annotated[list[SampleShare], Field(min_length=1, max_length=1000)]


class GrowRequest(Strict):
    """Grow to a size, meant as at the drawing, or take so many more of each outcome, task and model."""

    size: Size | None = None
    allocation: Allocation | None = None

    def shares(self) -> tuple[Share, ...]:
        return tuple(share.share() for share in self.allocation or ())


class SampleRequest(GrowRequest):
    """A sample to draw: `size` cards in all or, with `per`, of each part; or those of an allocation."""

    name: Annotated[Label, Field(max_length=MAX_NAME_CHARACTERS)]
    filter: SampleFilter = SampleFilter()
    per: Annotated[list[Per], Field(max_length=3)] = []
    seed: Annotated[int | None, Field(ge=0, le=2**31, description="Chosen by chance if absent, and kept.")] = None

    def asked(self) -> Asked:
        filters: dict[str, Any] = self.filter.model_dump()
        return Asked(
            filter=QueueFilter(**filters),
            size=self.size,
            allocation=self.shares(),
            per=tuple(self.per),
            seed=self.seed,
        )
