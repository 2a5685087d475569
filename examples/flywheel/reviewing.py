"""The reviewing, by rules that know the truth: every failure becomes a decided candidate line, for a desk to import.

No person and no model judges here. That makes the reviewed half as good as a review can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from avocet.benching.tasks import Task
from examples.flywheel.spoil import WRONG_REFERENCES, Spoilt, category

Row = dict[str, Any]
"""A candidate line."""


def unreviewed(failures: Iterable[Row]) -> Iterator[Row]:
    """Every failure with the benchmark's own reference as its correction: what a script does without reading."""
    for row in failures:
        yield {**row, "status": "approved", "corrected_response": row["reference"]}


def reviewed(failures: Iterable[Row], truth: Mapping[str, Task], spoilt: Mapping[str, Spoilt]) -> Iterator[Row]:
    """Every failure as a reviewer who makes no mistake decides it; `truth` and `spoilt` are by the item's id.

    An answer that the true check passes is accepted as a `scoring_artifact`. Any other is corrected with the true
    reference and gets its category; where the benchmark's reference is wrong, that is said too.
    """
    for row in failures:
        task, rule = truth[row["item_id"]], spoilt[row["item_id"]].rule
        fault = "reference_wrong" if rule in WRONG_REFERENCES else None
        decided = {**row, "status": "approved", "check_fault": fault}
        decided["corrected_reference"] = task.reference if fault else None
        if task.judge.verdict(row["model_response"]).outcome == "passed":
            decided |= {"corrected_response": row["model_response"], "failure_category": "scoring_artifact"}
            decided["check_fault"] = fault or "check_too_strict"
        else:
            decided |= {"corrected_response": task.reference, "failure_category": category(task, row["model_response"])}
        yield decided


def confirmed(answers: Iterable[Row], failures: Iterable[Row], truth: Mapping[str, Task]) -> Iterator[Row]:
    """The answers that passed the benchmark and pass the true check too, as accepted passes.

    `answers` are the lines of `answers.jsonl`; the run's name is that of the failures.
    """
    failed = {row["item_id"]: row for row in failures}
    like = next(iter(failed.values()), {})
    run = like.get("benchmark_run_id")
    for answer in answers:
        item, text = answer["task"], answer["result"]["text"]
        task = truth[item]
        if item in failed or task.judge.verdict(text).outcome != "passed":
            continue
        yield {
            "id": f"{run}/{item}",
            "benchmark_run_id": run,
            "status": "approved",
            "outcome": "passed",
            "prompt_messages": task.prompt_messages,
            "model_response": text,
            "corrected_response": text,
            "task_type": task.task_type,
            "task_name": task.task_name,
            "item_id": item,
            "model_name": like.get("model_name"),
            "reference": task.reference,
        }
