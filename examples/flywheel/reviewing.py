"""The reviewing, by rules that know the truth: every failure becomes a decided candidate line, for a desk to import.

No person and no model judges here. That makes the reviewed half as good as a review can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from examples.flywheel.spoil import WRONG_REFERENCES, Spoilt, category

from avocet.benching.tasks import Task

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
        task, rule, answer = truth[row["item_id"]], spoilt[row["item_id"]].rule, row["model_response"]
        fault = "reference_wrong" if rule in WRONG_REFERENCES else None
        decided = {**row, "status": "approved", "check_fault": fault}
        decided["corrected_reference"] = task.reference if fault else None
        if task.checker.verdict(answer).outcome == "passed":
            decided |= {"corrected_response": answer, "failure_category": "scoring_artifact"}
            decided["check_fault"] = fault or "check_too_strict"
        else:
            decided |= {
                "corrected_response": task.reference,
                "failure_category": category(task, answer),
            }
        yield decided


def confirmed(passes: Iterable[Row], truth: Mapping[str, Task]) -> Iterator[Row]:
    """The answers that passed the benchmark and pass the true check too, as accepted passes."""
    for row in passes:
        answer = row["model_response"]
        if truth[row["item_id"]].checker.verdict(answer).outcome == "passed":
            yield {**row, "status": "approved", "corrected_response": answer}


def of_outcome(rows: Iterable[Row], outcome: str) -> list[Row]:
    """The lines of a run that failed, or that passed."""
    return [row for row in rows if (row.get("outcome") or "failed") == outcome]
