"""Run a card's own check on a text, as a person types it."""

from __future__ import annotations

from functools import partial

from anyio import to_thread
from fastapi import APIRouter, Response

from avocet import must
from avocet.api import schemas
from avocet.api.deps import DatabaseDep, WorkerDep
from avocet.api.responses import errors, json_response
from avocet.api.shapes import shape_of
from avocet.review import checking
from avocet.worker import CheckOutcome, unknown, with_lines

router = APIRouter(tags=["review"])


@router.post("/check", response_model=shape_of(CheckOutcome), responses=errors(400, 404, 409, 422))
async def check(request: schemas.CheckQuestion, database: DatabaseDep, worker: WorkerDep) -> Response:
    """Run a card's own check on a text. Of a card that only tells which patterns were missing, these are looked for.

    A check that does not end is stopped after 200 ms of computing and answers `is_slow`. Nothing is changed. With
    lines that the text must or must not contain, it also answers for a card whose check nobody knows.
    """
    lines = must.checked(request.must, request.must_not)
    find = partial(checking.check_of if not any(lines) else checking.check_or_none, database, request.id)
    found = await to_thread.run_sync(find)
    outcome = unknown() if found is None else await worker.check(found, request.text)
    return json_response(await to_thread.run_sync(with_lines, outcome, request.text, *lines))
