"""A gate: conditions that a comparison must meet, such as `regressions <= 1, corrected_score >= 0.6`.

CONDITION = METRIC OP LIMIT
METRIC    = (regressions | fixed | score | corrected_score) [of TASK] | category NAME
OP        = <= | >= | < | >
LIMIT     = NUMBER | before [(+ | -) NUMBER]
"""

from __future__ import annotations

import re
from math import inf
from typing import Final, Literal, NamedTuple

import msgspec

from avocet.categories import FAILURE_CATEGORIES
from avocet.comparing.comparison import Compared
from avocet.comparing.counting import CategoryRow, TaskRow
from avocet.comparing.exposure import warning
from avocet.errors import InvalidRequest
from avocet.scores.rows import Number

Metric = Literal["regressions", "fixed", "score", "corrected_score", "category"]
Verdict = Literal["passed", "failed", "cannot_tell"]
Operator = Literal["<=", ">=", "<", ">"]
METRICS: Final = ("regressions", "fixed", "score", "corrected_score")
_CONDITION = re.compile(
    r"""(?P<metric>\w+)\s*(?:\s(?P<kind>of)\s+(?P<task>.+?)|\s(?P<category>\w+))?
        \s*(?P<op><=|>=|<|>)\s*
        (?:(?P<before>before)(?:\s*(?P<sign>[+-])\s*(?P<by>[\d.]+))?|(?P<number>\d+(?:\.\d+)?))""",
    re.VERBOSE,
)
GRAMMAR: Final = (
    "A condition is METRIC OP LIMIT: regressions <= 1, corrected_score >= 0.6, score of arithmetic >= before - 0.02, "
    f"category hallucination <= before. Metrics: {', '.join(METRICS)} (each may say: of TASK), category NAME."
)


class Condition(msgspec.Struct, frozen=True):
    """One condition. `limit` is added to the value before if `is_before`, else it is the limit itself."""

    text: str
    metric: Metric
    name: str | None
    op: Operator
    limit: float
    is_before: bool


class Judged(msgspec.Struct, frozen=True):
    """A condition and what the comparison says of it, as a sentence."""

    condition: str
    verdict: Verdict
    sentence: str


class GateResult(msgspec.Struct, frozen=True):
    """The whole gate: failed if one condition fails, else it can't be told if one can't.

    `note` says that the comparison is not clean, which changes no verdict; null where no exposed item is known.
    """

    verdict: Verdict
    conditions: list[Judged]
    note: str | None


class _Limits(NamedTuple):
    """A number and where it may lie; equal if it is known for sure."""

    low: float
    high: float
    value: float

    @classmethod
    def exactly(cls, value: float) -> _Limits:
        return cls(value, value, value)


class _Values(NamedTuple):
    """A metric after and before, and after less before; None where it can't be told."""

    after: _Limits | None
    before: _Limits | None
    difference: _Limits | None


def parse_gate(text: str) -> list[Condition]:
    """The conditions of a gate, which are separated by commas.

    Raises:
        InvalidRequest: one is not in the grammar, or names a metric or category that does not exist.
    """
    parts = [part.strip() for part in text.split(",")]
    if not all(parts):
        raise InvalidRequest(f"The gate has an empty condition. {GRAMMAR}")
    return [_condition(part) for part in parts]


def _condition(text: str) -> Condition:
    found = _CONDITION.fullmatch(text)
    if not found:
        raise InvalidRequest(f"The gate's condition {text!r:.120} can't be read. {GRAMMAR}")
    metric, category, task = found["metric"], found["category"], found["task"]
    if metric == "category":
        if category not in FAILURE_CATEGORIES:
            raise InvalidRequest(f"{text!r:.120} names no category. Categories: {', '.join(FAILURE_CATEGORIES)}.")
    elif metric not in METRICS or category:
        raise InvalidRequest(f"{text!r:.120} names no metric. {GRAMMAR}")
    by = float(found["by"] or 0) * (-1 if found["sign"] == "-" else 1)
    limit = by if found["before"] else float(found["number"])
    return Condition(text, metric, category or task, found["op"], limit, bool(found["before"]))  # type: ignore[arg-type]


def check_gate(compared: Compared, conditions: list[Condition]) -> GateResult:
    """Judge a comparison.

    A score with an interval passes `>=` by its lower limit and fails by its upper one, and the other way round for
    `<=`; between the two, and where a number is null, it can't be told. Where a side's passes aren't among the items,
    there may be more flips than are counted, and the score and the categories of the shared items say nothing.

    Raises:
        InvalidRequest: a condition names a task that the sides do not have in common.
    """
    judged = [_judged(compared, condition) for condition in conditions]
    verdicts = {one.verdict for one in judged}
    worst: Verdict = "failed" if "failed" in verdicts else "cannot_tell" if "cannot_tell" in verdicts else "passed"
    return GateResult(worst, judged, warning(compared.exposure, (compared.before.name, compared.after.name)))


def _judged(compared: Compared, condition: Condition) -> Judged:
    values = _values(compared, condition)
    against = values.difference if condition.is_before else values.after
    if against is None:
        why = "too little was read" if compared.passes_listed else "a side's passes are not among the items"
        return Judged(condition.text, "cannot_tell", f"{_shown(condition, values)}: cannot tell, {why}.")
    verdict = _verdict(against, condition)
    said = {"passed": "holds", "failed": "does not hold", "cannot_tell": "cannot tell"}[verdict]
    return Judged(condition.text, verdict, f"{_shown(condition, values)}: {said}.")


def _verdict(value: _Limits, condition: Condition) -> Verdict:
    holds = {
        "<=": (value.high <= condition.limit, value.low > condition.limit),
        "<": (value.high < condition.limit, value.low >= condition.limit),
        ">=": (value.low >= condition.limit, value.high < condition.limit),
        ">": (value.low > condition.limit, value.high <= condition.limit),
    }
    passes, fails = holds[condition.op]
    return "passed" if passes else "failed" if fails else "cannot_tell"


def _values(compared: Compared, condition: Condition) -> _Values:
    match condition.metric:
        case "category" | "score" if not compared.passes_listed:
            return _Values(None, None, None)
        case "category":
            return _of_category(compared.categories, condition.name)
        case "corrected_score":
            return _corrected(compared, condition)
        case "score":
            items, before, after, _, _ = _scope(compared, condition.name)
            if not items:
                return _Values(None, None, None)
            return _sure(after / items, before / items)
        case _:
            _, _, _, fixed, broken = _scope(compared, condition.name)
            found = broken if condition.metric == "regressions" else fixed
            return _sure(found, 0) if compared.passes_listed else _at_least(found)


def _sure(after: float, before: float) -> _Values:
    return _Values(_Limits.exactly(after), _Limits.exactly(before), _Limits.exactly(after - before))


def _at_least(found: int) -> _Values:
    limits = _Limits(found, inf, found)
    return _Values(limits, _Limits.exactly(0), limits)


def _scope(compared: Compared, task: str | None) -> tuple[int, float, float, int, int]:
    """Items, right before and after, fixed and broken: of all items, or of a task's."""
    if task is None:
        counts = (compared.items_compared, compared.right_before, compared.right_after)
        return (*counts, compared.fixed, compared.broken)
    row = _row(compared.tasks, task)
    return row.items, row.before, row.after, row.fixed, row.broken


def _row(tasks: list[TaskRow], task: str) -> TaskRow:
    found = next((row for row in tasks if row.task == task), None)
    if found is None:
        known = ", ".join(row.task for row in tasks[:20]) or "none"
        raise InvalidRequest(f"The gate names the task {task!r:.120}, which the sides don't share. Shared: {known}.")
    return found


def _corrected(compared: Compared, condition: Condition) -> _Values:
    if condition.name is not None:
        raise InvalidRequest(f"{condition.text!r:.120}: the corrected score is told for all items; leave out `of`.")
    numbers = (compared.corrected_after, compared.corrected_before, compared.corrected_difference)
    return _Values(*map(_limits, numbers))


def _limits(number: Number | None) -> _Limits | None:
    if number is None or number.value is None or number.low is None or number.high is None:
        return None
    return _Limits(number.low, number.high, number.value)


def _of_category(rows: list[CategoryRow], category: str | None) -> _Values:
    """Wrong items of a category; those that nobody read may or may not be of it."""
    known = next((row for row in rows if row.category == category), None)
    unread = next((row for row in rows if row.category is None), None)
    before, after = known.before if known else 0, known.after if known else 0
    more_before, more_after = unread.before if unread else 0, unread.after if unread else 0
    least, most = after - before - more_before, after + more_after - before
    return _Values(
        _Limits(after, after + more_after, after),
        _Limits(before, before + more_before, before),
        _Limits(least, most, after - before),
    )


def _shown(condition: Condition, values: _Values) -> str:
    if condition.metric in ("regressions", "fixed"):
        return _told(values.after)
    here = " on these items" if condition.metric == "score" else ""
    return f"{_told(values.before)} before, {_told(values.after)} after{here}"


def _told(limits: _Limits | None) -> str:
    if limits is None:
        return "unknown"
    if limits.low == limits.high:
        return f"{limits.value:.4g}"
    if limits.high == inf:
        return f"{limits.low:.4g} or more"
    return f"{limits.value:.4g} ({limits.low:.4g} to {limits.high:.4g})"
