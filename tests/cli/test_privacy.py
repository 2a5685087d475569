"""A desk that other users of the machine can read: said once, and left as it is."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from avocet.settings import Settings
from tests.command import Avocet
from tests.processes import environment, serving

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_folder_that_others_can_read_is_told_of_once_and_keeps_its_mode(avocet: Avocet, settings: Settings) -> None:
    settings.data_dir.mkdir(exist_ok=True)
    settings.data_dir.chmod(0o755)
    first, second = avocet("stats"), avocet("stats")
    assert "Other users of this machine may get at the desk" in first.err
    assert f"chmod go= {settings.data_dir}" in first.err
    assert second.err == ""
    assert first.out == second.out
    assert mode(settings.data_dir) == 0o755


def test_a_closed_one_is_not(avocet: Avocet, settings: Settings) -> None:
    settings.data_dir.mkdir(exist_ok=True)
    settings.data_dir.chmod(0o700)
    assert avocet("stats").err == ""


def test_a_database_elsewhere_is_looked_at_itself(
    avocet: Avocet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "shared" / "desk.db"
    path.parent.mkdir(mode=0o755)
    monkeypatch.setenv("AVOCET_DATABASE_URL", f"sqlite:///{path}")
    assert avocet("stats").err == ""
    assert mode(path) == 0o600
    path.chmod(0o644)
    assert f"chmod go= {path}" in avocet("stats").err
    assert mode(path) == 0o644


def test_the_server_tells_it_too(settings: Settings, tmp_path: Path) -> None:
    settings.data_dir.mkdir(exist_ok=True)
    settings.data_dir.chmod(0o750)
    with serving(environment(settings), tmp_path / "server.log") as server:
        assert "(750)" in server.said
