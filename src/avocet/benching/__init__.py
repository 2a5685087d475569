"""A task file put to a model: its answers checked, what failed written as a run that the desk imports."""

from __future__ import annotations

from avocet.benching.answering import Answerer, Sampling
from avocet.benching.choosing import Chosen, Part, choose
from avocet.benching.running import Counts, run
from avocet.benching.settings import Settings, settings_of
from avocet.benching.tasks import Task, TaskFile, read_tasks
from avocet.benching.working import Working, open_folder
from avocet.benching.writing import Summary, write

__all__ = [
    "Answerer",
    "Chosen",
    "Counts",
    "Part",
    "Sampling",
    "Settings",
    "Summary",
    "Task",
    "TaskFile",
    "Working",
    "choose",
    "open_folder",
    "read_tasks",
    "run",
    "settings_of",
    "write",
]
