"""Serves one desk after another from a process that has loaded the package once. The wheel's own Python runs it.

Each line of its standard input asks for a server: `{"environment": {…}, "arguments": […], "log": "…"}`. It answers
with the process number of a fork that runs `avocet` with these arguments and writes what it says into the log.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from importlib import import_module

from avocet.cli import main

LOADED_WHEN_SERVING = ("avocet.api", "uvicorn", "uvicorn.lifespan.on", "uvicorn.protocols.http.auto")


def start(environment: dict[str, str], arguments: list[str], log: str) -> int:
    """Fork a process that is the command; its number."""
    if process := os.fork():
        return process
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (0, 1, 2):
        os.dup2(written if stream else os.open(os.devnull, os.O_RDONLY), stream)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["avocet", *arguments]
    main()
    sys.exit()


if __name__ == "__main__":
    # nobody asks how a server ended: let none stay behind as a zombie
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for name in LOADED_WHEN_SERVING:
        import_module(name)
    gc.freeze()
    for line in sys.stdin:
        sys.stdout.write(f"{start(**json.loads(line))}\n")
        sys.stdout.flush()
