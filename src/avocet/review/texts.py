"""A card's JSON values as texts, to be read or to be copied into a correction.

They are written here and not in the browser: JavaScript rounds 9007199254740993 and turns `1.0` into `1`.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

FACTS = {
    "dataset": "Dataset",
    "subset": "Subset",
    "epoch": "Epoch",
    "parameters": "Parameters",
    "task_args": "Task arguments",
    "choices": "Choices",
    "criteria": "Criteria",
    "tests": "Tests",
    "stop_reason": "Stopped because",
    "limit": "Limit reached",
    "filter": "Filter",
}
"""What importers write into `details` that a reviewer may want to know, in the order in which it is shown."""
_NOTHING = (b"null", b'""', b"{}", b"[]")
_Fields = dict[str, msgspec.Raw]


class Told(msgspec.Struct, frozen=True):
    """One thing that the harness said, such as a score or a fact."""

    name: str
    value: str


class ToolCall(msgspec.Struct, frozen=True):
    name: str
    input: str


class CardTexts(msgspec.Struct, frozen=True, kw_only=True):
    """A card's JSON values as texts, with every digit of their numbers.

    `turn_calls` has the tool calls of each turn of the prompt, and is empty if no turn calls a tool; `response_calls`
    are those of a response that consists of tool calls, None for any other response.
    """

    references: list[str]
    scores: list[Told]
    facts: list[Told]
    tools: str | None
    turn_calls: list[list[ToolCall]]
    response_calls: list[ToolCall] | None


def card_texts(json: Mapping[str, str | None], harness: str | None, response: str) -> CardTexts:
    """The texts of a card; `json` has its JSON values by name, None for null."""
    details = _fields(json["details"])
    return CardTexts(
        references=references_of(json["reference"]),
        scores=_scores(json["scores"]),
        facts=_facts(details, harness),
        tools=None if (tools := json["tools"]) is None else as_text(tools.encode()),
        turn_calls=_turn_calls(json["prompt_messages"]),
        response_calls=_response_calls(details, response),
    )


def as_text(raw: bytes | msgspec.Raw) -> str:
    """A JSON value to read: a string as it is, null as the empty text, all else indented, its digits unchanged."""
    value = bytes(raw)
    if value[:1] == b'"':
        return msgspec.json.decode(value, type=str)
    return "" if value == b"null" else msgspec.json.format(value, indent=2).decode()


def references_of(text: str | None) -> list[str]:
    """The acceptable answers: one text, each text of a list, or any other value as JSON."""
    if text is None:
        return []
    try:
        found = msgspec.json.decode(text, type=list[str]) if text[0] == "[" else [as_text(text.encode())]
    except msgspec.ValidationError:
        found = [as_text(text.encode())]
    return [one for one in found if one.strip()]


def _scores(text: str | None) -> list[Told]:
    if text is None:
        return []
    if text[0] != "{":
        return [Told("score", as_text(text.encode()))]
    return [Told(name, _in_line(value, nested=True)) for name, value in _fields(text).items()]


def _facts(details: _Fields, harness: str | None) -> list[Told]:
    version = details.get("harness_version")
    named = " ".join(filter(None, (harness, as_text(version) if version and bytes(version)[:1] == b'"' else "")))
    facts = [
        Told(words, _in_line(details[name]))
        for name, words in FACTS.items()
        if name in details and bytes(details[name]) not in _NOTHING
    ]
    return [Told("Harness", named), *facts] if named else facts


def _in_line(value: msgspec.Raw, *, nested: bool = False) -> str:
    """A value on one line; deeper values stay JSON."""
    match bytes(value)[:1]:
        case b"[" if not nested:
            return ", ".join(map(_in_line, msgspec.json.decode(value, type=list[msgspec.Raw])))
        case b"{" if not nested:
            fields = _fields(value).items()
            return ", ".join(f"{name} {_in_line(one, nested=True)}" for name, one in fields if bytes(one) != b"null")
        case b'"':
            return as_text(value)
        case _:
            return bytes(value).decode()


def _turn_calls(prompt_messages: str | None) -> list[list[ToolCall]]:
    if prompt_messages is None or '"tool_calls"' not in prompt_messages:
        return []
    turns = msgspec.json.decode(prompt_messages, type=list[_Fields])
    return [_calls(turn.get("tool_calls", msgspec.Raw(b"null"))) for turn in turns]


def _response_calls(details: _Fields, response: str) -> list[ToolCall] | None:
    kind = details.get("response_type")
    if kind is None or bytes(kind) != b'"tool_calls"':
        return None
    try:
        calls = msgspec.json.decode(response, type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError):
        return None
    return list(map(_call, calls))


def _calls(value: msgspec.Raw) -> list[ToolCall]:
    match bytes(value)[:1]:
        case b"n":
            return []
        case b"[":
            return list(map(_call, msgspec.json.decode(value, type=list[msgspec.Raw])))
        case _:
            return [_call(value)]


def _call(value: msgspec.Raw) -> ToolCall:
    """One tool call, of the many shapes that harnesses write; one that is not understood is shown as it came."""
    outer = _fields(value)
    inner = _fields(outer["function"]) if "function" in outer else outer
    name = inner.get("name")
    if name is None or bytes(name)[:1] != b'"':
        return ToolCall("Tool call", as_text(value))
    given = inner.get("arguments", inner.get("input", msgspec.Raw(b"null")))
    return ToolCall(as_text(name), _set_out(as_text(given)))


def _set_out(given: str) -> str:
    """Indent arguments that came as JSON on one line; return any other text as it is."""
    if given[:1] not in ("{", "["):
        return given
    try:
        msgspec.json.decode(given)
        return msgspec.json.format(given, indent=2)
    except (msgspec.DecodeError, RecursionError):
        return given


def _fields(text: str | msgspec.Raw | None) -> _Fields:
    """An object's fields; empty for any other value."""
    if text is None or (text if isinstance(text, str) else bytes(text).decode())[:1] != "{":
        return {}
    return msgspec.json.decode(text, type=_Fields)
