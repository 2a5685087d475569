"""Trainings whose process is a fake one, and waiting for what becomes of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from avocet.db import Database
from avocet.settings import Settings
from avocet.training.launcher import TrainingRequest, Trainings
from avocet.training.summary import TrainingView
from tests.processes import PATIENCE_S, wait_until

FAKE = Path(__file__).parent / "fake_trainer.py"


def fake_argv(config: Path, out: Path) -> list[str]:
    return [sys.executable, str(FAKE), str(config), str(out)]


def fake_trainings(database: Database, settings: Settings) -> Trainings:
    return Trainings(database, settings, fake_argv, find_missing=lambda: None)


def start(trainings: Trainings, base: str = "org/tiny", **fields: Any) -> TrainingView:
    return trainings.start(TrainingRequest(base=base, **fields), "rowan")


def until(trainings: Trainings, name: str, *states: str, patience_s: float = PATIENCE_S) -> TrainingView:
    def look() -> TrainingView | None:
        view = trainings.get(name)
        return view if view.state in states else None

    return wait_until(look, f"{name} to be {' or '.join(states)}", patience_s)


def end(trainings: Trainings, name: str, how: str) -> TrainingView:
    """Let the fake end: `done`, `failed` or `killed`."""
    view = until(trainings, name, "running")
    part = Path(view.folder, "go.part")
    part.write_text(how)
    part.rename(part.with_suffix(""))
    return until(trainings, name, *{"killed": ("interrupted",)}.get(how, (how,)))
