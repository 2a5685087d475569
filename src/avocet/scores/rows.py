"""One row of a report: a run, a model, a task or a pair of both, told in numbers that a person can trust."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from functools import partial

import msgspec

from avocet.categories import FAILURE_CATEGORIES, UNCATEGORISED
from avocet.domain import Outcome
from avocet.faults import CHECK_FAULTS
from avocet.scores.borrowed import borrowed_score
from avocet.scores.cells import Said
from avocet.scores.check_errors import check_errors
from avocet.scores.estimate import (
    at_least,
    at_most,
    category_share,
    corrected_score,
    false_fails,
    false_passes,
    known_limits,
    undecided_ends,
)
from avocet.scores.gathering import Gathered
from avocet.scores.strata import Basis, Facts, OutcomeReads, effective_reads
from avocet.scores.told import Told
from avocet.scores.wilson import ClusteredRate, questions_like_these, wilson, wilson_of_epochs

LENIENT = frozenset({"style_violation", "format_error"})
"""Wrong because of the form that the item asked for; counted right in the lenient score."""
_DECIDED = frozenset({"right", "wrong"})


class Number(msgspec.Struct, frozen=True):
    """A rate from 0 to 1 and its 95 % interval. Where only limits are known, `value` is null."""

    value: float | None
    low: float | None
    high: float | None


class CategoryShare(msgspec.Struct, frozen=True):
    """How many reads have a category, and which share of all failures has it (null: can't be told)."""

    read: int
    value: float | None
    low: float | None
    high: float | None


class CheckErrorRates(msgspec.Struct, frozen=True):
    """How often the check fails a right answer, and passes a wrong one, of all items in scope."""

    fails_right: Number | None
    passes_wrong: Number | None


class Borrowed(msgspec.Struct, frozen=True):
    """A score from the errors that the check made in another run; it assumes that it makes the same ones here."""

    run_id: str
    score: Number | None
    note: str | None


class LikeThese(msgspec.Struct, frozen=True):
    """The scores for other questions of this sort, an interval that reading does not shrink to nothing."""

    harness_score: Number | None
    corrected_score: Number | None


class UndecidedRange(msgspec.Struct, frozen=True):
    """The corrected score if every answer that a reader could not decide was wrong, and if every one was right."""

    all_wrong: Number
    all_right: Number


class ReportRow(msgspec.Struct, frozen=True):
    """What is known of the items of a scope; `task` or `model_name` is null for any, empty for none.

    Counts of items and reads are by outcome. `read` counts cards that a person opened and decided, `right`,
    `set_aside` and `undecided` how many of them are so; all others are wrong. `basis` says how:
    all items, a random sample, another way, none. `effective_reads` is how many reads of one stratum would tell as
    much; `rough` says that few stand behind the numbers. `counted` items are known as numbers only, and
    `passes_listed` is false where passes are. `at_most` and `at_least` are given where one outcome was not read by
    lot, `known_limits` where no estimate can be made: what the reads leave possible.
    """

    task: str | None
    model_name: str | None
    strata: int
    passes_listed: bool
    items: dict[Outcome, int]
    read: dict[str, int]
    right: dict[str, int]
    set_aside: dict[str, int]
    undecided: dict[str, int]
    basis: dict[str, Basis]
    effective_reads: dict[str, float]
    rough: bool
    harness_score: Number | None
    false_fails: Number | None
    false_passes: Number | None
    corrected_score: Number | None
    at_most: Number | None
    at_least: Number | None
    known_limits: Number | None
    lenient_score: Number | None
    undecided_range: UndecidedRange | None
    check_errors: CheckErrorRates
    by_category: dict[str, CategoryShare]
    by_fault: dict[str, int]
    like_these: LikeThese | None
    borrowed: Borrowed | None
    notes: list[str]


class Scope(msgspec.Struct, frozen=True):
    """What a row is made of. `epochs` are passed and scored epochs of each item, where items have several."""

    run_id: str
    model_name: str | None
    task_type: str | None
    failed: Gathered
    passed: Gathered
    items: Mapping[Outcome, int]
    counted_passed: int
    epochs: Sequence[tuple[int, int]]


def row_of(scope: Scope, *, like_these: bool, lender: Scope | None) -> ReportRow:
    """The row of a scope; `lender` is the scope of another run to borrow the check's errors from."""
    failed, passed = scope.failed.reads(is_right), scope.passed.reads(is_right)
    told = {
        "corrected_score": corrected_score(failed, passed),
        "false_fails": false_fails(failed),
        "false_passes": false_passes(passed),
    }
    score = told["corrected_score"]
    errors = check_errors(failed, passed)
    scored = scope.items["failed"] + scope.items["passed"]
    gathered = {"failed": scope.failed, "passed": scope.passed}
    return ReportRow(
        task=scope.task_type,
        model_name=scope.model_name,
        strata=sum(len(one.strata) for one in gathered.values()),
        passes_listed=not scope.counted_passed,
        items=dict(scope.items),
        read={name: one.said.total() for name, one in gathered.items()},
        right={name: _count(one, "right") for name, one in gathered.items()},
        set_aside={name: _count(one, "set_aside") for name, one in gathered.items()},
        undecided={name: _count(one, "undecided") for name, one in gathered.items()},
        basis={"failed": failed.basis, "passed": passed.basis},
        effective_reads={"failed": effective_reads(failed), "passed": effective_reads(passed)},
        rough=any(one.rough for one in told.values()),
        harness_score=_exact(scope.items["passed"], scored),
        false_fails=number_of(told["false_fails"]),
        false_passes=number_of(told["false_passes"]),
        corrected_score=number_of(score),
        at_most=_at_most(failed, passed) if score.value is None else None,
        at_least=_at_least(failed, passed) if score.value is None else None,
        known_limits=_known(scored, gathered) if score.value is None else None,
        lenient_score=_lenient(scope, score),
        undecided_range=_undecided(failed, passed),
        check_errors=CheckErrorRates(number_of(errors.fails_right), number_of(errors.passes_wrong)),
        by_category=_by_category(scope.failed),
        by_fault=_by_fault(scope),
        like_these=_like_these(scope, score) if like_these else None,
        borrowed=_borrowed(scope, lender) if lender else None,
        notes=_notes(scope, failed, passed, told),
    )


def is_right(said: Said) -> bool:
    return said.reading == "right"


def is_right_but_for_form(said: Said) -> bool:
    return is_right(said) or said.failure_category in LENIENT


def _has_category(stored: str, said: Said) -> bool:
    return said.failure_category == stored


def _count(gathered: Gathered, reading: str) -> int:
    return sum(n for said, n in gathered.said.items() if said.reading == reading)


def number_of(told: Told) -> Number | None:
    """A told number as the report has it; None if it can't be told."""
    return None if told.value is None else Number(told.value, told.low, told.high)


def _exact(part: int, whole: int) -> Number | None:
    return Number(part / whole, part / whole, part / whole) if whole else None


def _at_most(failed: OutcomeReads, passed: OutcomeReads) -> Number | None:
    """The score if every passed answer is right that is not known to be wrong; given where the passes are unread."""
    if passed.basis in ("all", "sample") or not passed.size:
        return None
    return number_of(at_most(failed, passed.size - passed.known.known_wrong))


def _at_least(failed: OutcomeReads, passed: OutcomeReads) -> Number | None:
    if failed.basis in ("all", "sample") or not failed.size:
        return None
    return number_of(at_least(failed.size, passed))


def _known(items: int, gathered: Mapping[str, Gathered]) -> Number | None:
    """What all reads, random or not, leave possible."""
    said: Tally[str] = Tally()
    for one in gathered.values():
        for what, n in one.said.items():
            said[what.reading] += n
    scope = items - said["set_aside"]
    if not (said["right"] or said["wrong"]) or not scope:
        return None
    limits = known_limits(scope, Facts(said["right"], said["wrong"]))
    return Number(None, limits.low, limits.high)


def _lenient(scope: Scope, score: Told) -> Number | None:
    """The score with answers right that broke only the form; None where it is the same."""
    failed, passed = (one.reads(is_right_but_for_form) for one in (scope.failed, scope.passed))
    if (failed, passed) == (scope.failed.reads(is_right), scope.passed.reads(is_right)):
        return None
    lenient = corrected_score(failed, passed)
    return None if lenient.value is None or lenient.value == score.value else number_of(lenient)


def _undecided(failed: OutcomeReads, passed: OutcomeReads) -> UndecidedRange | None:
    ends = undecided_ends(failed, passed)
    low, high = (number_of(ends.all_wrong), number_of(ends.all_right)) if ends else (None, None)
    return UndecidedRange(low, high) if low and high else None


def _by_category(failed: Gathered) -> dict[str, CategoryShare]:
    """The mix of all failures, in the order of the categories; what no read has is left out."""
    found = {}
    for category in (*FAILURE_CATEGORIES, UNCATEGORISED):
        stored = "" if category == UNCATEGORISED else category
        read = sum(
            n for said, n in failed.said.items() if said.failure_category == stored and said.reading in _DECIDED
        )
        if read:
            told = category_share(failed.reads(partial(_has_category, stored)))
            found[category] = CategoryShare(read, told.value, told.low, told.high)
    return found


def _by_fault(scope: Scope) -> dict[str, int]:
    said = scope.failed.said + scope.passed.said
    return {fault: sum(n for what, n in said.items() if what.check_fault == fault) for fault in CHECK_FAULTS}


def _like_these(scope: Scope, score: Told) -> LikeThese:
    passed, scored = scope.items["passed"], scope.items["failed"] + scope.items["passed"]
    rate = wilson_of_epochs(scope.epochs) if scope.epochs else ClusteredRate(wilson(passed, scored), 0.0, scored)
    harness = rate.rate
    corrected = questions_like_these(score, rate.effective) if harness.low is not None else None
    return LikeThese(
        number_of(harness) if harness.low is not None else None, number_of(corrected) if corrected else None
    )


def _borrowed(scope: Scope, lender: Scope) -> Borrowed:
    failed, passed = lender.failed.reads(is_right), lender.passed.reads(is_right)
    scored = scope.items["failed"] + scope.items["passed"]
    told = borrowed_score(scope.items["passed"], scored, failed, passed)
    assumed = (
        f"Borrowed from {lender.run_id}: a guess that the check makes the same mistakes here. It holds only for the "
        "same check, references and prompt, and for a model that errs in the same manner."
    )
    return Borrowed(lender.run_id, number_of(told), assumed if told.value is not None else _sentence(told.note))


def _notes(scope: Scope, failed: OutcomeReads, passed: OutcomeReads, told: Mapping[str, Told]) -> list[str]:
    """Sentences on what can't be told and why, and on what to keep in mind."""
    notes = [note for one in told.values() if (note := _sentence(one.note))]
    for outcome, reads in (("failures", failed), ("passes", passed)):
        if reads.basis == "other":
            share = round(100 * reads.unsampled / reads.size)
            notes.append(f"{share} % of the {outcome} are in no random sample, so no estimate is made of them.")
    if scope.counted_passed:
        notes.append("Passes are known as numbers only; import the file again to list them.")
    if scope.items["errored"] or scope.items["unscored"]:
        n = scope.items["errored"] + scope.items["unscored"]
        many = f"{n:,} items errored or were not scored: neither score has them."
        notes.append(many if n > 1 else "1 item errored or was not scored: neither score has it.")
    return list(dict.fromkeys(notes))


def _sentence(note: str | None) -> str | None:
    return f"{note[0].upper()}{note[1:].rstrip('.')}." if note else None
