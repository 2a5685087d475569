"""The run folder while it is made: its settings, and every answer on the disk before it is counted.

`bench.json` says who is asked what, and `answers.jsonl` has a line for each result.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec
from filelock import FileLock, Timeout

from avocet.benching.judged import JUDGE_FILE, JUDGED_FILE, Judged, JudgeHead, open_judged, read_judge
from avocet.benching.results import Results
from avocet.benching.settings import Settings
from avocet.disk import numbered, pretty, write_whole
from avocet.domain import JsonObject
from avocet.errors import InvalidRequest, Prerequisite, RunUnreadable
from avocet.importers.cf_orch import CANDIDATES_FILE
from avocet.importers.cf_orch.summary import SUMMARY_FILE

SETTINGS_FILE = "bench.json"
ANSWERS_FILE = "answers.jsonl"
MADE = (CANDIDATES_FILE, SUMMARY_FILE, JUDGED_FILE, JUDGE_FILE, ANSWERS_FILE, SETTINGS_FILE)
_LOCK = ".bench.lock"


class Head(msgspec.Struct):
    """`bench.json`."""

    run_id: str
    started: str
    settings: JsonObject


class RunFolder(Results):
    """A run folder that belongs to this process, with what was answered before, and what a judge said."""

    def __init__(self, folder: Path, head: Head, answers: BinaryIO, judged: Judged | None) -> None:
        super().__init__(folder, answers)
        self.head = head
        self.judged = judged


@contextmanager
def open_folder(
    place: Path, settings: Settings, *, is_parent: bool, fresh: bool = False, judge: JudgeHead | None = None
) -> Iterator[RunFolder]:
    """Open the folder to work in, and lock it: `place`, or if `is_parent` its last unfinished run or a new one.

    With a `judge` the folder is that judge's; without one it keeps what its judge said.

    Raises:
        InvalidRequest: the folder was begun with other settings, or another judge; the error says which.
        Prerequisite: the folder holds something else, or another process works in it.
    """
    started = datetime.now(UTC)
    name = started.strftime("%Y-%m-%d-%H%M%S")
    if is_parent:
        found = None if fresh else _unfinished(place, settings, judge)
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
        with open_judged(folder, judge) as judged, (folder / ANSWERS_FILE).open("a+b") as answers:
            yield RunFolder(folder, head, answers, judged)


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


def _unfinished(parent: Path, settings: Settings, judge: JudgeHead | None) -> Path | None:
    """The newest folder of these settings in which something is left to ask and nobody works; None if none is.

    A folder of another judge is none. One that was finished without a judge has nothing left: it is judged if named.
    """
    folders = sorted(parent.iterdir(), reverse=True) if parent.is_dir() else []
    for folder in folders:
        if not (folder / SETTINGS_FILE).is_file() or _is_finished(folder, judge):
            continue
        try:
            known = read_head(folder)
            if known is None or Settings(known.settings).difference(settings):
                continue
            of_folder = read_judge(folder)
            if judge and of_folder and of_folder.difference(judge):
                continue
            with _locked(folder):
                return folder
        except (RunUnreadable, Prerequisite):
            continue
    return None


def _is_finished(folder: Path, judge: JudgeHead | None) -> bool:
    """Whether a summary was written and nothing errored, neither the model nor, if one is wanted, the judge."""
    try:
        summary = msgspec.json.decode((folder / SUMMARY_FILE).read_bytes())
        errored = summary["totals"]["errored"]
        if judge and (folder / JUDGE_FILE).is_file():
            errored += summary["judge"]["errored"]
        return bool(errored == 0)
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
