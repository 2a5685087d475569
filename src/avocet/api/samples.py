"""Samples: random choices of cards."""

from __future__ import annotations

from fastapi import APIRouter, Response

from avocet.api import schemas
from avocet.api.deps import DatabaseDep, IdempotencyKey, ReviewerDep
from avocet.api.responses import errors, json_response
from avocet.api.shapes import shape_of
from avocet.api.threads import long, writing
from avocet.review import samples

router = APIRouter(tags=["samples"])
_SAMPLE = shape_of(samples.SampleProgress, "Sample")


@router.get("/samples", response_model=list.__class_getitem__(_SAMPLE))
def list_samples(database: DatabaseDep) -> Response:
    """Every sample and how far it is read, newest first."""
    return json_response(samples.read_all(database))


@router.post("/samples", status_code=201, response_model=_SAMPLE, responses=errors(400, 409, 422, 503))
@long
def draw_sample(
    request: schemas.SampleRequest, database: DatabaseDep, reviewer: ReviewerDep, key: IdempotencyKey = None
) -> Response:
    """Draw a sample of the cards that match and that nobody has read."""
    return json_response(samples.draw(database, request.name, request.asked(), reviewer, key), 201)


@router.get("/samples/{name}", response_model=_SAMPLE, responses=errors(404, 422))
def read_sample(name: schemas.Text, database: DatabaseDep) -> Response:
    """One sample, and how far it is read."""
    return json_response(samples.get(database, name))


@router.post("/samples/{name}/grow", response_model=_SAMPLE, responses=errors(400, 404, 409, 422, 503))
@long
def grow_sample(
    name: schemas.Text,
    request: schemas.GrowRequest,
    database: DatabaseDep,
    reviewer: ReviewerDep,
    key: IdempotencyKey = None,
) -> Response:
    """Add the next cards of a sample's order; its earlier cards and their order stay."""
    done = samples.grow(database, name, request.size, request.shares(), reviewer=reviewer, key=key)
    return json_response(done)


@router.delete("/samples/{name}", status_code=204, response_class=Response, responses=errors(404, 409, 422, 503))
@writing
def delete_sample(name: schemas.Text, database: DatabaseDep) -> Response:
    """Delete a sample of which nobody has read a card since it was drawn."""
    samples.delete(database, name)
    return Response(status_code=204)
