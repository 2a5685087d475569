"""Settings from the environment."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from avocet.settings import Settings


def test_without_any_variable() -> None:
    settings = Settings()
    assert settings.data_dir.is_absolute()
    assert settings.data_dir.name == "avocet"
    assert settings.url == f"sqlite:///{settings.data_dir / 'avocet.db'}"
    assert (settings.bench_results_dir, settings.token, settings.ingestion_secret) == (None, None, None)
    assert settings.reviewer


def test_each_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AVOCET_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("AVOCET_DATABASE_URL", "postgresql+psycopg://host/desk")
    monkeypatch.setenv("AVOCET_BENCH_RESULTS_DIR", str(tmp_path / "bench"))
    monkeypatch.setenv("AVOCET_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("AVOCET_REVIEWER", "ann")
    monkeypatch.setenv("AVOCET_TOKEN", "t")
    monkeypatch.setenv("AVOCET_INGESTION_SECRET", "s")
    settings = Settings()
    assert settings.data_dir == tmp_path / "data"
    assert settings.url == "postgresql+psycopg://host/desk"
    assert settings.bench_results_dir == tmp_path / "bench"
    assert settings.models_dir == tmp_path / "models"
    assert settings.reviewer == "ann"
    assert settings.token is not None
    assert settings.token.get_secret_value() == "t"
    assert settings.ingestion_secret is not None
    assert settings.ingestion_secret.get_secret_value() == "s"


@pytest.mark.parametrize("name", ["DATA_DIR", "DATABASE_URL", "BENCH_RESULTS_DIR", "REVIEWER", "TOKEN"])
def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"AVOCET_{name}", "")
    assert Settings() == Settings.model_construct(**Settings().model_dump())
    assert getattr(Settings(), name.lower()) != Path()
    assert Settings().token is None
    assert Settings().reviewer


def test_home_and_relative_folders_are_made_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("AVOCET_DATA_DIR", "data")
    monkeypatch.setenv("AVOCET_BENCH_RESULTS_DIR", "~/bench")
    settings = Settings()
    assert settings.data_dir == tmp_path / "data"
    assert settings.bench_results_dir == tmp_path / "home" / "bench"


def test_secrets_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVOCET_TOKEN", "open sesame")
    monkeypatch.setenv("AVOCET_INGESTION_SECRET", "open sesame")
    assert "open sesame" not in repr(Settings())


def test_a_number_without_a_user_reviews_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr(getpass, "getuser", fail)
    assert Settings().reviewer == "reviewer"
