"""The desk as a whole: its numbers and its settings."""

from __future__ import annotations

from typing import Literal

import msgspec
from fastapi import APIRouter, Response

from avocet import __version__, config, stats
from avocet.api import schemas
from avocet.api.deps import DatabaseDep, SettingsDep
from avocet.api.responses import errors, json_response
from avocet.api.shapes import shape_of
from avocet.api.threads import writing
from avocet.db import Database
from avocet.settings import Settings

router = APIRouter(tags=["desk"])


class ConfigResponse(msgspec.Struct, frozen=True, kw_only=True):
    bench_results_dir: str | None
    source: Literal["environment", "stored", "unset"]
    state: Literal["ok", "missing", "unset"]
    reviewer: str
    version: str


@router.get("/stats", response_model=shape_of(stats.Stats, "StatsResponse"))
def read_stats(database: DatabaseDep) -> Response:
    """How much stands where."""
    return json_response(stats.read(database))


@router.get("/config", response_model=shape_of(ConfigResponse))
def read_config(database: DatabaseDep, settings: SettingsDep) -> Response:
    """The results folder in force, and who reviews."""
    return _config(database, settings)


@router.post("/config", response_model=shape_of(ConfigResponse), responses=errors(400, 422))
@writing
def store_config(request: schemas.ConfigRequest, database: DatabaseDep, settings: SettingsDep) -> Response:
    """Store the results folder; the environment's, where set, stays in force."""
    config.store_bench_folder(database, request.bench_results_dir)
    return _config(database, settings)


def _config(database: Database, settings: Settings) -> Response:
    folder = config.bench_folder(database, settings)
    return json_response(
        ConfigResponse(
            bench_results_dir=None if folder.path is None else str(folder.path),
            source=folder.source,
            state=folder.state,
            reviewer=settings.reviewer,
            version=__version__,
        )
    )
