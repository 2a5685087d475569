"""avocet demo: what it serves; the run itself is made by the build."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from avocet.db import Database
from avocet.review import stats
from avocet.runs import example
from avocet.settings import Settings
from tests.command import Avocet
from tests.factories import candidate_lines, write_run

# the package's `demo` is the command of that name
demo = import_module("avocet.cli.demo")


class Served:
    """Stands where the server would start, and keeps what it was given."""

    def __init__(self) -> None:
        self.calls: list[tuple[Settings, str, int, bool]] = []

    def __call__(self, settings: Settings, host: str, port: int, no_browser: bool) -> None:
        self.calls.append((settings, host, port, no_browser))


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Served:
    write_run(tmp_path / "demo", candidate_lines(3))
    monkeypatch.setattr(example, "EXAMPLE", tmp_path / "demo")
    served = Served()
    monkeypatch.setattr(demo, "serve_at", served)
    return served


def test_it_loads_the_run_once_and_serves(avocet: Avocet, served: Served, database: Database) -> None:
    assert "3 new cards, 0 already here" in avocet("demo", "--port", "0", "--no-browser").err
    assert "0 new cards, 3 already here" in avocet("demo", "--host", "localhost").err
    assert stats.read(database).total == 3
    assert [call[1:] for call in served.calls] == [("127.0.0.1", 0, True), ("localhost", demo.PORT, False)]


def test_it_stays_out_of_a_persons_own_desk(
    avocet: Avocet, served: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("AVOCET_DATA_DIR")
    monkeypatch.delenv("AVOCET_DATABASE_URL", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert avocet("demo").code == 0
    assert served.calls[0][0].data_dir == tmp_path / "avocet-demo"
    assert not (tmp_path / "avocet").exists()


def test_a_checkout_without_the_run_is_a_sentence(
    avocet: Avocet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(example, "EXAMPLE", tmp_path / "not-built")
    assert "isn't part of this installation" in avocet.refused("demo")


def test_another_address_than_loopback_is_refused_without_a_token(
    avocet: Avocet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_run(tmp_path / "demo", candidate_lines(3))
    monkeypatch.setattr(example, "EXAMPLE", tmp_path / "demo")
    said = avocet("demo", "--host", "0.0.0.0")
    assert said.code == 1
    assert "Set AVOCET_TOKEN" in said.err
