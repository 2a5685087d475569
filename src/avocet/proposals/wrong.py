"""The answer can't be right: nothing in it is what the check asks for."""

from __future__ import annotations

import re

from avocet.checks import Number
from avocet.proposals.item import Item
from avocet.proposals.proposal import Proposal, by_reference
from avocet.proposals.texts import as_json, letters_of, numbers_in, place_of, words_of

_MOST_WORDS = 2
_MOST_REFERENCE = 80
_MANY_WORDS = 20
_FEW_DIFFERENT = 0.25
# a fraction, a percentage or a power may be the same number
_OTHER_NOTATION = re.compile(r"\d\s*[%‰]|\d\s*/\s*\d|\^|\d\s*e[-+]?\d", re.IGNORECASE)
_ASKS_TO_REPEAT = re.compile(r"\b(?:times|repeat\w*|again|echo|loop)\b", re.IGNORECASE)


def stuck(item: Item) -> Proposal | None:
    """The answer repeats a few words to its end, and the reference is not among them."""
    words = words_of(item.answer)
    if len(words) < _MANY_WORDS or len(set(words)) > _FEW_DIFFERENT * len(words) or _holds_any(item):
        return None
    if _ASKS_TO_REPEAT.search(item.asked):
        return None
    return by_reference("stuck", "wrong_answer", item.references[0], "repeats itself")


def other_number(item: Item) -> Proposal | None:
    """A number is wanted; the answer has numbers, and that one is not among them."""
    [reference, *others] = item.references
    if others or item.asks_for_form or len(reference) > _MOST_REFERENCE or as_json(reference) is not None:
        return None
    if _OTHER_NOTATION.search(item.answer) or _OTHER_NOTATION.search(reference):
        return None
    wanted = f"{item.check.value:.15g}" if isinstance(item.check, Number) else _only_number(reference)
    found = numbers_in(item.answer)
    if wanted is None or not found or _value(wanted) in map(_value, found):
        return None
    return by_reference("other_number", "wrong_answer", reference, "another number")


def absent(item: Item) -> Proposal | None:
    """The check asks for a reference word for word, and nothing like it is in the answer."""
    wanted = {letters_of(one) for one in item.wanted}
    if not wanted or any(one in letters_of(item.answer) for one in wanted if one):
        return None
    if any(letters_of(one) not in wanted for one in item.references):
        return None
    reference = item.references[0]
    # what has digits may be right in another notation, and a longer text in other words
    if len(words_of(reference)) > _MOST_WORDS or re.search(r"\d", reference) or not letters_of(reference):
        return None
    return by_reference("absent", "wrong_answer", reference, "none of it there")


def _value(number: str) -> str:
    """The number without zeros at the end of its decimals."""
    return number.rstrip("0") if "." in number else number


def _only_number(reference: str) -> str | None:
    numbers = numbers_in(reference)
    return numbers[0] if len(numbers) == 1 else None


def _holds_any(item: Item) -> bool:
    return any(place_of(item.answer, one) for one in item.references)
