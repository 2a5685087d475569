"""The example's task file, and its committed run: scored today as on the day that it was made."""

from __future__ import annotations

import re

import pytest

from avocet.benching import read_tasks
from tests.benching.making import read_lines
from tests.promises.project import ROOT

EXAMPLE = ROOT / "examples/smollm2"
TASKS = {task.id: task for task in read_tasks(EXAMPLE / "tasks.jsonl", references=True).tasks}
(RUN,) = (EXAMPLE / "bench_results").iterdir()


def test_every_task_has_patterns_and_a_reference() -> None:
    assert len(TASKS) == 374
    for task in TASKS.values():
        assert re.fullmatch(rf"{task.task_type}-\d{{3}}", task.id)
        assert task.task_name
        assert task.reference
        assert 1 <= len(task.required) <= 4


def test_every_failure_of_the_run_is_one_today_in_the_same_words() -> None:
    lines = read_lines(RUN / "sft_candidates.jsonl")
    assert len(lines) == 562
    for line in lines:
        verdict = TASKS[line["task_id"]].checker.verdict(line["model_response"])
        assert (verdict.score, verdict.reason) == (line["quality_score"], line["failure_reason"])


@pytest.mark.parametrize(
    ("model", "system"),
    [("SmolLM2-135M-Instruct", None), ("SmolLM2-135M-Instruct (brief)", "Answer with the result only.")],
)
def test_the_prompts_are_sent_as_they_were(model: str, system: str | None) -> None:
    of_model = [line for line in read_lines(RUN / "sft_candidates.jsonl") if line["model_name"] == model]
    assert of_model
    for line in of_model:
        assert TASKS[line["task_id"]].asked(system) == line["prompt_messages"]
