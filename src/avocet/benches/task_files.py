"""The desk's own task files: those in the folder `tasks` of its data folder, uploaded on the page or put there."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from avocet.benching import TaskFile, read_tasks
from avocet.disk import make_private, write_whole
from avocet.errors import AvocetError, InvalidRequest, NotFound, TaskFileExists

MAX_NAME_CHARACTERS = 100
MOST_PROBLEMS = 100
MOST_FILES = 500
_NAME = re.compile(r"\w[\w .+-]*\.jsonl")


class TaskFileSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A task file: how many tasks of which types, and how many of them have a reference.

    `problem` says why it can't be asked; null if it can.
    """

    name: str
    bytes: int
    tasks: int = 0
    task_types: list[str] = []
    references: int = 0
    problem: str | None = None


class TaskFiles:
    """The task files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, tuple[tuple[int, int], TaskFileSummary]] = {}

    def all(self) -> list[TaskFileSummary]:
        """Every task file by name, those that can't be read included."""
        return [summary for name in sorted(self._names())[:MOST_FILES] if (summary := self._summary(name))]

    def read(self, name: str) -> TaskFile:
        """The tasks of a file.

        Raises:
            NotFound: there is none of that name.
            InvalidRequest, RunUnreadable: some lines are no tasks, or it can't be read.
        """
        return read_tasks(self._existing(name), name=name)

    def add(self, name: str, content: bytes) -> TaskFileSummary:
        """Keep a task file that somebody sent.

        Raises:
            InvalidRequest: the name is no file's, or some lines are no tasks; `problems` lists these.
            TaskFileExists: there is one of that name.
        """
        if not _is_name(name):
            raise InvalidRequest(
                f"{name!r:.120} can't be a task file's name: letters, digits, spaces, dots, dashes and underscores, "
                f"at most {MAX_NAME_CHARACTERS} of them, and .jsonl at the end."
            )
        make_private(self._folder)
        target = self._folder / name
        if target.exists():
            raise TaskFileExists(f"There is a task file {name} already. Delete it first, or give another name.")
        sent = self._folder / f".{secrets.token_hex(8)}.sent"
        write_whole(sent, content)
        try:
            read_tasks(sent, name=name)
            sent.replace(target)
        except InvalidRequest as error:
            raise InvalidRequest(error.detail, problems=error.extra.get("problems", [])[:MOST_PROBLEMS]) from None
        finally:
            sent.unlink(missing_ok=True)
        found = self._summary(name)
        if found is None:
            raise NotFound(f"The task file {name} was deleted in this moment.")
        return found

    def remove(self, name: str) -> None:
        """Delete a task file. Benches that asked it keep their copy.

        Raises:
            NotFound: there is none of that name.
        """
        self._existing(name).unlink(missing_ok=True)

    def _names(self) -> Iterator[str]:
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if _is_name(path.name) and path.is_file():
                yield path.name

    def _existing(self, name: str) -> Path:
        path = self._folder / name
        if not _is_name(name) or not path.is_file():
            raise NotFound(f"There is no task file {name!r:.120}.")
        return path

    def _summary(self, name: str) -> TaskFileSummary | None:
        """A file in brief; it is read again only if it changed, since lists are asked for often."""
        with suppress(FileNotFoundError):
            stat = (self._folder / name).stat()
            key = (stat.st_mtime_ns, stat.st_size)
            kept = self._read.get(name)
            if kept is None or kept[0] != key:
                kept = self._read[name] = (key, self._look(name, stat.st_size))
            return kept[1]
        return None

    def _look(self, name: str, size: int) -> TaskFileSummary:
        try:
            tasks = self.read(name).tasks
        except AvocetError as error:
            return TaskFileSummary(name=name, bytes=size, problem=error.detail)
        return TaskFileSummary(
            name=name,
            bytes=size,
            tasks=len(tasks),
            task_types=sorted({task.task_type for task in tasks}),
            references=sum(task.reference is not None for task in tasks),
        )


def _is_name(name: str) -> bool:
    return len(name) <= MAX_NAME_CHARACTERS and _NAME.fullmatch(name) is not None
