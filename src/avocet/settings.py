"""The settings from the environment. Those that are stored in the desk are in `stored`."""

from __future__ import annotations

import getpass
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

TRAININGS = "trainings"
"""The folder in the data folder that holds the desk's own trainings."""
BENCHES, TASKS, RESULTS = "benches", "tasks", "bench_results"


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # a container may run under a user number that has no name
        return "reviewer"


class Settings(BaseSettings):
    """The `AVOCET_*` environment variables. Empty values count as unset."""

    model_config = SettingsConfigDict(env_prefix="AVOCET_", env_ignore_empty=True, extra="ignore")

    data_dir: Path = Field(default_factory=lambda: user_data_path("avocet", appauthor=False))
    database_url: str | None = None
    bench_results_dir: Path | None = None
    models_dir: Path | None = None
    bench_keys: str | None = None
    reviewer: str = Field(default_factory=_os_user)
    token: SecretStr | None = None
    ingestion_secret: SecretStr | None = None

    @field_validator("data_dir", "bench_results_dir", "models_dir")
    @classmethod
    def _expand(cls, value: Path | None) -> Path | None:
        try:
            return value.expanduser().absolute() if value else None
        except RuntimeError:
            raise ValueError(f"{value} names a user that isn't here") from None

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of the desk's database."""
        if self.database_url:
            return self.database_url
        return f"sqlite:///{self.data_dir / 'avocet.db'}"

    @property
    def trainings_dir(self) -> Path:
        """The folder of the desk's own trainings."""
        return self.data_dir / TRAININGS

    @property
    def benches_dir(self) -> Path:
        """The folder of the desk's own benches."""
        return self.data_dir / BENCHES

    @property
    def tasks_dir(self) -> Path:
        """The folder of the desk's own task files."""
        return self.data_dir / TASKS

    @property
    def own_results_dir(self) -> Path:
        """Where the runs of benches go if the desk has no results folder."""
        return self.data_dir / RESULTS

    @property
    def key_variables(self) -> frozenset[str] | None:
        """The environment variables whose keys the page may have sent to an endpoint; None for any of them.

        A desk that is open to others sends none but those that are named.
        """
        if self.bench_keys is None:
            return frozenset() if self.token else None
        return frozenset(name.strip() for name in self.bench_keys.split(",") if name.strip())
