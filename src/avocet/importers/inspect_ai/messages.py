"""Messages of Inspect logs in OpenAI's shape: text only, reasoning kept apart, attachments put back in place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from avocet.domain import Json, Message
from avocet.importers.reading.answers import openai_call
from avocet.importers.reading.messages import ROLES, InvalidMessages, OtherMedium
from avocet.importers.reading.values import value_in

TOOL_USE_LEFT_OUT = "Tools that ran at the provider (web search, code) are left out; their text around is kept."
REASONING_LEFT_OUT = "Reasoning in earlier turns is left out of the prompt."
_ATTACHMENT = re.compile(r"attachment://([0-9a-f]{32})")
_MEDIA = {"image": "an image", "audio": "audio", "video": "a video", "document": "a document", "data": "data"}


class Content(NamedTuple):
    """The content of a message: its text, its reasoning, and whether a tool ran within it."""

    text: str
    reasoning: str | None = None
    has_tool_use: bool = False


def read_content(content: Json, attachments: Mapping[str, Json], where: str) -> Content:
    """Read a message's content.

    Raises:
        InvalidMessages: it is nothing that messages hold.
        OtherMedium: it is an image or another medium.
    """
    if content is None:
        return Content("")
    if isinstance(content, str):
        return Content(_resolve(content, attachments, where))
    if not isinstance(content, list):
        raise _invalid(f"{where}.content is neither text nor a list of parts.")
    texts: list[str] = []
    reasoning: list[str] = []
    has_tool_use = False
    for part in content:
        match part:
            case str():
                texts.append(_resolve(part, attachments, where))
            case {"type": "text", "text": str(text)}:
                texts.append(_resolve(text, attachments, where))
            case {"type": "reasoning"}:
                thought = part.get("summary") if part.get("redacted") else part.get("reasoning")
                if isinstance(thought, str) and thought:
                    reasoning.append(_resolve(thought, attachments, where))
            case {"type": "tool_use"}:
                has_tool_use = True
            case {"type": str(kind)} if kind in _MEDIA:
                raise OtherMedium(f"{where} holds {_MEDIA[kind]}")
            case _:
                raise _invalid(f"{where}.content holds a part that is not text.")
    return Content("".join(texts), "\n\n".join(reasoning) or None, has_tool_use)


def to_messages(value: Json, attachments: Mapping[str, Json], name: str) -> tuple[list[Message], set[str]]:
    """A list of messages in OpenAI's shape, and notes on what was left out of them.

    Raises:
        InvalidMessages: the value is not messages.
        OtherMedium: a message holds an image or another medium.
    """
    if isinstance(value, str):
        return [{"role": "user", "content": _resolve(value, attachments, name)}], set()
    if not isinstance(value, list) or not value:
        raise _invalid(f"{name} isn't a list of messages with at least one in it.")
    messages: list[Message] = []
    notes: set[str] = set()
    for index, message in enumerate(value):
        where = f"{name}[{index}]"
        if not isinstance(message, dict):
            raise _invalid(f"{where} isn't an object.")
        content = read_content(message.get("content"), attachments, where)
        messages.append(_openai(message, content, where))
        if content.reasoning:
            notes.add(REASONING_LEFT_OUT)
        if content.has_tool_use:
            notes.add(TOOL_USE_LEFT_OUT)
    return messages, notes


def calls_of(message: Message, where: str) -> list[Message]:
    """The tool calls of an assistant's message in the log's own shape."""
    calls = message.get("tool_calls") or []
    if not isinstance(calls, list) or not all(isinstance(call, dict) for call in calls):
        raise _invalid(f"{where}.tool_calls isn't a list of calls.")
    return calls


def _openai(message: Message, content: Content, where: str) -> Message:
    role = message.get("role")
    if not isinstance(role, str) or role not in ROLES:
        raise _invalid(f"{where} has the role {role!r:.60}.")
    shaped: Message = {"role": role, "content": content.text}
    if role == "assistant" and (calls := calls_of(message, where)):
        shaped["tool_calls"] = [openai_call(call) for call in calls]
    if role == "tool":
        shaped.update(_tool_turn(message))
    return shaped


def _tool_turn(message: Message) -> Message:
    """The fields of a tool's turn beyond its text; an error takes the text's place, as it did for the model."""
    fields: Message = {"tool_call_id": message.get("tool_call_id"), "name": message.get("function")}
    fields = {key: value for key, value in fields.items() if isinstance(value, str)}
    error = value_in(message, "error", "message")
    if isinstance(error, str):
        fields["content"] = f"Error: {error}"
    return fields


def _resolve(text: str, attachments: Mapping[str, Any], where: str) -> str:
    reference = _ATTACHMENT.fullmatch(text)
    if not reference:
        return text
    attached = attachments.get(reference[1])
    if not isinstance(attached, str):
        raise _invalid(f"{where} names an attachment that the log doesn't hold.")
    if attached.startswith("data:"):
        kind = attached[5:].partition("/")[0]
        raise OtherMedium(f"{where} holds {_MEDIA.get(kind, 'data')}")
    return attached


def _invalid(reason: str) -> InvalidMessages:
    return InvalidMessages(reason, "invalid_item")
