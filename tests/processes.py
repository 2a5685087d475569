"""The real command in real processes, to be interrupted and killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import httpx2

from avocet.settings import Settings

COMMAND = (sys.executable, "-m", "avocet")
PATIENCE_S = 30.0
T = TypeVar("T")


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The environment of a process that works on these settings' desk."""
    mine = {
        "AVOCET_DATA_DIR": str(settings.data_dir),
        "AVOCET_DATABASE_URL": settings.url,
        "AVOCET_BENCH_RESULTS_DIR": str(settings.bench_results_dir),
        "AVOCET_REVIEWER": settings.reviewer,
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AVOCET_")}
    return {**kept, **mine, **more}


def wait_until(check: Callable[[], T | None], what: str, patience_s: float = PATIENCE_S) -> T:
    """The first answer that counts as true."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        if answer := check():
            return answer
        time.sleep(0.01)
    raise AssertionError(f"waited {patience_s:g} s for {what}")


class Server:
    """`avocet serve` on a free port, answering."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self._log = log
        self.url = wait_until(self._address, "the server's address")

    @property
    def said(self) -> str:
        return self._log.read_text("utf-8")

    def client(self, token: str | None = None) -> httpx2.Client:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx2.Client(base_url=self.url, headers=headers, timeout=PATIENCE_S, trust_env=False)

    def stop(self, by: signal.Signals) -> int:
        """Send the signal and wait for the end; the exit code, negative for death by a signal."""
        self.process.send_signal(by)
        return self.process.wait(PATIENCE_S)

    def _address(self) -> str | None:
        assert self.process.poll() is None, self.said
        match = re.search(r"Avocet is at (http://\S+)\n.*Ctrl\+C\.$", self.said, re.MULTILINE)
        return match.group(1) if match else None


@contextmanager
def serving(environment: Mapping[str, str], log: Path, *arguments: str) -> Iterator[Server]:
    """A server that is gone when the block ends, however it ends."""
    command = (*COMMAND, "serve", "--port", "0", "--no-browser", *arguments)
    with log.open("wb") as out, subprocess.Popen(command, env=environment, stdout=out, stderr=out) as process:
        try:
            yield Server(process, log)
        finally:
            process.kill()
