"""The failures by category, and the scores of each model in each task, over all runs that are asked for."""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

import msgspec

from avocet.categories import FAILURE_CATEGORIES, UNCATEGORISED
from avocet.scores.cells import Said
from avocet.scores.compared import ScoreReads, score_difference
from avocet.scores.estimate import category_share, corrected_score
from avocet.scores.gathering import Gathered, RawStratum
from avocet.scores.rows import CategoryShare, Number, Scope, is_right
from avocet.scores.strata import Basis

_ASIDE = frozenset({"set_aside", "undecided"})
# a prediction of many unread cards takes milliseconds, and a decision changes few of them
_category_share = lru_cache(maxsize=4_096)(category_share)
_corrected_score = lru_cache(maxsize=1_024)(corrected_score)
_score_difference = lru_cache(maxsize=1_024)(score_difference)


class MixRow(msgspec.Struct, frozen=True):
    """The failures of a model, a task, a run, or of all, by category.

    `name` is null for items without a model or task, and for all. People opened and decided `read` of the `failed`
    items; `set_aside` and `undecided` ones of these are in no category. `unopened` were decided in bulk: they count
    as unread. `basis` says how the reads were chosen. `by_category` lists what at least one read has; a share is one
    of all failures, and null where the reads are no sample of them.
    """

    name: str | None
    failed: int
    read: int
    set_aside: int
    undecided: int
    unopened: int
    basis: Basis
    rough: bool
    by_category: dict[str, CategoryShare]


class ModelTask(msgspec.Struct, frozen=True):
    """The answers of a model to a task; the numbers of reads are by outcome.

    `ahead`: every model of the task has a corrected score, and the interval of its difference to each leaves out 0.
    """

    model_name: str | None
    task_type: str | None
    items: dict[str, int]
    read: dict[str, int]
    harness_score: float | None
    corrected_score: Number | None
    rough: bool
    ahead: bool


class Answers(NamedTuple):
    """What was read of the answers of a scope, and how many there are."""

    failed: Gathered
    passed: Gathered
    items: Tally[str]

    @property
    def reads(self) -> ScoreReads:
        return ScoreReads(self.failed.reads(is_right), self.passed.reads(is_right))


def together(scopes: Sequence[Scope]) -> Answers:
    """The answers of several runs: every stratum stays one of its own."""
    items: Tally[str] = Tally()
    for scope in scopes:
        items.update({str(outcome): n for outcome, n in scope.items.items()})
    return Answers(_joined(scope.failed for scope in scopes), _joined(scope.passed for scope in scopes), items)


def mix_row(name: str | None, answers: Answers, unopened: int) -> MixRow:
    failed = answers.failed
    plain = failed.reads(is_right)
    shares, rough = _shares(failed)
    return MixRow(
        name=name,
        failed=answers.items["failed"],
        read=failed.said.total(),
        set_aside=_count(failed, "set_aside"),
        undecided=_count(failed, "undecided"),
        unopened=unopened,
        basis=plain.basis,
        rough=rough,
        by_category=shares,
    )


def model_tasks(cells: dict[tuple[str, str], Answers]) -> list[ModelTask]:
    """A row for each model and task, the task's best marked where that is sure."""
    by_task: defaultdict[str, list[str]] = defaultdict(list)
    for model, task in cells:
        by_task[task].append(model)
    ahead = {(best, task) for task, models in by_task.items() if (best := _ahead(task, models, cells)) is not None}
    return [_model_task(key, answers, ahead=key in ahead) for key, answers in sorted(cells.items())]


def _model_task(key: tuple[str, str], answers: Answers, *, ahead: bool) -> ModelTask:
    failed, passed = answers.items["failed"], answers.items["passed"]
    score = _corrected_score(*answers.reads)
    return ModelTask(
        model_name=key[0] or None,
        task_type=key[1] or None,
        items={"failed": failed, "passed": passed},
        read={"failed": answers.failed.said.total(), "passed": answers.passed.said.total()},
        harness_score=passed / (passed + failed) if passed + failed else None,
        corrected_score=None if score.value is None else Number(score.value, score.low, score.high),
        rough=score.rough,
        ahead=ahead,
    )


def _ahead(task: str, models: Sequence[str], cells: dict[tuple[str, str], Answers]) -> str | None:
    """The model that is above each other one of the task for sure."""
    reads = {model: cells[model, task].reads for model in models}
    scores = {model: _corrected_score(*one).value for model, one in reads.items()}
    told = {model: value for model, value in scores.items() if value is not None}
    if len(told) < max(2, len(models)):
        return None
    best = max(sorted(told), key=lambda model: told[model])
    for model in models:
        low = _score_difference(reads[best], reads[model]).low if model != best else 1.0
        if low is None or low <= 0:
            return None
    return best


def _joined(parts: Iterable[Gathered]) -> Gathered:
    strata: list[RawStratum] = []
    said: Tally[Said] = Tally()
    for part in parts:
        strata += part.strata
        said.update(part.said)
    return Gathered(strata, said)


def _shares(failed: Gathered) -> tuple[dict[str, CategoryShare], bool]:
    """The share of each category that a read has, in the order of the categories, and whether few reads tell them."""
    found: dict[str, CategoryShare] = {}
    rough = False
    for category in (*FAILURE_CATEGORIES, UNCATEGORISED):
        stored = "" if category == UNCATEGORISED else category
        read = sum(n for said, n in failed.said.items() if _is_in(stored, said) and said.reading not in _ASIDE)
        if read:
            told = _category_share(failed.reads(partial(_is_in, stored)))
            found[category] = CategoryShare(read, told.value, told.low, told.high)
            rough = rough or told.rough
    return found, rough


def _is_in(stored: str, said: Said) -> bool:
    return said.failure_category == stored


def _count(gathered: Gathered, reading: str) -> int:
    return sum(n for said, n in gathered.said.items() if said.reading == reading)
