"""The one process that searches and checks for all requests: started when it is needed, killed if it does not end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import avocet
from avocet.domain import Json
from avocet.worker import searching
from avocet.worker.searching import LIMIT_S, READY

_PATIENCE_S = 2.0 if hasattr(signal, "setitimer") else LIMIT_S
_START_S = 20.0


class WorkProcess:
    """Answers one request at a time; whoever asks holds `turn`. Call `stop` at the end."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def ask(self, request: Json, count: int, *, loads: bool = False) -> list[Json]:
        """The answers that came in time, of `count`; if some did not, the process is gone.

        `loads`: the process says first that it has loaded what it needs, which may take as long as a start.

        Raises:
            OSError: no process could be started, or it could not load.
        """
        process = self._running()
        try:
            _write(process, json.dumps(request))
        except OSError:
            # it had ended before: nothing was answered
            self.stop()
            return []
        if loads:
            self._expect_ready(process)
        return self._answers(process, count)

    def stop(self) -> None:
        """End the process, and wait until the system has forgotten it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # the process had ended before it read everything
                    continue
        process.wait()

    def _answers(self, process: subprocess.Popen[str], count: int) -> list[Json]:
        answers: list[Json] = []

        def read() -> None:
            while len(answers) < count and (line := _read(process)):
                answers.append(json.loads(line))

        # if the process ended early, what it said by then counts
        with suppress(OSError, ValueError):
            _patiently(process, _PATIENCE_S, read)
        if len(answers) < count or process.poll() is not None:
            self.stop()
        return answers

    def _running(self) -> subprocess.Popen[str]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.stop()
        self._process = process = _start()
        self._expect_ready(process)
        return process

    def _expect_ready(self, process: subprocess.Popen[str]) -> None:
        said: list[str] = []
        _patiently(process, _START_S, lambda: said.append(_read(process)))
        if said[0].strip() != json.dumps(READY):
            self.stop()
            raise OSError("the process that searches and checks did not start")


def _patiently(process: subprocess.Popen[str], seconds: float, work: Callable[[], None]) -> None:
    """Do what waits for the process; it is killed after so many seconds, which ends the waiting."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        work()
    finally:
        timer.cancel()
        timer.join()


def _start() -> subprocess.Popen[str]:
    # it gets no secret, and its errors are dropped
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AVOCET_")}
    packages = [str(Path(avocet.__file__).parent.parent), *filter(os.path.isdir, sys.path)]
    return subprocess.Popen(  # noqa: S603 (our own module)
        [sys.executable, "-I", "-S", searching.__file__, *dict.fromkeys(packages)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="ascii",
        env=environment,
    )


def _write(process: subprocess.Popen[str], line: str) -> None:
    if process.stdin is None:
        raise OSError("no pipe")
    process.stdin.write(line + "\n")
    process.stdin.flush()


def _read(process: subprocess.Popen[str]) -> str:
    if process.stdout is None:
        raise OSError("no pipe")
    return process.stdout.readline()
