"""The results folder, where the benchmark results lie: set by the environment, or by a person in the desk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import msgspec

from avocet import stored
from avocet.db import Database
from avocet.errors import FolderInvalid
from avocet.runs.sources import not_of_results
from avocet.settings import Settings


class BenchFolder(msgspec.Struct, frozen=True):
    """The results folder in force, who set it, and whether it is there."""

    path: Path | None
    source: Literal["environment", "stored", "unset"]
    state: Literal["ok", "missing", "unset"]


def bench_folder(database: Database, settings: Settings) -> BenchFolder:
    """The folder that the environment sets, else the one stored in the desk."""
    if settings.bench_results_dir:
        return _in_force(settings.bench_results_dir, "environment")
    with database.read() as connection:
        path = stored.read(connection, "bench_results_dir")
    if path is None:
        return BenchFolder(None, "unset", "unset")
    return _in_force(Path(path), "stored")


def store_bench_folder(database: Database, folder: str | None) -> None:
    """Store the folder; with None, forget the stored one.

    Raises:
        FolderInvalid: the path is not absolute, or no folder, or one of the machine's own (`not_of_results`).
    """
    if folder is None:
        database.change(lambda connection: stored.forget(connection, "bench_results_dir"))
        return
    path = Path(os.path.expanduser(folder.strip()))
    if not folder.strip() or not path.is_absolute():
        raise FolderInvalid("Give the folder's full path, from the root or from ~.")
    if not os.path.isdir(path):
        raise FolderInvalid(f"There is no folder at {path}. Make it first, or check the spelling.")
    if fault := not_of_results(path):
        raise FolderInvalid(fault)
    database.change(lambda connection: stored.store(connection, "bench_results_dir", str(path)))


def _in_force(path: Path, source: Literal["environment", "stored"]) -> BenchFolder:
    if not_of_results(path):
        # stored by a version that did not refuse such folders yet, or set: nothing is looked for in it
        return BenchFolder(None, source, "missing")
    return BenchFolder(path, source, _state(path))


def _state(path: Path) -> Literal["ok", "missing"]:
    # unlike Path.is_dir, this is False for a path that is too long or that we may not see
    return "ok" if os.path.isdir(path) else "missing"
