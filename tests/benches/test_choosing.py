"""Which tasks a bench asks: of a file, of what is held out, of cards; and what it leaves out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from avocet.benches import BenchTasks, CardsTasks, CardsWanted, FileTasks, HeldOutTasks, TaskFiles, choosing
from avocet.benches.choosing import Found
from avocet.benching import Task, read_tasks
from avocet.benching.tasks import write_tasks
from avocet.db import Database
from avocet.errors import InvalidRequest, NotFound
from avocet.exports import HoldOut, store_hold_out
from avocet.review.history import DecidedFilter
from avocet.review.queue import QueueFilter
from tests.benches.starting import keep_tasks
from tests.exports.deciding import decide
from tests.factories import candidate_lines, import_lines

PATTERNS = {"kind": "patterns", "required": ["right"]}
EVERY = CardsTasks(filter=CardsWanted(queue=QueueFilter(outcome="any")))


def find(database: Database, files: TaskFiles, wanted: BenchTasks, limit: int | None = None) -> Found:
    return choosing.find(database, files, wanted, limit)


def lines(count: int, **changes: Any) -> list[dict[str, Any]]:
    """Candidate lines of items that can be asked again; `changes` may be functions of the number."""
    found = []
    for number, line in enumerate(candidate_lines(count)):
        line |= {"item_id": f"item-{number}", "task_type": "facts", "check": PATTERNS}
        line |= {"prompt_messages": [{"role": "user", "content": f"question {number}"}]}
        found.append(line | {key: value(number) if callable(value) else value for key, value in changes.items()})
    return found


def left_out(found: Found) -> dict[str, int]:
    return {one.reason: one.count for one in found.left_out}


def test_a_file_whole_or_one_side_of_it(database: Database, files: TaskFiles) -> None:
    keep_tasks(files, 20)
    whole = find(database, files, FileTasks(file="tasks.jsonl"))
    assert (len(whole.tasks), whole.words, whole.left_out) == (20, "tasks.jsonl", [])
    with pytest.raises(InvalidRequest, match="Nothing is held out"):
        find(database, files, FileTasks(file="tasks.jsonl", part="held-out"))
    store_hold_out(database, HoldOut(share=0.5))
    sides = [find(database, files, FileTasks(file="tasks.jsonl", part=part)) for part in ("held-out", "rest")]
    assert {task.id for side in sides for task in side.tasks} == {task.id for task in whole.tasks}
    assert sum(len(side.tasks) for side in sides) == 20
    assert [side.words for side in sides] == ["tasks.jsonl, held out", "tasks.jsonl, not held out"]


def test_a_limit_is_of_each_type(database: Database, files: TaskFiles) -> None:
    keep_tasks(files, 10)
    found = choosing.preview(find(database, files, FileTasks(file="tasks.jsonl"), 2))
    assert (found.tasks, found.task_types) == (4, {"facts": 2, "arithmetic": 2})


def test_cards_are_asked_once_an_item(database: Database, files: TaskFiles, bench_dir: Path) -> None:
    import_lines(database, bench_dir, lines(3, reference="right"))
    again = lines(3, id=lambda number: f"again/{number}", model_name="other", benchmark_run_id="again")
    import_lines(database, bench_dir, again, name="again")
    found = find(database, files, EVERY)
    assert [task.id for task in found.tasks] == ["item-0", "item-1", "item-2"]
    task = found.tasks[0]
    assert (task.task_type, task.reference, task.own_check) == ("facts", "right", PATTERNS)
    assert task.prompt_messages == [{"role": "user", "content": "question 0"}]
    assert found.words == "the items of 6 cards"


def test_cards_by_filter_by_decision_and_by_id(database: Database, files: TaskFiles, bench_dir: Path) -> None:
    import_lines(database, bench_dir, given := lines(4, task_type=lambda n: "facts" if n else "sums"))
    decide(database, 3, "correct", "right", failure_category="wrong_answer")
    waiting = find(database, files, CardsTasks(filter=CardsWanted(queue=QueueFilter(task_type="facts"))))
    assert [task.id for task in waiting.tasks] == ["item-1", "item-2"]
    decided = find(database, files, CardsTasks(filter=CardsWanted(decided=DecidedFilter(outcome="any"))))
    assert [task.id for task in decided.tasks] == ["item-3"]
    ids = tuple(line["id"] for line in given[:2])
    assert len(find(database, files, CardsTasks(filter=CardsWanted(ids=ids))).tasks) == 2
    for wrong in (CardsWanted(), CardsWanted(queue=QueueFilter(), ids=ids)):
        with pytest.raises(InvalidRequest, match="exactly one"):
            find(database, files, CardsTasks(filter=wrong))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"tools": [{"type": "function", "function": {"name": "f"}}]}, choosing.TOOLS),
        (
            {"prompt_messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]},
            "the prompt",
        ),
        ({"item_id": "x" * 201}, choosing.LONG),
        ({"item_id": "item-0", "task_type": "sums"}, choosing.SAME_NAME),
        ({"prompt_messages": [{"role": "user", "content": "question 0"}]}, choosing.SAME_PROMPT),
    ],
)
def test_what_can_t_be_asked_is_counted(
    database: Database, files: TaskFiles, bench_dir: Path, changes: dict[str, Any], reason: str
) -> None:
    import_lines(database, bench_dir, [lines(1)[0], lines(2)[1] | changes])
    found = find(database, files, EVERY)
    assert [task.id for task in found.tasks] == ["item-0"]
    ((told, count),) = left_out(found).items()
    assert told.startswith(reason)
    assert count == 1


@pytest.mark.parametrize(
    "check",
    [
        None,
        {"kind": "missing_patterns", "missing": ["a"]},
        {"kind": "patterns", "required": ["("]},
        {"kind": "from the future"},
        {"kind": "promptfoo", "assertions": [{"type": "contains", "value": "a"}], "others": ["llm-rubric"]},
    ],
)
def test_without_a_whole_check_it_is_asked_unscored(
    database: Database, files: TaskFiles, bench_dir: Path, check: Any
) -> None:
    import_lines(database, bench_dir, lines(2, check=lambda number: PATTERNS if number else check))
    found = find(database, files, EVERY)
    assert [task.check is None for task in found.tasks] == [True, False]
    assert choosing.preview(found).unscored == 1


def test_a_check_that_a_later_card_knows_counts(database: Database, files: TaskFiles, bench_dir: Path) -> None:
    import_lines(database, bench_dir, lines(1, check=None))
    import_lines(database, bench_dir, lines(1, id="again/0", benchmark_run_id="again"), name="again")
    (task,) = find(database, files, EVERY).tasks
    assert task.own_check == PATTERNS


def test_what_is_held_out(database: Database, files: TaskFiles, bench_dir: Path) -> None:
    import_lines(database, bench_dir, lines(20))
    assert choosing.held_out_items(database) == 0
    with pytest.raises(InvalidRequest, match="Nothing is held out"):
        find(database, files, HeldOutTasks())
    store_hold_out(database, HoldOut(share=0.5))
    found = find(database, files, HeldOutTasks())
    assert 0 < len(found.tasks) < 20
    assert choosing.held_out_items(database) == len(found.tasks)


def test_nothing_to_ask_says_why(database: Database, files: TaskFiles, bench_dir: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"No task is left to ask\.$"):
        find(database, files, EVERY)
    import_lines(database, bench_dir, lines(1, item_id="x" * 201))
    with pytest.raises(InvalidRequest, match=r"left to ask \(1 card: the item's name is longer"):
        find(database, files, EVERY)
    with pytest.raises(NotFound):
        find(database, files, FileTasks(file="none.jsonl"))


def test_written_tasks_are_read_as_the_same(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "a\u2028b"}]
    tasks = [
        Task(id="a", task_type="t", prompt_messages=turns, own_check=PATTERNS, reference="r", task_name="n"),
        Task(id="b", task_type="t", prompt_messages=[{"role": "user", "content": "c"}]),
    ]
    write_tasks(tmp_path / "tasks.jsonl", tasks)
    assert read_tasks(tmp_path / "tasks.jsonl").tasks == tasks


@pytest.mark.parametrize(
    ("check", "answer", "outcome"),
    [
        ({"kind": "exact", "expected": ["42"]}, "42", "passed"),
        ({"kind": "exact", "expected": ["42"]}, "41", "failed"),
        (
            {
                "kind": "promptfoo",
                "threshold": 0.5,
                "assertions": [{"type": "contains", "value": "a"}, {"type": "contains", "value": "z"}],
            },
            "a",
            "passed",
        ),
        ({"kind": "patterns", "required": ["^(a+)+$"]}, "a" * 40 + "b", "unscored"),
    ],
)
def test_a_check_of_any_kind_is_run_and_stopped_if_it_hangs(check: Any, answer: str, outcome: str) -> None:
    task = Task(id="a", task_type="t", prompt_messages=[{"role": "user", "content": "q"}], own_check=check)
    assert task.judge.verdict(answer).outcome == outcome


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"check": {"kind": "no such"}}, "Invalid value 'no such'"),
        ({"check": PATTERNS, "required": ["a"]}, "check stands alone"),
        ({"check": {"kind": "patterns", "required": ["("]}}, "unterminated|missing"),
    ],
)
def test_a_check_in_a_file_that_is_none(files: TaskFiles, more: Any, told: str) -> None:
    line = {"id": "a", "task_type": "t", "prompt_messages": [{"role": "user", "content": "q"}], **more}
    with pytest.raises(InvalidRequest, match=told):
        files.add("x.jsonl", json.dumps(line).encode())
