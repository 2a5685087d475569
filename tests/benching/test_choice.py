"""Which tasks are asked; the held-out part is the one that the desk holds out of its exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from avocet import exports
from avocet.benching import Chosen, Part, choose, read_tasks
from avocet.benching.choice import is_held_out, read_ids
from avocet.db import Database
from avocet.errors import InvalidRequest, RunUnreadable
from avocet.exports import HoldOut
from tests.benching.making import task_line, tasks_of, write_tasks
from tests.exports.deciding import corrected, rows_of
from tests.factories import candidate_line

HALF = HoldOut(share=0.5, salt="s")


def ids(folder: Path, count: int = 20, **chosen: object) -> list[str]:
    tasks = read_tasks(write_tasks(folder, count)).tasks
    return [task.id for task in choose(tasks, Chosen(**chosen))]  # type: ignore[arg-type]


def test_all_by_default(tmp_path: Path) -> None:
    assert ids(tmp_path, 3) == ["task-0", "task-1", "task-2"]


def test_the_first_of_each_type(tmp_path: Path) -> None:
    assert ids(tmp_path, limit=2) == ["task-0", "task-1", "task-2", "task-3"]


def test_only_the_named_ones_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert ids(tmp_path, only=("task-5", "task-2")) == ["task-2", "task-5"]
    with pytest.raises(InvalidRequest, match="'x', which is no task"):
        ids(tmp_path, only=("task-5", "x"))


def test_ids_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "ids"
    path.write_bytes(b"task-2\r\n\n task-5 \ntask-2\n")
    assert read_ids(path) == ("task-2", "task-5")
    path.write_bytes(b"\n")
    with pytest.raises(InvalidRequest, match="names no task"):
        read_ids(path)
    path.write_bytes(b"\xff")
    with pytest.raises(InvalidRequest, match="isn't UTF-8"):
        read_ids(path)
    with pytest.raises(RunUnreadable):
        read_ids(tmp_path / "gone")


def test_two_sides_make_the_whole(tmp_path: Path) -> None:
    held = ids(tmp_path, part="held-out", hold_out=HALF)
    rest = ids(tmp_path, part="rest", hold_out=HALF)
    assert held
    assert rest
    assert sorted(held + rest) == sorted(ids(tmp_path))
    assert held != ids(tmp_path, part="held-out", hold_out=HoldOut(share=0.5, salt="other"))


def test_the_limit_counts_what_is_left(tmp_path: Path) -> None:
    held = ids(tmp_path, part="held-out", hold_out=HALF)
    assert set(ids(tmp_path, part="held-out", hold_out=HALF, limit=1)) < set(held)
    with pytest.raises(InvalidRequest, match="leave none"):
        ids(tmp_path, part="held-out", hold_out=HoldOut())


@pytest.mark.parametrize("part", ["held-out", "rest"])
def test_the_desk_exports_the_rest_and_nothing_else(
    database: Database, bench_dir: Path, tmp_path: Path, part: Part
) -> None:
    """The same items in bench and desk: cards are exported exactly where bench says that they are the rest."""
    lines = [task_line(number) for number in range(40)]
    tasks = tasks_of(tmp_path, *lines)
    candidates = [
        candidate_line(
            number, item_id=line["id"], task_id=line["id"], task_type=line["task_type"],
            prompt_messages=task.asked("Be brief."),
        )
        for number, (line, task) in enumerate(zip(lines, tasks, strict=True))
    ]  # fmt: skip
    corrected(database, bench_dir, candidates)
    exports.store_hold_out(database, HALF)
    exported = {row["avocet_id"] for row in rows_of(database, "sft")}
    chosen = {task.id for task in choose(tasks, Chosen(part=part, hold_out=HALF))}
    of_desk = {line["item_id"] for line in candidates if (line["id"] in exported) == (part == "rest")}
    assert chosen == of_desk


def test_a_task_stands_where_its_type_and_id_put_it(tmp_path: Path) -> None:
    sides = [is_held_out(task, HALF) for task in tasks_of(tmp_path, *(task_line(n) for n in range(20)))]
    other = [task_line(n, prompt_messages=[{"role": "user", "content": f"otherwise {n}"}]) for n in range(20)]
    assert sides == [is_held_out(task, HALF) for task in tasks_of(tmp_path, *other)]
