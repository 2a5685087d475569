"""`sharegpt`: conversations of human and gpt, with the system prompt beside them.

Every turn has exactly two text keys (Unsloth refuses others), and turns alternate: LLaMA-Factory drops rows that
don't, with a warning that nobody reads.
"""

from __future__ import annotations

from typing import ClassVar

from avocet.domain import JsonObject, TrainingExample
from avocet.exporters.base import (
    NOT_ALTERNATING,
    TRAINERS,
    Converted,
    JsonLines,
    LeftOut,
    Rules,
    alternates,
    no_answer,
    plain,
    provenance,
    text_only,
    turns_of,
)

_FROM = {"user": "human", "assistant": "gpt"}


def conversation(example: TrainingExample) -> JsonObject | LeftOut:
    """The prompt as `conversations` that end in a human's turn, and `system`; or why it can't be written so."""
    turns = [plain(message) for message in turns_of(example)]
    if not alternates(turns):
        return NOT_ALTERNATING
    system = turns.pop(0)["content"] if turns[0]["role"] == "system" else ""
    return {
        "conversations": [{"from": _FROM[turn["role"]], "value": turn["content"]} for turn in turns],
        "system": system,
    }


def gpt(text: str | None) -> JsonObject:
    return {"from": "gpt", "value": text or ""}


def answered(example: TrainingExample) -> JsonObject | LeftOut:
    """The whole conversation with the approved answer at its end, or why there is none."""
    if why := no_answer(example):
        return why
    question = text_only(example) or conversation(example)
    if isinstance(question, LeftOut):
        return question
    return {**question, "conversations": [*question["conversations"], gpt(example.answer)], **provenance(example)}


class ShareGpt(JsonLines):
    name: ClassVar[str] = "sharegpt"
    group: ClassVar[str] = TRAINERS
    description: ClassVar[str] = (
        "ShareGPT conversations (human, gpt), for Unsloth, Axolotl, LLaMA-Factory, torchtune."
    )
    revision: ClassVar[int] = 2

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        return {"": answered(example)}
