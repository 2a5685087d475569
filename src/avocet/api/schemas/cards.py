"""Cards, and the queue of those that wait."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from avocet.api.schemas.base import Page, Strict, Text, Unit, Wanted
from avocet.domain import FailureCategory, Status
from avocet.queue import MAX_PER_PAGE, PER_PAGE, Order


class Message(BaseModel):
    model_config = ConfigDict(extra="allow")

    role: str
    content: str | None


class Told(BaseModel):
    """One thing that the harness said, as text."""

    name: str
    value: str


class ToolCall(BaseModel):
    name: str
    input: str


class CardTexts(BaseModel):
    """The card's JSON values as texts to show and to take over, their numbers digit by digit."""

    references: list[str]
    scores: list[Told]
    facts: list[Told]
    tools: str | None
    turn_calls: list[list[ToolCall]]
    response_calls: list[ToolCall] | None


class SftQueueItem(BaseModel):
    """The candidate line, with the run that imported it, the decision that stands, and its JSON as texts."""

    model_config = ConfigDict(extra="allow")

    id: str
    run_id: str
    source: str
    benchmark_run_id: str | None
    timestamp: str | None
    status: Status
    prompt_messages: list[Message]
    model_response: str
    corrected_response: str | None
    quality_score: float | None
    failure_reason: str | None
    task_id: str | None
    task_type: str | None
    task_name: str | None
    model_id: str | None
    model_name: str | None
    node_id: str | None
    gpu_id: str | None
    tokens_per_sec: float | None
    failure_category: FailureCategory | None
    note: str | None
    harness: str | None
    item_id: str | None
    reference: Any
    scores: Any
    explanation: str | None
    extracted_answer: str | None
    reasoning: str | None
    tools: Any
    details: Any
    decision_id: int | None
    texts: CardTexts


class QueueFilter(Strict):
    """Which cards that wait, and in which order."""

    run_id: Wanted | None = None
    model_name: Wanted | None = None
    task_type: Wanted | None = None
    source: Wanted | None = None
    min_score: Unit | None = None
    max_score: Unit | None = None
    q: Annotated[Text | None, Field(max_length=500, description="Words in the prompt, response or task name.")] = None
    like: Annotated[Wanted | None, Field(description="A card's id: it and all that say the same.")] = None
    order: Order = "imported"
    seed: Annotated[int, Field(ge=0, le=2**31, description="Another seed, another random order.")] = 0


class QueueQuery(QueueFilter):
    """Filters, order and page of the queue."""

    page: Page = 1
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE)] = PER_PAGE
    after: Annotated[Text | None, Field(description="The id of the last card seen: keyset paging.")] = None


class SearchState(BaseModel):
    """How many of the desk's candidates a search sees; indexing follows behind an import."""

    indexed: int
    total: int


class QueuePage(BaseModel):
    items: list[SftQueueItem]
    total: int
    page: int
    per_page: int
    search: SearchState | None
