"""How an answer differs from a reference, where it is little."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Literal

import msgspec

from avocet.proposals.item import LONGEST_ANSWER, LONGEST_REFERENCE
from avocet.proposals.texts import (
    INVISIBLE,
    as_json,
    bare_ends,
    holds_once,
    plain_numbers,
    same_json,
    unit_beside,
    without_spaces,
)

Difference = Literal["space", "case", "punctuation", "number_format", "unit", "json", "words_around"]
_LONGEST_WITH_WORDS = 400

_STEPS: dict[Difference, Callable[[str], str]] = {
    "space": without_spaces,
    "punctuation": bare_ends,
    "case": str.casefold,
    "number_format": plain_numbers,
}
_BESIDE_CORE = re.compile(r"[\W_0]+")
_SAID: dict[Difference, str] = {
    "space": "white space",
    "punctuation": "punctuation at its ends",
    "case": "case",
    "number_format": "how its numbers are written",
}


class Likeness(msgspec.Struct, frozen=True):
    """How an answer differs from the reference that it is most like: `reference` is that one's place in the list.

    `differences` is empty if they are equal. `says` is a sentence.
    """

    reference: int
    differences: list[Difference]
    says: str


def likeness(answer: str, references: Sequence[str]) -> Likeness | None:
    """How the answer differs from the reference it is most like; None if that is much."""
    if not answer.strip() or len(answer) > LONGEST_ANSWER:
        return None
    found = [
        (len(differences), number, differences)
        for number, reference in enumerate(references)
        if len(reference) <= LONGEST_REFERENCE and (differences := differences_of(answer, reference)) is not None
    ]
    if not found:
        return None
    _, number, differences = min(found, key=lambda one: (_is_more(one[2]), *one[:2]))
    return Likeness(number, list(differences), _sentence(differences, answer, references[number]))


def differences_of(answer: str, reference: str) -> tuple[Difference, ...] | None:
    """The fewest differences to be left out for both to be equal; None if they differ in more."""
    if _core(answer) == _core(reference):
        for size in range(len(_STEPS) + 1):
            for names in combinations(_STEPS, size):
                if _without(answer, names) == _without(reference, names) != "":
                    return names
    if as_json(reference) is not None and same_json(answer, reference):
        return ("json",)
    if unit_beside(answer, reference):
        return ("unit",)
    if len(answer) <= max(_LONGEST_WITH_WORDS, 2 * len(reference)) and holds_once(answer, bare_ends(reference)):
        return ("words_around",)
    return None


@lru_cache(maxsize=16)
def _core(text: str) -> str:
    """What no step takes away. The steps cost far more than this, and most answers differ here."""
    return _BESIDE_CORE.sub("", text.casefold())


def _without(text: str, names: Sequence[Difference]) -> str:
    for name in names:
        text = _STEPS[name](text)
    return text


def _is_more(differences: Sequence[Difference]) -> bool:
    return "words_around" in differences or "unit" in differences


def _sentence(differences: Sequence[Difference], answer: str, reference: str) -> str:
    match differences:
        case ():
            return "Equals the reference."
        case ("json",):
            return "The same JSON as the reference, in another order or layout."
        case ("unit",):
            return "Equals the reference but for a unit."
        case ("words_around",):
            return "Holds the reference, with words around it."
    said = [_said(one, answer, reference) for one in differences]
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"Equals the reference but for {listed}."


def _said(difference: Difference, answer: str, reference: str) -> str:
    if difference == "space" and INVISIBLE.search(answer + reference):
        return "white space and invisible characters"
    if difference == "punctuation" and re.search(r"\w\.\s*$", answer) and not re.search(r"^\W", answer):
        return "a full stop"
    return _SAID[difference]
