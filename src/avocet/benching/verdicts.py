"""The verdict on an answer: its score, and the reason if it failed, in the words that the review page reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from avocet.checks import Check, CheckResult, Part, PartKind, prepare
from avocet.errors import CheckUnusable
from avocet.worker import Worker

Outcome = Literal["passed", "failed", "unscored"]
_RULES = ("forbidden", "max_words")


class Verdict(NamedTuple):
    """What the checks say about one answer. Without checks `score` is None; if it passed, `reason` is."""

    score: float | None
    reason: str | None = None

    @property
    def outcome(self) -> Outcome:
        if self.score is None:
            return "unscored"
        return "passed" if self.reason is None else "failed"


class Judge:
    """The check of one task, ready to be run; None if it has none.

    `is_bounded`: a pattern of it may run for ever, since it is not the person's own. It is run in a process that is
    stopped after a while, and nobody knows the verdict then.

    Raises:
        InvalidCheck: a pattern or the schema is invalid.
        NotInstalled: the schema needs a package.
    """

    def __init__(self, check: Check | None, *, is_bounded: bool = False) -> None:
        self._check = check
        self._run = None if check is None else prepare(check)
        self._is_bounded = is_bounded
        self._last: tuple[str, Verdict] | None = None

    def verdict(self, response: str) -> Verdict:
        """Check a response. The score is the share of checks that held; a broken rule counts as one more check."""
        if self._check is None or self._run is None:
            return Verdict(None)
        if not self._is_bounded:
            return verdict_of(self._run(response))
        # kept, so that all who ask about one answer are told the same
        if self._last is None or self._last[0] != response:
            self._last = (response, _bounded(self._check, response))
        return self._last[1]


@cache
def _worker() -> Worker:
    return Worker()


def _bounded(check: Check, response: str) -> Verdict:
    try:
        found = _worker().check(check, response)
    except CheckUnusable:
        return Verdict(None)
    if found.passed is None:
        return Verdict(None)
    return verdict_of(CheckResult(found.passed, found.is_partial, found.sentence, found.parts))


def verdict_of(result: CheckResult) -> Verdict:
    counted = [part for part in result.parts if part.kind not in _RULES or not part.holds]
    held = sum(part.holds for part in counted)
    score = round(held / len(counted), 3) if counted else 1.0
    # a check may pass though not all of its assertions hold: those of no weight, or as many as its threshold allows
    return Verdict(score, None if result.passed else "; ".join(_reasons(result.parts)) or result.sentence)


def _reasons(parts: Sequence[Part]) -> list[str]:
    required = [part for part in parts if part.kind == "required"]
    missing, found = _broken(required, "required"), _broken(parts, "forbidden")
    lists = (("missing", missing), ("forbidden", found))
    lines = [f"{name}: {json.dumps(patterns, ensure_ascii=False)}" for name, patterns in lists if patterns]
    lines += [part.says for part in parts if part.kind == "max_words" and part.says]
    if required and lines:
        lines.insert(0, f"pattern_match: {len(required) - len(missing)}/{len(required)} required patterns matched")
    return lines + [part.says for part in parts if part.kind not in ("required", *_RULES) and part.says]


def _broken(parts: Sequence[Part], kind: PartKind) -> list[str]:
    return [part.wanted for part in parts if part.kind == kind and not part.holds]
