"""Trainings: start, follow, stop, resume, and the report."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from avocet.api import schemas
from avocet.api.deps import ReviewerDep, SettingsDep, TrainingsDep
from avocet.api.responses import Responses, errors, json_response
from avocet.api.shapes import shape_of
from avocet.api.threads import long
from avocet.errors import NotFound, Troubles
from avocet.training.bases import known_bases
from avocet.training.launcher import Trainings
from avocet.training.progress import TrainingPoint
from avocet.training.summary import LOG_KB, OPEN, TrainingSummary, TrainingView

ASK_EVERY_S = 0.7
HEARTBEAT_S = 15.0
# the page stands alone: its styles are in it, nothing runs and nothing is fetched
REPORT_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

_ERROR: Responses = {
    status: {
        "description": reason,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}},
    }
    for status, reason in ((404, "Not Found"), (422, "Unprocessable Content"))
}
"""The same as `errors(404, 422)`, for a route that does not answer with JSON."""

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


class _Described(JSONResponse):
    """Used only for the OpenAPI entry: FastAPI gives no schema to any other kind of response."""

    media_type = "text/event-stream"


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


@router.get("/trainings/{name}/report", response_class=HTMLResponse, responses=_ERROR)
def read_training_report(name: str, trainings_: TrainingsDep) -> Response:
    """The report of a finished training, as a page."""
    return HTMLResponse(trainings_.report_page(name), headers=REPORT_HEADERS)


@router.get(
    "/trainings/{name}/events",
    response_class=_Described,
    response_model=shape_of(TrainingEvent),
    response_description="`training` events until it ends; the data of each is of this shape.",
    responses=_ERROR,
)
async def follow_training(name: str, request: Request, trainings_: TrainingsDep) -> StreamingResponse:
    """Follow a training. The first event holds all its points, the last one its end."""
    await run_in_threadpool(trainings_.follow, name)
    stream = _follow(trainings_, name, request.app.state.is_stopping)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


async def _follow(trainings_: Trainings, name: str, is_stopping: Callable[[], bool]) -> AsyncIterator[bytes]:
    sent: Followed | None = None
    quiet = 0.0
    troubles = Troubles(f"following the training {name}")
    while not is_stopping():
        try:
            found = await _ask(trainings_, name, troubles)
        except NotFound:
            return
        if found and found != sent:
            yield _event(sent, found)
            sent, quiet = found, 0.0
        elif quiet >= HEARTBEAT_S:
            yield b": still here\n\n"
            quiet = 0.0
        if sent and sent[0].state not in OPEN:
            return
        await asyncio.sleep(ASK_EVERY_S)
        quiet += ASK_EVERY_S


async def _ask(trainings_: Trainings, name: str, troubles: Troubles) -> Followed | None:
    """The state and points of a training; None if they can't be read at the moment.

    Raises:
        NotFound: the training is gone.
    """
    try:
        found = await run_in_threadpool(trainings_.follow, name)
    except NotFound:
        raise
    except Exception as error:
        troubles.tell(error)
        return None
    troubles.over()
    return found


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
