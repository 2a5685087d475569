"""Jobs: imports and previews that run in the background. `/events` reports their progress too."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Response

from avocet import runs
from avocet.api import schemas
from avocet.api.deps import DatabaseDep, JobsDep, ResultsDep, SettingsDep, UploadsDep
from avocet.api.responses import errors, json_response
from avocet.api.shapes import list_of, shape_of
from avocet.db import Database
from avocet.errors import InvalidRequest
from avocet.runs import results_folder, uploaded
from avocet.runs.jobs import Job, JobRequest
from avocet.runs.uploads import Uploads
from avocet.settings import Settings


class JobResult(msgspec.Struct, frozen=True):
    """One job. `result` is null until the job is done."""

    job: Job
    result: runs.RunPreview | None


router = APIRouter(tags=["runs"])


@router.post("/jobs", status_code=202, response_model=shape_of(Job), responses=errors(400, 404, 422))
def start_job(
    request: schemas.JobRequest,
    database: DatabaseDep,
    settings: SettingsDep,
    uploads: UploadsDep,
    jobs: JobsDep,
    results: ResultsDep,
) -> Response:
    """Start an import, or a preview of one, in the background."""
    source = _source(request, database, settings, uploads, results)
    job = jobs.start(
        JobRequest(
            kind=request.kind,
            source=source,
            upload_id=request.upload_id,
            importer_name=request.format,
            options=request.options(),
        )
    )
    return json_response(job, 202)


@router.get("/jobs", response_model=list_of(Job))
def list_jobs(jobs: JobsDep) -> Response:
    """The jobs since the server started, newest first."""
    return json_response(jobs.all())


@router.get("/jobs/{job_id}", response_model=shape_of(JobResult), responses=errors(404, 422))
def read_job(job_id: str, jobs: JobsDep) -> Response:
    """One job, with its result once it is done."""
    return json_response(JobResult(*jobs.get(job_id)))


@router.delete("/jobs/{job_id}", response_model=shape_of(Job), responses=errors(404, 422))
def cancel_job(job_id: str, jobs: JobsDep) -> Response:
    """Stop a job after its current batch. What was imported by then stays."""
    return json_response(jobs.cancel(job_id))


def _source(
    request: schemas.JobRequest,
    database: Database,
    settings: Settings,
    uploads: Uploads,
    results: runs.ResultsFolder,
) -> runs.RunSource:
    if request.run_id is not None and request.upload_id is None:
        folder = results_folder.bench_folder(database, settings)
        return runs.find_source(database, folder.path, request.run_id, results.runs)
    if request.upload_id is None or request.name is None or request.run_id is not None:
        raise InvalidRequest("Say which run: run_id of the results folder, or upload_id and name.")
    return uploaded.source_of(uploads.get(request.upload_id), request.name, request.format)
