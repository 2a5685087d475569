"""A JavaScript regular expression without flags, as Python writes it.

`\\w`, `\\d` and `\\b` know ASCII only, `.` matches no line separator, `$` is the very end, and a group is named
without a P.
"""

from __future__ import annotations

import re

from avocet.checks.kinds import InvalidCheck
from avocet.checks.patterns import compiled

# ECMAScript's WhiteSpace and LineTerminator
_SPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_TOKEN = re.compile(
    r"\\u\{|\\[pP]\{|\\k<\w+>|\\c[A-Za-z]|\\.|\(\?<[A-Za-z_]\w*>|\(\?(?:<?[=!]|:)|\(\?|\[\^?\]?|\{,|.", re.DOTALL
)
_OUTSIDE = {
    ".": r"[^\n\r\u2028\u2029]",
    "$": r"\Z",
    r"\s": f"[{_SPACE}]",
    r"\S": f"[^{_SPACE}]",
    "[]": r"(?!)",
    "[^]": r"[\s\S]",
    "{,": r"\{,",
}
_INSIDE = {r"\s": _SPACE, "[": r"\[", "[^": r"\[^", "[]": r"\[]", "[^]": r"\[^]", r"\b": r"\x08"}
_CLASSES = frozenset({r"\d", r"\D", r"\w", r"\W", r"\s"})
_WITH_MEANING = frozenset("bBdDwWfnrtvxu")


def from_javascript(pattern: str) -> re.Pattern[str]:
    """The compiled pattern.

    Raises:
        InvalidCheck: it does not compile, or it says something that Python can't say.
    """
    return compiled("".join(_translated(pattern)), re.ASCII)


def _translated(pattern: str) -> list[str]:
    tokens = _TOKEN.findall(pattern)
    written: list[str] = []
    is_inside = False
    for at, piece in enumerate(tokens):
        if is_inside:
            # beside \w or \d, a hyphen makes no range
            is_plain = piece == "-" and bool(_CLASSES & set(tokens[at - 1 : at + 2]))
            written.append(r"\-" if is_plain else _inside(piece, pattern))
            is_inside = piece not in ("]", "[]", "[^]")
        else:
            written.append(_outside(piece, pattern))
            is_inside = piece in ("[", "[^")
    return written


def _inside(piece: str, pattern: str) -> str:
    if piece == r"\S":
        raise _unsayable(pattern)
    return _INSIDE.get(piece) or _escape(piece, pattern)


def _outside(piece: str, pattern: str) -> str:
    if piece.startswith(r"\k<"):
        return f"(?P={piece[3:]}".replace(">", ")")
    if piece.startswith("(?<") and piece.endswith(">"):
        return f"(?P<{piece[3:]}"
    if piece == "(?":
        raise _unsayable(pattern)
    return _OUTSIDE.get(piece) or _escape(piece, pattern)


def _escape(piece: str, pattern: str) -> str:
    """An escape. A letter that has no meaning stands for itself in JavaScript, and is an error in Python."""
    if piece[0] != "\\":
        return piece
    if len(piece) > 2:
        raise _unsayable(pattern)
    letter = piece[1:]
    return letter if letter.isalpha() and letter not in _WITH_MEANING else piece


def _unsayable(pattern: str) -> InvalidCheck:
    return InvalidCheck(f"The pattern {pattern!r:.120} is JavaScript that can't be run here.")
