"""The folders of one kind of background work: their names, who may start, their logs, their environment."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from avocet.disk import free_name, make_private
from avocet.errors import AvocetError, InvalidRequest, NotFound
from avocet.processes import process
from avocet.processes.process import Process
from avocet.settings import Settings

MAX_NAME_CHARACTERS = 80
LOG_KB = 64
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_NO_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_STEM_CHARACTERS = 60
_PATIENCE_S = 10.0
_SAID_LINES = 3
_SAID_CHARACTERS = 600
_SECRETS = ("AVOCET_TOKEN", "AVOCET_INGESTION_SECRET")
_DATABASE = "AVOCET_DATABASE_URL"


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of background work: what a person calls it, its log file, and the error if another one runs."""

    noun: str
    log: str
    already: type[AvocetError]


def environment(settings: Settings, *, opens_desk: bool, **more: str) -> dict[str, str]:
    """The environment of a process: the server's without its secrets. The database's address is among these too,
    unless the process `opens_desk`."""
    left_out = _SECRETS if opens_desk else (*_SECRETS, _DATABASE)
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    mine = {
        "AVOCET_DATA_DIR": str(settings.data_dir),
        "AVOCET_REVIEWER": settings.reviewer,
        "PYTHONUNBUFFERED": "1",
    }
    if opens_desk and settings.database_url:
        mine[_DATABASE] = settings.database_url
    return {**kept, **mine, **more}


class Folders:
    """The folders of one kind of work, each named by a person or by the desk, in `place`."""

    def __init__(self, place: Path, kind: Kind) -> None:
        self.place = place
        self.kind = kind

    def started(self) -> Iterator[tuple[Path, Process]]:
        """Every folder that a process was started for, with the last of them."""
        process.reap()
        for path in self.place.iterdir() if self.place.is_dir() else ():
            if found := process.read(path):
                yield path, found

    def find(self, name: str) -> tuple[Path, Process]:
        """The folder of that name, and the process that was started last for it.

        Raises:
            NotFound: there is none.
        """
        process.reap()
        folder = self.place / name
        found = process.read(folder) if _is_name(name) else None
        if found is None:
            raise self.unknown(name)
        return folder, found

    def unknown(self, name: str) -> NotFound:
        return NotFound(f"There is no {self.kind.noun} {name!r:.100}.")

    def check_name(self, name: str) -> None:
        """Refuse a name that is no plain folder's.

        Raises:
            InvalidRequest: it isn't; says what one is made of.
        """
        if not _is_name(name):
            raise InvalidRequest(
                f"A {self.kind.noun}'s name has 1 to {MAX_NAME_CHARACTERS} letters, digits, dots, dashes and "
                "underscores, and begins with a letter or digit."
            )

    def free_name(self, words: str, ending: str) -> str:
        """A name that no folder has yet, made of what a person knows and an ending."""
        stem = _NO_NAME.sub("-", words).strip(".-_")[:_STEM_CHARACTERS].rstrip(".-_") or self.kind.noun
        return free_name(f"{stem}-{ending}".lower(), {path.name.lower() for path in self.place.iterdir()})

    @contextmanager
    def alone(self, running: Callable[[], Sequence[str]]) -> Iterator[None]:
        """Hold the lock for starting one. `running` names those that run and that it must not run beside.

        Raises:
            AvocetError: the kind's own, if one runs or is being started.
        """
        make_private(self.place)
        noun = self.kind.noun
        try:
            with FileLock(self.place / ".lock", timeout=_PATIENCE_S):
                if others := running():
                    raise self.kind.already(
                        f"The {noun} {others[0]} runs. Stop it, wait for its end, or start this one beside it.",
                        name=others[0],
                    )
                yield
        except Timeout:
            raise self.kind.already(f"Another {noun} is being started right now. Try again in a moment.") from None

    def launch(
        self, folder: Path, argv: Sequence[str], environment: dict[str, str], export_id: int | None = None
    ) -> None:
        process.launch(folder, argv, environment, self.kind.log, export_id)

    def log(self, folder: Path, kb: int = LOG_KB) -> str:
        """The last `kb` KiB of a log; empty if there is none."""
        try:
            with (folder / self.kind.log).open("rb") as stream:
                size = stream.seek(0, os.SEEK_END)
                stream.seek(max(0, size - kb * 1024))
                text = stream.read().decode("utf-8", "replace")
        except OSError:
            return ""
        # the first line is dropped: the part may begin in the middle of it
        return text.partition("\n")[2] if size > kb * 1024 else text

    def log_bytes(self, folder: Path) -> int:
        try:
            return (folder / self.kind.log).stat().st_size
        except OSError:
            return 0

    def last_words(self, folder: Path) -> str:
        """Why a process ended that could not report it: the last lines of its log since it was started."""
        said = self.log(folder, 16).rpartition(process.STARTED)[2].partition("\n")[2]
        lines = [line.strip() for line in said.split("\n") if line.strip()][-_SAID_LINES:]
        if lines and lines[-1].startswith("avocet: "):
            lines = [lines[-1].removeprefix("avocet: ")]
        return "\n".join(lines)[-_SAID_CHARACTERS:] or "It ended without a word."


def _is_name(name: str) -> bool:
    return len(name) <= MAX_NAME_CHARACTERS and _NAME.fullmatch(name) is not None and not name.endswith(".")
