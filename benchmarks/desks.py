"""The two programs that are measured, as real processes: how each is served, imports and exports."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.client import Client, get

Command = list[str]
POLL_S = 0.005


@dataclass(frozen=True)
class Desk:
    """One program. Every command works on the data in a folder of its own."""

    name: str
    serve: Callable[[Path, int, Path], Command]
    import_: Callable[[Path, Path], Command]
    export: Callable[[Path, Path], Command]
    search: str | None = None
    """A request whose answer says how much of a background search index is done."""


class Finished(NamedTuple):
    """A command that ran to its end; the memory is None where the system doesn't tell."""

    seconds: float
    peak_mib: float | None


class Server(NamedTuple):
    port: int
    pid: int
    seconds_to_answer: float


def _floor(*args: str) -> Command:
    return [sys.executable, "-m", "benchmarks.floor", *args]


def _avocet(*args: str) -> Command:
    return [str(Path(sys.executable).with_name("avocet")), *args]


FLOOR = Desk(
    "floor",
    lambda data, port, runs: _floor("serve", str(data / "floor.db"), str(port), str(runs)),
    lambda data, file: _floor("import", str(data / "floor.db"), str(file)),
    lambda data, file: _floor("export", str(data / "floor.db"), str(file)),
)
AVOCET = Desk(
    "Avocet",
    lambda _data, port, _runs: _avocet("serve", "--no-browser", "--port", str(port)),
    lambda _data, file: _avocet("import", str(file)),
    lambda _data, file: _avocet("export", "-o", str(file)),
    "/queue?per_page=1&q=train",
)
DESKS = (FLOOR, AVOCET)


def run(command: Command, data: Path, runs: Path | None = None) -> Finished:
    """Run a command to its end, watching its memory."""
    began, peak = time.perf_counter(), 0.0
    with _start(command, data, runs) as process:
        while process.poll() is None:
            peak = max(peak, memory_mib(process.pid, "VmHWM") or 0.0)
            time.sleep(POLL_S)
        seconds = time.perf_counter() - began
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Finished(seconds, peak or None)


@contextmanager
def serving(desk: Desk, data: Path, runs: Path) -> Iterator[Server]:
    """The desk's server until the block ends; ready, since it has answered once."""
    port = _free_port()
    began = time.perf_counter()
    with _start(desk.serve(data, port, runs), data, runs) as process:
        try:
            _first_answer(port, process)
            yield Server(port, process.pid, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait(30)


def wait_for_index(desk: Desk, server: Server) -> float:
    """Wait until the server has nothing left to do in the background; the seconds that took."""
    if desk.search is None:
        return 0.0
    began = time.perf_counter()
    with Client(server.port) as client:
        while True:
            search = msgspec.json.decode(client.ask(get(desk.search)))["search"]
            if search["indexed"] >= search["total"]:
                return time.perf_counter() - began
            time.sleep(0.5)


def memory_mib(pid: int, field: str) -> float | None:
    """`VmRSS` (now) or `VmHWM` (the highest so far) of a process, on Linux."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    found = re.search(rf"^{field}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else None


def _start(command: Command, data: Path, runs: Path | None) -> subprocess.Popen[bytes]:
    data.mkdir(parents=True, exist_ok=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("AVOCET_")}
    environment["AVOCET_DATA_DIR"] = str(data)
    if runs:
        environment["AVOCET_BENCH_RESULTS_DIR"] = str(runs)
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _first_answer(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with Client(port) as client:
                client.ask(get("/stats"))
                return
        except ConnectionError:
            time.sleep(POLL_S)
    raise TimeoutError("the server didn't answer within a minute")
