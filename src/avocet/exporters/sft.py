"""`sft`: chat messages that end in the approved answer, with the failure category beside them.

Every row has the same keys, and each column one type; none of them is a name that a trainer misreads beside
`messages` (`prompt`, `completion`, `chosen`, `conversations`, `labels`, `input_ids`, `image`).
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from avocet.categories import FailureCategory
from avocet.domain import JsonObject, Message, TrainingExample
from avocet.exporters.base import OPENAI, Converted, JsonLines, Rules, answer_turn, provenance, turns_of, whole

_encode = msgspec.json.Encoder().encode


class SftLine(msgspec.Struct, frozen=True):
    messages: msgspec.Raw
    failure_category: FailureCategory | None
    avocet_id: str
    task_type: str | None
    model_name: str | None
    benchmark_run_id: str | None


class _PlainTurn(msgspec.Struct, forbid_unknown_fields=True):
    role: str
    content: str


_plain_turns = msgspec.json.Decoder(list[_PlainTurn])


def is_plain(prompt_json: bytes) -> bool:
    """Whether every turn of a prompt is a role and a text, and nothing else."""
    try:
        _plain_turns.decode(prompt_json)
    except msgspec.ValidationError:
        return False
    return b'"function"' not in prompt_json


def as_seen(turn: Message) -> JsonObject:
    """A turn with the role that it had, where `whole` gives it the role that trainers know."""
    return {**whole(turn), "role": turn["role"]}


class Sft(JsonLines):
    name: ClassVar[str] = "sft"
    group: ClassVar[str] = OPENAI
    description: ClassVar[str] = (
        "Chat messages ending in the approved answer, one line each, with the failure category."
    )
    # the contract: one row for every approved candidate
    writes_once: ClassVar[bool] = False
    revision: ClassVar[int] = 2

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        prompt = example.prompt_json
        if not is_plain(prompt):
            prompt = _encode([as_seen(turn) for turn in turns_of(example)])
        # a stored prompt of texts is JSON already, so it need not be decoded and encoded again
        answer = _encode(answer_turn(example))
        messages = msgspec.Raw(b"".join((memoryview(prompt)[:-1], b",", answer, b"]")))
        if example.failure_tags is not None or example.outcome is not None:
            return {"": {"messages": messages, **provenance(example)}}
        return {
            "": SftLine(
                messages=messages,
                failure_category=example.failure_category,
                avocet_id=example.avocet_id,
                task_type=example.task_type,
                model_name=example.model_name,
                benchmark_run_id=example.benchmark_run_id,
            )
        }
