"""Train a LoRA adapter on a dataset, filtered by failure category, with TRL's own trainers.

Only `trainers` imports the packages of the extra `train`, and only a training imports it.
"""

from avocet.training.config import TrainConfig
from avocet.training.config import read as read_config
from avocet.training.report import TrainingReport
from avocet.training.running import is_first_process, run
from avocet.training.sweep_plan import SweepPlan
from avocet.training.sweep_plan import read as read_plan
from avocet.training.sweep_report import SweepReport
from avocet.training.sweeping import run as sweep

__all__ = [
    "SweepPlan",
    "SweepReport",
    "TrainConfig",
    "TrainingReport",
    "is_first_process",
    "read_config",
    "read_plan",
    "run",
    "sweep",
]
