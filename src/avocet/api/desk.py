"""The desk as a whole: its numbers and its settings."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec
from fastapi import APIRouter, Response

from avocet import __version__, exporters, importers
from avocet.api import schemas
from avocet.api.deps import DatabaseDep, ReviewerDep, SettingsDep
from avocet.api.responses import errors, json_response
from avocet.api.shapes import shape_of
from avocet.api.threads import writing
from avocet.api.uploads import ImporterName
from avocet.categories import CATEGORIES, Category
from avocet.db import Database
from avocet.domain import Outcome
from avocet.faults import FAULTS, Fault
from avocet.review import stats
from avocet.runs import results_folder
from avocet.settings import Settings
from avocet.training.config import FORMATS, LEARNING_RATES, Method, default_numbers

router = APIRouter(tags=["desk"])


class FormatFacts(msgspec.Struct, frozen=True, kw_only=True):
    """An export format. `needs_split`: its reader wants a validation split. `method`: the training that reads it."""

    name: str
    description: str
    group: str
    can_split: bool
    is_kept: bool
    needs_split: bool
    method: Method | None


class TrainingDefaults(msgspec.Struct, frozen=True):
    """The defaults of a training. A null number means no limit; the learning rate depends on the method."""

    numbers: dict[str, float | None]
    learning_rate: dict[Method, float]


class DeskFacts(msgspec.Struct, frozen=True):
    """Facts that stay the same while the server runs. The page carries them, so that the web app repeats none."""

    categories: list[Category]
    faults: list[Fault]
    formats: list[FormatFacts]
    importers: list[ImporterName]
    training: TrainingDefaults


class ConfigResponse(msgspec.Struct, frozen=True, kw_only=True):
    bench_results_dir: str | None
    source: Literal["environment", "stored", "unset"]
    state: Literal["ok", "missing", "unset"]
    reviewer: str
    usual_reviewer: str
    takes_name: bool
    version: str


@router.get("/desk", response_model=shape_of(DeskFacts))
def read_facts() -> Response:
    """The categories, faults of a check, formats, importers and training defaults, which the page carries."""
    return json_response(facts())


@cache
def facts() -> DeskFacts:
    methods = {name: method for method, formats in FORMATS.items() for name in formats}
    return DeskFacts(
        categories=list(CATEGORIES),
        faults=list(FAULTS),
        formats=[_format_facts(one, methods.get(one.name)) for one in exporters.registry().values()],
        importers=[ImporterName(name, one.title) for name, one in importers.registry().items()],
        training=TrainingDefaults(default_numbers(), LEARNING_RATES),
    )


def _format_facts(exporter: exporters.Exporter, method: Method | None) -> FormatFacts:
    return FormatFacts(
        name=exporter.name,
        description=exporter.description,
        group=exporter.group,
        can_split=exporter.is_training,
        is_kept=exporter.is_kept,
        needs_split=exporter.without_validation is not None,
        method=method,
    )


@router.get("/stats", response_model=shape_of(stats.Stats, "StatsResponse"), responses=errors(422))
def read_stats(database: DatabaseDep, outcome: Outcome | Literal["any"] = "failed") -> Response:
    """The numbers of candidates of an outcome, by status, model, task type and failure category."""
    return json_response(stats.read(database, outcome))


@router.get("/config", response_model=shape_of(ConfigResponse), responses=errors(422))
def read_config(database: DatabaseDep, settings: SettingsDep, reviewer: ReviewerDep) -> Response:
    """The results folder in use, the reviewer and the version."""
    return _config(database, settings, reviewer)


@router.post("/config", response_model=shape_of(ConfigResponse), responses=errors(400, 422))
@writing
def store_config(
    request: schemas.ConfigRequest, database: DatabaseDep, settings: SettingsDep, reviewer: ReviewerDep
) -> Response:
    """Store the results folder. One set in the environment stays in use."""
    results_folder.store_bench_folder(database, request.bench_results_dir)
    return _config(database, settings, reviewer)


def _config(database: Database, settings: Settings, reviewer: str) -> Response:
    folder = results_folder.bench_folder(database, settings)
    return json_response(
        ConfigResponse(
            bench_results_dir=None if folder.path is None else str(folder.path),
            source=folder.source,
            state=folder.state,
            reviewer=reviewer,
            usual_reviewer=settings.reviewer,
            takes_name=settings.token is None,
            version=__version__,
        )
    )
