"""Exports: preview, make, list, download; and the recipes and the hold-out they are made by."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Response
from fastapi.responses import FileResponse, StreamingResponse
from starlette.background import BackgroundTask

from avocet import exporters, exports
from avocet.api import schemas
from avocet.api.deps import DatabaseDep, ReviewerDep, SettingsDep
from avocet.api.responses import Responses, errors, json_response
from avocet.api.shapes import list_of, shape_of
from avocet.api.threads import long, piecewise, writing
from avocet.db import Database
from avocet.disk import make_private
from avocet.domain import DOCUMENT
from avocet.errors import InvalidRequest
from avocet.exporters import Exporter
from avocet.exports import AsOf, MadeExport, Recipe, archiving, made, recipe


class FormatInfo(msgspec.Struct, frozen=True):
    name: str
    description: str


class PreviewAnswer(exports.ExportPreview, frozen=True, kw_only=True):
    """The preview of an export. `is_several`: it has several files and is downloaded as a zip."""

    is_several: bool
    formats: list[FormatInfo]


class NamedRecipe(msgspec.Struct, frozen=True):
    name: str
    recipe: Annotated[Recipe, DOCUMENT]


router = APIRouter(tags=["export"])
_MEDIA = {".jsonl": "application/x-ndjson", ".csv": "text/csv", ".zip": "application/zip"}
SCRATCH = "scratch"
_DATASET: Responses = {200: {"content": {kind: {} for kind in _MEDIA.values()}}}


@router.get("/export", response_class=StreamingResponse, responses={**_DATASET, **errors(404, 422, 507)})
@long
def export(query: Annotated[schemas.ExportQuery, Query()], database: DatabaseDep, settings: SettingsDep) -> Response:
    """Download a dataset, written from one state of the desk: one file is streamed, several come as a zip."""
    wanted, as_of = _wanted(query, database)
    exporter = exporters.choose(wanted.format)
    if exports.is_several(exporter, wanted) and not query.split:
        return _zip(database, exporter, wanted, as_of, settings.data_dir)
    scratch = settings.data_dir / SCRATCH
    chunks = _started(exports.stream(database, wanted, as_of, query.split, None, scratch, exporter))
    name = exports.file_name(exporter, msgspec.structs.replace(wanted, splits=None))
    return StreamingResponse(piecewise(chunks), media_type=_MEDIA[Path(name).suffix], headers=_attachment(name))


@router.get("/export/preview", response_model=shape_of(PreviewAnswer, "ExportPreview"), responses=errors(404, 422))
@long
def preview(query: Annotated[schemas.ExportQuery, Query()], database: DatabaseDep) -> Response:
    """Count what `/export` would write and what it would leave out and why, and show the first rows."""
    wanted, as_of = _wanted(query, database)
    exporter = exporters.choose(wanted.format)
    counted = exports.preview(database, wanted, as_of, exporter)
    formats = [FormatInfo(name, one.description) for name, one in exporters.registry().items()]
    several = exports.is_several(exporter, wanted)
    return json_response(PreviewAnswer(**msgspec.structs.asdict(counted), is_several=several, formats=formats))


@router.get("/exports", response_model=list_of(MadeExport))
def list_exports(database: DatabaseDep) -> Response:
    """The exports that were made, newest first. Only the manifest's own route gives its list of items."""
    return json_response([_without_items(one) for one in made.read_all(database)])


@router.post("/exports", status_code=201, response_model=shape_of(MadeExport), responses=errors(400, 404, 422, 507))
@long
def make_export(
    request: schemas.ExportRequest, database: DatabaseDep, settings: SettingsDep, reviewer: ReviewerDep
) -> Response:
    """Write a dataset and keep its manifest; it can be downloaded by its number."""
    name = request.recipe_name
    wanted = recipe.named_or_given(database, name, request.spelt_out())
    exporter = exporters.choose(wanted.format)
    if not exporter.is_kept:
        raise InvalidRequest(
            f"{wanted.format} holds the desk as it is and is not kept: download it with GET /export."
        )
    offered = exports.file_name(exporter, wanted)
    with tempfile.TemporaryDirectory(dir=_scratch(settings.data_dir)) as folder:
        # a zip is made of a folder
        target = Path(folder) / offered.removesuffix(".zip")
        done = exports.make(
            database, wanted, target, reviewer=reviewer, name=offered, recipe_name=name, exporter=exporter
        )
    return json_response(_without_items(made.read(database, done.export_id or 0)), 201)


@router.get("/exports/{export_id}/manifest", response_model=None, responses=errors(404, 422))
def read_manifest(export_id: int, database: DatabaseDep) -> Response:
    """The whole manifest of an export."""
    return json_response(made.read(database, export_id).manifest)


@router.get(
    "/exports/{export_id}/download", response_class=FileResponse, responses={**_DATASET, **errors(404, 422, 507)}
)
@long
def download_export(export_id: int, database: DatabaseDep, settings: SettingsDep) -> Response:
    """Download an export again, byte for byte, whatever was decided, undone or taken back since."""
    found = made.read(database, export_id)
    stored = found.manifest
    exporter = exporters.choose(stored.recipe.format)
    name = _offered(exporter, found)
    if exports.is_several(exporter, stored.recipe):
        return _zipped(
            name, settings.data_dir, lambda dataset: made.again_as_folder(database, stored, dataset, exporter)
        )
    folder = tempfile.TemporaryDirectory(dir=_scratch(settings.data_dir))
    try:
        path = Path(folder.name) / name
        exports.again(database, stored, path, exporter=exporter)
    except BaseException:
        folder.cleanup()
        raise
    return _file(path, folder, name)


@router.get("/recipes", response_model=list_of(NamedRecipe))
def list_recipes(database: DatabaseDep) -> Response:
    """The saved recipes, by name."""
    return json_response([NamedRecipe(name, one) for name, one in recipe.read_all(database).items()])


@router.put("/recipes/{name}", response_model=shape_of(NamedRecipe), responses=errors(400, 422))
@writing
def save_recipe(name: str, request: schemas.Recipe, database: DatabaseDep) -> Response:
    """Save a recipe under a name, in place of one that has it."""
    wanted = request.recipe()
    recipe.save(database, name, wanted)
    return json_response(NamedRecipe(name.strip(), wanted))


@router.delete("/recipes/{name}", status_code=204, response_class=Response, responses=errors(404, 422))
@writing
def forget_recipe(name: str, database: DatabaseDep) -> Response:
    """Delete a recipe. Exports that were made with it stay."""
    recipe.forget(database, name)
    return Response(status_code=204)


@router.get("/hold-out", response_model=shape_of(exports.HoldOut, "HoldOutState"))
def read_hold_out(database: DatabaseDep) -> Response:
    """The share of every task that stays out of every export."""
    return json_response(exports.hold_out(database))


@router.put("/hold-out", response_model=shape_of(exports.HoldOut, "HoldOutState"), responses=errors(400, 422))
@writing
def store_hold_out(request: schemas.HoldOut, database: DatabaseDep) -> Response:
    """Set the share of every task that stays out. Earlier exports stay as they are."""
    exports.store_hold_out(database, exports.HoldOut(share=request.share, salt=request.salt))
    return json_response(exports.hold_out(database))


def _wanted(query: schemas.ExportQuery, database: Database) -> tuple[Recipe, AsOf | None]:
    as_of = None if query.as_of is None else AsOf(query.as_of)
    if query.recipe is None:
        return query.written(), as_of
    if query.spells_out:
        raise InvalidRequest("A recipe decides what is written: leave the other choices out, or the recipe.")
    return recipe.read(database, query.recipe), as_of


def _without_items(one: MadeExport) -> MadeExport:
    return msgspec.structs.replace(one, manifest=msgspec.structs.replace(one.manifest, items={}))


def _zip(
    database: Database, exporter: Exporter, wanted: Recipe, as_of: AsOf | None, data_folder: Path
) -> FileResponse:
    return _zipped(
        exports.file_name(exporter, wanted),
        data_folder,
        lambda dataset: exports.write_folder(database, wanted, dataset, exporter=exporter, as_of=as_of),
    )


def _offered(exporter: Exporter, found: MadeExport) -> str:
    """The file name of a download: the target's own name, without its folder, with the ending of what is sent."""
    name, ending = Path(found.target).name, Path(exports.file_name(exporter, found.manifest.recipe)).suffix
    return name if name.endswith(ending) else name + ending


def _zipped(name: str, data_folder: Path, write: Callable[[Path], object]) -> FileResponse:
    folder = tempfile.TemporaryDirectory(dir=_scratch(data_folder))
    try:
        dataset, path = Path(folder.name) / "dataset", Path(folder.name) / name
        write(dataset)
        archiving.archive(dataset, path)
    except BaseException:
        folder.cleanup()
        raise
    return _file(path, folder, name)


def _file(path: Path, folder: tempfile.TemporaryDirectory[str], name: str) -> FileResponse:
    done = BackgroundTask(folder.cleanup)
    return FileResponse(path, headers=_attachment(name), media_type=_MEDIA[path.suffix], background=done)


def _attachment(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _scratch(data_folder: Path) -> Path:
    """The folder where downloads are written: on the desk's own disk, which has room for its data."""
    folder = data_folder / SCRATCH
    make_private(folder)
    return folder


def _started(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same chunks, with the first made at once, so that an early failure is an error, not an empty file."""
    first = next(chunks, b"")
    return chain((first,), chunks)
