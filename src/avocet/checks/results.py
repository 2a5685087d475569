"""What a check says about an answer: part by part, and in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from avocet.domain import plural

PartKind = Literal["required", "forbidden", "max_words", "number", "json_schema", "exact", "includes", "assertion"]


class Part(msgspec.Struct, frozen=True):
    """One thing that was looked for: `wanted` is its pattern or text, or says what is wanted.

    A forbidden pattern holds if it is not found. `says` tells what is wrong with a part that does not hold; a pattern
    speaks for itself.
    """

    kind: PartKind
    wanted: str
    holds: bool
    says: str | None = None


class CheckResult(msgspec.Struct, frozen=True):
    """Whether an answer passes, and why.

    If `is_partial`, only a part of the item's check is known or could be run: `passed` speaks of that part alone.
    """

    passed: bool
    is_partial: bool
    sentence: str
    parts: list[Part]


def result_of(parts: Sequence[Part]) -> CheckResult:
    """The result of a whole check: it passes if every part holds."""
    passed = all(part.holds for part in parts)
    return CheckResult(passed, False, sentence_of(parts), list(parts))


def partial_result_of(parts: Sequence[Part]) -> CheckResult:
    """The result of patterns of which only those are known that a failure reason named."""
    passed = all(part.holds for part in parts)
    told = "; ".join(_missing_told(parts)) or "nothing of its check is known"
    return CheckResult(
        passed, True, f"{_capital(told)}. The rest of the check is not known and may still fail.", list(parts)
    )


def sentence_of(parts: Sequence[Part]) -> str:
    """All parts in one sentence: `2 of 3 patterns matched, 1 forbidden pattern found; 23 words, at most 15.`"""
    told = [", ".join(_patterns_told(parts)), *(_told(part) for part in parts if part.kind not in _PATTERNS)]
    return _capital("; ".join(filter(None, told)) or "nothing was asked for") + "."


_PATTERNS = ("required", "forbidden")
_SCHEMA = "json_schema: "


def _patterns_told(parts: Sequence[Part]) -> Iterator[str]:
    required, forbidden = _of(parts, "required"), _of(parts, "forbidden")
    if required:
        matched = sum(part.holds for part in required)
        yield f"{matched} of {plural(len(required), 'pattern')} matched"
    if forbidden:
        found = sum(not part.holds for part in forbidden)
        yield f"{plural(found, 'forbidden pattern')} found" if found else "none forbidden"


def _missing_told(parts: Sequence[Part]) -> Iterator[str]:
    """The same without a total, since how many patterns the check has is unknown."""
    missing, forbidden = _of(parts, "required"), _of(parts, "forbidden")
    if missing:
        still = sum(not part.holds for part in missing)
        now = len(missing) - still
        told = [f"{plural(still, 'pattern')} still missing"] if still else []
        told += [f"{plural(now, 'missing pattern')} now found"] if now else []
        yield ", ".join(told)
    if forbidden:
        found = sum(not part.holds for part in forbidden)
        gone = len(forbidden) - found
        yield (
            f"{plural(found, 'forbidden pattern')} found" if found else f"{plural(gone, 'forbidden pattern')} gone"
        )
    yield from (_told(part) for part in parts if part.kind not in _PATTERNS)


def _of(parts: Sequence[Part], kind: PartKind) -> list[Part]:
    return [part for part in parts if part.kind == kind]


def _told(part: Part) -> str:
    says = part.says or part.wanted
    return f"JSON schema: {says[len(_SCHEMA) :]}" if says.startswith(_SCHEMA) else says


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
