"""Benches: preview, start, follow, stop and resume."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from avocet.api import schemas
from avocet.api.deps import BenchesDep, SettingsDep, TaskFilesDep
from avocet.api.following import NOT_JSON_ERRORS, Described, follow, streamed
from avocet.api.responses import errors, json_response
from avocet.api.shapes import shape_of
from avocet.api.threads import long
from avocet.benches import BenchSummary, BenchView, TaskFileSummary
from avocet.benches.choosing import BenchPreview
from avocet.benches.models import BenchAdapter, known_adapters
from avocet.benching.judging import DEFAULT_PROMPT
from avocet.processes import LOG_KB, OPEN
from avocet.training.bases import known_bases

router = APIRouter(tags=["benches"])


class BenchesOverview(msgspec.Struct, frozen=True, kw_only=True):
    """All benches, and what can be asked of which models.

    `missing`: what to install to ask a model on this machine; null if nothing is. `held_out_items` is how many items
    `held-out` asks, `judge_prompt` what a judge is told if a request names no prompt.
    """

    missing: str | None
    bases: list[str]
    adapters: list[BenchAdapter]
    task_files: list[TaskFileSummary]
    holds_out: bool
    held_out_items: int
    judge_prompt: str
    benches: list[BenchSummary]


class BenchLog(msgspec.Struct, frozen=True):
    """The end of a bench's log."""

    text: str


@router.get("/benches", response_model=shape_of(BenchesOverview))
@long
def list_benches(benches: BenchesDep, files: TaskFilesDep, settings: SettingsDep) -> Response:
    """Every bench, the most recently started first, and what can be asked."""
    held = benches.held_out_items()
    return json_response(
        BenchesOverview(
            missing=benches.missing,
            bases=known_bases(settings),
            adapters=known_adapters(settings),
            task_files=files.all(),
            holds_out=held is not None,
            held_out_items=held or 0,
            judge_prompt=DEFAULT_PROMPT,
            benches=benches.all(),
        )
    )


@router.post("/benches/preview", response_model=shape_of(BenchPreview), responses=errors(400, 404, 422))
@long
def preview_bench(request: schemas.BenchPreviewRequest, benches: BenchesDep) -> Response:
    """How many tasks would be asked, of which types, and what was left out."""
    return json_response(benches.preview(request.wanted(), request.limit))


@router.post(
    "/benches", status_code=201, response_model=shape_of(BenchView), responses=errors(400, 404, 409, 422, 507)
)
@long
def start_bench(request: schemas.BenchRequest, benches: BenchesDep) -> Response:
    """Write the tasks and ask them, in a process of its own that outlives the server."""
    return json_response(benches.start(request.request()), 201)


@router.get("/benches/{name}", response_model=shape_of(BenchView), responses=errors(404, 422))
def read_bench(name: str, benches: BenchesDep) -> Response:
    """One bench, with its configuration and its first errors."""
    return json_response(benches.get(name))


@router.get("/benches/{name}/log", response_model=shape_of(BenchLog), responses=errors(404, 422))
def read_bench_log(name: str, benches: BenchesDep, kb: Annotated[int, Query(ge=1, le=1024)] = LOG_KB) -> Response:
    """The last `kb` KiB of a bench's log."""
    return json_response(BenchLog(benches.log(name, kb)))


@router.post("/benches/{name}/stop", response_model=shape_of(BenchSummary), responses=errors(404, 409, 422))
def stop_bench(name: str, benches: BenchesDep) -> Response:
    """Let a bench keep the answers under way and end. A second call ends it at once."""
    return json_response(benches.stop(name))


@router.post("/benches/{name}/resume", response_model=shape_of(BenchView), responses=errors(404, 409, 422))
@long
def resume_bench(
    name: str, benches: BenchesDep, parallel: Annotated[bool, Query(description="Even if one runs.")] = False
) -> Response:
    """Go on with a bench: ask what is left and what errored, and import what is complete."""
    return json_response(benches.resume(name, parallel=parallel))


@router.get(
    "/benches/{name}/events",
    response_class=Described,
    response_model=shape_of(BenchSummary),
    response_description="`bench` events until it ends; the data of each is of this shape.",
    responses=NOT_JSON_ERRORS,
)
async def follow_bench(name: str, request: Request, benches: BenchesDep) -> StreamingResponse:
    """Follow a bench; the last event holds its end."""
    await run_in_threadpool(benches.follow, name)
    told = follow(
        f"following the bench {name}",
        lambda: benches.follow(name),
        _event,
        lambda found: found.state in OPEN,
        request.app.state.is_stopping,
    )
    return streamed(told)


def _event(_sent: BenchSummary | None, found: BenchSummary) -> bytes:
    return b"event: bench\ndata: %s\n\n" % msgspec.json.encode(found)
