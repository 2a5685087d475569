"""Uploads: files from a browser or a script become runs, at once or after a look."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from avocet import runs
from avocet.api import schemas
from avocet.api.deps import DatabaseDep, JobsDep, UploadsDep
from avocet.api.multipart import receive
from avocet.api.responses import errors, json_response
from avocet.api.shapes import list_of, shape_of
from avocet.api.threads import run_long
from avocet.db import Database
from avocet.domain import JsonObject, RejectedLine
from avocet.errors import AvocetError, InvalidRequest, RunUnreadable, UploadInUse
from avocet.errors import Unrecognised as NotRecognised
from avocet.importers import registry
from avocet.importers.base import ImportOptions, SourceFile
from avocet.review.candidates import Card
from avocet.runs.uploads import Upload

router = APIRouter(tags=["runs"])


class ImporterName(msgspec.Struct, frozen=True):
    """A format: `name` for requests, `title` for a person."""

    name: str
    title: str


class Unrecognised(msgspec.Struct, frozen=True):
    """A file that no importer knows.

    `columns` are a table's, `guess` is what they seem to mean: a mapping to read it by (format `generic`). `COLUMN`
    stands for one that could not be guessed.
    """

    name: str
    detail: str
    tried: list[str] = []
    columns: list[str] = []
    guess: dict[str, str] = {}


class UploadSummary(msgspec.Struct, frozen=True):
    """The files that were sent, and the runs they make."""

    upload_id: str
    runs: list[runs.SourceSummary]
    unrecognised: list[Unrecognised]


class UploadedRun(runs.SourceSummary, kw_only=True):
    """One run of an upload that was read (`RunPreview`); `error` says why it could not be."""

    report: runs.ImportReport | None = None
    cards: list[Card] = msgspec.field(default_factory=list)
    rejected_lines: list[RejectedLine] = msgspec.field(default_factory=list)
    needs: runs.Needs | None = None
    error: JsonObject | None = None


class UploadReport(msgspec.Struct, frozen=True):
    """What became of an upload's runs, or would; after a dry run the files wait under `upload_id` for a day."""

    upload_id: str | None
    dry_run: bool
    runs: list[UploadedRun]
    unrecognised: list[Unrecognised]


UPLOAD_PATH = "/upload"
_FIELDS = {
    "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
    "format": {"type": "string"},
    **{name: {"type": "string"} for name in ("metric", "threshold", "prompt_field", "model_name", "mapping")},
}
_BODY = {"multipart/form-data": {"schema": {"type": "object", "properties": _FIELDS, "required": ["files"]}}}


@router.post(
    UPLOAD_PATH,
    response_model=shape_of(UploadReport),
    responses=errors(413, 422, 507),
    openapi_extra={"requestBody": {"required": True, "content": _BODY}},
)
async def upload_files(
    request: Request,
    database: DatabaseDep,
    uploads: UploadsDep,
    dry_run: Annotated[
        bool, Query(description="Say what would happen, with the first cards; write nothing.")
    ] = False,
    hold: Annotated[bool, Query(description="Keep the files and say what they are, without reading them.")] = False,
) -> Response:
    """Import the files of a multipart body, streamed to the disk. `filename` may hold folders.

    After `dry_run` or `hold` the files wait a day under their `upload_id`: import them by `POST /jobs`.
    """
    upload = await run_in_threadpool(uploads.new)
    keep = False
    try:
        options, format_ = _options(await receive(request, upload))
        report = await run_long(partial(_take, database, upload, format_, options, dry_run, hold))
        keep = dry_run or hold
    finally:
        if not keep:
            await run_in_threadpool(upload.remove)
    return json_response(report)


@router.get("/importers", response_model=list_of(ImporterName))
def list_importers() -> Response:
    """The formats that files can be read as."""
    return json_response([ImporterName(name, importer.title) for name, importer in registry().items()])


@router.get("/uploads/{upload_id}", response_model=shape_of(UploadSummary), responses=errors(404, 422))
def read_upload(upload_id: str, uploads: UploadsDep) -> Response:
    """The runs that held files make."""
    upload = uploads.get(upload_id)
    sources, unknown = sources_of(upload)
    told = [runs.summary(source) for source in sources]
    return json_response(UploadSummary(upload.upload_id, told, unknown))


@router.delete("/uploads/{upload_id}", status_code=204, response_class=Response, responses=errors(404, 409, 422))
def give_up_upload(upload_id: str, uploads: UploadsDep, jobs: JobsDep) -> Response:
    """Throw held files away. What was imported from them stays."""
    upload = uploads.get(upload_id)
    if jobs.uses(upload_id):
        raise UploadInUse("These files are being read right now. Stop the import first.")
    upload.remove()
    return Response(status_code=204)


def sources_of(upload: Upload, format_: str | None = None) -> tuple[list[runs.RunSource], list[Unrecognised]]:
    """The runs that an upload's files make, and the files that no importer knows."""
    known: list[SourceFile] = []
    unknown: list[Unrecognised] = []
    for file in upload.files():
        try:
            runs.group([file], format_, uploaded=True)
        except (NotRecognised, RunUnreadable) as error:
            told = {name: error.extra[name] for name in ("tried", "columns", "guess") if name in error.extra}
            unknown.append(Unrecognised(file.name, error.detail, **told))
        else:
            known.append(file)
    return runs.group(known, format_, uploaded=True), unknown


def _take(
    database: Database, upload: Upload, format_: str | None, options: ImportOptions, dry_run: bool, hold: bool
) -> UploadReport:
    sources, unknown = sources_of(upload, format_)
    if not sources and not unknown:
        raise InvalidRequest("There is no file in the upload: send them as parts named files.")
    if not hold:
        unknown = [msgspec.structs.replace(file, detail=file.detail + _how(file.guess)) for file in unknown]
        if not sources:
            first = msgspec.structs.asdict(unknown[0])
            del first["name"]
            raise NotRecognised(**first, unrecognised=unknown)
    told = [_unread(source) if hold else _read(database, source, format_, options, dry_run) for source in sources]
    kept = upload.upload_id if dry_run or hold else None
    return UploadReport(kept, dry_run or hold, told, unknown)


def _how(guess: dict[str, str]) -> str:
    """How to send a table again, so that it is read as what its columns seem to mean."""
    mapping = msgspec.json.encode(guess).decode()
    return f" If they are right, send it again with format=generic and mapping={mapping}." if guess else ""


def _unread(source: runs.RunSource) -> UploadedRun:
    return UploadedRun(**msgspec.structs.asdict(runs.summary(source)))


def _read(
    database: Database, source: runs.RunSource, format_: str | None, options: ImportOptions, dry_run: bool
) -> UploadedRun:
    """One run imported or previewed; its failing costs the others nothing."""
    told = _unread(source)
    try:
        result = runs.run_import(database, source, importer_name=format_, options=options, dry_run=dry_run)
    except AvocetError as error:
        return msgspec.structs.replace(told, error=error.body())
    return msgspec.structs.replace(told, **msgspec.structs.asdict(result))


def _options(fields: dict[str, str]) -> tuple[ImportOptions, str | None]:
    """The form's fields, which are all text, as the options they say."""
    given: dict[str, Any] = {name: value for name, value in fields.items() if value.strip()}
    format_ = given.pop("format", None)
    if "mapping" in given:
        try:
            given["mapping"] = msgspec.json.decode(given["mapping"])
        except (msgspec.DecodeError, RecursionError):
            raise InvalidRequest("mapping isn't a JSON object.") from None
    try:
        return schemas.ImportOptions.model_validate(given).options(), format_
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        raise InvalidRequest(f"{told}.") from None
