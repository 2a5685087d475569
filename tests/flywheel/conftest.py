"""The task set that the flywheel spoils, and what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples.flywheel.spoil import Spoilt, spoil

from avocet.benching.tasks import Task, read_tasks
from tests.cli.conftest import avocet

__all__ = ["avocet"]
TASKS = Path(__file__).parents[2] / "examples/smollm2/tasks.jsonl"


@pytest.fixture(scope="session")
def tasks() -> dict[str, Task]:
    return {task.id: task for task in read_tasks(TASKS).tasks}


@pytest.fixture(scope="session")
def spoilt(tasks: dict[str, Task]) -> dict[str, Spoilt]:
    return {one.task.id: one for one in spoil(list(tasks.values()))}
