"""Each rule makes wrong what it says, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from examples.flywheel.spoil import SHARES, WRONG_REFERENCES, Spoilt, category, cut, drawn, spoil

from avocet.benching.tasks import Task, read_tasks


def passes(task: Task, answer: str | None) -> bool:
    assert answer is not None
    return task.checker.verdict(answer).outcome == "passed"


@pytest.mark.parametrize("rule", WRONG_REFERENCES)
def test_a_wrong_reference_passes_the_wrong_check_and_fails_the_true_one(
    tasks: dict[str, Task], spoilt: dict[str, Spoilt], rule: str
) -> None:
    touched = [one.task for one in spoilt.values() if one.rule == rule]
    assert len(touched) >= 10
    for task in touched:
        assert passes(task, task.reference), task.id
        assert passes(tasks[task.id], tasks[task.id].reference), task.id
        assert not passes(tasks[task.id], task.reference), task.id


def test_an_exact_form_refuses_the_right_answer_in_other_words(
    tasks: dict[str, Task], spoilt: dict[str, Spoilt]
) -> None:
    touched = [one.task for one in spoilt.values() if one.rule == "exact_form"]
    in_other_words = [task for task in touched if passes(tasks[task.id], f"{task.reference} ")]
    assert len(in_other_words) == len(touched)
    refused = 0
    for task in touched:
        assert passes(task, task.reference), task.id
        assert task.reference == tasks[task.id].reference
        answer = f"The answer is {task.reference}"
        assert not passes(task, answer), task.id
        refused += passes(tasks[task.id], answer)
    assert refused > len(touched) / 2


def test_what_is_asked_stays_and_what_no_rule_touches_stays_whole(
    tasks: dict[str, Task], spoilt: dict[str, Spoilt]
) -> None:
    for item, one in spoilt.items():
        assert one.task.prompt_messages == tasks[item].prompt_messages
        assert one.task.task_type == tasks[item].task_type
        if one.rule == "untouched":
            assert one.task == tasks[item]


def test_each_rule_is_drawn_about_as_often_as_it_should_be() -> None:
    counts = Counter(drawn(f"item-{number}") for number in range(4000))
    for rule, share in SHARES.items():
        assert abs(counts[rule] / 4000 - share) < 0.02
    assert counts["untouched"] > 0


def test_the_spoilt_benchmark_is_a_task_file(spoilt: dict[str, Spoilt], tmp_path: Path) -> None:
    path = tmp_path / "spoilt.jsonl"
    lines = (json.dumps(msgspec.to_builtins(one.task)) for one in spoilt.values())
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert read_tasks(path, references=True).tasks == [one.task for one in spoilt.values()]


def test_where_a_rule_makes_nothing_wrong_the_item_stays_as_it_is() -> None:
    lax = [
        Task(
            id=f"lax-{number}",
            task_type="any",
            prompt_messages=[{"role": "user", "content": f"Say {number}"}],
            required=("(?s).",),
            reference=str(number),
        )
        for number in range(40)
    ]
    assert {one.rule for one in spoil(lax)} == {"exact_form", "untouched"}


def test_a_reference_is_cut_in_half() -> None:
    assert cut("It arrives at 16:25.") == "It arrives"
    assert cut("Positive") == "Posi"
    assert cut("7") == ""


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("yellow, as everybody on this earth can see", "style_violation"),
        ("It is yellow.", "format_error"),
        ("red", "wrong_answer"),
    ],
)
def test_a_category_follows_from_the_checks_that_fail(answer: str, expected: str) -> None:
    task = Task(
        id="colour",
        task_type="answer_only",
        prompt_messages=[{"role": "user", "content": "Which colour is a ripe banana?"}],
        required=("^yellow",),
        max_words=5,
    )
    assert category(task, answer) == expected
