"""The shape of a failure reason: its words without what belongs to one item alone.

Numbers, quoted texts, ids, dates, paths and file names become `…`; capitals and white space are folded. What a check
looked for stays: two missing patterns make two shapes. All is linear in the reason, which may come from anybody.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache

from avocet.reasons.patterns import PatternReport, pattern_report

MOST_CHARACTERS = 200
# enough for any sentence of a harness; what follows is somebody's answer
_LONGEST_READ = 4_000
_GAP = "…"

_PASSES_AT = " (passes at "
_PASSES = re.compile(r"(.{1,100}?) (\S{1,40}) (\(passes at )\S{1,40}( or less)?\)(?:: )?", re.DOTALL)
_ANSWERED, _EXPECTED = 'answered "', '", expected "'
_MARKERS = ('""', '"[invalid]"')
"""Answers that are none: an empty one, and lm-eval's word for nothing that its filter could find."""
_REGEX = re.compile(r'(to (?:not )?match regex )"((?:[^"]|"(?!;|$))*+)"?')
_OUTPUT, _TO_EQUAL = 'Expected output "', re.compile(r'" to (?:not )?equal "')
_QUOTES = re.compile("[\"“«`']")
_QUOTED = re.compile(
    r'(?=["“«`\'])(?:"(?P<double>(?:[^"\\]|\\.|\\$)*+)(?:"|$)'
    r"|“[^”]*+(?:”|$)|«[^»]*+(?:»|$)|`+[^`]*+(?:`+|$)"
    r"|(?<!\w)'(?:[^']|(?<=\w)'(?=\w))*+'(?!\w))",
    re.DOTALL,
)
_BRACKETS = re.compile(r"\[[^\[\]{}]++\]|\{[^\[\]{}]++\}")
_EXTENSIONS = (
    r"(?:py|ipynb|js|mjs|ts|json|jsonl|ndjson|ya?ml|toml|xml|html?|css|csv|tsv|parquet|txt|md|log|eval|pdf|png|jpe?g"
    r"|gif|svg|zip|gz|tar|sh|sql|db|c|h|cc|cpp|rs|go|java|rb|php|gguf|safetensors|bin)"
)
_PLACES = (
    r"\b[a-z][a-z0-9+.-]{1,9}://[^\s\"'<>]++"  # addresses
    r"|(?<![\w./])(?:~|\.{1,2})?/\w[\w.@+-]*+(?:/[\w.@+-]*+)*+"  # paths
    r"|\b[a-z]:\\[^\s\"'<>|]++"
    rf"|(?<![\w./-])[\w.][\w./-]{{0,199}}?\.{_EXTENSIONS}\b(?![\w./-]*\w)"  # file names
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_IDS = (
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    r"|\b0x[0-9a-f]++\b"
    r"|(?<![\w-])(?=[a-z_-]{0,60}\d)(?=[\d_-]{0,60}[a-z])[a-z0-9_-]{16,}+"  # hashes and long ids
    r"|\b(?=[a-f]{0,15}\d)(?=\d{0,15}[a-f])[0-9a-f]{7,}+\b"
    r"|\b\d{4}-\d\d?-\d\d?(?:[t ]\d\d?:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:z|[+-]\d\d:?\d\d)?)?"  # dates
    rf"|\b{_MONTH}\.? \d++"
)
# All of them begin a word. What cannot be in a text is not looked for: this is most of the time that a shape takes.
_OWN = {
    (True, False): re.compile(rf"(?<!\w)(?:{_PLACES})"),
    (False, True): re.compile(rf"(?<!\w)(?:{_IDS})"),
    (True, True): re.compile(rf"(?<!\w)(?:{_PLACES}|{_IDS})"),
}
_ONES = str.maketrans("023456789", "111111111")
_MAY_BE_PLACE = re.compile(r"[/\\]|\.[a-z]")
_MAY_BE_ID = tuple(map(re.compile, (r"[0-9a-f]{7}", r"[a-z0-9_-]{16}", r"\d{4}-\d", r"0x", _MONTH + r"\.? \d")))
_NUMBER = re.compile(
    r"(?=[-+−\d∞ni])(?:(?:(?<![\w)\]])[-+−])?\d++(?:[.,:/]\d++)*+(?:e[-+]?\d++)?%?|∞|\b(?:nan|inf|infinity)\b)"
)
_GAPS = re.compile(r"…(?:(?:[\s_./:–-]*+|, | or | and )…)++(?: or others)?")


def reason_shape(failure_reason: str | None) -> str | None:
    """The shape of a reason, at most `MOST_CHARACTERS` long; None if there is no reason."""
    reason = (failure_reason or "").strip()
    if not reason:
        return None
    report = pattern_report(reason)
    if report is not None:
        return _with_digest(_pattern_shape(report))
    shape = _shape(reason[:_LONGEST_READ])
    return shape if len(shape) <= MOST_CHARACTERS else shape[: MOST_CHARACTERS - 1] + _GAP


@lru_cache(maxsize=1024)
def shape_hash(shape: str) -> str:
    """Sixteen hexadecimal digits that stand for a shape, as a filter's value and a column's."""
    return hashlib.blake2b(shape.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _pattern_shape(report: PatternReport) -> str:
    """The patterns, each word for word, since in a pattern a capital has another meaning."""
    parts = [*_listed("missing", report.missing), *_listed("forbidden", report.forbidden)]
    if report.max_words is not None:
        parts.append(f"{_GAP} words, at most {_GAP}")
    if report.beside:
        parts.append(_shape(report.beside[:_LONGEST_READ]))
    return "; ".join(parts)


def _listed(name: str, patterns: Iterable[str]) -> list[str]:
    found = ", ".join(f'"{pattern}"' for pattern in sorted(set(patterns)))
    return [f"{name}: {found}"] if found else []


def _with_digest(shape: str) -> str:
    """The shape, cut if it is too long; a digest keeps apart what begins alike."""
    if len(shape) <= MOST_CHARACTERS:
        return shape
    digest = shape_hash(shape)
    return f"{shape[: MOST_CHARACTERS - len(digest) - 2]}{_GAP} {digest}"


def _shape(reason: str) -> str:
    passes = _PASSES.match(reason) if _PASSES_AT in reason else None
    if passes is None:
        return _folded(reason)
    return _passed(*passes.groups(""), _answer_folded(reason[passes.end() :]))


@lru_cache(maxsize=1024)
def _passed(name: str, score: str, passes_at: str, or_less: str, rest: str) -> str:
    head = f"{name} {_NUMBER.sub(_GAP, score.lower())} {passes_at}{_GAP}{or_less})".lower()
    return " ".join(f"{head}: {rest}".split()) if rest else " ".join(head.split())


def _answer_folded(rest: str) -> str:
    """What follows the score: mostly an answer, which may hold quotation marks itself, and what was expected."""
    if not rest.startswith(_ANSWERED):
        return _folded(rest)
    answered, is_expected, _ = rest.rpartition(_EXPECTED)
    answer = answered[len(_ANSWERED) - 1 :] + '"' if is_expected else rest[len(_ANSWERED) - 1 :]
    kept = answer if answer in _MARKERS else _GAP
    return f"answered {kept}" + (f", expected {_GAP}" if is_expected else "")


def _folded(text: str) -> str:
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[2])
        return f"{match[1]}\x00"

    text = text.replace("\x00", " ")
    if _OUTPUT in text:
        text = _without_outputs(text)
    if "match regex " in text:
        text = _REGEX.sub(keep, text)
    if _QUOTES.search(text):
        text = _QUOTED.sub(lambda match: '""' if match["double"] == "" else _GAP, text)
    text = text.lower()
    # no digit is kept, so that reasons which differ in their digits alone take the same way
    text = _without_numbers(text if "0x" in text else text.translate(_ONES))
    for pattern in kept:
        text = text.replace("\x00", f'"{pattern}"', 1)
    return text


@lru_cache(maxsize=8192)
def _without_numbers(text: str) -> str:
    """A text in small letters without quotes, without what else belongs to one item."""
    text = _without_own(_without_brackets(text))
    text = _GAPS.sub(_GAP, _NUMBER.sub(_GAP, text))
    return " ".join(text.split()).rstrip(" .!")


def _without_brackets(text: str) -> str:
    if "[" in text or "{" in text:
        for _ in range(3):
            text = _BRACKETS.sub(_GAP, text)
    return text


def _without_own(text: str) -> str:
    kinds = (_MAY_BE_PLACE.search(text) is not None, any(may_be.search(text) for may_be in _MAY_BE_ID))
    return _OWN[kinds].sub(_GAP, text) if kinds in _OWN else text


def _without_outputs(text: str) -> str:
    """The text without the whole outputs that promptfoo's `equals` quotes, which may hold quotation marks."""
    pieces: list[str] = []
    at = text.find(_OUTPUT)
    done = 0
    while at >= 0:
        start = at + len(_OUTPUT)
        end = _TO_EQUAL.search(text, start)
        pieces.append(text[done:start])
        if end is None:
            # a reason is cut at some length
            return "".join([*pieces, f'{_GAP}" to equal "{_GAP}"' if start < len(text) else ""])
        pieces.append(_GAP if end.start() > start else "")
        done = end.start()
        at = text.find(_OUTPUT, done)
    return "".join([*pieces, text[done:]])
