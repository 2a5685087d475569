"""A desk for the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from avocet.settings import Settings
from tests.command import Avocet


@pytest.fixture
def avocet(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    settings: Settings,
    on_postgresql: bool,
    bench_dir: Path,
) -> Avocet:
    """The command, on the same desk as the fixtures `database` and `client`."""
    monkeypatch.setenv("AVOCET_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("AVOCET_BENCH_RESULTS_DIR", str(bench_dir))
    monkeypatch.setenv("AVOCET_REVIEWER", settings.reviewer)
    if on_postgresql:
        monkeypatch.setenv("AVOCET_DATABASE_URL", settings.url)
    return Avocet(monkeypatch, capsys)
