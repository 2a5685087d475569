"""Runs: list, import, read rejected lines, take back, restore."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Response

from avocet import runs
from avocet.api import schemas
from avocet.api.addresses import RUN
from avocet.api.deps import DatabaseDep, ResultsDep, ReviewerDep, SettingsDep
from avocet.api.responses import errors, json_response
from avocet.api.shapes import list_of, shape_of
from avocet.api.threads import long, writing
from avocet.domain import RejectedLine
from avocet.runs import results_folder

router = APIRouter(tags=["runs"])


@router.get("/runs", response_model=list_of(runs.RunSummary))
def list_runs(database: DatabaseDep, settings: SettingsDep, results: ResultsDep) -> Response:
    """Runs found in the results folder and runs imported, newest first."""
    folder = results_folder.bench_folder(database, settings)
    return json_response(runs.list_runs(database, folder.path, results.runs))


@router.post("/import", response_model=shape_of(runs.ImportReport), responses=errors(400, 404, 409, 422))
@long
def import_run(
    request: schemas.ImportRequest, database: DatabaseDep, settings: SettingsDep, results: ResultsDep
) -> Response:
    """Import one run of the results folder. A second call finishes an import that was cut off."""
    folder = results_folder.bench_folder(database, settings)
    source = runs.find_source(database, folder.path, request.run_id, results.runs)
    report = runs.import_run(
        database, source, importer_name=request.format, options=request.options(), dry_run=request.dry_run
    )
    return json_response(report)


@router.post("/example", response_model=list_of(runs.ImportReport), responses=errors(404, 409))
@long
def import_example(database: DatabaseDep) -> Response:
    """Import the example run that ships with Avocet: a benchmark of a small model, to try the desk with."""
    return json_response(runs.import_example(database))


@router.get(f"/runs/{RUN}/rejected", response_model=list_of(RejectedLine), responses=errors(404, 422))
def rejected_lines(run_id: str, database: DatabaseDep) -> Response:
    """The lines of the last import that could not become candidates."""
    return json_response(runs.rejected_lines(database, run_id))


@router.get(
    f"/runs/{RUN}/rejected.jsonl",
    response_class=Response,
    responses={200: {"content": {"application/x-ndjson": {}}}, **errors(404, 422)},
)
def download_rejected_lines(run_id: str, database: DatabaseDep) -> Response:
    """Download the rejected lines of the last import as JSON Lines."""
    lines = runs.rejected_lines(database, run_id)
    body = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
    headers = {"Content-Disposition": 'attachment; filename="rejected.jsonl"'}
    return Response(body, media_type="application/x-ndjson", headers=headers)


@router.delete(
    f"/runs/{RUN}", response_model=shape_of(runs.RunTakenBack, "RemoveResponse"), responses=errors(404, 409, 422)
)
@writing
def take_run_back(
    run_id: str,
    database: DatabaseDep,
    reviewer: ReviewerDep,
    decided_too: Annotated[bool, Query(description="Hide decided cards too.")] = False,
    dry_run: Annotated[bool, Query(description="Only count what would be hidden.")] = False,
) -> Response:
    """Take a run back: its cards are hidden, not deleted, and can be brought back."""
    done = runs.take_back(database, run_id, reviewer, decided_too=decided_too, dry_run=dry_run)
    return json_response(done)


@router.post(
    f"/runs/{RUN}/restore", response_model=shape_of(runs.Restored, "RestoreResponse"), responses=errors(404, 409, 422)
)
@writing
def restore_run(run_id: str, database: DatabaseDep) -> Response:
    """Bring back the cards of a run that was taken back, decided as they were."""
    return json_response(runs.restore(database, run_id))
