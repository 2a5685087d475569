"""Tool calls and tools in one shape, OpenAI's, whatever shape they come in.

A call is `{"id", "type": "function", "function": {"name", "arguments": "<JSON>"}}`. Every import goes through
`settle`. Exporters read stored turns again, since older versions stored them as they came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from avocet.domain import CandidateDraft, Json, JsonObject, Message
from avocet.importers.reading.answers import TOOL_CALLS
from avocet.importers.reading.values import several, text_or_none, value_in, written

ODD_CALLS = "A turn calls tools in a shape that is no call: it is kept, and formats with tool turns leave it out."
ODD_TOOLS = "The tools are in a shape that is not known: they are kept, and formats with tools leave the card out."
READ_AS_CALLS = "The answer is written as tool calls, and is kept as calls."
_ARGUMENTS = ("arguments", "args", "input", "inputParameters", "parameters")
_PARAMETERS = ("parameters", "input_schema", "inputSchema")
((_MARK, _IS_CALLS),) = TOOL_CALLS.items()


def settle(draft: CandidateDraft) -> tuple[str, ...]:
    """Bring a draft's calls and tools into their one shape; return notes for the person on those that have none."""
    notes: list[str] = []
    if any(len(message) > 2 or message["role"] == "function" for message in draft.prompt_messages):
        draft.prompt_messages = read_turns(draft.prompt_messages)
        if any(map(calls_oddly, draft.prompt_messages)):
            notes.append(ODD_CALLS)
    if given := _value(draft.tools):
        tools = read_tools(given)
        if tools is None:
            notes.append(ODD_TOOLS)
        elif tools != given:
            draft.tools = tools
    if _settle_answers(draft):
        notes.append(READ_AS_CALLS)
    return tuple(notes)


def _settle_answers(draft: CandidateDraft) -> bool:
    """Bring the draft's answers into shape, and say whether they were calls that nothing had marked as such."""
    details = _value(draft.details)
    kind = response_type(details)
    if kind not in (None, _IS_CALLS):
        return False
    calls = read_answer(draft.model_response, may_be_flat=kind is not None)
    if draft.corrected_response is not None and draft.corrected_response != draft.model_response:
        better = read_answer(draft.corrected_response, may_be_flat=kind is not None)
        draft.corrected_response = _as_text(draft.corrected_response, better)
    elif draft.corrected_response is not None:
        draft.corrected_response = _as_text(draft.model_response, calls)
    draft.model_response = _as_text(draft.model_response, calls)
    if calls is None or kind is not None or not (details is None or isinstance(details, dict)):
        return False
    draft.details = {**(details or {}), **TOOL_CALLS}
    return True


def _value(given: Json) -> Json:
    """A value, decoded if it still is the JSON text of a line."""
    return msgspec.json.decode(given) if isinstance(given, msgspec.Raw) else given


def response_type(details: Json) -> str | None:
    """The kind of a card's response by its details; None if they name none."""
    kind = value_in(details, _MARK)
    return kind if isinstance(kind, str) else None


def _as_text(text: str, calls: list[JsonObject] | None) -> str:
    """The calls as text: the given text if there are none or it holds them in their shape already."""
    if calls is None or msgspec.json.decode(text) == calls:
        return text
    return msgspec.json.format(msgspec.json.encode(calls), indent=2).decode()


def read_answer(text: str, *, may_be_flat: bool) -> list[JsonObject] | None:
    """The calls in an answer; None if it is text.

    Without `may_be_flat` only calls in OpenAI's shape count, since a list of objects with a name may be the answer to
    a question that asked for JSON.
    """
    if text.lstrip()[:1] not in ("[", "{") or '"name"' not in text:
        return None
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
    if isinstance(value, dict) and isinstance(value.get("tool_calls"), list) and not value.get("content"):
        value = value["tool_calls"]
    listed = several(value)
    if not all(_is_nested(one) or (may_be_flat and _is_flat(one)) for one in listed):
        return None
    return read_calls(listed) or None


def _is_nested(value: Json) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("function"), dict):
        return False
    return value.get("type") == "function" or "arguments" in value["function"]


def _is_flat(value: Json) -> bool:
    return isinstance(value, dict) and not value.keys().isdisjoint(_ARGUMENTS)


def read_calls(value: Json) -> list[JsonObject] | None:
    """Calls in their one shape; None if anything among them is not a call."""
    if isinstance(value, str):
        try:
            value = msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError):
            return None
    calls = [read_call(call) for call in several(value)]
    return None if None in calls else [call for call in calls if call is not None]


def read_call(value: Json) -> JsonObject | None:
    """A call in its one shape; None if the value is not a call.

    It may come in OpenAI's shape, with arguments as text, as an object or left out, or in one of the flat ones that
    harnesses and other services write (`{name, arguments}`, `{name, args}`, `{name, input}`,
    `{function: "add", arguments}`).
    """
    if not isinstance(value, dict):
        return None
    inner = next((value[key] for key in ("function", "functionCall", "function_call") if key in value), value)
    called = inner if isinstance(inner, dict) else {**value, "name": inner}
    name = called.get("name")
    if not isinstance(name, str) or not name:
        return None
    arguments = next((called[key] for key in _ARGUMENTS if key in called), None)
    shaped: JsonObject = {"type": "function", "function": {"name": name, "arguments": _arguments(arguments)}}
    identity = _identity(value.get("id", value.get("call_id")))
    return {"id": identity, **shaped} if identity else shaped


def _arguments(value: Json) -> str:
    """Arguments as JSON text; a text that the model wrote stays as it is, even if it is not JSON."""
    if value is None or (isinstance(value, str) and value.strip() in ("", "null")):
        return "{}"
    return written(value)


def _identity(value: Json) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return text_or_none(value)


def read_tools(value: Json) -> list[JsonObject] | None:
    """The tools that a model was offered, in OpenAI's shape; None if one of them is in an unknown shape."""
    if isinstance(value, str):
        try:
            value = msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError):
            return None
    tools = [_read_tool(tool) for tool in _each_tool(value)]
    return None if None in tools else [tool for tool in tools if tool is not None]


def _each_tool(value: Json) -> Iterator[Json]:
    for tool in several(value):
        declared = value_in(tool, "functionDeclarations")
        yield from declared if isinstance(declared, list) else [tool]


def _read_tool(tool: Json) -> JsonObject | None:
    if not isinstance(tool, dict):
        return None
    function = tool.get("function", tool)
    if not isinstance(function, dict) or not isinstance(function.get("name"), str) or not function["name"]:
        return None
    shaped: JsonObject = {"name": function["name"]}
    if isinstance(function.get("description"), str):
        shaped["description"] = function["description"]
    parameters = next((function[key] for key in _PARAMETERS if function.get(key) is not None), None)
    if parameters is not None:
        if not isinstance(parameters, dict):
            return None
        shaped["parameters"] = parameters
    if isinstance(function.get("strict"), bool):
        shaped["strict"] = function["strict"]
    return {"type": "function", "function": shaped}


def read_turns(messages: Sequence[Message]) -> list[Message]:
    """The turns with their calls in one shape, each with an id that the tool's turn after it names.

    `function_call` and the turns of role `function` that answer it become calls and tool turns. A call in an unknown
    shape stays as it is; `calls_oddly` finds it.
    """
    turns = [_read_turn(message) for message in messages]
    old = {number for number, message in enumerate(messages) if "function_call" in message}
    used = {call["id"] for turn in turns for call in _good_calls(turn) if "id" in call}
    for number, turn in enumerate(turns):
        calls = _good_calls(turn)
        if not calls:
            continue
        returned = _returned(turns[number + 1 :])
        free = [turn["tool_call_id"] for turn in returned if turn.get("tool_call_id") not in (None, *used)]
        for call in calls:
            if "id" not in call:
                call.update({"id": free.pop(0) if free else _new_id(used), **call})
                used.add(call["id"])
        if number in old:
            _answer_old_call(returned, calls[0]["id"])
    for turn in turns:
        if calls := _good_calls(turn):
            turn["tool_calls"] = [{"id": call["id"], **call} for call in calls]
    return turns


def _read_turn(message: Message) -> Message:
    if message.keys() <= {"role", "content"}:
        return message
    turn = dict(message)
    for key in ("name", "tool_call_id"):
        if key in turn and (known := _identity(turn[key])) is not None:
            turn[key] = known
        else:
            turn.pop(key, None)
    for key in ("tool_calls", "function_call"):
        if key in turn and not turn[key]:
            del turn[key]
    if turn["role"] != "assistant":
        return turn
    if "tool_calls" in turn and (calls := read_calls(turn["tool_calls"])):
        turn["tool_calls"] = calls
    elif "tool_calls" not in turn and (calls := read_calls(turn.get("function_call"))):
        del turn["function_call"]
        turn["tool_calls"] = calls
    return turn


def calls_oddly(turn: Message) -> bool:
    """Whether a turn, once read, calls tools in an unknown shape."""
    return bool(turn.get("tool_calls") or turn.get("function_call")) and not _good_calls(turn)


def _good_calls(turn: Message) -> list[JsonObject]:
    calls = turn.get("tool_calls")
    if turn["role"] != "assistant" or not isinstance(calls, list) or "function_call" in turn:
        return []
    return calls if all(map(_is_good, calls)) else []


def _is_good(call: Json) -> bool:
    return isinstance(call, dict) and call == read_call(call)


def _returned(turns: Sequence[Message]) -> list[Message]:
    """The tools' turns at the beginning of those that follow a call."""
    found: list[Message] = []
    for turn in turns:
        if turn["role"] not in ("tool", "function"):
            break
        found.append(turn)
    return found


def _new_id(used: set[str]) -> str:
    number = 0
    while f"call_{number}" in used:
        number += 1
    return f"call_{number}"


def _answer_old_call(returned: list[Message], identity: str) -> None:
    for turn in returned[:1]:
        if turn["role"] == "function":
            turn.update(role="tool", tool_call_id=identity)
