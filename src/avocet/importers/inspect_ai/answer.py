"""The answer that an Inspect sample was scored for: its prompt, its text or tool calls, its reasoning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from avocet.domain import Json, JsonObject, Message
from avocet.importers.choosing import field_text
from avocet.importers.inspect_ai.messages import TOOL_USE_LEFT_OUT, calls_of, read_content, to_messages
from avocet.importers.reading.answers import TOOL_CALLS, tool_calls_text
from avocet.importers.reading.jsonl import Line, parse
from avocet.importers.reading.messages import InvalidMessages
from avocet.importers.reading.references import reference_or_none


class _Event(msgspec.Struct):
    tools: msgspec.Raw = msgspec.Raw(b"[]")


class Answer:
    """The turn that was scored: its prompt, its text or tool calls, and its reasoning."""

    def __init__(self, fields: JsonObject, attachments: Mapping[str, Any], prompt_field: str | None) -> None:
        output = fields["output"] if isinstance(fields["output"], dict) else {}
        choice = _first(output.get("choices"))
        messages = fields["messages"] if isinstance(fields["messages"], list) else []
        index = _last_assistant(messages) if choice else None
        message: Message = _dict(choice.get("message")) if index is None else messages[index]
        where = "output" if index is None else f"messages[{index}]"
        content = read_content(message.get("content"), attachments, where)
        calls = calls_of(message, where)
        completion = output.get("completion")
        # an agent may answer by a tool (`submit`): what was scored is then neither the turn's text nor its calls
        told = completion if isinstance(completion, str) and completion else content.text
        self.reasoning = content.reasoning
        self.stop_reason = text_of(choice.get("stop_reason"))
        self.details: JsonObject = {}
        if calls and told == content.text:
            self.response = tool_calls_text(calls)
            self.details = {**TOOL_CALLS, "response_text": told}
        else:
            self.response = told
        before = messages if index is None else messages[:index]
        self.prompt, self.notes = _prompt(fields, before, attachments, prompt_field)
        if content.has_tool_use:
            self.notes.add(TOOL_USE_LEFT_OUT)


def _prompt(
    fields: JsonObject, before: list[Any], attachments: Mapping[str, Any], prompt_field: str | None
) -> tuple[list[Message], set[str]]:
    """The turns before the answer, or the field of the sample that the person chose."""
    if prompt_field and prompt_field != "input":
        text = field_text(fields, prompt_field)
        if text is None:
            raise InvalidMessages(f"The sample has no text in {prompt_field}.", "invalid_item")
        return [{"role": "user", "content": text}], set()
    if before and not prompt_field:
        return to_messages(before, attachments, "messages")
    return to_messages(fields["input"], attachments, "input")


def _last_assistant(messages: list[Any]) -> int | None:
    indexes = range(len(messages) - 1, -1, -1)
    return next((index for index in indexes if _dict(messages[index]).get("role") == "assistant"), None)


def offered_tools(events: msgspec.Raw) -> list[JsonObject] | None:
    """The tools the model was offered, in OpenAI's shape; a log tells them in its events alone."""
    try:
        lists = (bytes(event.tools) for event in msgspec.json.decode(events, type=list[_Event]))
        line = parse(Line(0, 0, next((tools for tools in lists if len(tools) > len("[]")), b"[]")))
    except (ValueError, RecursionError):
        return None
    shown = ("name", "description", "parameters")
    tools = [tool for tool in line.value if isinstance(tool, dict)] if isinstance(line.value, list) else []
    functions = [{key: tool[key] for key in shown if key in tool} for tool in tools]
    return [{"type": "function", "function": function} for function in functions] or None


def reference_of(target: Json) -> Json:
    """The target as text, or as a list of texts where there are several."""
    told = reference_or_none(target)
    if isinstance(told, list):
        return str(told[0]) if len(told) == 1 else [str(item) for item in told]
    return None if told is None else str(told)


def _first(value: Json) -> JsonObject:
    return _dict(value[0]) if isinstance(value, list) and value else {}


def _dict(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}


def text_of(value: Json) -> str | None:
    return value if isinstance(value, str) and value else None
