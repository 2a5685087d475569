"""Results as lines of a file: each is on the disk before it is counted, and the last line of a task counts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from avocet.benching.answerer import Answer, Errored, Result
from avocet.errors import RunUnreadable


class Recorded(msgspec.Struct):
    """A line: what came back for a task."""

    task: str
    result: Answer | Errored


class Results:
    """The results in a file of the run folder `path`, with those of earlier processes.

    Raises:
        RunUnreadable: a line of the file is no result.
    """

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self.results: dict[str, Result] = {}
        self._file = file
        self._read()
        self.resumed = sum(isinstance(result, Answer) for result in self.results.values())

    def _read(self) -> None:
        self._file.seek(0)
        whole = 0
        for number, line in enumerate(self._file, 1):
            # a process that was killed while it wrote leaves a last line without its end
            if not line.endswith(b"\n"):
                break
            whole += len(line)
            recorded = _recorded(line, self._file.name, number)
            self.results[recorded.task] = recorded.result
        self._file.truncate(whole)

    def is_answered(self, task: str) -> bool:
        return isinstance(self.results.get(task), Answer)

    def keep(self, results: Sequence[tuple[str, Result]]) -> None:
        """Write results to the disk, in one piece."""
        lines = [msgspec.json.encode(Recorded(task, result)) + b"\n" for task, result in results]
        self._file.write(b"".join(lines))
        self._file.flush()
        os.fsync(self._file.fileno())
        self.results.update(results)


def _recorded(line: bytes, name: str, number: int) -> Recorded:
    try:
        return msgspec.json.decode(line, type=Recorded)
    except msgspec.DecodeError as error:
        raise RunUnreadable(f"{name}:{number}: {error}. Mend the line, or start again with --fresh.") from None
