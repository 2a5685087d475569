"""Checks that compare an answer with expected texts."""

from __future__ import annotations

import re
import string
from collections.abc import Callable

from avocet.checks.kinds import Exact, Extract, Includes, Trim
from avocet.checks.patterns import compiled
from avocet.checks.results import Part

MOST_TOLD = 5
_LONGEST_TOLD = 60
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_EDGES: dict[Trim, Callable[[str], str]] = {
    "nothing": lambda text: text,
    "space": str.strip,
    "punctuation": lambda text: text.strip().strip(string.whitespace + string.punctuation),
}
_SAID_AT = {"anywhere": "contains", "start": "starts with", "end": "ends with"}
_SAYS_AT = {"anywhere": "contain", "start": "start with", "end": "end with"}


def exact_look(check: Exact) -> Callable[[str], Part]:
    """Look whether an answer is one of the expected texts.

    Raises:
        InvalidCheck: a pattern does not compile.
    """
    without = [compiled(pattern, re.NOFLAG) for pattern in check.without]
    extract = _extractor(check.extract) if check.extract else None

    def fold(text: str) -> str:
        for pattern in without:
            text = pattern.sub("", text)
        text = text.casefold() if check.ignore_case else text
        text = text.translate(_NO_PUNCTUATION) if check.ignore_punctuation else text
        return _EDGES[check.trim](text)

    expected = {fold(text) for text in check.expected}
    wanted = told(check.expected)

    def look(text: str) -> Part:
        answer = extract(text) if extract else text
        holds = fold(answer) in expected
        what = "what is taken out of the answer" if extract else "the answer"
        says = f'{what} is "{_cut(answer)}", expected {wanted}'
        return Part("exact", f"{what} is {wanted}", holds, None if holds else says)

    return look


def includes_look(check: Includes) -> Callable[[str], Part]:
    """Look whether an answer holds one of the expected texts."""

    def fold(text: str) -> str:
        return _EDGES[check.trim](text.casefold() if check.ignore_case else text)

    expected = [fold(text) for text in check.expected]
    wanted = told(check.expected)

    def look(text: str) -> Part:
        answer = fold(text)
        holds = any(_is_at(answer, one, check.at) for one in expected)
        says = f"the answer does not {_SAYS_AT[check.at]} {wanted}"
        return Part("includes", f"the answer {_SAID_AT[check.at]} {wanted}", holds, None if holds else says)

    return look


def told(texts: tuple[str, ...]) -> str:
    """Texts in quotes, as a sentence names them; of many, the first few."""
    quoted = " or ".join(f'"{_cut(text)}"' for text in texts[:MOST_TOLD])
    return quoted + (" or others" if len(texts) > MOST_TOLD else "")


def _is_at(answer: str, expected: str, at: str) -> bool:
    if at == "start":
        return answer.startswith(expected)
    return answer.endswith(expected) if at == "end" else expected in answer


def _extractor(extract: Extract) -> Callable[[str], str]:
    """As the filter `regex` of lm-eval takes a part out of an answer."""
    pattern = compiled(extract.pattern, re.NOFLAG)

    def part_of(text: str) -> str:
        found = pattern.findall(text)
        if not -len(found) <= extract.which < len(found):
            return extract.fallback
        match = found[extract.which]
        if isinstance(match, tuple):
            match = next(filter(None, match), extract.fallback)
        return str(match).strip()

    return part_of


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TOLD else text[: _LONGEST_TOLD - 1] + "…"
