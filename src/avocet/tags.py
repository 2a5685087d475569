"""Tags: short free names on a decision, beside its category, for what the six categories do not say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from avocet.domain import is_blank
from avocet.errors import InvalidRequest

MAX_CHARACTERS: Final = 40
MOST_TAGS: Final = 20
ALLOWED: Final = (
    f"A tag has 1 to {MAX_CHARACTERS} characters, no comma, no control character and no # at its beginning."
)
_SPACES = re.compile(r"\s+")
# bidirectional controls too: one in a name would turn the list around it
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def checked(given: Iterable[str]) -> tuple[str, ...]:
    """The tags as they are stored: each in one spelling, and each once, in the order given.

    Raises:
        InvalidRequest: one of them is no tag, or there are too many; the error names it.
    """
    found: dict[str, str] = {}
    for tag in given:
        name = _checked(tag)
        found.setdefault(key_of(name), name)
    if len(found) > MOST_TAGS:
        raise InvalidRequest(f"A decision has at most {MOST_TAGS} tags; these are {len(found)}.")
    return tuple(found.values())


def key_of(name: str) -> str:
    """What is equal for all spellings of one tag."""
    return unicodedata.normalize("NFC", _tidied(name).casefold())


def _tidied(tag: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFC", tag)).strip()


def _checked(tag: str) -> str:
    name = _tidied(tag)
    if is_blank(name) or len(name) > MAX_CHARACTERS or name[0] == "#" or "," in name or _CONTROLS.search(name):
        raise InvalidRequest(f"{tag!r:.80} is no tag. {ALLOWED}", tag=tag)
    return name
