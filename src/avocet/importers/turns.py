"""Turns where an answer is expected: which of them is the model's answer, and what goes before it."""

from __future__ import annotations

from typing import Any, NamedTuple

from avocet.domain import JsonObject, Message
from avocet.importers.answers import TOOL_CALLS, tool_calls_text
from avocet.importers.messages import InvalidMessages, check_messages

FOLLOWED = "Turns after the model's last one were left out: a user's, or a tool's."


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


def are_turns(value: Any) -> bool:  # noqa: ANN401 (JSON)
    """Whether a value is a list of messages, each with its role."""
    return (
        isinstance(value, list) and bool(value) and all(isinstance(turn, dict) and "role" in turn for turn in value)
    )


def said_in(value: Any, name: str) -> Said:  # noqa: ANN401 (JSON)
    """The answer in turns; `name` is what the file calls them.

    Raises:
        InvalidMessages: they are no messages.
        NoAnswer: none of them is the model's.
    """
    if value in ([], "", None):
        raise InvalidMessages(f"{name} is empty: it holds no turn.")
    turns = check_messages(value, name)
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


def joined(prompt: list[Message], said: Said) -> list[Message]:
    """The prompt with the turns before the answer, which may say the whole prompt once more."""
    if said.before[: len(prompt)] == prompt:
        return said.before
    return [*prompt, *said.before]
