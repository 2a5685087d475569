"""Uploads: files from a browser or a script become runs, at once or after a preview."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from avocet.api import schemas
from avocet.api.deps import DatabaseDep, JobsDep, UploadsDep
from avocet.api.multipart import receive
from avocet.api.responses import errors, json_response
from avocet.api.shapes import list_of, shape_of
from avocet.api.threads import run_long
from avocet.errors import InvalidRequest, UploadInUse
from avocet.importers import registry
from avocet.importers.base import ImportOptions
from avocet.runs import uploaded

router = APIRouter(tags=["runs"])


class ImporterName(msgspec.Struct, frozen=True):
    """A format: `name` for requests, `title` for a person."""

    name: str
    title: str


UPLOAD_PATH = "/upload"
_FIELDS = {
    "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
    "format": {"type": "string"},
    **{name: {"type": "string"} for name in ("metric", "threshold", "prompt_field", "model_name", "mapping", "keep")},
}
_BODY = {"multipart/form-data": {"schema": {"type": "object", "properties": _FIELDS, "required": ["files"]}}}


@router.post(
    UPLOAD_PATH,
    response_model=shape_of(uploaded.UploadReport),
    responses=errors(413, 422, 507),
    openapi_extra={"requestBody": {"required": True, "content": _BODY}},
)
async def upload_files(
    request: Request,
    database: DatabaseDep,
    uploads: UploadsDep,
    dry_run: Annotated[
        bool, Query(description="Report what would happen, with the first cards; write nothing.")
    ] = False,
    hold: Annotated[bool, Query(description="Keep the files and say what they are, without reading them.")] = False,
) -> Response:
    """Import the files of a multipart body, which is streamed to disk. A `filename` may hold folders.

    After `dry_run` or `hold` the files are kept for a day under an `upload_id`: `POST /jobs` imports them.
    """
    upload = await run_in_threadpool(uploads.new)
    keep = False
    try:
        options, format_ = _options(await receive(request, upload))
        report = await run_long(partial(uploaded.take, database, upload, format_, options, dry_run, hold))
        keep = dry_run or hold
    finally:
        if not keep:
            await run_in_threadpool(upload.remove)
    return json_response(report)


@router.get("/importers", response_model=list_of(ImporterName))
def list_importers() -> Response:
    """The formats that can be imported."""
    return json_response([ImporterName(name, importer.title) for name, importer in registry().items()])


@router.get("/uploads/{upload_id}", response_model=shape_of(uploaded.UploadSummary), responses=errors(404, 422))
def read_upload(upload_id: str, uploads: UploadsDep) -> Response:
    """The runs found in an upload that was kept."""
    upload = uploads.get(upload_id)
    return json_response(uploaded.look(upload))


@router.delete("/uploads/{upload_id}", status_code=204, response_class=Response, responses=errors(404, 409, 422))
def give_up_upload(upload_id: str, uploads: UploadsDep, jobs: JobsDep) -> Response:
    """Delete the files of an upload. What was imported from them stays."""
    upload = uploads.get(upload_id)
    if jobs.uses(upload_id):
        raise UploadInUse("These files are being read right now. Stop the import first.")
    upload.remove()
    return Response(status_code=204)


def _options(fields: dict[str, str]) -> tuple[ImportOptions, str | None]:
    """Read the form's fields, which are all text, as import options and the name of a format."""
    given: dict[str, Any] = {name: value for name, value in fields.items() if value.strip()}
    format_ = given.pop("format", None)
    for name in given.keys() & {"mapping", "keep"}:
        try:
            given[name] = msgspec.json.decode(given[name])
        except (msgspec.DecodeError, RecursionError):
            raise InvalidRequest(f"{name} isn't a JSON object.") from None
    try:
        return schemas.ImportOptions.model_validate(given).options(), format_
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise InvalidRequest(f"{faults}.") from None
