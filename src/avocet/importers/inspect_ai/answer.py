"""The answer for which an Inspect sample was scored: its prompt, its text or tool calls, its reasoning."""

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
from avocet.importers.reading.values import items, mapping, objects, text_or_none


class _Event(msgspec.Struct):
    tools: msgspec.Raw = msgspec.Raw(b"[]")


class Answer:
    """The turn that was scored: its prompt, its text or tool calls, and its reasoning."""

    def __init__(self, fields: JsonObject, attachments: Mapping[str, Any], prompt_field: str | None) -> None:
        output = mapping(fields["output"])
        choice = mapping(next(iter(items(output.get("choices"))), None))
        messages = items(fields["messages"])
        index = _last_assistant(messages) if choice else None
        message: Message = mapping(choice.get("message")) if index is None else messages[index]
        where = "output" if index is None else f"messages[{index}]"
        content = read_content(message.get("content"), attachments, where)
        calls = calls_of(message, where)
        # an agent may answer by a tool (`submit`): what was scored is then neither the turn's text nor its calls
        scored = text_or_none(output.get("completion")) or content.text
        self.reasoning = content.reasoning
        self.stop_reason = text_or_none(choice.get("stop_reason"))
        self.details: JsonObject = {}
        if calls and scored == content.text:
            self.response = tool_calls_text(calls)
            self.details = {**TOOL_CALLS, "response_text": scored}
        else:
            self.response = scored
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
    return next((index for index in indexes if mapping(messages[index]).get("role") == "assistant"), None)


def offered_tools(events: msgspec.Raw) -> list[JsonObject] | None:
    """The tools that the model was offered, in OpenAI's shape, by the events of the log; None if it had none."""
    try:
        lists = (bytes(event.tools) for event in msgspec.json.decode(events, type=list[_Event]))
        line = parse(Line(0, 0, next((tools for tools in lists if len(tools) > len("[]")), b"[]")))
    except (ValueError, RecursionError):
        return None
    shown = ("name", "description", "parameters")
    functions = [{key: tool[key] for key in shown if key in tool} for tool in objects(line.value)]
    return [{"type": "function", "function": function} for function in functions] or None


def reference_of(target: Json) -> Json:
    """The target as text, or as a list of texts if there are several; None if it is blank."""
    reference = reference_or_none(target)
    if isinstance(reference, list):
        return str(reference[0]) if len(reference) == 1 else [str(item) for item in reference]
    return None if reference is None else str(reference)
