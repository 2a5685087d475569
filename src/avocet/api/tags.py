"""The desk's tags: which there are, and keeping them in order."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from avocet.api import schemas
from avocet.api.deps import DatabaseDep
from avocet.api.responses import acknowledge, errors, json_response
from avocet.api.shapes import acknowledgement, shape_of
from avocet.api.threads import writing
from avocet.review import tags

router = APIRouter(tags=["tags"])
_TAG = acknowledgement(tags.Renamed, "TagResponse")
Begin = Annotated[str | None, Query(max_length=256, description="Only tags of which a word begins so.")]


@router.get("/tags", response_model=shape_of(tags.TagList), responses=errors(422))
def tag_list(database: DatabaseDep, q: Begin = None) -> Response:
    """Every tag with the number of its cards, the most used first."""
    return json_response(tags.read_all(database, q))


@router.post(
    "/tags/rename",
    response_model=acknowledgement(tags.Renamed, "TagResponse"),
    responses=errors(400, 404, 409, 422, 503),
)
@writing
def rename(request: schemas.TagRenameRequest, database: DatabaseDep) -> Response:
    """Give a tag another name, also on every decision that has it."""
    return acknowledge(tags.rename(database, request.name, request.to))


@router.post("/tags/merge", response_model=_TAG, responses=errors(400, 404, 422, 503))
@writing
def merge(request: schemas.TagMergeRequest, database: DatabaseDep) -> Response:
    """Make one tag of several, also on every decision that has one of them."""
    return acknowledge(tags.merge(database, request.names, request.into))


@router.delete(
    "/tags/{name:path}",
    response_model=acknowledgement(tags.Renamed, "TagResponse"),
    responses=errors(404, 409, 422, 503),
)
@writing
def delete(name: str, database: DatabaseDep) -> Response:
    """Delete a tag that no card has."""
    return acknowledge(tags.delete(database, name))
