"""What a provider answered: text, a message, or the parts of one as OpenAI, Anthropic and Gemini write them."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from avocet.domain import JsonObject
from avocet.importers.answers import TOOL_CALLS, tool_calls_text
from avocet.importers.messages import InvalidMessages, check_messages
from avocet.importers.turns import Said, answer_of_turn, are_turns, said_in

_MEDIA = re.compile(r"data:(image|audio|video)/[\w.+-]+;base64,")
_MEDIA_KEYS = {"audio": "audio", "video": "a video", "images": "an image"}
_NAMES = {"image": "an image", "audio": "audio", "video": "a video"}
_BLOB = "promptfoo://blob/"
_CODE = "media_not_supported"


def check_media(text: str, what: str) -> None:
    """Raise `InvalidMessages` for a text that stands for an image, audio or video."""
    if text.startswith(_BLOB):
        raise InvalidMessages(f"{what} is a media file; the desk is for text only.", _CODE)
    if found := _MEDIA.search(text):
        raise InvalidMessages(f"{what} holds {_NAMES[found[1]]}; the desk is for text only.", _CODE)


def read_output(response: JsonObject) -> Said:
    """The response as the desk keeps it. What signs a model's thoughts is dropped: only its provider reads that.

    Raises:
        InvalidMessages: it is another medium than text.
    """
    output = response.get("output")
    for key, medium in _MEDIA_KEYS.items():
        if response.get(key) and not output:
            raise InvalidMessages(f"The response is {medium}; the desk is for text only.", _CODE)
    if isinstance(output, str):
        check_media(output, "The response")
        return Said([], output, {})
    if output is None:
        return Said([], "", {})
    if are_turns(output):
        return said_in(output, "response.output")
    if isinstance(output, dict) and output.get("role") == "assistant":
        (turn,) = check_messages([output], "response.output")
        return Said([], *answer_of_turn(turn))
    told = _of_parts(output if isinstance(output, list) else [output])
    return told or Said([], msgspec.json.encode(output).decode(), {"response_type": "json"})


def _of_parts(parts: list[Any]) -> Said | None:
    """The answer in parts; none where one of them is no part that is known."""
    texts: list[str] = []
    thoughts: list[str] = []
    calls: list[JsonObject] = []
    for part in parts:
        text = part.get("text") if isinstance(part, dict) else None
        if call := _call(part):
            calls.append(call)
        elif isinstance(text, str) and part.get("type", "text") in ("text", "output_text"):
            (thoughts if part.get("thought") is True else texts).append(text)
        else:
            return None
    if not parts:
        return None
    details: JsonObject = {"reasoning": "".join(thoughts)} if thoughts else {}
    text = "".join(texts)
    if not calls:
        return Said([], text, details)
    return Said([], tool_calls_text(calls), {**details, **TOOL_CALLS, **({"response_text": text} if text else {})})


def _call(part: Any) -> JsonObject | None:  # noqa: ANN401 (JSON)
    """A call as `{id?, name, arguments}`, whoever wrote it; none if it is no call."""
    if not isinstance(part, dict):
        return None
    if isinstance(part.get("function"), dict):
        return part
    gemini = part.get("functionCall", part.get("function_call"))
    if isinstance(gemini, dict) and isinstance(gemini.get("name"), str):
        return _shaped(gemini.get("id"), gemini["name"], gemini.get("args", gemini.get("arguments")))
    name = part.get("name")
    if not isinstance(name, str):
        return None
    if part.get("type") == "tool_use":
        return _shaped(part.get("id"), name, part.get("input"))
    if part.get("type") == "function_call":
        return _shaped(part.get("call_id", part.get("id")), name, part.get("arguments"))
    return part if part.keys() == {"name", "arguments"} else None


def _shaped(call_id: Any, name: str, arguments: Any) -> JsonObject:  # noqa: ANN401 (JSON)
    call: JsonObject = {"name": name, "arguments": arguments if isinstance(arguments, str) else arguments or {}}
    return {"id": call_id, **call} if isinstance(call_id, str) else call
