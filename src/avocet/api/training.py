"""Trainings: start, follow, stop, resume, and the report."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from avocet.api import schemas
from avocet.api.deps import ReviewerDep, SettingsDep, TrainingsDep
from avocet.api.following import NOT_JSON_ERRORS, Described, follow, streamed
from avocet.api.responses import errors, json_response
from avocet.api.shapes import shape_of
from avocet.api.threads import long
from avocet.processes import LOG_KB, OPEN
from avocet.training.bases import known_bases
from avocet.training.progress import TrainingPoint
from avocet.training.summary import TrainingSummary, TrainingView

# the page stands alone: its styles are in it, nothing runs and nothing is fetched
REPORT_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

Followed = tuple[TrainingSummary, list[TrainingPoint]]

router = APIRouter(tags=["training"])


class TrainingsOverview(msgspec.Struct, frozen=True, kw_only=True):
    """All trainings. `missing`: what to install if this desk can't train. `bases`: models to choose from."""

    installed: bool
    missing: str | None
    bases: list[str]
    trainings: list[TrainingSummary]


class TrainingEvent(msgspec.Struct, frozen=True):
    """The progress of a training. `points` replace those from number `points_from` (counted from 0) on."""

    training: TrainingSummary
    points_from: int
    points: list[TrainingPoint]


class TrainingLog(msgspec.Struct, frozen=True):
    """The end of a training's log."""

    text: str


@router.get("/trainings", response_model=shape_of(TrainingsOverview))
def list_trainings(trainings_: TrainingsDep, settings: SettingsDep) -> Response:
    """Every training, the most recently started first, and whether this desk can train."""
    missing = trainings_.missing
    return json_response(
        TrainingsOverview(
            installed=missing is None,
            missing=missing,
            bases=known_bases(settings),
            trainings=trainings_.all(),
        )
    )


@router.post(
    "/trainings", status_code=201, response_model=shape_of(TrainingView), responses=errors(400, 404, 409, 422, 507)
)
@long
def start_training(request: schemas.TrainingRequest, trainings_: TrainingsDep, reviewer: ReviewerDep) -> Response:
    """Write the dataset and train on it, in a process of its own that outlives the server."""
    return _view(trainings_.start(request.request(), reviewer), 201)


@router.get("/trainings/{name}", response_model=shape_of(TrainingView), responses=errors(404, 422))
def read_training(name: str, trainings_: TrainingsDep) -> Response:
    """One training with all its points."""
    return _view(trainings_.get(name))


@router.get("/trainings/{name}/log", response_model=shape_of(TrainingLog), responses=errors(404, 422))
def read_training_log(
    name: str, trainings_: TrainingsDep, kb: Annotated[int, Query(ge=1, le=1024)] = LOG_KB
) -> Response:
    """The last `kb` KiB of a training's log."""
    return json_response(TrainingLog(trainings_.log(name, kb)))


@router.post("/trainings/{name}/stop", response_model=shape_of(TrainingSummary), responses=errors(404, 409, 422))
def stop_training(name: str, trainings_: TrainingsDep) -> Response:
    """Let a training save a checkpoint after its current step and end. A second call ends it at once."""
    return json_response(trainings_.stop(name))


@router.post("/trainings/{name}/resume", response_model=shape_of(TrainingView), responses=errors(404, 409, 422))
@long
def resume_training(
    name: str, trainings_: TrainingsDep, parallel: Annotated[bool, Query(description="Even if one runs.")] = False
) -> Response:
    """Resume a training from its last checkpoint."""
    return _view(trainings_.resume(name, parallel=parallel))


@router.get("/trainings/{name}/report", response_class=HTMLResponse, responses=NOT_JSON_ERRORS)
def read_training_report(name: str, trainings_: TrainingsDep) -> Response:
    """The report of a finished training, as a page."""
    return HTMLResponse(trainings_.report_page(name), headers=REPORT_HEADERS)


@router.get(
    "/trainings/{name}/events",
    response_class=Described,
    response_model=shape_of(TrainingEvent),
    response_description="`training` events until it ends; the data of each is of this shape.",
    responses=NOT_JSON_ERRORS,
)
async def follow_training(name: str, request: Request, trainings_: TrainingsDep) -> StreamingResponse:
    """Follow a training. The first event holds all its points, the last one its end."""
    await run_in_threadpool(trainings_.follow, name)
    told = follow(
        f"following the training {name}",
        lambda: trainings_.follow(name),
        _event,
        lambda found: found[0].state in OPEN,
        request.app.state.is_stopping,
    )
    return streamed(told)


def _known(before: list[TrainingPoint], points: list[TrainingPoint]) -> int:
    """How many of the points were sent already; 0 if a resumed training made some of them again."""
    return len(before) if before == points[: len(before)] else 0


def _event(sent: Followed | None, found: Followed) -> bytes:
    training, points = found
    known = _known(sent[1] if sent else [], points)
    event = TrainingEvent(training, known, points[known:])
    return b"event: training\ndata: %s\n\n" % msgspec.json.encode(event)


def _view(view: TrainingView, status: int = 200) -> Response:
    return json_response(view, status)
