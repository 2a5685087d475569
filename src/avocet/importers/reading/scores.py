"""Scores as harnesses write them, and the difference between a number, ∞, NaN, null, nothing and something else.

∞ of either sign is a score, the worst there is: a melting point that is infinitely wrong failed. NaN and null are not
scores.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from avocet.domain import Json

NULL = "The score is null: the harness did not score the item. It counts as unscored."
NOT_A_NUMBER = "The score is NaN: it could not be computed. The item counts as unscored."
BLANK = "The score is blank. The item counts as unscored."
ABSENT = "The item lacks the score that decides. It counts as unscored."
NOT_ONE_NUMBER = "The score is no single number, so it can't decide; choose another one with --metric."
NO_WORTH = "The score is a word that stands for no number; the item counts as unscored."
INFINITE = "∞"
_BLANKS = frozenset({"", "none", "null", "n/a", "na", "<na>", "-", "–", "—", "k.a.", "#n/a", "#nv", "n.d."})
# spreadsheets write true and false in the language of their user
_TRUE = frozenset(
    [
        *("true", "1", "1.0", "yes", "y", "pass", "passed", "ok", "correct", "success", "right", "t", "✓", "✔"),
        *("wahr", "vrai", "verdadero", "vero", "verdadeiro", "waar", "prawda", "истина"),
    ]
)
_FALSE = frozenset(
    [
        *("false", "0", "0.0", "no", "n", "fail", "failed", "incorrect", "failure", "wrong", "f", "error", "✗", "✘"),
        *("falsch", "faux", "falso", "onwaar", "fałsz", "ложь"),
    ]
)
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:(?P<sign>[.,'’\s])\d{3})(?:(?P=sign)\d{3})*")
_PLAIN = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,4})?")
_AMBIGUOUS = re.compile(r"[-+]?\d{1,3}[.,]\d{3}")
_ENDLESS = re.compile(r"([-+]?)(?:inf|infinity|∞)", re.IGNORECASE)


def score_of(value: Json) -> float | None:
    """A score as a number, also if it is written as text; None if it is NaN, null or not a number."""
    if isinstance(value, str):
        return written_number(value)
    if not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
    return None if math.isnan(number) else number


def why_unscored(value: Json, otherwise: str = NOT_ONE_NUMBER) -> str:
    """A sentence that says why a value is not a score; `otherwise` is the one for a value that is not empty."""
    if is_nan(value) or (isinstance(value, str) and value.strip().casefold() in ("nan", "+nan", "-nan")):
        return NOT_A_NUMBER
    if value is None:
        return NULL
    return BLANK if isinstance(value, str) and value.strip().casefold() in _BLANKS else otherwise


def why_undecided(scores: Mapping[str, Any], name: str) -> str:
    """A sentence that says why the score of that name does not judge an item: it is empty or missing."""
    return why_unscored(scores[name]) if name in scores else ABSENT


def is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def written_number(text: str, decimal: str | None = None) -> float | None:
    """A number as people and spreadsheets write it: `0.5`, `0,5`, `50 %`, `1.234,5`, `inf`; None if it is not one.

    `decimal` is the sign before the fraction, if known; without it `1.234` is read as little more than one.
    """
    text = text.strip()
    if text.endswith("%"):
        number = written_number(text[:-1], decimal)
        return None if number is None else number / 100
    if endless := _ENDLESS.fullmatch(text):
        return -math.inf if endless[1] == "-" else math.inf
    if decimal == "," and _AMBIGUOUS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif decimal == "." and _AMBIGUOUS.fullmatch(text):
        text = text.replace(",", "")
    elif not _PLAIN.fullmatch(text):
        text = _without_groups(text)
    return float(text) if _PLAIN.fullmatch(text) else None


def decimal_sign(values: Iterable[Any]) -> str | None:
    """The sign before the fraction in a column of numbers as text; None if every one can be read either way."""
    for value in values:
        text = value.strip().removesuffix("%").rstrip() if isinstance(value, str) else ""
        sign = text[max(text.rfind(","), text.rfind(".")) :][:1]
        if sign in (",", ".") and not _AMBIGUOUS.fullmatch(text) and written_number(text) is not None:
            if text.count(sign) == 1:
                return sign
            return "." if sign == "," else ","
    return None


def _without_groups(text: str) -> str:
    """The number with a decimal point and without signs that group its digits, as in `1.234,5` or `1 234,5`."""
    decimal = max(text.rfind(","), text.rfind("."))
    if text.count(text[decimal]) > 1 if decimal >= 0 else True:
        decimal = len(text)
    whole, part = text[:decimal], text[decimal + 1 :]
    if _GROUPED.fullmatch(whole):
        whole = re.sub(r"[^-+\d]", "", whole)
    return f"{whole}.{part}" if part else whole


def told_number(value: Json, decimal: str | None = None) -> float | None:
    """The score in a column's cell: a number, a text that is one, or a word such as `true` or `failed`."""
    if not isinstance(value, str):
        return score_of(value)
    said = None if value.strip().casefold() == "error" else truth(value)
    return written_number(value, decimal) if said is None else float(said)


def truth(value: Json) -> bool | None:
    """Whether a value says yes or no; None if it says neither."""
    if isinstance(value, bool) or value is None:
        return value
    word = str(value).strip().casefold()
    return word in _TRUE if word in _TRUE or word in _FALSE else None


def storable(value: Json) -> Json:
    """A score, or an object or list of them, as JSON can hold it: ∞ as text, NaN as null."""
    match value:
        case float() if math.isnan(value):
            return None
        case float() if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        case dict():
            return {name: storable(item) for name, item in value.items()}
        case list():
            return [storable(item) for item in value]
        case _:
            return value
