"""What a failure reason says of patterns, in the words of `avocet bench` and of harnesses that write likewise.

`pattern_match: 1/3 required patterns matched; missing: ["a", "b"]; forbidden: ["c"]; 23 words, at most 15`. The parts
may come in any order; the lists may be JSON or as Python prints them. The page reads such reasons by the same rules.
"""

from __future__ import annotations

import re

import msgspec

LONGEST_REASON = 20_000
_BEGINS = re.compile(r"(?:\w{1,40}+:\s{0,9}+)?\d|missing|forbidden|json_schema: |number: ", re.IGNORECASE)
_HEAD = re.compile(r"(?:\w{1,40}:\s{0,9})?\d{1,9}\s{0,9}/\s{0,9}\d{1,9} required patterns? matched", re.IGNORECASE)
_LIST = re.compile(r"(missing|forbidden)(?: patterns?)?(?: found)?:\s{0,9}(?=\[)", re.IGNORECASE)
_ONE = re.compile(r"(missing|forbidden) patterns?(?: found)?:\s{0,9}+(?!\[)([^;\n]{1,1000}+)", re.IGNORECASE)
_LENGTH = re.compile(r"\d{1,9} words?, at most (\d{1,9})", re.IGNORECASE)
_VALUE = re.compile(r"(?:json_schema|number): .+", re.DOTALL)
_BETWEEN = re.compile(r"\s*(?:[;,.]\s*|$)")
_QUOTED = re.compile(r"""\[\s*["']""")
_QUOTED_LIST = re.compile(r"""\[(?:[^"'\]]|"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')*+\]""", re.DOTALL)
_ITEM = re.compile(r"""'((?:[^'\\]|\\.)*+)'|"((?:[^"\\]|\\.)*+)\"""", re.DOTALL)
_ESCAPED = re.compile(r"""\\(['"\\])""")


class PatternReport(msgspec.Struct):
    """The patterns that a reason names, the limit of words that was broken, and what is said beside them."""

    missing: list[str] = []
    forbidden: list[str] = []
    max_words: int | None = None
    beside: str = ""


def pattern_report(reason: str) -> PatternReport | None:
    """What a reason says of patterns; None if it names none, or if a part of it can't be read."""
    report = PatternReport()
    rest = reason.strip()
    if len(reason) > LONGEST_REASON or not _BEGINS.match(rest):
        return None
    at = 0
    while at < len(rest):
        end = _part(rest, at, report)
        gap = _BETWEEN.match(rest, end) if end else None
        if gap is None:
            return None
        at = gap.end()
    return report if report.missing or report.forbidden or report.max_words is not None else None


def _part(text: str, at: int, report: PatternReport) -> int:
    """Read the part that begins at `at` into the report; where it ends, 0 if it can't be read."""
    if head := _HEAD.match(text, at):
        return head.end()
    if length := _LENGTH.match(text, at):
        report.max_words = int(length[1])
        return length.end()
    if value := _VALUE.match(text, at):
        report.beside = value[0]
        return value.end()
    if one := _ONE.match(text, at):
        _patterns(report, one[1]).append(one[2].strip())
        return one.end()
    found = _LIST.match(text, at)
    end = _end_of_list(text, found.end()) if found else 0
    if found and end:
        _patterns(report, found[1]).extend(_items(text[found.end() : end]))
    return end


def _patterns(report: PatternReport, name: str) -> list[str]:
    return report.missing if name.lower() == "missing" else report.forbidden


def _end_of_list(text: str, at: int) -> int:
    """Where a list ends: a bracket inside quotes does not count; a list without quotes ends at its first bracket."""
    if not _QUOTED.match(text, at):
        return text.find("]", at) + 1
    found = _QUOTED_LIST.match(text, at)
    return found.end() if found else 0


def _items(written: str) -> list[str]:
    try:
        return msgspec.json.decode(written, type=list[str])
    except msgspec.DecodeError:
        pass
    quoted = [_ESCAPED.sub(r"\1", one or other) for one, other in _ITEM.findall(written)]
    if quoted:
        return quoted
    bare = written[1:-1].strip()
    return [item.strip() for item in bare.split(",")] if bare else []
