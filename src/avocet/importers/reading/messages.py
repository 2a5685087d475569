"""Prompt messages: checked, in OpenAI's shape, text only."""

from __future__ import annotations

from avocet.domain import Json, Message
from avocet.importers.base import InvalidItem
from avocet.importers.reading.values import value_in

ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})
_PLAIN = {"role", "content"}


class InvalidMessages(InvalidItem):
    """The error of messages that can't be a prompt."""

    code = "invalid_messages"


class OtherMedium(InvalidMessages):
    """The error of an item with an image, audio or another medium than text; `found` says what holds what."""

    code = "media_not_supported"

    def __init__(self, found: str) -> None:
        super().__init__(f"{found}; the desk is for text only.")


def check_messages(value: Json, name: str = "prompt_messages") -> list[Message]:
    """The messages as the desk keeps them, each with a known role and a text. `name` is the file's name for them.

    Text parts are joined; tool turns keep their other keys and may have a null content.

    Raises:
        InvalidMessages: the value is not a list of messages, or a role is unknown.
        OtherMedium: a message holds an image, audio or another medium.
    """
    if not isinstance(value, list) or not value:
        raise InvalidMessages(f"{name} isn't a list of messages with at least one in it.")
    return [_check_message(f"{name}[{index}]", message) for index, message in enumerate(value)]


def _check_message(where: str, message: Json) -> Message:
    if not isinstance(message, dict):
        raise InvalidMessages(f"{where} isn't an object.")
    role = message.get("role")
    if not isinstance(role, str) or role not in ROLES:
        raise InvalidMessages(f"{where} has the role {role!r:.60}; known are {', '.join(sorted(ROLES))}.")
    content = message.get("content")
    if isinstance(content, str) and message.keys() == _PLAIN:
        return message
    return {**message, "role": role, "content": _text(where, message, content)}


def _text(where: str, message: Message, content: Json) -> str | None:
    match content:
        case str():
            return content
        case None if message.get("tool_calls") or message.get("function_call"):
            return None
        case list():
            return "".join(_part(where, part) for part in content)
        case _:
            raise InvalidMessages(f"{where} has no text in content.")


def _part(where: str, part: Json) -> str:
    if isinstance(part, str):
        return part
    kind, text = value_in(part, "type"), value_in(part, "text")
    if kind in ("text", "input_text", "output_text") and isinstance(text, str):
        return text
    raise OtherMedium(f"{where} holds a part of type {kind!r:.60}")
