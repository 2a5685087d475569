"""What a model that judges said of an answer, as a card has it in `details.judge` (docs/candidate-line.md)."""

from __future__ import annotations

from typing import Literal

import msgspec

JudgeVerdict = Literal["passed", "failed"]


class JudgeSays(msgspec.Struct, frozen=True, kw_only=True):
    """A judge's verdict and its reason; `prompt` is the SHA-256 of the prompt that it was asked with.

    `verdict` is None if the judge said none or could not be asked.
    """

    model: str
    verdict: JudgeVerdict | None = None
    reason: str | None = None
    prompt: str | None = None


class _Details(msgspec.Struct):
    judge: JudgeSays | None = None


def judge_in(details: str | None) -> JudgeSays | None:
    """What a judge said, of stored details; None if there is none, or if it has another shape."""
    if details is None or '"judge"' not in details:
        return None
    try:
        return msgspec.json.decode(details, type=_Details).judge
    except msgspec.ValidationError:
        return None


def without_judge(details: str | None) -> str | None:
    """Stored details without what a judge said, of whatever shape; None if nothing is left."""
    if details is None or '"judge"' not in details or details[:1] != "{":
        return details
    fields = msgspec.json.decode(details, type=dict[str, msgspec.Raw])
    fields.pop("judge", None)
    return msgspec.json.encode(fields).decode() if fields else None
