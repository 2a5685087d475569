"""Turns in place of an answer: which one is the model's answer, and which come before it."""

from __future__ import annotations

from typing import NamedTuple

from avocet.domain import Json, JsonObject, Message
from avocet.importers.reading.answers import TOOL_CALLS, tool_calls_text
from avocet.importers.reading.messages import InvalidMessages, check_messages
from avocet.importers.reading.parts import read_parts, shaped_turns, turn_of

FOLLOWED = "Turns after the model's last one were left out: a user's, or a tool's."
_SPOKEN_BY = ("human", "ai", "system", "tool")


class NoAnswer(InvalidMessages):
    """The error of turns of which none is the model's."""


class Said(NamedTuple):
    """The model's last turn, the turns before it, and whether others followed. `details` mark calls as such."""

    before: list[Message]
    response: str
    details: JsonObject
    is_followed: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        return (FOLLOWED,) if self.is_followed else ()


def are_turns(value: Json) -> bool:
    """Whether a value is a list of messages, each with its role."""
    return isinstance(value, list) and bool(value) and all(map(_is_turn, value))


def _is_turn(value: Json) -> bool:
    if not isinstance(value, dict):
        return False
    return "role" in value or {"from", "value"} <= value.keys() or value.get("type") in _SPOKEN_BY


def checked_turns(value: Json, name: str) -> list[Message]:
    """Turns of any service as the desk keeps them; `name` is the file's name for them.

    Raises:
        InvalidMessages: they are not turns, or hold another medium than text.
    """
    return check_messages(shaped_turns(value) if isinstance(value, list) else value, name)


def said_in(value: Json, name: str) -> Said:
    """The answer in turns; `name` is the file's name for them.

    Raises:
        InvalidMessages: they are not messages.
        NoAnswer: none of them is the model's.
    """
    if value in ([], "", None):
        raise InvalidMessages(f"{name} is empty: it holds no turn.")
    turns = checked_turns(value, name)
    place = max((at for at, turn in enumerate(turns) if turn["role"] == "assistant"), default=None)
    if place is None:
        raise NoAnswer(f"{name} holds no turn of the model, so no answer to review.")
    response, details = answer_of_turn(turns[place])
    return Said(turns[:place], response, details, place < len(turns) - 1)


def answer_of_turn(turn: Message) -> tuple[str, JsonObject]:
    """The answer in a turn: its text, or its calls with the text in the details."""
    text, calls = turn.get("content") or "", turn.get("tool_calls")
    if not calls and isinstance(turn.get("function_call"), dict):
        calls = [{"function": turn["function_call"]}]
    if isinstance(calls, list) and calls and all(isinstance(call, dict) for call in calls):
        return tool_calls_text(calls), {**TOOL_CALLS, **({"response_text": text} if text else {})}
    return text, {}


def answer_in(value: Json, name: str) -> Said | None:
    """The answer in turns, in parts, or in the whole answer of a service; None if the value is none of these.

    Raises:
        InvalidMessages: the value holds another medium than text.
        NoAnswer: the turns hold none of the model's.
    """
    if are_turns(value):
        return said_in(value, name)
    turn = turn_of(value) if isinstance(value, dict) else None
    content = turn.get("content", turn.get("parts")) if turn else value
    parts = content if isinstance(content, list) else None if turn else [value]
    found = read_parts(parts) if parts else None
    thoughts = {"reasoning": "".join(found.thoughts)} if found and found.thoughts else {}
    if turn:
        said = said_in([turn], name)
        return said._replace(details={**thoughts, **said.details})
    if found is None or found.returned or (not found.calls and not isinstance(value, list)):
        return None
    if not found.calls:
        # bare texts in a list are not parts of an answer
        return None if any(isinstance(part, str) for part in value) else Said([], found.text, thoughts)
    beside = {"response_text": found.text} if found.text else {}
    return Said([], tool_calls_text(found.calls), {**thoughts, **TOOL_CALLS, **beside})


def joined(prompt: list[Message], said: Said) -> list[Message]:
    """The prompt with the turns before the answer, which may repeat the whole prompt."""
    if said.before[: len(prompt)] == prompt:
        return said.before
    return [*prompt, *said.before]
