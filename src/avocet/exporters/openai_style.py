"""`openai-chat`, `openai-dpo`: OpenAI-style JSONL, which Together, Fireworks, Azure, Bedrock and others read too.

The rules are those of OpenAI's documentation and of the cookbook's validator: no keys but those listed, non-empty
text, exactly one turn on each side of a pair. All other columns go into FILE.meta.jsonl, line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar

from avocet.domain import JsonObject, Message, TrainingExample
from avocet.exporters.base import (
    NO_CALLS,
    OLD_FUNCTIONS,
    OPENAI,
    Converted,
    JsonLines,
    LeftOut,
    Rules,
    answer_turn,
    asks,
    no_answer,
    pair,
    plain,
    tools_of,
    turns_of,
)
from avocet.importers.reading.tool_calls import calls_oddly

EMPTY_TURN = LeftOut("A turn of the prompt has no text, which the format refuses.")
NO_CALL = LeftOut("A tool's turn does not say which call it answers.")
TWO_ANSWERS = LeftOut("Two assistant's turns follow each other, which some readers of the format refuse.")
EMPTY_SIDE = LeftOut("The answer is empty: there is nothing to learn from.")
_KEYS = ("role", "content", "name", "tool_calls", "tool_call_id")


def strict(message: Message) -> JsonObject:
    """A turn with the format's keys only; beside tool calls, an empty text is left out."""
    turn = {key: message[key] for key in _KEYS if message.get(key) is not None}
    turn["role"] = "system" if turn["role"] == "developer" else turn["role"]
    if "tool_calls" in turn:
        turn["tool_calls"] = [{"id": f"call_{number}", **call} for number, call in enumerate(turn["tool_calls"])]
        if not turn.get("content"):
            turn.pop("content", None)
    return turn


def _not_learnt(message: Message) -> JsonObject:
    """An earlier turn; an earlier answer gets weight 0, so that only the approved one is learnt."""
    turn = strict(message)
    return {**turn, "weight": 0} if turn["role"] == "assistant" else turn


def refusal(prompt: Sequence[Message]) -> LeftOut | None:
    """Why the format refuses a prompt; None if it takes it."""
    if any(not message.get("content") and not message.get("tool_calls") for message in prompt):
        return EMPTY_TURN if not any(map(calls_oddly, prompt)) else NO_CALLS
    roles = [message["role"] for message in prompt]
    if "function" in roles or any("function_call" in message for message in prompt):
        return OLD_FUNCTIONS
    if any(map(calls_oddly, prompt)):
        return NO_CALLS
    if any(role == "tool" and not message.get("tool_call_id") for role, message in zip(roles, prompt, strict=True)):
        return NO_CALL
    if any(pair == ("assistant", "assistant") for pair in pairwise(roles)):
        return TWO_ANSWERS
    return asks(prompt)


class OpenAiChat(JsonLines):
    name: ClassVar[str] = "openai-chat"
    group: ClassVar[str] = OPENAI
    description: ClassVar[str] = "OpenAI-style chat JSONL with strict keys; the category in FILE.meta.jsonl."
    has_sidecar: ClassVar[bool] = True
    revision: ClassVar[int] = 2

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        prompt, tools = turns_of(example), tools_of(example)
        why = no_answer(example) or refusal(prompt) or (tools if isinstance(tools, LeftOut) else None)
        if why:
            return {"": why}
        row: JsonObject = {"messages": [*map(_not_learnt, prompt), strict(answer_turn(example))]}
        return {"": {**row, "tools": tools} if tools else row}


class OpenAiDpo(JsonLines):
    name: ClassVar[str] = "openai-dpo"
    group: ClassVar[str] = OPENAI
    description: ClassVar[str] = "OpenAI-style preference JSONL with strict keys; the category in FILE.meta.jsonl."
    has_sidecar: ClassVar[bool] = True
    revision: ClassVar[int] = 2

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        prompt, tools = turns_of(example), tools_of(example)
        why = pair(example, rules) or refusal(prompt) or (tools if isinstance(tools, LeftOut) else None)
        why = why or no_answer(example) or (None if example.response.strip() else EMPTY_SIDE)
        if why:
            return {"": why}
        return {
            "": {
                "input": {"messages": [plain(message) for message in prompt]},
                "preferred_output": [{"role": "assistant", "content": example.answer}],
                "non_preferred_output": [{"role": "assistant", "content": example.response}],
            }
        }
