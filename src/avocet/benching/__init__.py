"""Ask a model the tasks of a file, check its answers, and write what failed as a run that the desk imports."""

from __future__ import annotations

from avocet.benching.answerer import Answerer, Sampling
from avocet.benching.ask import Counts, run
from avocet.benching.choice import Chosen, Part, choose
from avocet.benching.folder import RunFolder, open_folder
from avocet.benching.judged import JudgeHead, head_of
from avocet.benching.judging import JudgeCounts, judge, read_prompt
from avocet.benching.settings import Settings, settings_of
from avocet.benching.summary import Summary, write
from avocet.benching.tasks import Task, TaskFile, read_tasks

__all__ = [
    "Answerer",
    "Chosen",
    "Counts",
    "JudgeCounts",
    "JudgeHead",
    "Part",
    "RunFolder",
    "Sampling",
    "Settings",
    "Summary",
    "Task",
    "TaskFile",
    "choose",
    "head_of",
    "judge",
    "open_folder",
    "read_prompt",
    "read_tasks",
    "run",
    "settings_of",
    "write",
]
