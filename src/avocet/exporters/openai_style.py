"""`openai-chat`, `openai-dpo`: OpenAI-style JSONL, which Together, Fireworks, Azure, Bedrock and others read too.

Rules of OpenAI's documentation and of the cookbook's validator: no keys but those listed, non-empty text, exactly one
turn on each side of a pair. What else there is to say goes into FILE.meta.jsonl, line by line.
"""

from __future__ import annotations

from typing import ClassVar

from avocet.domain import JsonObject, Message, TrainingExample
from avocet.exporters.base import EMPTY_ANSWER, Converted, JsonLines, LeftOut, Rules, pair, plain

EMPTY_TURN = LeftOut("A turn of the prompt has no text, which the format refuses.")
NO_USER = LeftOut("The prompt does not end in a user's turn.")
_KEYS = ("role", "content", "name", "tool_calls", "tool_call_id")


def strict(message: Message) -> JsonObject:
    """A turn with the format's keys only. Earlier answers get weight 0: only the approved one is to be learnt."""
    turn = {key: message[key] for key in _KEYS if message.get(key) is not None}
    turn["role"] = "system" if turn["role"] == "developer" else turn["role"]
    return {**turn, "weight": 0} if turn["role"] == "assistant" else turn


def refusal(example: TrainingExample) -> LeftOut | None:
    prompt = example.prompt
    if any(not message.get("content") and not message.get("tool_calls") for message in prompt):
        return EMPTY_TURN
    return None if prompt[-1]["role"] in ("user", "tool") else NO_USER


class OpenAiChat(JsonLines):
    name: ClassVar[str] = "openai-chat"
    description: ClassVar[str] = "OpenAI-style chat JSONL with strict keys; the category in FILE.meta.jsonl."
    has_sidecar: ClassVar[bool] = True

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        if not example.answer:
            return {"": EMPTY_ANSWER}
        if why := refusal(example):
            return {"": why}
        answer = {key: value for key, value in example.answer_message.items() if value is not None}
        row: JsonObject = {"messages": [*map(strict, example.prompt), answer]}
        return {"": {**row, "tools": example.tools} if example.tools else row}


class OpenAiDpo(JsonLines):
    name: ClassVar[str] = "openai-dpo"
    description: ClassVar[str] = "OpenAI-style preference JSONL with strict keys; the category in FILE.meta.jsonl."
    has_sidecar: ClassVar[bool] = True

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        if why := pair(example, rules) or refusal(example):
            return {"": why}
        if not example.answer or not example.response:
            return {"": EMPTY_ANSWER}
        return {
            "": {
                "input": {"messages": [plain(message) for message in example.prompt]},
                "preferred_output": [{"role": "assistant", "content": example.answer}],
                "non_preferred_output": [{"role": "assistant", "content": example.response}],
            }
        }
