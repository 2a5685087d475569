"""Runs: list, import, rejected lines."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Response

from avocet import config, runs
from avocet.api import schemas
from avocet.api.deps import DatabaseDep, SettingsDep
from avocet.api.responses import errors, json_response

router = APIRouter(tags=["runs"])


@router.get("/runs", response_model=list[schemas.RunSummary])
def list_runs(database: DatabaseDep, settings: SettingsDep) -> Response:
    """Runs found in the results folder and runs imported, newest first."""
    folder = config.bench_folder(database, settings)
    return json_response(runs.list_runs(database, folder.path))


@router.post("/import", response_model=schemas.ImportReport, responses=errors(404, 409, 422))
def import_run(request: schemas.ImportRequest, database: DatabaseDep, settings: SettingsDep) -> Response:
    """Import one run of the results folder; again, to finish one that was cut off."""
    folder = config.bench_folder(database, settings)
    source = runs.find_source(database, folder.path, request.run_id)
    report = runs.import_run(
        database, source, importer_name=request.format, options=request.options(), dry_run=request.dry_run
    )
    return json_response(report)


@router.get("/runs/{run_id:path}/rejected", response_model=list[schemas.RejectedLine], responses=errors(404, 422))
def rejected_lines(run_id: str, database: DatabaseDep) -> Response:
    """The lines of the last import that could not become candidates."""
    return json_response(runs.rejected_lines(database, run_id))


@router.get(
    "/runs/{run_id:path}/rejected.jsonl",
    response_class=Response,
    responses={200: {"content": {"application/x-ndjson": {}}}, **errors(404, 422)},
)
def download_rejected_lines(run_id: str, database: DatabaseDep) -> Response:
    """The same as a file."""
    lines = runs.rejected_lines(database, run_id)
    body = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
    headers = {"Content-Disposition": 'attachment; filename="rejected.jsonl"'}
    return Response(body, media_type="application/x-ndjson", headers=headers)
