"""Background work in processes of its own: started by the desk, outliving its server, stopped and resumed."""

from __future__ import annotations

from avocet.processes.folders import LOG_KB, MAX_NAME_CHARACTERS, Folders, Kind, environment
from avocet.processes.process import STARTED, Process
from avocet.processes.states import OPEN, WorkState, WrittenState, state_of
from avocet.processes.stopping import stoppable

__all__ = [
    "LOG_KB",
    "MAX_NAME_CHARACTERS",
    "OPEN",
    "STARTED",
    "Folders",
    "Kind",
    "Process",
    "WorkState",
    "WrittenState",
    "environment",
    "state_of",
    "stoppable",
]
