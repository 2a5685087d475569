"""Benches: models asked tasks in the background, each in a run that is imported when it is complete."""

from __future__ import annotations

from avocet.benches.asked import BenchTasks, CardsTasks, CardsWanted, FileTasks, HeldOutTasks
from avocet.benches.config import BenchConfig, BenchJudge
from avocet.benches.launcher import Benches, BenchRequest
from avocet.benches.summary import BenchSummary, BenchView
from avocet.benches.task_files import TaskFiles, TaskFileSummary

__all__ = [
    "BenchConfig",
    "BenchJudge",
    "BenchRequest",
    "BenchSummary",
    "BenchTasks",
    "BenchView",
    "Benches",
    "CardsTasks",
    "CardsWanted",
    "FileTasks",
    "HeldOutTasks",
    "TaskFileSummary",
    "TaskFiles",
]
