"""The report: how good a model is, and how wrong the check, from what people read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from avocet.api.deps import DatabaseDep
from avocet.api.responses import errors, json_response
from avocet.api.schemas.base import Wanted
from avocet.api.shapes import shape_of
from avocet.scores import report as scores
from avocet.scores import suggesting

router = APIRouter(tags=["scores"])
Rows = Annotated[scores.Group, Query(description="A row for all of the run, or each task, model, or pair.")]
LikeThese = Annotated[bool, Query(description="Also the intervals for other questions like these.")]
Borrow = Annotated[
    Wanted | None, Query(description="A run with the same check, whose reads tell how often it errs (group=task).")
]


@router.get("/report", response_model=shape_of(scores.Report), responses=errors(404, 422))
def report(
    run_id: Wanted,
    database: DatabaseDep,
    group: Rows = "none",
    like_these: LikeThese = False,
    borrow: Borrow = None,
) -> Response:
    """What the harness says of a run, what was read of it, and the corrected score, with intervals."""
    return json_response(scores.report(database, run_id, group=group, like_these=like_these, borrow=borrow))


Reads = Annotated[int, Query(ge=1, le=suggesting.MOST_READS, description="How many cards you mean to read.")]


@router.get("/report/next", response_model=shape_of(suggesting.NextReadsOfRun), responses=errors(404, 422))
def next_reads(run_id: Wanted, database: DatabaseDep, reads: Reads = 50) -> Response:
    """Which cards to read next, so that the corrected score's interval becomes narrower by most."""
    return json_response(suggesting.suggest(database, run_id, reads))
