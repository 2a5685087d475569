"""Prompts that a chat template rendered into one string, taken apart into messages if that is certain.

The templates are ChatML (Qwen and many others), Llama 3 and Gemma. Special tokens must not stay in a message, since a
trainer renders the messages with the template again. A prompt in doubt stays one user turn, with a note.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec

from avocet.domain import Json, Message
from avocet.importers.reading.messages import check_messages

KEPT_WHOLE = "The prompt is one rendered string; it is kept as one user turn."
CONTINUED = "The model continued an answer that was begun for it; the beginning is in the details."
_EMPTY_THOUGHT = re.compile(r"<think>\s*</think>\s*")
_SPECIAL = re.compile(
    r"<\|\w{1,40}\|>|<｜[^｜\n]{1,40}｜>|<(?:start|end)_of_turn>|\[/?INST\]|</?tool_(?:call|response)>"
)
_HINTS = ("<|", "<｜", "_of_turn>", "INST]")


class Prompt(NamedTuple):
    """A prompt as messages. `begun` is the start of the answer that was given to the model; `template` was undone."""

    messages: list[Message]
    begun: str = ""
    template: str | None = None
    notes: tuple[str, ...] = ()


class Template(NamedTuple):
    """The way a chat template writes a turn: opening, role, after_role, content, closing, after."""

    name: str
    firsts: tuple[str, ...]
    opening: str
    after_role: str
    closing: str
    after: str
    roles: dict[str, str]


_ROLES = {"system": "system", "user": "user", "assistant": "assistant"}
TEMPLATES = (
    Template("ChatML", ("<|endoftext|>", "<s>"), "<|im_start|>", "\n", "<|im_end|>", "\n", _ROLES),
    Template(
        "Llama 3", ("<|begin_of_text|>",), "<|start_header_id|>", "<|end_header_id|>\n\n", "<|eot_id|>", "", _ROLES
    ),
    Template(
        "Gemma", ("<bos>",), "<start_of_turn>", "\n", "<end_of_turn>", "\n", {"user": "user", "model": "assistant"}
    ),
)


def prompt_of(value: Json) -> Prompt:
    """The messages in a harness's prompt, which is a text, messages, or messages written as JSON text.

    Raises:
        InvalidMessages: the prompt is none of these, or holds another medium than text.
    """
    if isinstance(value, str):
        return _of_text(value)
    return _without_begun(check_messages(value))


def _of_text(text: str) -> Prompt:
    if text.startswith("[{") and (messages := _written_messages(text)):
        return _without_begun(check_messages(messages))
    if not any(hint in text for hint in _HINTS) or not _SPECIAL.search(text):
        return Prompt([{"role": "user", "content": text}])
    for template in TEMPLATES:
        if (messages := take_apart(text, template)) is not None:
            return _without_begun(messages)._replace(template=template.name)
    return Prompt([{"role": "user", "content": text}], notes=(KEPT_WHOLE,))


def _written_messages(text: str) -> list[Any] | None:
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
    is_messages = isinstance(value, list) and all(isinstance(item, dict) and "role" in item for item in value)
    return value if is_messages else None


def _without_begun(messages: list[Message]) -> Prompt:
    """The prompt without an assistant turn at its end, which is the beginning of the answer."""
    last = messages[-1]
    if len(messages) < 2 or last["role"] != "assistant" or last.keys() != {"role", "content"}:
        return Prompt(messages)
    begun = _EMPTY_THOUGHT.sub("", last["content"] or "")
    return Prompt(messages[:-1], begun, notes=(CONTINUED,) if begun else ())


def take_apart(text: str, template: Template) -> list[Message] | None:
    """The messages of a rendered string, the last one the begun turn of the assistant; None if in doubt.

    A doubt is anything that this template would not have written: text before the first turn, other special tokens,
    tool turns, a system turn in the middle, a last turn that is not the assistant's.
    """
    for first in template.firsts:
        text = text.removeprefix(first)
    if not text.startswith(template.opening):
        return None
    turns = text.split(template.opening)[1:]
    messages = [_turn(turn, template, is_last=turn is turns[-1]) for turn in turns]
    whole = [message for message in messages if message]
    if len(whole) < len(messages) or len(whole) < 2:
        return None
    roles = [message["role"] for message in whole]
    is_usual = roles[-1] == "assistant" and roles[-2] == "user" and "system" not in roles[1:]
    return whole if is_usual else None


def _turn(turn: str, template: Template, *, is_last: bool) -> Message | None:
    role, separator, content = turn.partition(template.after_role)
    end = template.closing + template.after
    if not separator or role not in template.roles:
        return None
    if not is_last:
        if not content.endswith(end):
            return None
        content = content.removesuffix(end)
    if _SPECIAL.search(content):
        return None
    return {"role": template.roles[role], "content": content}
