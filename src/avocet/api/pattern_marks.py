"""Find the patterns of a failure reason in a response, so that the page runs no expression that came from a file."""

from __future__ import annotations

from fastapi import APIRouter, Response

from avocet.api import schemas
from avocet.api.deps import WorkerDep
from avocet.api.responses import errors, json_response
from avocet.api.shapes import shape_of
from avocet.worker import PatternMarks

router = APIRouter(tags=["review"])


@router.post("/pattern-marks", response_model=shape_of(PatternMarks), responses=errors(400, 422))
async def pattern_marks(request: schemas.PatternQuestion, worker: WorkerDep) -> Response:
    """Find where forbidden patterns match a response, and where missing ones nearly do. Nothing is changed."""
    return json_response(await worker.mark(request.response, request.missing, request.forbidden))
