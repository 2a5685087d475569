from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from avocet.db import Database
from avocet.processes import process
from avocet.settings import Settings
from avocet.training.launcher import Trainings
from tests.exports.deciding import decide
from tests.factories import candidate_lines, import_lines
from tests.processes import wait_until
from tests.training.starting import fake_trainings

MODELS = ("org--tiny", "broken", "org--My.Model", "org--name")


@pytest.fixture
def decided(database: Database, bench_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six corrections of two categories, and names of base models in the machine's cache."""
    for name in MODELS:
        (tmp_path / "hub" / f"models--{name}").mkdir(parents=True)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    import_lines(database, bench_dir, candidate_lines(6))
    for number in range(6):
        category = "wrong_answer" if number % 2 else "format_error"
        decide(database, number, "correct", f"right {number}", failure_category=category)


@pytest.fixture
def trainings(database: Database, settings: Settings, decided: None) -> Iterator[Trainings]:
    found = fake_trainings(database, settings)
    yield found
    end_all(settings)


def end_all(settings: Settings) -> None:
    """No training outlives its test."""
    for folder in (settings.data_dir / "trainings").glob("*/"):
        started = process.read(folder)
        if started and process.is_alive(folder, started):
            with suppress(ProcessLookupError):
                os.kill(started.pid, signal.SIGKILL)
    wait_until(lambda: process.reap() == 0, "the end of every training's process")
