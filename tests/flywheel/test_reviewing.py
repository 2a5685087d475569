"""The review by rules, taken in by a desk: what is right, what is corrected, and what each training set holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from examples.flywheel.parts import PARTS, Arm
from examples.flywheel.reviewing import confirmed, of_outcome, reviewed, unreviewed
from examples.flywheel.spoil import Spoilt
from examples.flywheel.steps import told_of, write

from avocet.benching.tasks import Task
from tests.command import Avocet

ARMS = {arm.name: arm for part in PARTS.values() for arm in part.arms}
RUN = "2026-12-01-000000"


def failure(task: Task, answer: str) -> dict[str, Any]:
    return {
        "id": f"{RUN}/{task.id}",
        "benchmark_run_id": RUN,
        "status": "needs_review",
        "prompt_messages": task.prompt_messages,
        "model_response": answer,
        "task_type": task.task_type,
        "item_id": task.id,
        "model_name": "m",
        "reference": task.reference,
    }


def passed(task: Task, answer: str) -> dict[str, Any]:
    return {**failure(task, answer), "outcome": "passed"}


@pytest.fixture
def failures(tasks: dict[str, Task], spoilt: dict[str, Spoilt]) -> list[dict[str, Any]]:
    """For each rule, an item whose answer is wrong, and one whose answer is right by the true check."""
    found = []
    for rule in ("other_answer", "cut_short", "chatty", "exact_form"):
        wrong, right = [one.task for one in spoilt.values() if one.rule == rule and not one.task.forbidden][:2]
        found += [failure(wrong, "I do not know."), failure(right, tasks[right.id].reference or "")]
    return found


def said(row: dict[str, Any]) -> str:
    return str(row["completion"][-1]["content"])


def item_of(row: dict[str, Any]) -> str:
    return str(row["avocet_id"]).removeprefix(f"{RUN}/")


def decided(
    failures: list[dict[str, Any]], tasks: dict[str, Task], spoilt: dict[str, Spoilt]
) -> list[tuple[dict[str, Any], bool]]:
    """Each decision, and whether the answer was right."""
    return [(row, number % 2 == 1) for number, row in enumerate(reviewed(failures, tasks, spoilt))]


def test_a_reviewer_who_makes_no_mistake(
    failures: list[dict[str, Any]], tasks: dict[str, Task], spoilt: dict[str, Spoilt]
) -> None:
    for row, was_right in decided(failures, tasks, spoilt):
        true = tasks[row["item_id"]]
        assert true.checker.verdict(row["corrected_response"]).outcome == "passed"
        assert (row["failure_category"] == "scoring_artifact") == was_right
        is_wrong_reference = spoilt[row["item_id"]].rule != "exact_form"
        assert row["corrected_reference"] == (true.reference if is_wrong_reference else None)
        too_strict = "check_too_strict" if was_right else None
        assert row["check_fault"] == ("reference_wrong" if is_wrong_reference else too_strict)


def test_without_a_review_the_reference_is_the_correction(failures: list[dict[str, Any]]) -> None:
    for row in unreviewed(failures):
        assert row["corrected_response"] == row["reference"]
        assert row.get("failure_category") is None


def test_only_passes_that_the_true_check_passes_are_confirmed(tasks: dict[str, Task]) -> None:
    right, wrong, failed = list(tasks.values())[:3]
    run = [passed(right, right.reference or ""), passed(wrong, "no"), failure(failed, failed.reference or "")]
    (row,) = confirmed(of_outcome(run, "passed"), tasks)
    assert (row["item_id"], row["status"], row["corrected_response"]) == (right.id, "approved", right.reference)
    assert [one["item_id"] for one in of_outcome(run, "failed")] == [failed.id]


def test_the_failures_that_are_the_benchmarks_fault_are_counted(
    failures: list[dict[str, Any]], tasks: dict[str, Task], spoilt: dict[str, Spoilt]
) -> None:
    told = told_of(reviewed(failures, tasks, spoilt), list(spoilt.values()))
    assert told["failures"] == 8
    assert told["wrong_references"] == {"chatty": 2, "cut_short": 2, "other_answer": 2}
    assert (told["right_but_too_strict"], told["scoring_artifacts"]) == (1, 4)


@pytest.mark.parametrize("arm", ARMS.values(), ids=ARMS)
@pytest.mark.only("sqlite")
def test_a_desk_takes_the_decisions_and_makes_each_training_set(
    arm: Arm,
    avocet: Avocet,
    failures: list[dict[str, Any]],
    tasks: dict[str, Task],
    spoilt: dict[str, Spoilt],
    tmp_path: Path,
) -> None:
    asked = {row["item_id"] for row in failures}
    other = next(task for task in tasks.values() if task.id not in asked)
    passes = confirmed([passed(other, other.reference or "")], tasks)
    known = list(reviewed(failures, tasks, spoilt))
    lines = [*known, *passes] if arm.review == "reviewed" else list(unreviewed(failures))
    write(tmp_path / "decided.jsonl", lines)
    avocet.done("import", tmp_path / "decided.jsonl")
    avocet.done("export", "--format", "trl-sft", *arm.options, "-o", tmp_path / "set.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "set.jsonl").read_text("utf-8").splitlines()]
    # every second failure is none of the model's, and no other is one of form
    wanted = {"unreviewed": 8, "with-passes": 5, "format-and-style": 0}
    assert len(rows) == wanted.get(arm.name, 4)
    if arm.review == "reviewed":
        assert all(tasks[item_of(row)].checker.verdict(said(row)).outcome == "passed" for row in rows)
