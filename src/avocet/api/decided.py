"""Standing decisions, and bulk steps."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Response

from avocet.api import schemas
from avocet.api.deps import DatabaseDep, IdempotencyKey, ReviewerDep
from avocet.api.responses import acknowledge, errors, json_response
from avocet.api.shapes import acknowledgement, shape_of
from avocet.api.threads import writing
from avocet.review import bulk, history, redoing
from avocet.review.as_proposed import VerdictCount
from avocet.review.bulk_step import BulkStep
from avocet.review.queue import QueueFilter

router = APIRouter(tags=["decided"])


class Counted(msgspec.Struct, frozen=True):
    """How many cards were changed as one batch; after a dry run how many would be, and `batch_id` is null.

    `verdicts` are those that they get by `as_proposed`; it is empty where all get the same.
    """

    batch_id: str | None
    count: int
    verdicts: list[VerdictCount]


@router.get("/decisions", response_model=shape_of(history.DecidedPage), responses=errors(422))
def decisions(query: Annotated[schemas.DecidedQuery, Query()], database: DatabaseDep) -> Response:
    """The standing decisions, newest first unless another order is asked for."""
    wanted = {name: getattr(query, name) for name in ("page", "per_page", "before", "sort", "ascending")}
    return json_response(history.page(database, query.filters(), **wanted))


@router.get("/decisions/summary", response_model=shape_of(history.DecidedSummary), responses=errors(422))
def decisions_summary(query: Annotated[schemas.DecidedFilter, Query()], database: DatabaseDep) -> Response:
    """How many decisions stand, by action and by category."""
    return json_response(history.summary(database, query.filters()))


@router.post("/bulk", response_model=acknowledgement(Counted, "BulkResponse"), responses=errors(400, 409, 422, 503))
@writing
def bulk_decide(
    request: schemas.BulkRequest, database: DatabaseDep, reviewer: ReviewerDep, key: IdempotencyKey = None
) -> Response:
    """Decide many cards as one batch, which one undo takes back; with `dry_run`, only count them."""
    step = _step(request)
    if request.dry_run:
        return acknowledge(Counted(None, *bulk.preview(database, step)))
    done = bulk.decide(database, step, reviewer, key)
    return acknowledge(Counted(done.batch_id, done.count, done.verdicts))


@router.post(
    "/bulk/{batch_id}/undo",
    response_model=acknowledgement(bulk.BulkUndone, "BulkUndoResponse"),
    responses=errors(404, 409, 422, 503),
)
@writing
def bulk_undo(batch_id: str, database: DatabaseDep, reviewer: ReviewerDep, key: IdempotencyKey = None) -> Response:
    """Undo a whole batch."""
    return acknowledge(bulk.undo(database, batch_id, reviewer, key))


@router.post(
    "/bulk/{batch_id}/redo",
    response_model=acknowledgement(redoing.BulkRedone, "BulkRedoResponse"),
    responses=errors(409, 422, 503),
)
@writing
def bulk_redo(batch_id: str, database: DatabaseDep, reviewer: ReviewerDep, key: IdempotencyKey = None) -> Response:
    """Say again what the undo of a batch took back, as a new batch."""
    return acknowledge(redoing.redo_batch(database, batch_id, reviewer, key))


def _step(request: schemas.BulkRequest) -> BulkStep:
    return BulkStep(
        action=request.action,
        queue=QueueFilter(**request.queue.model_dump()) if request.queue else None,
        decided=request.decided.filters() if request.decided else None,
        ids=None if request.ids is None else tuple(request.ids),
        corrected_response=request.corrected_response,
        failure_category=_given(request, "failure_category"),
        note=request.note,
        check_fault=_given(request, "check_fault"),
        corrected_reference=_given(request, "corrected_reference"),
        tags=request.tags,
        must=request.must,
        must_not=request.must_not,
        add_tags=request.add_tags,
        remove_tags=request.remove_tags,
        opened=tuple(request.opened),
        expected=request.expected,
    )


def _given(request: schemas.BulkRequest, name: str) -> Any:  # noqa: ANN401 (whatever type the field has)
    return getattr(request, name) if name in request.model_fields_set else msgspec.UNSET
