"""The filters that look at the texts themselves, which the database can't."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein, Postfix, Prefix

from avocet.domain import TrainingExample
from avocet.exports.selection import ExportFilter

MAX_LETTERS = 20_000
"""Letters of longer texts are not compared one by one: a megabyte with another took half a minute."""


def matches(example: TrainingExample, wanted: ExportFilter) -> bool:
    """Whether the filter takes what an example says and how much of it was changed."""
    if wanted.text is not None and not _stands_in(wanted.text, example):
        return False
    if wanted.exclude_text is not None and _stands_in(wanted.exclude_text, example):
        return False
    if wanted.min_change is None and wanted.max_change is None:
        return True
    most = 1.0 if wanted.max_change is None else wanted.max_change
    return (wanted.min_change or 0.0) <= change(example) <= most


def _stands_in(sought: str, example: TrainingExample) -> bool:
    turns = [message["content"] or "" for message in example.prompt]
    return any(sought.casefold() in text.casefold() for text in (*turns, example.response, example.answer or ""))


def change(example: TrainingExample) -> float:
    """How much of the answer a person changed: edit distance over the longer text, 0 where nobody corrected."""
    if not example.is_changed or example.answer is None:
        return 0.0
    return distance(example.response, example.answer)


def distance(one: str, other: str) -> float:
    """Edit distance from 0 to 1; by words where what differs is longer than `MAX_LETTERS`."""
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
