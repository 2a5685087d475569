"""The filters that look at the texts themselves, which the database can't."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rapidfuzz.distance import Levenshtein, Postfix, Prefix

from avocet.domain import TrainingExample
from avocet.exports.recipe import Recipe
from avocet.exports.selection import ExportFilter
from avocet.review.search.words import finder, terms

MAX_LETTERS = 20_000
"""Letters of longer texts are not compared one by one: a megabyte with another took half a minute."""


def text_filter(wanted: ExportFilter) -> Callable[[Sequence[str]], bool]:
    """Make a test of a card's texts: whether the searches of the filter, as on Review and Decided, take the card."""
    finds = None if wanted.text is None else finder(terms(wanted.text))
    excludes = None if wanted.exclude_text is None else finder(terms(wanted.exclude_text))
    return lambda texts: (finds is None or finds(texts)) and not (excludes and excludes(texts))


def matches(example: TrainingExample, recipe: Recipe) -> bool:
    """Whether an example passes the filters on its change and, in a recipe of version 0.1.0, on its text."""
    wanted = recipe.filter
    if recipe.text_rule == 1:
        if wanted.text is not None and not _stands_in(wanted.text, example):
            return False
        if wanted.exclude_text is not None and _stands_in(wanted.exclude_text, example):
            return False
    if wanted.min_change is None and wanted.max_change is None:
        return True
    most = 1.0 if wanted.max_change is None else wanted.max_change
    return (wanted.min_change or 0.0) <= change(example) <= most


def _stands_in(sought: str, example: TrainingExample) -> bool:
    """Whether a text occurs in the example, ignoring case."""
    turns = [message["content"] or "" for message in example.prompt]
    return any(sought.casefold() in text.casefold() for text in (*turns, example.response, example.answer or ""))


def change(example: TrainingExample) -> float:
    """How much of the answer a person changed, 0 to 1: edit distance over the longer text, 0 if nobody corrected."""
    if not example.is_changed or example.answer is None:
        return 0.0
    return distance(example.response, example.answer)


def distance(one: str, other: str) -> float:
    """Edit distance from 0 to 1; counted in words if the part that differs is longer than `MAX_LETTERS`."""
    longer = max(len(one), len(other))
    if longer <= MAX_LETTERS:
        return Levenshtein.normalized_distance(one, other)
    one, other = _without_common_ends(one, other)
    differ = max(len(one), len(other))
    if differ <= MAX_LETTERS:
        return Levenshtein.distance(one, other) / longer
    return Levenshtein.normalized_distance(one.split(), other.split()) * differ / longer


def _without_common_ends(one: str, other: str) -> tuple[str, str]:
    start = Prefix.similarity(one, other)
    one, other = one[start:], other[start:]
    end = Postfix.similarity(one, other)
    return one[: len(one) - end], other[: len(other) - end]
