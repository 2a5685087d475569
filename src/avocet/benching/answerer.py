"""The interface of a model that answers: how it is asked, and what comes back for each prompt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from avocet.db import now
from avocet.domain import JsonObject, Message
from avocet.json_text import carriable

REQUESTS, BATCH = 4, 16
"""How many requests run at a time, and how many prompts a model on this machine takes at once, unless it is said."""
LONGEST_ANSWER = 200_000
"""Characters of an answer that are kept: a model that loops, or worse, must not fill the disk or stall a pattern."""


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """How a model generates; temperature 0 is greedy."""

    max_new_tokens: int = 512
    temperature: float = 0.0
    seed: int | None = None


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How long one request may take, how often it is repeated, and the first pause before that."""

    timeout_s: float = 120.0
    retries: int = 5
    pause_s: float = 1.0


class Answer(msgspec.Struct, kw_only=True, tag="answer", tag_field="kind", omit_defaults=True):
    """What the model wrote, and when; the rest is None if it is not known. `cut`: the text was too long to keep."""

    text: str
    at: str
    tokens_per_sec: float | None = None
    finish_reason: str | None = None
    reasoning: str | None = None
    cut: bool = False


class Errored(msgspec.Struct, kw_only=True, tag="errored", tag_field="kind"):
    """Why there is no answer. It is not the model's fault, so the next resume asks again."""

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
        """What an answer depends on; it must be the same when a run is continued."""
        ...

    def versions(self) -> dict[str, str]:
        """The versions of the packages that wrote the answers; empty if they don't run here."""
        ...

    def start(self) -> None:
        """Get ready to answer, which may take a while.

        Raises:
            Prerequisite: something is missing; the error says what.
        """
        ...

    def answer(self, prompts: Sequence[list[Message]]) -> list[Result]:
        """One result for each prompt of a batch, in their order. Several workers call it at the same time.

        Raises:
            Prerequisite: no prompt can be answered like this; the error says what to do.
        """
        ...

    def close(self) -> None:
        """Stop asking, and wait for nothing."""
        ...


def answered(
    text: str,
    *,
    tokens: int | None = None,
    seconds: float = 0.0,
    finish_reason: str | None = None,
    reasoning: str | None = None,
) -> Answer:
    """Make the answer to keep: without characters that no file can carry, and of bounded length."""
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
