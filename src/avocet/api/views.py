"""Saved views: filters and order of a page, under a name."""

from __future__ import annotations

from fastapi import APIRouter, Response

from avocet.api import schemas
from avocet.api.deps import DatabaseDep, ReviewerDep
from avocet.api.responses import errors, json_response
from avocet.api.shapes import list_of, shape_of
from avocet.api.threads import writing
from avocet.review import views
from avocet.review.views import ViewPage

router = APIRouter(tags=["review"])
_VIEW = shape_of(views.View)


@router.get("/views", response_model=list_of(views.View))
def list_views(database: DatabaseDep) -> Response:
    """Every saved view, by page and name."""
    return json_response(views.read_all(database))


@router.get("/views/{page}/{name}", response_model=_VIEW, responses=errors(404, 422))
def read_view(page: ViewPage, name: schemas.Text, database: DatabaseDep) -> Response:
    """One saved view."""
    return json_response(views.read(database, page, name))


@router.put("/views/{page}/{name}", response_model=_VIEW, responses=errors(400, 404, 409, 422, 503))
@writing
def save_view(
    page: ViewPage, name: schemas.Text, request: schemas.ViewRequest, database: DatabaseDep, reviewer: ReviewerDep
) -> Response:
    """Save a view under a name, in place of one that has it; `renames` names the view that gets this name."""
    return json_response(views.save(database, page, name, request.query, reviewer, request.renames))


@router.delete("/views/{page}/{name}", response_model=_VIEW, responses=errors(404, 422, 503))
@writing
def delete_view(page: ViewPage, name: schemas.Text, database: DatabaseDep) -> Response:
    """Delete a view, and return it as it was."""
    return json_response(views.forget(database, page, name))
