"""The replies of a chat completions server: an answer, or what it says went wrong. None of it is trusted."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from avocet.domain import Json
from avocet.importers.reading.jsonl import decode

MAX_BYTES = 16 * 1024 * 1024
_MOST_TOLD = 300


class InvalidReply(Exception):
    """A reply without an answer. `is_passing`: asking again may help. `wait_s`: the pause the server asks for."""

    def __init__(self, reason: str, *, is_passing: bool = False, wait_s: float | None = None) -> None:
        super().__init__(reason)
        self.is_passing = is_passing
        self.wait_s = wait_s


class Asked(NamedTuple):
    """The answer to one request."""

    text: str
    tokens: int | None = None
    finish_reason: str | None = None
    reasoning: str | None = None


def completion(body: bytes) -> Asked:
    """The answer in a reply.

    Raises:
        InvalidReply: the reply holds no answer; some servers reply 200 with an error.
    """
    reply = _decode(body)
    if not isinstance(reply, dict):
        raise InvalidReply("The reply isn't a JSON object.")
    if reply.get("error"):
        raise InvalidReply(f"The reply is an error: {said(body)}")
    choice = _at(reply, "choices", 0)
    message = _at(choice, "message")
    if not isinstance(message, dict):
        raise InvalidReply("The reply holds no choices[0].message.")
    tokens = _at(reply, "usage", "completion_tokens")
    return Asked(
        text=_text(message.get("content")) or _text(message.get("refusal")),
        tokens=tokens if type(tokens) is int and tokens > 0 else None,
        finish_reason=_label(_at(choice, "finish_reason")),
        reasoning=_text(message.get("reasoning_content")) or _text(message.get("reasoning")) or None,
    )


def said(body: bytes) -> str:
    """The message in the body of a refusal, as one short line."""
    reply = _decode(body)
    error = _at(reply, "error")
    text = next(
        (text for text in (_at(error, "message"), error, _at(reply, "message"), _at(reply, "detail"))
         if isinstance(text, str)),
        body.decode("utf-8", "replace") if reply is None else "",
    )  # fmt: skip
    line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return line if len(line) <= _MOST_TOLD else line[: _MOST_TOLD - 1] + "…"


def retry_after(value: str | None) -> float | None:
    """How many seconds a server asks to wait, as a number or a date; None if it does not say."""
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _decode(body: bytes) -> Json:
    try:
        return decode(body)
    except (ValueError, RecursionError):
        return None


def _at(value: Json, *path: str | int) -> Json:
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and len(value) > step else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _text(content: Json) -> str:
    if isinstance(content, list):
        return "".join(part for part in (_at(item, "text") for item in content) if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _label(value: Json) -> str | None:
    return value[:64] if isinstance(value, str) else None
