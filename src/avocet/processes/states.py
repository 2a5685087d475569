"""What becomes of background work, by what its process wrote and whether it still runs."""

from __future__ import annotations

from typing import Final, Literal

from avocet.processes.process import Process

WrittenState = Literal["running", "done", "stopped", "failed"]
"""What a process writes of itself."""
WorkState = Literal["starting", "running", "stopping", "done", "stopped", "failed", "interrupted"]
OPEN: Final = ("starting", "running", "stopping")


def state_of(written: WrittenState | None, started: Process, *, is_alive: bool) -> WorkState:
    """The state of work whose newest process wrote `written`; None if it wrote nothing yet."""
    if written is not None and written != "running":
        return written
    if is_alive:
        if started.stop_asked:
            return "stopping"
        return "starting" if written is None else "running"
    if started.stop_asked:
        return "stopped"
    return "failed" if written is None else "interrupted"
