"""Texts brought to a common form, and what one holds of another."""

from __future__ import annotations

import json
import re
import unicodedata

from avocet.domain import Json
from avocet.json_text import is_deep

INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPACES = re.compile(rf"(?:\s|{INVISIBLE.pattern})+")
_ENDS = " \t\r\n.,;:!?…。！？\"'`“”„‘’‚«»‹›"
_NUMBER = re.compile(
    r"(?<![\w.,])[-+\N{MINUS SIGN}]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w]|[.,]\d)",
)
_UNIT = re.compile(r"[^\W\d_]{1,12}(?:[/ ][^\W\d_]{1,12})?[²³]?|[%‰°€$£¥]C?")
_WORD = re.compile(r"\w+")


def without_spaces(text: str) -> str:
    """The text without white space and invisible characters."""
    return _SPACES.sub("", text)


def one_space(text: str) -> str:
    """The text with one space wherever it has any white space."""
    return _SPACES.sub(" ", text).strip()


def bare_ends(text: str) -> str:
    """The text without white space, quotes and sentence marks at its ends."""
    return text.strip(_ENDS)


def plain_numbers(text: str) -> str:
    """The text with its numbers without thousands separators, plus signs and empty decimals."""
    return _NUMBER.sub(lambda match: _plain(match[0]), text)


def numbers_in(text: str) -> list[str]:
    """The numbers of a text, plain, in their order."""
    return [_plain(found) for found in _NUMBER.findall(text)]


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def letters_of(text: str) -> str:
    """The letters and digits of a text alone, without accents and case."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parts if one.isalnum())


def place_of(text: str, wanted: str) -> list[int]:
    """Where a text holds another as whole words, whatever the case."""
    pattern = rf"(?<!\w)(?<!\d[.,]){re.escape(wanted)}(?!\w|[.,]\d)"
    return [match.start() for match in re.finditer(pattern, text, re.IGNORECASE)] if wanted else []


def holds_once(text: str, wanted: str) -> bool:
    """Whether a text holds another as whole words, once and with words around it."""
    return len(place_of(text, wanted)) == 1


def unit_beside(answer: str, reference: str) -> bool:
    """Whether one is a number and the other the same number with a unit."""
    answer, reference = plain_numbers(bare_ends(answer)), plain_numbers(bare_ends(reference))
    longer, shorter = sorted((answer, reference), key=len, reverse=True)
    if not shorter or not _NUMBER.fullmatch(shorter):
        return False
    for rest in (longer.removeprefix(shorter), longer.removesuffix(shorter)):
        if rest != longer and _UNIT.fullmatch(rest.strip()):
            return True
    return False


def as_json(text: str) -> Json | None:
    """A text that is a JSON object or list, read; None for any other."""
    if text.strip()[:1] not in ("{", "["):
        return None
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return None if is_deep(value) else value


def same_json(answer: str, reference: str) -> bool:
    """Whether two texts are the same JSON object or list: the order of keys and the layout do not count."""
    one, other = as_json(answer), as_json(reference)
    return one is not None and other is not None and _sorted(one) == _sorted(other)


def _sorted(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


def _plain(number: str) -> str:
    digits = number.replace(",", "").replace("\N{MINUS SIGN}", "-").removeprefix("+")
    whole, _, decimals = digits.partition(".")
    return digits if decimals.strip("0") else whole
