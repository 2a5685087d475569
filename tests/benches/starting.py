"""Benches that ask an endpoint, and waiting for what becomes of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from avocet.benches import Benches, BenchRequest, BenchView, FileTasks, TaskFiles
from tests.benching.making import task_line
from tests.benching.server import Model, Reply, answer
from tests.processes import PATIENCE_S, wait_until

FILE = "tasks.jsonl"


def keep_tasks(files: TaskFiles, count: int = 6, name: str = FILE, **changes: Any) -> str:
    """Put a task file into the desk's folder, and return its name."""
    lines = [json.dumps(task_line(number, **changes)) for number in range(count)]
    files.add(name, "\n".join(lines).encode())
    return name


def start(benches: Benches, server: Model, **fields: Any) -> BenchView:
    wanted = {"tasks": FileTasks(file=FILE), "base": server.url, "model": "org/small", **fields}
    return benches.start(BenchRequest(**wanted))


def until(benches: Benches, name: str, *states: str) -> BenchView:
    def look() -> BenchView | None:
        view = benches.get(name)
        assert view.state in (*states, "starting", "running", "stopping"), (view.error, benches.log(name))
        return view if view.state in states else None

    return wait_until(look, f"{name} to be {' or '.join(states)}", PATIENCE_S)


def right_up_to(number: int) -> Callable[[str], Reply]:
    """Right answers to the questions below `number`, wrong ones to the others."""
    return lambda prompt: answer(f"right {asked}" if (asked := int(prompt.split()[1])) < number else "wrong")
