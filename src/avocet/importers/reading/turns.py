"""Turns where an answer is expected: which of them is the model's answer, and what goes before it."""

from __future__ import annotations

from typing import NamedTuple

from avocet.domain import Json, JsonObject, Message
from avocet.importers.reading.answers import TOOL_CALLS, tool_calls_text
from avocet.importers.reading.messages import InvalidMessages, check_messages
from avocet.importers.reading.parts import read_parts, shaped_turns, turn_of

FOLLOWED = "Turns after the model's last one were left out: a user's, or a tool's."
_SPOKEN_BY = ("human", "ai", "system", "tool")


class NoAnswer(InvalidMessages):
    """Turns of which none is the model's."""


class Said(NamedTuple):
    """The model's last turn, the turns before it, and whether others followed. `details` tell calls from text."""

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
    """Turns of any service as the desk keeps them.

    Raises:
        InvalidMessages: they are none, or hold another medium than text.
    """
    return check_messages(shaped_turns(value) if isinstance(value, list) else value, name)


def said_in(value: Json, name: str) -> Said:
    """The answer in turns; `name` is what the file calls them.

    Raises:
        InvalidMessages: they are no messages.
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
    """What the model said in a turn: its text, or its calls with the text beside them in the details."""
    text, calls = turn.get("content") or "", turn.get("tool_calls")
    if not calls and isinstance(turn.get("function_call"), dict):
        calls = [{"function": turn["function_call"]}]
    if isinstance(calls, list) and calls and all(isinstance(call, dict) for call in calls):
        return tool_calls_text(calls), {**TOOL_CALLS, **({"response_text": text} if text else {})}
    return text, {}


def answer_in(value: Json, name: str) -> Said | None:
    """The answer in turns, in parts, or in all that a service answered; none where the value is none of these.

    Raises:
        InvalidMessages: it holds another medium than text.
        NoAnswer: the turns hold none of the model's.
    """
    if are_turns(value):
        return said_in(value, name)
    turn = turn_of(value) if isinstance(value, dict) else None
    content = turn.get("content", turn.get("parts")) if turn else value
    parts = content if isinstance(content, list) else None if turn else [value]
    told = read_parts(parts) if parts else None
    thoughts = {"reasoning": "".join(told.thoughts)} if told and told.thoughts else {}
    if turn:
        said = said_in([turn], name)
        return said._replace(details={**thoughts, **said.details})
    if told is None or told.returned or (not told.calls and not isinstance(value, list)):
        return None
    if not told.calls:
        # a list of bare texts is a list
        return None if any(isinstance(part, str) for part in value) else Said([], told.text, thoughts)
    beside = {"response_text": told.text} if told.text else {}
    return Said([], tool_calls_text(told.calls), {**thoughts, **TOOL_CALLS, **beside})


def joined(prompt: list[Message], said: Said) -> list[Message]:
    """The prompt with the turns before the answer, which may say the whole prompt once more."""
    if said.before[: len(prompt)] == prompt:
        return said.before
    return [*prompt, *said.before]
