"""Saved mappings: what the columns of a table mean, under a name."""

from __future__ import annotations

from fastapi import APIRouter, Response

from avocet.api import schemas
from avocet.api.deps import DatabaseDep
from avocet.api.responses import errors, json_response
from avocet.api.shapes import list_of, shape_of
from avocet.api.threads import writing
from avocet.runs import mappings

router = APIRouter(tags=["runs"])


@router.get("/mappings", response_model=list_of(mappings.SavedMapping))
def list_mappings(database: DatabaseDep) -> Response:
    """Every saved mapping, by name."""
    return json_response(mappings.list_mappings(database))


@router.get("/mappings/{name}", response_model=shape_of(mappings.SavedMapping), responses=errors(404, 422))
def read_mapping(name: schemas.Text, database: DatabaseDep) -> Response:
    """One saved mapping."""
    return json_response(mappings.get_mapping(database, name))


@router.put("/mappings/{name}", response_model=shape_of(mappings.SavedMapping), responses=errors(400, 422))
@writing
def save_mapping(name: schemas.Text, request: schemas.MappingRequest, database: DatabaseDep) -> Response:
    """Save a mapping under a name, in place of one that has it."""
    return json_response(mappings.save_mapping(database, name, request.columns))


@router.delete("/mappings/{name}", response_model=shape_of(mappings.SavedMapping), responses=errors(404, 422))
@writing
def delete_mapping(name: schemas.Text, database: DatabaseDep) -> Response:
    """Delete a mapping, and return it as it was."""
    return json_response(mappings.delete_mapping(database, name))
