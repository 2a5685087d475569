"""`openai-chat`, `openai-dpo`: OpenAI-style JSONL, which Together, Fireworks, Azure, Bedrock and others read too.

Rules of OpenAI's documentation and of the cookbook's validator: no keys but those listed, non-empty text, exactly one
turn on each side of a pair. What else there is to say goes into FILE.meta.jsonl, line by line.
"""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar

from avocet.domain import JsonObject, Message, TrainingExample
from avocet.exporters.base import (
    EMPTY_ANSWER,
    Converted,
    JsonLines,
    LeftOut,
    Rules,
    asks,
    other_tools,
    pair,
    plain,
)

EMPTY_TURN = LeftOut("A turn of the prompt has no text, which the format refuses.")
OLD_FUNCTIONS = LeftOut("The prompt calls functions in the shape that tools replaced.")
NO_CALL = LeftOut("A tool's turn does not say which call it answers.")
TWO_ANSWERS = LeftOut("Two assistant's turns follow each other, which some readers of the format refuse.")
_KEYS = ("role", "content", "name", "tool_calls", "tool_call_id")


def strict(message: Message) -> JsonObject:
    """A turn with the format's keys only."""
    turn = {key: message[key] for key in _KEYS if message.get(key) is not None}
    turn["role"] = "system" if turn["role"] == "developer" else turn["role"]
    if "tool_calls" in turn:
        turn["tool_calls"] = [_strict_call(number, call) for number, call in enumerate(turn["tool_calls"])]
    return turn


def _strict_call(number: int, call: JsonObject) -> JsonObject:
    function = {key: call["function"][key] for key in ("name", "arguments")}
    return {"id": call.get("id") or f"call_{number}", "type": "function", "function": function}


def _not_learnt(message: Message) -> JsonObject:
    """An earlier turn; an earlier answer gets weight 0, so that only the approved one is learnt."""
    turn = strict(message)
    return {**turn, "weight": 0} if turn["role"] == "assistant" else turn


def refusal(example: TrainingExample) -> LeftOut | None:
    """Why the format refuses a prompt."""
    prompt = example.prompt
    if any(not message.get("content") and not message.get("tool_calls") for message in prompt):
        return EMPTY_TURN
    roles = [message["role"] for message in prompt]
    if "function" in roles or any("function_call" in message for message in prompt):
        return OLD_FUNCTIONS
    if any(role == "tool" and not message.get("tool_call_id") for role, message in zip(roles, prompt, strict=True)):
        return NO_CALL
    if any(pair == ("assistant", "assistant") for pair in pairwise(roles)):
        return TWO_ANSWERS
    return asks(example) or other_tools(example)


class OpenAiChat(JsonLines):
    name: ClassVar[str] = "openai-chat"
    description: ClassVar[str] = "OpenAI-style chat JSONL with strict keys; the category in FILE.meta.jsonl."
    has_sidecar: ClassVar[bool] = True

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        if not example.answer:
            return {"": EMPTY_ANSWER}
        if why := refusal(example):
            return {"": why}
        row: JsonObject = {"messages": [*map(_not_learnt, example.prompt), strict(example.answer_message)]}
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
