"""A model of the tests, and plain functions that make task files and read what a run left."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from avocet import benching
from avocet.benching import Task, read_tasks
from avocet.benching.answerer import Result, answered, errored
from avocet.domain import JsonObject, Message
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


SETTINGS = benching.Settings({"--model": "m", "--temperature": 0.0, "the task file": "a"})


class Fake:
    """Answers from a dict by the prompt; what is not in it errors."""

    model_id, model_name, batch_size, workers = "org/m", "m", 1, 1

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers
        self.asked: list[list[str]] = []
        self.started = self.closed = 0

    def about(self) -> JsonObject:
        return {}

    def versions(self) -> dict[str, str]:
        return {"fake": "1"}

    def start(self) -> None:
        self.started += 1

    def answer(self, prompts: Sequence[list[Message]]) -> list[Result]:
        texts = [prompt[-1]["content"] for prompt in prompts]
        self.asked.append(texts)
        return [answered(self.answers[text]) if text in self.answers else errored("no reply") for text in texts]

    def close(self) -> None:
        self.closed += 1


def bench(folder: Path, tasks: list[benching.Task], fake: Fake, **options: Any) -> benching.Summary:
    settings = options.pop("settings", SETTINGS)
    given = {"is_parent": False, **options}
    with benching.open_folder(folder, settings, **given) as run_folder:
        benching.run(run_folder, tasks, fake)
        return benching.write(run_folder, tasks, fake)
