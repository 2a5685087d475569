"""A provider's answer: text, a message, or the parts of one as OpenAI, Anthropic and Gemini write them."""

from __future__ import annotations

import re

from avocet.domain import JsonObject
from avocet.importers.reading.answers import TOOL_CALLS, tool_calls_text
from avocet.importers.reading.messages import OtherMedium
from avocet.importers.reading.parts import parts_in_text
from avocet.importers.reading.turns import Said, answer_in
from avocet.importers.reading.values import several, written

_MEDIA = re.compile(r"data:(image|audio|video)/[\w.+-]+;base64,")
_MEDIA_KEYS = {"audio": "audio", "video": "a video", "images": "an image"}
_NAMES = {"image": "an image", "audio": "audio", "video": "a video"}
_BLOB = "promptfoo://blob/"
_FLAT_CALL = {"name", "arguments"}


def check_media(text: str, what: str) -> None:
    """Refuse a text that stands for an image, audio or video; `what` names it.

    Raises:
        OtherMedium: it stands for one of them.
    """
    if text.startswith(_BLOB):
        raise OtherMedium(f"{what} is a media file")
    if found := _MEDIA.search(text):
        raise OtherMedium(f"{what} holds {_NAMES[found[1]]}")


def read_output(response: JsonObject) -> Said:
    """The response as the desk keeps it.

    Raises:
        OtherMedium: the response is another medium than text.
    """
    output = response.get("output")
    for key, medium in _MEDIA_KEYS.items():
        if response.get(key) and not output:
            raise OtherMedium(f"The response is {medium}")
    if isinstance(output, str):
        check_media(output, "The response")
        parts = parts_in_text(output)
        return (answer_in(parts, "response.output") if parts else None) or Said([], output, {})
    if output is None:
        return Said([], "", {})
    calls = several(output)
    if calls and all(isinstance(call, dict) and call.keys() == _FLAT_CALL for call in calls):
        return Said([], tool_calls_text(calls), TOOL_CALLS)
    return answer_in(output, "response.output") or Said([], written(output), {"response_type": "json"})
