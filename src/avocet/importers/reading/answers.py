"""A model's answer as the desk keeps it: text; tool calls as JSON text in OpenAI's shape, marked as such."""

from __future__ import annotations

import msgspec

from avocet.domain import JsonObject
from avocet.importers.reading.values import written

TOOL_CALLS = {"response_type": "tool_calls"}
"""The mark in the `details` of a candidate whose response is tool calls and not text."""


def tool_calls_text(calls: list[JsonObject]) -> str:
    """The response of a model that called tools instead of answering: its calls in OpenAI's shape, as JSON."""
    return msgspec.json.format(msgspec.json.encode([openai_call(call) for call in calls]), indent=2).decode()


def openai_call(call: JsonObject) -> JsonObject:
    """A tool call in OpenAI's shape: `{id, type, function: {name, arguments: "<JSON>"}}`.

    The call may come in that shape, in Inspect's (`{id, function: "add", arguments: {…}}`) or in DeepEval's
    (`{name, inputParameters}`).
    """
    function = call.get("function")
    if isinstance(function, dict):
        name, arguments = function.get("name"), function.get("arguments")
    else:
        name = function or call.get("name")
        arguments = call.get("arguments", call.get("inputParameters"))
    text = arguments if isinstance(arguments, str) else written(arguments or {})
    shaped: JsonObject = {"type": "function", "function": {"name": str(name or ""), "arguments": text}}
    return {"id": call["id"], **shaped} if isinstance(call.get("id"), str) else shaped
