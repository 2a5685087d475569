"""The run folder while it is made: its settings, and every answer on the disk before it is counted.

`bench.json` says who is asked what, and `answers.jsonl` has a line for each result; the last line of a task counts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec
from filelock import FileLock, Timeout

from avocet.benching.answerer import Answer, Errored, Result
from avocet.benching.settings import Settings
from avocet.disk import numbered, pretty, write_whole
from avocet.domain import JsonObject
from avocet.errors import InvalidRequest, Prerequisite, RunUnreadable
from avocet.importers.cf_orch import CANDIDATES_FILE
from avocet.importers.cf_orch.summary import SUMMARY_FILE

SETTINGS_FILE = "bench.json"
ANSWERS_FILE = "answers.jsonl"
MADE = (CANDIDATES_FILE, SUMMARY_FILE, ANSWERS_FILE, SETTINGS_FILE)
_LOCK = ".bench.lock"


class Head(msgspec.Struct):
    """`bench.json`."""

    run_id: str
    started: str
    settings: JsonObject


class Recorded(msgspec.Struct):
    """A line of `answers.jsonl`."""

    task: str
    result: Answer | Errored


class RunFolder:
    """A run folder that belongs to this process, with what was answered before."""

    def __init__(self, folder: Path, head: Head, answers: BinaryIO) -> None:
        self.path = folder
        self.head = head
        self.results: dict[str, Result] = {}
        self._answers = answers
        self._read()
        self.resumed = sum(isinstance(result, Answer) for result in self.results.values())

    def _read(self) -> None:
        self._answers.seek(0)
        whole = 0
        for number, line in enumerate(self._answers, 1):
            # a process that was killed while it wrote leaves a last line without its end
            if not line.endswith(b"\n"):
                break
            whole += len(line)
            recorded = _recorded(line, self.path / ANSWERS_FILE, number)
            self.results[recorded.task] = recorded.result
        self._answers.truncate(whole)

    def is_answered(self, task: str) -> bool:
        return isinstance(self.results.get(task), Answer)

    def keep(self, results: Sequence[tuple[str, Result]]) -> None:
        """Write results to the disk, in one piece."""
        lines = [msgspec.json.encode(Recorded(task, result)) + b"\n" for task, result in results]
        self._answers.write(b"".join(lines))
        self._answers.flush()
        os.fsync(self._answers.fileno())
        self.results.update(results)


@contextmanager
def open_folder(place: Path, settings: Settings, *, is_parent: bool, fresh: bool = False) -> Iterator[RunFolder]:
    """Open the folder to work in, and lock it: `place`, or if `is_parent` its last unfinished run or a new one.

    Raises:
        InvalidRequest: the folder was begun with other settings; the error says which.
        Prerequisite: the folder holds something else, or another process works in it.
    """
    started = datetime.now(UTC)
    name = started.strftime("%Y-%m-%d-%H%M%S")
    if is_parent:
        found = None if fresh else _unfinished(place, settings)
        folder, run_id = found or _new(place, name), ""
    else:
        folder, run_id = place, f"{name}-{place.resolve().name}"
        _check_place(folder)
        folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        if fresh:
            for made in MADE:
                (folder / made).unlink(missing_ok=True)
        known = read_head(folder)
        if known and (differences := Settings(known.settings).difference(settings)):
            raise InvalidRequest(
                f"{folder} was begun with other settings: {'; '.join(differences)}. Nothing was changed. "
                "Say the same again to go on, --fresh to throw its answers away, or give another --out."
            )
        head = known or Head(run_id or folder.name, started.isoformat(timespec="seconds"), settings.values)
        if not known:
            write_whole(folder / SETTINGS_FILE, pretty(head))
        with (folder / ANSWERS_FILE).open("a+b") as answers:
            yield RunFolder(folder, head, answers)


def read_head(folder: Path) -> Head | None:
    """What a folder was begun with; None if this command did not begin it.

    Raises:
        RunUnreadable: the file can't be read.
    """
    path = folder / SETTINGS_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Head)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, OSError) as error:
        raise RunUnreadable(f"{path} can't be read: {error}. Give another --out, or --fresh.") from None


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Prerequisite(f"Another avocet bench works in {folder}. Wait for it, or give another --out.") from None
    try:
        yield
    finally:
        lock.release()


def _unfinished(parent: Path, settings: Settings) -> Path | None:
    """The newest folder of these settings in which something is left to ask and nobody works; None if none is."""
    folders = sorted(parent.iterdir(), reverse=True) if parent.is_dir() else []
    for folder in folders:
        if not (folder / SETTINGS_FILE).is_file() or _is_finished(folder):
            continue
        try:
            known = read_head(folder)
            if known is None or Settings(known.settings).difference(settings):
                continue
            with _locked(folder):
                return folder
        except (RunUnreadable, Prerequisite):
            continue
    return None


def _is_finished(folder: Path) -> bool:
    """Whether a summary was written and nothing errored."""
    try:
        summary = msgspec.json.decode((folder / SUMMARY_FILE).read_bytes())
        return bool(summary["totals"]["errored"] == 0)
    except (OSError, msgspec.DecodeError, LookupError, TypeError):
        return False


def _new(parent: Path, name: str) -> Path:
    """Make a new folder; its name gets a number if another run began in the same second."""
    parent.mkdir(parents=True, exist_ok=True)
    folders = map(parent.joinpath, numbered(name))
    while True:
        folder = next(folders)
        with suppress(FileExistsError):
            folder.mkdir()
            return folder


def _check_place(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Prerequisite(f"{folder} is a file; a run is a folder.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / SETTINGS_FILE).is_file():
        # files that are left by a process that was killed while it began
        names = {path.name for path in folder.iterdir()} - {_LOCK}
        if any(not (name.startswith(f".{SETTINGS_FILE}.") and name.endswith(".part")) for name in names):
            raise Prerequisite(f"{folder} holds something else. Give a new folder, or one that avocet bench began.")


def _recorded(line: bytes, path: Path, number: int) -> Recorded:
    try:
        return msgspec.json.decode(line, type=Recorded)
    except msgspec.DecodeError as error:
        raise RunUnreadable(f"{path}:{number}: {error}. Mend the line, or start again with --fresh.") from None
