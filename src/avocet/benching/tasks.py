"""The task file: one JSON object per line, with a prompt and the checks that its answer must pass (docs/bench.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from avocet.benching.verdicts import Judge
from avocet.checks import AllOf, Check, InvalidCheck, JsonSchema, Number, Patterns
from avocet.disk import write_whole
from avocet.domain import Json, JsonObject, Message
from avocet.errors import InvalidRequest, RunUnreadable
from avocet.importers.base import SourceFile
from avocet.importers.reading.jsonl import Line, read_file_lines
from avocet.importers.reading.messages import InvalidMessages, check_messages

TOLD = 20
MAX_ID_CHARACTERS = 200
_Id = Annotated[str, Meta(min_length=1, max_length=MAX_ID_CHARACTERS)]
_Label = Annotated[str, Meta(min_length=1, max_length=256)]


class NumberWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last number of the answer is `value`, or is off by no more than `tolerance`."""

    value: float
    tolerance: Annotated[float, Meta(ge=0)] = 0.0


class Task(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, dict=True):
    """One item of a task file. Without any check its answers are kept unscored.

    `own_check` is `check` in a file: a check of any kind, as a candidate's `check` holds it, in place of the others.
    """

    id: _Id
    task_type: _Label
    prompt_messages: list[Message]
    task_name: str | None = None
    required: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    max_words: Annotated[int, Meta(ge=1)] | None = None
    json_schema: JsonObject | None = None
    number: NumberWanted | None = None
    own_check: JsonObject | None = msgspec.field(default=None, name="check")
    reference: str | None = None

    @cached_property
    def check(self) -> Check | None:
        """What an answer has to be, in the words of a candidate's `check`; None if the line says nothing of it."""
        checks: list[Patterns | JsonSchema | Number] = []
        if self.required or self.forbidden or self.max_words is not None:
            checks.append(Patterns(required=self.required, forbidden=self.forbidden, max_words=self.max_words))
        if self.json_schema is not None:
            checks.append(JsonSchema(schema=self.json_schema))
        if self.number is not None:
            checks.append(Number(value=self.number.value, tolerance=self.number.tolerance))
        if self.own_check is not None:
            if checks:
                raise InvalidCheck(
                    "check stands alone: leave out required, forbidden, max_words, json_schema, number."
                )
            own: Check = msgspec.convert(self.own_check, Check)
            return own
        return AllOf(checks=tuple(checks)) if len(checks) > 1 else next(iter(checks), None)

    @cached_property
    def judge(self) -> Judge:
        return Judge(self.check, is_bounded=self.own_check is not None)

    def asked(self, system: str | None) -> list[Message]:
        """The prompt as it is sent: `system` is added as a system prompt, or to the one that is there."""
        if system is None:
            return self.prompt_messages
        first, *rest = self.prompt_messages
        if first["role"] == "system":
            return [{**first, "content": f"{first['content']}\n{system}"}, *rest]
        return [{"role": "system", "content": system}, *self.prompt_messages]


class TaskFile(msgspec.Struct, frozen=True):
    """The tasks in the order of their file, and the hash of that file."""

    tasks: list[Task]
    sha256: str


def read_tasks(path: Path, *, references: bool = False, name: str | None = None) -> TaskFile:
    """Read every task of a file; with `references`, each reference must pass the checks of its own item.

    `name` is what errors call the file, in place of its path.

    Raises:
        RunUnreadable: the file can't be read.
        InvalidRequest: some lines are no tasks; the error names each by file and line.
    """
    reader = _Reader(path, references, name or str(path))
    tasks = list(reader.tasks())
    if reader.problems:
        shown, more = reader.problems[:TOLD], len(reader.problems) - TOLD
        also = [f"… and {more:,} more."] if more > 0 else []
        raise InvalidRequest("\n".join([*shown, *also]), problems=reader.problems)
    if not tasks:
        raise InvalidRequest(
            f"{name or path} holds no task. A line is a JSON object with id, task_type and prompt_messages."
        )
    return TaskFile(tasks, reader.digest())


def write_tasks(path: Path, tasks: Iterable[Task]) -> None:
    """Write a task file that `read_tasks` reads as the same tasks."""
    write_whole(path, b"".join(msgspec.json.encode(task) + b"\n" for task in tasks))


class _Reader:
    """Reads a file once, and collects all that is wrong in it."""

    def __init__(self, path: Path, references: bool, name: str) -> None:
        self._path = path
        self._name = name
        self._references = references
        self._lines_of_ids: dict[str, int] = {}
        self._lines_of_prompts: dict[bytes, int] = {}
        self.problems: list[str] = []

    def tasks(self) -> Iterator[Task]:
        for line in read_file_lines([SourceFile(self._path, str(self._path))]):
            try:
                task = _task(line)
                self._check(task, line.number)
            except InvalidTask as error:
                self.problems.append(f"{self._name}:{line.number}: {error}")
            else:
                yield task

    def digest(self) -> str:
        try:
            return hashlib.sha256(self._path.read_bytes()).hexdigest()
        except OSError as error:
            raise RunUnreadable(f"{self._path} can't be read: {error.strerror}.") from None

    def _check(self, task: Task, number: int) -> None:
        before = self._lines_of_ids.setdefault(task.id, number)
        if before != number:
            raise InvalidTask(f"The id {task.id!r} is used on line {before} already. Give each task its own.")
        # the desk keeps rows of one prompt on one side of a split: two items of it could not be told apart
        prompt = msgspec.json.encode(task.prompt_messages, order="deterministic")
        before = self._lines_of_prompts.setdefault(prompt, number)
        if before != number:
            raise InvalidTask(f"The prompt stands on line {before} already. Keep one of the two.")
        if self._references and task.reference is not None:
            reason = task.judge.verdict(task.reference).reason
            if reason is not None:
                raise InvalidTask(f"The reference fails its own checks: {reason}. Mend one or the other.")


class InvalidTask(ValueError):
    """A line that is no task; the message says why and what to do."""


def _task(line: Line) -> Task:
    if line.rejected:
        raise InvalidTask(line.rejected.reason)
    try:
        task = msgspec.convert(line.finite(), Task)
        messages = _messages(task.prompt_messages)
        task = msgspec.structs.replace(task, prompt_messages=messages)
        _ = task.judge
    except msgspec.ValidationError as error:
        known = ", ".join(Task.__struct_encode_fields__)
        raise InvalidTask(f"{error}. A task has {known}.") from None
    except (InvalidMessages, InvalidCheck) as error:
        raise InvalidTask(str(error)) from None
    return task


def _messages(value: Json) -> Sequence[Message]:
    messages = check_messages(value)
    if messages[-1]["role"] == "assistant":
        raise InvalidTask("prompt_messages ends with the assistant's turn. Put what it should say into reference.")
    return messages
