"""Checks by Python's patterns: compiled once, searched ignoring case; and the limit on words beside them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable

from avocet.checks.kinds import InvalidCheck, MissingPatterns, Patterns
from avocet.checks.results import Part, PartKind

Look = Callable[[str], list[Part]]
"""Looks at an answer, and tells each part."""


def compiled(pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """The compiled pattern.

    Raises:
        InvalidCheck: it does not compile.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(pattern, flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise InvalidCheck(f"The pattern {pattern!r:.120} does not compile: {error}.") from None


def look_for(check: Patterns | MissingPatterns) -> Look:
    """Look for the patterns of a check, in the stripped answer.

    Raises:
        InvalidCheck: a pattern does not compile.
    """
    wanted = check.required if isinstance(check, Patterns) else check.missing
    required, forbidden = _compiled(wanted), _compiled(check.forbidden)

    def look(text: str) -> list[Part]:
        text = text.strip()
        parts = [*_found(text, "required", required), *_found(text, "forbidden", forbidden)]
        return parts if check.max_words is None else [*parts, _length(text, check.max_words)]

    return look


def _compiled(patterns: Iterable[str]) -> list[re.Pattern[str]]:
    return [compiled(pattern) for pattern in patterns]


def _found(text: str, kind: PartKind, patterns: list[re.Pattern[str]]) -> list[Part]:
    return [Part(kind, one.pattern, (one.search(text) is None) == (kind == "forbidden")) for one in patterns]


def _length(text: str, most: int) -> Part:
    words = len(text.split())
    holds = words <= most
    return Part("max_words", f"at most {most} words", holds, None if holds else f"{words} words, at most {most}")
