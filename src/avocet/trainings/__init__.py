"""The trainings that the desk started: each a folder of the data folder and a process of its own."""

from __future__ import annotations

from avocet.trainings.bases import known_bases
from avocet.trainings.desk import TrainingRequest, Trainings, missing_package
from avocet.trainings.reading import LOG_KB, TrainingState, TrainingView

__all__ = [
    "LOG_KB",
    "TrainingRequest",
    "TrainingState",
    "TrainingView",
    "Trainings",
    "known_bases",
    "missing_package",
]
