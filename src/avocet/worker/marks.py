"""Where the patterns of a failure reason are in a response, as the process finds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from avocet.worker.process import WorkProcess

MAX_TEXT = 20_000
MAX_PATTERNS = 50
MAX_PATTERN = 400
MAX_GIVEN_UP = 3
"""After this many patterns of one response that did not end, the others are not searched."""

Kind = Literal["near", "forbidden"]
_Answer = tuple[str, list[tuple[int, int]]] | None


class PatternMark(msgspec.Struct, frozen=True):
    """A range of the response, in UTF-16 units as a browser counts them, and its number in the legend."""

    start: int
    end: int
    kind: Kind
    number: int


class FoundPattern(msgspec.Struct, frozen=True):
    """A pattern that was found; `how` says in which way."""

    pattern: str
    kind: Kind
    number: int
    how: str
    times: int


class PatternMarks(msgspec.Struct, frozen=True):
    """What was found. `given_up` are the patterns whose search was not finished."""

    marks: list[PatternMark]
    legend: list[FoundPattern]
    given_up: list[str]


def marks_of(process: WorkProcess, text: str, missing: Sequence[str], forbidden: Sequence[str]) -> PatternMarks:
    """Find where the forbidden patterns match, and where the missing ones nearly do."""
    kinds: list[tuple[Kind, str]] = [("near", one) for one in missing]
    kinds += [("forbidden", one) for one in forbidden]
    try:
        found, given_up = _search(process, text, kinds)
    except OSError:
        # no process could be started: the card is shown without marks
        found, given_up = [], [*missing, *forbidden]
    marks: list[PatternMark] = []
    legend: list[FoundPattern] = []
    for (kind, pattern), answer in zip(kinds, found, strict=False):
        if answer is not None:
            how, ranges = answer
            number = len(legend) + 1
            legend.append(FoundPattern(pattern, kind, number, how, len(ranges)))
            marks += [PatternMark(start, end, kind, number) for start, end in ranges]
    return PatternMarks(marks, legend, given_up)


def _search(process: WorkProcess, text: str, kinds: Sequence[tuple[Kind, str]]) -> tuple[list[_Answer], list[str]]:
    """The answer for each pattern, and the patterns that did not end; the process is killed for each of those."""
    found: list[_Answer] = []
    given_up: list[str] = []
    while len(found) < len(kinds):
        rest = kinds[len(found) :]
        if len(given_up) == MAX_GIVEN_UP:
            return found, given_up + [pattern for _, pattern in rest]
        request = {
            "text": text,
            "missing": [pattern for kind, pattern in rest if kind == "near"],
            "forbidden": [pattern for kind, pattern in rest if kind == "forbidden"],
        }
        found += process.ask(request, len(rest))
        if len(found) < len(kinds):
            given_up.append(kinds[len(found)][1])
            found.append(None)
    return found, given_up
