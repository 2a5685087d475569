"""A process in the background: it outlives the server, and no other process can be mistaken for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from avocet.db import now
from avocet.disk import write_whole

PROCESS = "process.json"
LOCK = ".process.lock"
STARTED = "--- started"


class Process(msgspec.Struct, kw_only=True):
    """The process that was started last in a folder. `created` tells processes of one number apart on Windows.

    `export_id` is the number of the export that it trains on; None if it is something else.
    """

    pid: int
    started_at: str
    stop_asked: bool = False
    created: int = 0
    export_id: int | None = None


_children: list[subprocess.Popen[bytes]] = []


def launch(
    folder: Path, argv: Sequence[str], environment: Mapping[str, str], log_name: str, export_id: int | None = None
) -> None:
    """Start a process for a folder; its output goes to the log."""
    started_at = now()
    with (folder / log_name).open("ab") as log, _held(folder) as kept_open:
        log.write(f"{STARTED} {started_at}\n".encode())
        log.flush()
        # in a session of its own it gets none of the signals that end the server
        process = subprocess.Popen(  # noqa: S603 (our own command)
            argv,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            pass_fds=kept_open,
            start_new_session=True,
            creationflags=_detached(),
        )
        _children.append(process)
        write(
            folder,
            Process(pid=process.pid, started_at=started_at, created=_created(process.pid), export_id=export_id),
        )


def reap() -> int:
    """Let the operating system forget the processes that have ended, and return how many have not."""
    _children[:] = [child for child in _children if child.poll() is None]
    return len(_children)


def read(folder: Path) -> Process | None:
    """The process that was started last in a folder; None if the desk started none."""
    try:
        return msgspec.json.decode((folder / PROCESS).read_bytes(), type=Process)
    except (OSError, msgspec.DecodeError):
        return None


def write(folder: Path, process: Process) -> None:
    write_whole(folder / PROCESS, msgspec.json.encode(process))


def ask_to_stop(folder: Path, process: Process) -> None:
    """Ask the process to save what it has and end. One that was asked before is ended at once.

    A pattern that runs for ever, or a library that hangs, hears no request: only the second way ends it for certain.
    """
    write(folder, msgspec.structs.replace(process, stop_asked=True))
    try:
        os.kill(process.pid, _END_AT_ONCE if process.stop_asked else signal.SIGTERM)
    except ProcessLookupError:
        # it ended by itself in this moment
        return


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _QUERY, _STILL_ACTIVE = 0x1000, 259
    _END_AT_ONCE = signal.SIGTERM

    def is_alive(folder: Path, process: Process) -> bool:
        """Whether the process runs: one with its number that was created when it was."""
        return process.created != 0 and _created(process.pid) == process.created

    def _created(pid: int) -> int:
        """When a running process was created; 0 if none of that number runs."""
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_QUERY, False, pid)
        if not handle:
            return 0
        times = [wintypes.FILETIME() for _ in range(4)]
        code = wintypes.DWORD()
        known = kernel.GetProcessTimes(handle, *map(ctypes.byref, times))
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        is_running = known and code.value == _STILL_ACTIVE
        return (times[0].dwHighDateTime << 32) | times[0].dwLowDateTime if is_running else 0

    @contextmanager
    def _held(_folder: Path) -> Iterator[Sequence[int]]:
        yield ()

    def _detached() -> int:
        return subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW

else:
    import fcntl

    _END_AT_ONCE = signal.SIGKILL

    def is_alive(folder: Path, process: Process) -> bool:
        """Whether the process runs. It holds a lock from its first moment to its last, whatever its number."""
        try:
            with (folder / LOCK).open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def _created(pid: int) -> int:
        return 0

    @contextmanager
    def _held(folder: Path) -> Iterator[Sequence[int]]:
        """Hold a lock that a process inherits; it is free again once no process has it open."""
        with (folder / LOCK).open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield (lock.fileno(),)

    def _detached() -> int:
        return 0
