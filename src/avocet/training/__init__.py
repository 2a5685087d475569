"""Train a LoRA adapter on a dataset, filtered by failure category, with TRL's own trainers.

Only `trainers` and `base_model` import the packages of the extra `train`, and nothing imports these two but a training.
"""

from avocet.training.config import TrainConfig
from avocet.training.config import read as read_config
from avocet.training.report import TrainingReport
from avocet.training.running import run

__all__ = ["TrainConfig", "TrainingReport", "read_config", "run"]
