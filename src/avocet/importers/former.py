"""How version 0.1.0 read what ids are made of. Frozen: reading gets better, but an id must stay what it was.

A line without an id, or a row without its harness's number, is identified by a hash of its content. If that content
were read as it is today, every line that is now read better would become a new card.
"""

from __future__ import annotations

import math
from typing import Any

import msgspec

from avocet.categories import FAILURE_CATEGORIES
from avocet.domain import STATUSES, CandidateDraft, Json, JsonObject, Message
from avocet.importers.reading.literals import listed

_ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})
_TURNS = {"human": "user", "ai": "assistant", **{role: role for role in ("tool", "system", "user", "assistant")}}
_IDS = {
    "id": 512,
    **dict.fromkeys(("benchmark_run_id", "task_id", "model_id", "node_id", "gpu_id", "item_id"), None),
    **dict.fromkeys(("source", "task_type", "model_name", "harness"), 256),
}
_TEXTS = (
    *("timestamp", "corrected_response", "failure_reason", "task_name", "note", "explanation", "extracted_answer"),
    "reasoning",
)
_NUMBERS = ("quality_score", "tokens_per_sec")
_WORDS: dict[str, tuple[str, ...]] = {"status": STATUSES, "failure_category": FAILURE_CATEGORIES}
_JSON = ("reference", "scores", "tools", "details")
_KNOWN = frozenset({"prompt_messages", "model_response", *_IDS, *_TEXTS, *_NUMBERS, *_WORDS, *_JSON})


class OtherwiseRead(ValueError):
    """Version 0.1.0 made no candidate of this value."""


def said(value: Json) -> CandidateDraft | None:
    """The candidate that version 0.1.0 made of a line; None if it made none."""
    try:
        _check(isinstance(value, dict) and isinstance(value.get("model_response"), str))
        fields: JsonObject = {name: _id(value.get(name), longest) for name, longest in _IDS.items()}
        fields.update((name, _text(value.get(name))) for name in _TEXTS)
        fields.update((name, _number(value.get(name))) for name in _NUMBERS)
        fields.update((name, _word(value.get(name), known)) for name, known in _WORDS.items())
        fields.update((name, _finite(value.get(name))) for name in _JSON)
        messages = check_messages(value.get("prompt_messages"))
        _check(fields["id"] != "" and 0 <= (fields["quality_score"] or 0) <= 1)
    except OtherwiseRead:
        return None
    fields["source"] = fields["source"] or "cf-orch"
    fields["status"] = fields["status"] or "needs_review"
    if fields["status"] == "approved" and fields["corrected_response"] is None:
        fields["corrected_response"] = value["model_response"]
    extra = {key: item for key, item in value.items() if key not in _KNOWN}
    return CandidateDraft(prompt_messages=messages, model_response=value["model_response"], extra=extra, **fields)


def _id(item: Json, longest: int | None) -> str | None:
    text = _text(str(item) if isinstance(item, int) and not isinstance(item, bool) else item)
    _check(text is None or longest is None or len(text) <= longest)
    return text


def _text(item: Json) -> str | None:
    _check(item is None or isinstance(item, str))
    return item  # type: ignore[no-any-return]


def _finite(item: Json) -> Json:
    """The value with null for NaN and ∞; within lists and objects they are written as null anyway."""
    return None if isinstance(item, float) and not math.isfinite(item) else item


def _number(item: Json) -> float | None:
    item = _finite(item)
    _check(item is None or (isinstance(item, int | float) and not isinstance(item, bool)))
    return None if item is None else float(item)


def _word(item: Json, known: tuple[str, ...]) -> str | None:
    _check(item is None or item in known)
    return item  # type: ignore[no-any-return]


def check_messages(value: Json) -> list[Message]:
    """The messages of a prompt, as 0.1.0 kept them.

    Raises:
        OtherwiseRead: 0.1.0 refused them.
    """
    _check(isinstance(value, list) and bool(value))
    return [_message(message) for message in value]


def _message(message: Json) -> Message:
    _check(isinstance(message, dict))
    role, content = message.get("role"), message.get("content")
    _check(isinstance(role, str) and role in _ROLES)
    if isinstance(content, list):
        content = "".join(map(_part, content))
    is_call = bool(message.get("tool_calls") or message.get("function_call"))
    _check(isinstance(content, str) or (content is None and is_call))
    return {**message, "content": content}


def _part(part: Json) -> str:
    if isinstance(part, str):
        return part
    is_text = isinstance(part, dict) and part.get("type") in ("text", "input_text", "output_text")
    _check(is_text and isinstance(part.get("text"), str))
    return str(part["text"])


def tool_calls_text(calls: list[Any]) -> str:
    """The response that 0.1.0 made of tool calls: JSON in OpenAI's shape."""
    for call in calls:
        _check(isinstance(call, dict))
    return msgspec.json.format(msgspec.json.encode([_call(call) for call in calls]), indent=2).decode()


def _call(call: JsonObject) -> JsonObject:
    function = call.get("function")
    if isinstance(function, dict):
        name, arguments = function.get("name"), function.get("arguments")
    else:
        name = function or call.get("name")
        arguments = call.get("arguments", call.get("inputParameters"))
    text = arguments if isinstance(arguments, str) else msgspec.json.encode(arguments or {}).decode()
    shaped: JsonObject = {"type": "function", "function": {"name": str(name or ""), "arguments": text}}
    return {"id": call["id"], **shaped} if isinstance(call.get("id"), str) else shaped


def generic_response(value: Json) -> str:
    """The response that 0.1.0 made of a table's cell.

    Raises:
        OtherwiseRead: it made none of it.
    """
    _check(value is not None)
    if isinstance(value, list) and value and all(map(_is_openai_call, value)):
        return tool_calls_text(value)
    return _as_text(value)


def generic_turns_response(turns: Json) -> str:
    """The response that 0.1.0 found at the end of a list of turns.

    Raises:
        OtherwiseRead: it found none.
    """
    messages = check_messages(listed(turns))
    last = messages[-1]
    _check(len(messages) > 1 and last["role"] == "assistant")
    if not last["content"] and isinstance(last.get("tool_calls"), list):
        return generic_response(last["tool_calls"])
    return last["content"] or ""


def promptfoo_response(output: Json) -> str:
    """The response that 0.1.0 made of promptfoo's output."""
    if output is None or isinstance(output, str):
        return output or ""
    calls = output if isinstance(output, list) else [output]
    if calls and all(map(_is_promptfoo_call, calls)):
        return tool_calls_text(calls)
    return _as_text(output)


def deepeval_response(output: Json, calls: Json) -> str:
    """The response that 0.1.0 made of DeepEval's output and called tools."""
    if output is None and isinstance(calls, list) and calls:
        return tool_calls_text(calls)
    _check(output is None or isinstance(output, str))
    return output or ""


def ragas_texts(row: JsonObject) -> tuple[list[Message], str]:
    """The prompt and the response that 0.1.0 made of a row of ragas.

    Raises:
        OtherwiseRead: it made none of it.
    """
    asked, response = listed(row.get("user_input")), row.get("response")
    if isinstance(asked, list) and asked and all(isinstance(turn, dict) for turn in asked):
        turns = check_messages([_ragas_turn(turn) for turn in asked])
        if isinstance(response, str):
            return turns, response
        *prompt, last = turns
        _check(last["role"] == "assistant" and bool(prompt))
        calls = last.get("tool_calls")
        return prompt, last["content"] or (tool_calls_text(calls) if calls else "")
    _check(isinstance(row.get("user_input"), str) and isinstance(response, str))
    return [{"role": "user", "content": row["user_input"]}], str(response)


def _ragas_turn(turn: JsonObject) -> Message:
    speaker = turn.get("type", turn.get("role"))
    role = _TURNS.get(speaker) if isinstance(speaker, str) else None
    _check(role is not None)
    message: Message = {"role": role, "content": turn.get("content")}
    calls = turn.get("tool_calls")
    if role == "assistant" and isinstance(calls, list) and calls:
        _check(all(isinstance(call, dict) and isinstance(call.get("name"), str) for call in calls))
        message["tool_calls"] = [_call({"name": call["name"], "arguments": call.get("args")}) for call in calls]
    return message


def _is_openai_call(part: Json) -> bool:
    function = part.get("function") if isinstance(part, dict) else None
    return isinstance(function, dict) and isinstance(function.get("name"), str)


def _is_promptfoo_call(part: Json) -> bool:
    return isinstance(part, dict) and (isinstance(part.get("function"), dict) or part.keys() == {"name", "arguments"})


def _as_text(value: Json) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _check(holds: bool) -> None:
    if not holds:
        raise OtherwiseRead
