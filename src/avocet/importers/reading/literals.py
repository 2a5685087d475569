"""Python values as `repr` writes them: lists that pandas wrote into a CSV cell, columns of lighteval ≤ 0.6.

They are turned into JSON token by token and read as JSON: nothing but a quoted text is ever evaluated.
"""

from __future__ import annotations

import ast
import json
import re

from avocet.domain import Json
from avocet.importers.reading.jsonl import decode_bare
from avocet.json_text import is_deep

LONGEST_LITERAL = 8 * 1024 * 1024
_TOKEN = re.compile(
    # possessive, and to the end of the text if a quote is not closed: nothing is ever looked at twice
    r"""(?P<text>'(?:[^'\\]+|\\.)*+'?|"(?:[^"\\]+|\\.)*+"?)"""
    r"""|(?P<numpy>np\.\w+\((?P<number>-?[\w.+-]+)\))"""
    r"""|(?P<array>array\((?P<inner>\[[^\[\]]*\])(?:,\s*dtype=\w+)?\))"""
    r"""|(?P<name>-?[A-Za-z_]\w*)"""
    r"""|(?P<comma>,\s*(?=[)\]}]))"""
    r"""|(?P<open>\()|(?P<close>\))""",
    re.DOTALL,
)
_NAMES = {
    **{"None": "null", "True": "true", "False": "false"},
    **{"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"},
}


def literal(text: str) -> Json:
    """The value that a text spells as JSON or as Python's `repr`; tuples become lists.

    Raises:
        ValueError: it is neither.
    """
    if len(text) > LONGEST_LITERAL:
        raise ValueError("too long")
    try:
        value = decode_bare(text.encode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        value = _read(text)
    if is_deep(value):
        raise ValueError("nested too deep")
    return value


def is_listing(text: str) -> bool:
    """Whether a text may be a list or an object written out."""
    return text.strip()[:1] in ("[", "{", "(")


def listed(value: Json) -> Json:
    """The value, or the list or object that it spells if it is a text."""
    if isinstance(value, str) and is_listing(value):
        try:
            return literal(value)
        except ValueError:
            return value
    return value


def _read(text: str) -> Json:
    try:
        return decode_bare(_TOKEN.sub(_as_json, text).encode("utf-8", "surrogatepass"))
    except (RecursionError, SyntaxError, MemoryError):
        raise ValueError("not a Python literal") from None


def _as_json(match: re.Match[str]) -> str:
    match match.lastgroup:
        case "text":
            quoted = match[0]
            if len(quoted) < 2 or quoted[0] != quoted[-1]:
                raise ValueError("a quote is not closed")
            return json.dumps(ast.literal_eval(quoted) if "\\" in quoted else quoted[1:-1])
        case "numpy":
            return _NAMES.get(match["number"], match["number"])
        case "array":
            return _TOKEN.sub(_as_json, match["inner"])
        case "name":
            return _NAMES.get(match[0], match[0])
        case "comma":
            return ""
        case "open":
            return "["
        case _:
            return "]"
