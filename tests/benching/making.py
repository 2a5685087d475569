"""Plain functions that make task files and read what a run left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from avocet.benching import Task, read_tasks
from tests.factories import write_jsonl

Json = dict[str, Any]


def task_line(number: int = 0, /, **changes: Any) -> Json:
    """A line of a task file; `changes` set or, with `...`, remove keys."""
    line: Json = {
        "id": f"task-{number}",
        "task_type": "arithmetic" if number % 2 else "facts",
        "prompt_messages": [{"role": "user", "content": f"question {number}"}],
        "required": [f"right {number}\\b"],
    }
    return {key: value for key, value in (line | changes).items() if value is not ...}


def write_tasks(folder: Path, count: int, **changes: Any) -> Path:
    return write_jsonl(folder / "tasks.jsonl", [task_line(number, **changes) for number in range(count)])


def tasks_of(folder: Path, *lines: Json) -> list[Task]:
    return read_tasks(write_jsonl(folder / "tasks.jsonl", lines)).tasks


def read_lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
