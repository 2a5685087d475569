"""Run a card's own check on a text, as a person types it."""

from __future__ import annotations

from functools import partial

from anyio import to_thread
from fastapi import APIRouter, Response

from avocet.api import schemas
from avocet.api.deps import DatabaseDep, WorkerDep
from avocet.api.responses import errors, json_response
from avocet.api.shapes import shape_of
from avocet.review import checking
from avocet.worker import CheckOutcome

router = APIRouter(tags=["review"])


@router.post("/check", response_model=shape_of(CheckOutcome), responses=errors(400, 404, 409, 422))
async def check(request: schemas.CheckQuestion, database: DatabaseDep, worker: WorkerDep) -> Response:
    """Run a card's own check on a text. Of a card that only tells which patterns were missing, these are looked for.

    A check that does not end is stopped after 200 ms of computing and answers `is_slow`. Nothing is changed.
    """
    found = await to_thread.run_sync(partial(checking.check_of, database, request.id))
    return json_response(await worker.check(found, request.text))
