"""Who answers: what is asked of a model, and what comes back of each prompt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from avocet.db import now
from avocet.domain import JsonObject, Message
from avocet.json_text import carriable

LONGEST_ANSWER = 200_000
"""Characters of an answer that are kept: a model that loops, or worse, must not fill the disk or stall a pattern."""


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """How a model is to write; temperature 0 is greedy."""

    max_new_tokens: int = 512
    temperature: float = 0.0
    seed: int | None = None


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How long one request may take, how often it is tried again, and the first pause before that."""

    timeout_s: float = 120.0
    retries: int = 5
    pause_s: float = 1.0


class Answer(msgspec.Struct, kw_only=True, tag="answer", tag_field="kind", omit_defaults=True):
    """What the model wrote, when, and what is known of how."""

    text: str
    at: str
    tokens_per_sec: float | None = None
    finish_reason: str | None = None
    reasoning: str | None = None
    cut: bool = False


class Errored(msgspec.Struct, kw_only=True, tag="errored", tag_field="kind"):
    """Why there is no answer: nothing of it is the model's fault, so it is asked again by the next resume."""

    reason: str
    at: str


Result = Answer | Errored


class Answerer(Protocol):
    """A model, wherever it runs."""

    model_id: str
    model_name: str
    batch_size: int
    workers: int

    def about(self) -> JsonObject:
        """What an answer depends on, to be equal when a run is continued."""
        ...

    def versions(self) -> dict[str, str]:
        """The packages that wrote the answers, where they ran here."""
        ...

    def start(self) -> None:
        """Get ready to answer, which may take a while.

        Raises:
            Prerequisite: something is missing; says what.
        """
        ...

    def answer(self, prompts: Sequence[list[Message]]) -> list[Result]:
        """One result for each prompt of a batch, in their order. Several workers call it at a time.

        Raises:
            Prerequisite: no prompt will ever be answered like this; says what to do.
        """
        ...

    def close(self) -> None:
        """Ask nothing more and wait for nothing."""
        ...


def answered(
    text: str,
    *,
    tokens: int | None = None,
    seconds: float = 0.0,
    finish_reason: str | None = None,
    reasoning: str | None = None,
) -> Answer:
    """An answer as it is kept: cleaned of what no file can carry, and bounded."""
    return Answer(
        text=carriable(text[:LONGEST_ANSWER]),
        at=now(),
        tokens_per_sec=round(tokens / seconds, 1) if tokens and seconds else None,
        finish_reason=carriable(finish_reason) if finish_reason else None,
        reasoning=carriable(reasoning[:LONGEST_ANSWER]) if reasoning else None,
        cut=len(text) > LONGEST_ANSWER,
    )


def errored(reason: str) -> Errored:
    return Errored(reason=carriable(reason), at=now())
