"""Turns and answers as each service writes them: in parts, with its own names for calls, thoughts and roles.

Read are OpenAI (chat and responses), Anthropic, Gemini and Bedrock, and training data of ShareGPT and LangChain.
Signatures of a model's thoughts are dropped, since only the provider can read them.
"""

from __future__ import annotations

from typing import Any

import msgspec

from avocet.domain import Json, JsonObject, Message
from avocet.importers.reading.jsonl import decode
from avocet.importers.reading.messages import OtherMedium
from avocet.importers.reading.values import objects, several, written

ROLES = {
    **{role: role for role in ("system", "developer", "user", "assistant", "tool", "function")},
    **{"human": "user", "ai": "assistant", "gpt": "assistant", "model": "assistant", "bot": "assistant"},
    **{"observation": "tool", "function_response": "tool"},
}
_TEXTS = ("text", "input_text", "output_text", "summary_text")
_THOUGHTS = ("thinking", "redacted_thinking", "reasoning", "redacted_reasoning")
_MEDIA = ("image", "image_url", "input_image", "audio", "input_audio", "video", "file", "input_file", "document")
_MEDIA_KEYS = ("inlineData", "inline_data", "fileData", "file_data")


class Parts(msgspec.Struct):
    """The content of a turn's parts. `returned` are the tools' answers, each a turn of its own."""

    texts: list[str] = []
    thoughts: list[str] = []
    calls: list[JsonObject] = []
    returned: list[Message] = []

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def add(self, part: Json) -> bool:
        """Add a part, and say whether its kind is known."""
        if isinstance(part, str):
            self.texts.append(part)
            return True
        if not isinstance(part, dict):
            return False
        kind, text = part.get("type", "text"), part.get("text")
        if call := call_of(part):
            self.calls.append(call)
        elif returned := _returned(part):
            self.returned.append(returned)
        elif isinstance(text, str) and kind in _TEXTS:
            (self.thoughts if part.get("thought") is True else self.texts).append(text)
        elif kind == "refusal" and isinstance(part.get("refusal"), str):
            self.texts.append(part["refusal"])
        elif kind in _THOUGHTS or "reasoningContent" in part:
            thought = part.get("thinking", part.get("reasoning"))
            self.thoughts += [thought] if isinstance(thought, str) else list(_summary(part))
        elif kind == "message" and isinstance(part.get("content"), list):
            return all(map(self.add, part["content"]))
        else:
            return False
        return True


def read_parts(parts: list[Any]) -> Parts | None:
    """The content of a turn's parts; None if one of them is of an unknown kind.

    Raises:
        OtherMedium: a part is another medium than text.
    """
    for part in parts:
        if isinstance(part, dict) and (part.get("type") in _MEDIA or not part.keys().isdisjoint(_MEDIA_KEYS)):
            raise OtherMedium("The answer holds an image, audio or a file")
    found = Parts()
    return found if parts and all(map(found.add, parts)) else None


def call_of(part: JsonObject) -> JsonObject | None:
    """A call of any service as `{id?, name, arguments}`; None if the part is not a call."""
    if isinstance(part.get("function"), dict):
        return part
    gemini = part.get("functionCall", part.get("function_call"))
    if isinstance(gemini, dict) and isinstance(gemini.get("name"), str):
        return _shaped(gemini.get("id"), gemini["name"], gemini.get("args", gemini.get("arguments")))
    bedrock = part.get("toolUse")
    if isinstance(bedrock, dict) and isinstance(bedrock.get("name"), str):
        return _shaped(bedrock.get("toolUseId"), bedrock["name"], bedrock.get("input"))
    name = part.get("name")
    if not isinstance(name, str):
        return None
    if part.get("type") in ("tool_use", "tool_call"):
        return _shaped(part.get("id"), name, part.get("input", part.get("args", part.get("arguments"))))
    if part.get("type") == "function_call":
        return _shaped(part.get("call_id", part.get("id")), name, part.get("arguments"))
    return None


def shaped_turns(turns: list[Any]) -> list[Any]:
    """Turns in OpenAI's shape. One of an unknown kind stays as it is: the check of messages refuses it."""
    return [shaped for turn in turns for shaped in _shaped_turn(turn)]


def turn_of(answer: JsonObject) -> JsonObject | None:
    """The model's turn in the answer of a service; None if it is not an answer of a known service."""
    match answer:
        case {"choices": [{"message": dict() as turn}, *_]} | {"candidates": [{"content": dict() as turn}, *_]}:
            return {"role": "assistant", **turn}
        case {"object": "response", "output": list() as parts}:
            return {"role": "assistant", "content": parts}
        case {"role": str() as role} if ROLES.get(role.casefold()) == "assistant":
            return answer
        case {"tool_calls": [dict(), *_]} if answer.keys() <= {"content", "tool_calls", "refusal", "annotations"}:
            return {"role": "assistant", "content": None, **answer}
        case {"parts": [*_]} if answer.keys() == {"parts"}:
            return {"role": "assistant", **answer}
        case _:
            return None


def parts_in_text(text: str) -> list[Any] | None:
    """The parts of an answer that a harness wrote as text: JSON, or a text with JSON calls after a blank line.

    None if it is nothing but text.
    """
    if '"' not in text or "{" not in text:
        return None
    value = _json(text.strip())
    if value is not None:
        listed = several(value)
        is_answer = any(isinstance(part, dict) and _is_typed_call(part) for part in listed)
        return listed if is_answer else None
    *texts, last = text.split("\n\n")
    calls: list[Any] = []
    while _is_typed_call(part := _json(last.strip())):
        calls.insert(0, part)
        if not texts:
            break
        *texts, last = texts
    else:
        texts.append(last)
    if not calls:
        return None
    text = "\n\n".join(texts)
    return [*([{"type": "text", "text": text}] if text else []), *calls]


def _is_typed_call(part: Json) -> bool:
    """Whether an object can only be a call, because it says so and not just has such names."""
    if not isinstance(part, dict) or call_of(part) is None:
        return False
    return "function" not in part or part.get("type") == "function"


def _json(text: str) -> Json:
    if text[:1] not in ("[", "{"):
        return None
    try:
        return decode(text.encode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None


def _shaped_turn(turn: Json) -> list[Json]:
    if not isinstance(turn, dict):
        return [turn]
    speaker = turn.get("role", turn.get("from", turn.get("type")))
    role = ROLES.get(speaker.casefold()) if isinstance(speaker, str) else None
    names = ("content", "parts", "value", "text")
    name = next((name for name in names if name in turn), "content")
    content = turn.get(name)
    if content is None and role == "assistant" and not (turn.get("tool_calls") or turn.get("function_call")):
        # the model said nothing, which is an answer
        content = ""
    elif role is None or (role == speaker and name == "content" and not isinstance(content, list)):
        return [turn]
    rest = {key: item for key, item in turn.items() if key not in ("role", "from", "type", "content", name)}
    if not isinstance(content, list):
        return [{"role": role, "content": content, **rest}]
    parts = Parts()
    if not all(map(parts.add, content)):
        return [{"role": role, "content": content, **rest}]
    if not parts.calls and parts.returned and not parts.text:
        return list(parts.returned)
    said: JsonObject = {"role": role, "content": parts.text, **rest}
    if parts.calls:
        said |= {"content": parts.text or None, "tool_calls": [_openai(call) for call in parts.calls]}
    return [*parts.returned, said]


def _openai(call: JsonObject) -> JsonObject:
    if "function" in call:
        return call
    arguments = written(call["arguments"])
    identity = {"id": call["id"]} if "id" in call else {}
    return {**identity, "type": "function", "function": {"name": call["name"], "arguments": arguments}}


def _returned(part: JsonObject) -> Message | None:
    """The answer of a tool, as Anthropic, Gemini and Bedrock write it within a turn; None if the part is not one."""
    for key in ("functionResponse", "function_response", "toolResult"):
        if isinstance(inner := part.get(key), dict):
            answer = inner.get("response", inner.get("content"))
            return _tool_turn(inner.get("id", inner.get("toolUseId")), answer)
    return _tool_turn(part.get("tool_use_id"), part.get("content")) if part.get("type") == "tool_result" else None


def _tool_turn(identity: Json, answer: Json) -> Message:
    parts = Parts()
    if isinstance(answer, list) and all(map(parts.add, answer)):
        answer = parts.text
    named = {"tool_call_id": identity} if isinstance(identity, str) else {}
    return {"role": "tool", "content": written(answer), **named}


def _summary(part: JsonObject) -> list[str]:
    return [item["text"] for item in objects(part.get("summary")) if isinstance(item.get("text"), str)]


def _shaped(call_id: Json, name: str, arguments: Json) -> JsonObject:
    call: JsonObject = {"name": name, "arguments": arguments if isinstance(arguments, str) else arguments or {}}
    return {"id": call_id, **call} if isinstance(call_id, str) else call
