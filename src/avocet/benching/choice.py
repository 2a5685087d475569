"""Which tasks of a file are asked: named ones, one side of the desk's hold-out, the first of each type."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from avocet.benching.tasks import Task
from avocet.errors import InvalidRequest, RunUnreadable
from avocet.exports import HoldOut
from avocet.exports.groups import group_of

Part = Literal["all", "held-out", "rest"]


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What a person chose of a task file."""

    only: tuple[str, ...] | None = None
    part: Part = "all"
    hold_out: HoldOut = HoldOut()
    limit: int | None = None


def choose(tasks: list[Task], chosen: Chosen) -> list[Task]:
    """The tasks to ask, in the file's order: those named, of them one side of the hold-out, of these the limit.

    Raises:
        InvalidRequest: an id is that of no task, or no task is left.
    """
    wanted = set(chosen.only) if chosen.only is not None else None
    if wanted and (unknown := wanted - {task.id for task in tasks}):
        raise InvalidRequest(f"--only names {min(unknown)!r:.120}, which is no task of the file.")
    found = [task for task in tasks if (wanted is None or task.id in wanted) and _is_of(task, chosen)]
    found = list(first(found, chosen.limit))
    if not found:
        raise InvalidRequest("No task is left to ask: --only, --split and --limit leave none.")
    return found


def read_ids(path: Path) -> tuple[str, ...]:
    """Read the ids in a file, one per line.

    Raises:
        RunUnreadable: the file can't be read.
        InvalidRequest: the file holds no id.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise RunUnreadable(f"{path} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InvalidRequest(f"{path} isn't UTF-8 text. Write one task id a line.") from None
    ids = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not ids:
        raise InvalidRequest(f"{path} names no task. Write one task id a line.")
    return ids


def is_held_out(task: Task, hold_out: HoldOut) -> bool:
    """Whether the desk holds this task's candidates out of every export."""
    prompt = msgspec.json.encode(task.prompt_messages)
    return hold_out.holds(group_of(task.task_type, task.id, prompt))


def _is_of(task: Task, chosen: Chosen) -> bool:
    return chosen.part == "all" or is_held_out(task, chosen.hold_out) == (chosen.part == "held-out")


def first(tasks: Iterable[Task], limit: int | None) -> Iterable[Task]:
    """The first `limit` tasks of each type, in their order; all of them without a limit."""
    seen: Tally[str] = Tally()
    for task in tasks:
        seen[task.task_type] += 1
        if limit is None or seen[task.task_type] <= limit:
            yield task
