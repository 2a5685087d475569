"""The words of a text, by the same rules for cards and queries, on both databases and in exports.

Scripts without spaces between words, and signs such as emoji, are taken apart into overlapping pairs of characters,
so that every part of them is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import chain

import msgspec

from avocet.db.fulltext import Term

RULE = 2
"""The rule by which an export searches for text. Rule 1 is version 0.1.0's: the exact letters, anywhere."""
MAX_WORD_CHARACTERS = 200
"""Longer words are cut to this: PostgreSQL takes none beyond 2,046 bytes."""

_ASCII_WORD = re.compile(r"[a-z0-9]+")
_ASKED = re.compile(r'"([^"]*)"?|([^\s"]\S*)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))

# Thai, Lao; Myanmar; Hangul; Khmer; Tai scripts; Balinese; Japanese, Chinese, Yi; Hangul, Javanese; compatible forms
_SPACELESS = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x1950, 0x19DF), (0x1A20, 0x1AAF),
    (0x1B00, 0x1B7F), (0x3005, 0x3007), (0x3040, 0x31FF), (0x3400, 0x4DBF), (0xA000, 0xA4CF), (0xA960, 0xA9FF),
    (0xAA60, 0xAADF), (0xD7A4, 0xD7FF), (0xF900, 0xFAFF),
)  # fmt: skip
_WHOLE_RUNS = "\u4e00-\u9fff\uac00-\ud7a3\U0001aff0-\U0001b16f\U0001f000-\U0001fbff\U00020000-\U0003ffff"
_WHOLE_LETTERS = "\U00010000-\U0001afef\U0001b170-\U0001efff"
"""Whole blocks, not single characters: the fewer ranges beyond U+FFFF, the faster Python's patterns."""
_NO_WORD = frozenset({"Cc", "Cn", "Co", "Cs", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Zl", "Zp", "Zs"})
_FIRST_RUN = "\u0e00"
_FRACTION_SLASH = 0x2044  # which NFKD makes of ½
_DRAWN = (0x2500, 0x259F)  # lines and blocks, with which tables and progress bars are drawn
_ACCENT = 200
"""Marks of this combining class or a higher one are accents; those below it belong to the spelling."""
_POINTS = range(10, 36)  # the vowel points of Hebrew and Arabic


def words(text: str) -> list[str]:
    """The words of a text in order; for a run of a script without spaces, its pairs and its last character."""
    folded = fold(text)
    found: list[str] = []
    for piece in _ASCII_WORD.findall(folded) if folded.isascii() else _pieces(folded):
        if piece < _FIRST_RUN or not _is_run(piece):
            found.append(piece if len(piece) <= MAX_WORD_CHARACTERS else piece[:MAX_WORD_CHARACTERS])
        else:
            found += _pairs(piece)
    return found


def terms(query: str) -> list[Term]:
    """The terms of a query, all of which must occur; empty if it holds no word.

    Words between quotation marks must stand side by side. The last word, if it has two letters or more, may be the
    beginning of one, since it may be half typed, unless a space or a quotation mark follows it.
    """
    written = fold(query.translate(_QUOTES))
    asked = [quoted or bare for quoted, bare in _ASKED.findall(written)]
    asked = [one for one in asked if _pieces(one)]
    is_open = not written.endswith('"') and not written[-1:].isspace()
    return [_term(one, is_open and number == len(asked)) for number, one in enumerate(asked, start=1)]


def finder(sought: Sequence[Term]) -> Callable[[Iterable[str]], bool]:
    """A function that says whether the terms find a card of the given texts, exactly as the index would."""
    phrases = [f" {' '.join(term.words)}{'' if term.is_prefix else ' '}" for term in sought]

    def finds(texts: Iterable[str]) -> bool:
        missing = dict(enumerate(sought))
        for text in texts:
            folded = fold(text)
            # most texts do not even hold the letters
            likely = [n for n, term in missing.items() if all(word in folded for word in term.words)]
            said = f" {' '.join(words(text))} " if likely else ""
            for number in likely:
                if phrases[number] in said:
                    del missing[number]
            if not missing:
                return bool(sought)
        return False

    return finds


def fold(text: str) -> str:
    """A text without what a search ignores: case, accents, width, ligatures, final sigma, invisible characters."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFKC", _patterns().passed_over.sub("", apart))


def _term(written: str, is_open: bool) -> Term:
    found = words(written)
    last = _pieces(written)[-1]
    if not _is_run(last):
        # nearly every card has a word that begins with any given letter
        return Term(tuple(found), is_open and len(last) > 1)
    if len(last) > 1:
        # the text sought may end in the middle of a run
        found.pop()
    # a single character is the beginning of a pair, so it is sought as a prefix
    return Term(tuple(found), len(last) == 1)


def _pairs(run: str) -> list[str]:
    return [first + second for first, second in zip(run, [*run[1:], ""], strict=True)]


def _pieces(folded: str) -> list[str]:
    """The words of a folded text, and its runs of characters that are taken apart."""
    return _patterns().piece.findall(folded)


def _is_run(piece: str) -> bool:
    return piece >= _FIRST_RUN and _patterns().run.match(piece) is not None


class _Patterns(msgspec.Struct, frozen=True):
    piece: re.Pattern[str]
    run: re.Pattern[str]
    passed_over: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    by_kind: dict[str, list[int]] = {"passed over": [], "taken apart": [], "letter": []}
    for code in chain(range(0x80, 0x4E00), range(0xA000, 0xAC00), range(0xD7A4, 0xD800), range(0xF900, 0x10000)):
        if kind := _kind(code):
            by_kind[kind].append(code)
    passed_over, taken_apart, letters = map(_ranges, by_kind.values())
    run = f"[{taken_apart}{_WHOLE_RUNS}]"
    return _Patterns(
        re.compile(f"[a-z0-9{letters}{_WHOLE_LETTERS}]+|{run}+"),
        re.compile(run),
        re.compile(f"[{passed_over}\U000e0000-\U000e01ef]+"),
    )


def _kind(code: int) -> str | None:
    """What becomes of a character; None if it stands between words."""
    character = chr(code)
    category = unicodedata.category(character)
    if category in _NO_WORD:
        return None
    if category == "Cf" or (category == "Mn" and _is_accent(character)):
        return "passed over"
    if category[0] == "S":
        return "taken apart" if _is_sign(code, category) else None
    return "taken apart" if _is_within(code, _SPACELESS) else "letter"


def _is_accent(character: str) -> bool:
    """Whether it is an accent, a vowel point, or a mark that chooses how an emoji is drawn."""
    kind = unicodedata.combining(character)
    return kind >= _ACCENT or kind in _POINTS or "VARIATION SELECTOR" in unicodedata.name(character, "")


def _is_sign(code: int, category: str) -> bool:
    return category in ("So", "Sc", "Sm") and code != _FRACTION_SLASH and not _is_within(code, (_DRAWN,))


def _is_within(code: int, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def _ranges(codes: list[int]) -> str:
    """The code points, which are in order, as the inside of a character class."""
    written, first = [], codes[0]
    for code, following in zip(codes, [*codes[1:], -1], strict=True):
        if following != code + 1:
            written.append(f"{re.escape(chr(first))}-{re.escape(chr(code))}")
            first = following
    return "".join(written)
