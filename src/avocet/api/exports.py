"""Exports: download, preview."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from avocet import exports
from avocet.api import schemas
from avocet.api.deps import DatabaseDep
from avocet.api.responses import errors, json_response
from avocet.exporters import EXPORTERS

router = APIRouter(tags=["export"])
NDJSON = "application/x-ndjson"


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={200: {"content": {NDJSON: {}}}, **errors(422)},
)
def export(query: Annotated[schemas.ExportQuery, Query()], database: DatabaseDep) -> StreamingResponse:
    """A dataset, streamed from one state of the desk."""
    chunks = exports.stream(database, query.format, _filter(query))
    headers = {"Content-Disposition": f'attachment; filename="{exports.file_name(query.format)}"'}
    return StreamingResponse(_started(chunks), media_type=NDJSON, headers=headers)


@router.get("/export/preview", response_model=schemas.ExportPreview, responses=errors(422))
def preview(query: Annotated[schemas.ExportQuery, Query()], database: DatabaseDep) -> Response:
    """How many rows `/export` would write, and of which category."""
    counted = exports.preview(database, query.format, _filter(query))
    formats = [{"name": name, "description": exporter.description} for name, exporter in EXPORTERS.items()]
    return json_response(
        {
            "rows": counted.rows,
            "left_out": counted.left_out,
            "by_category": counted.by_category,
            "formats": formats,
        }
    )


def _filter(query: schemas.ExportQuery) -> exports.ExportFilter:
    return exports.ExportFilter(
        include_category=tuple(query.include_category),
        exclude_category=tuple(query.exclude_category),
        action=tuple(query.action),
        run_id=tuple(query.run_id),
        model_name=tuple(query.model_name),
        task_type=tuple(query.task_type),
        since=query.since,
    )


def _started(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same chunks, the first one made at once: what fails early is answered as an error, not as an empty file."""
    first = next(chunks, b"")
    return chain((first,), chunks)
