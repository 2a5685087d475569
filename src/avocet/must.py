"""Must lines: what a right answer contains and what it must not, said by a person instead of a rewrite."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from avocet.domain import is_blank
from avocet.errors import InvalidRequest

MAX_CHARACTERS: Final = 500
MOST_LINES: Final = 20
_SPACES = re.compile(r"\s+")


def checked(must: Iterable[str], must_not: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both lists as they are stored: each line trimmed, and each once, in the order given.

    Raises:
        InvalidRequest: a line is none, there are too many, or one stands in both lists.
    """
    lines, others = _checked("must", must), _checked("must_not", must_not)
    if both := lines.keys() & others.keys():
        raise InvalidRequest(f"{lines[min(both)]!r:.120} stands in must and in must_not: it can only be one.")
    return tuple(lines.values()), tuple(others.values())


def folded(text: str) -> str:
    """A text as lines are looked for in it: case and runs of white space do not count."""
    return unicodedata.normalize("NFC", _SPACES.sub(" ", unicodedata.normalize("NFC", text)).casefold())


def _checked(name: str, given: Iterable[str]) -> dict[str, str]:
    """The lines by what is looked for."""
    found: dict[str, str] = {}
    for text in given:
        line = text.strip()
        if is_blank(line) or len(line) > MAX_CHARACTERS or len(line.splitlines()) > 1:
            raise InvalidRequest(f"{text!r:.80} in {name} is no line: it has 1 to {MAX_CHARACTERS} characters.")
        found.setdefault(folded(line), line)
    if len(found) > MOST_LINES:
        raise InvalidRequest(f"{name} has at most {MOST_LINES} lines; these are {len(found)}.")
    return found
