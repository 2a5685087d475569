"""The exports that were made: list them, and make them again byte for byte from the state they were made from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
from sqlalchemy import Row, insert, select

from avocet import exporters
from avocet.db import Database, now
from avocet.domain import DOCUMENT
from avocet.errors import InvalidRequest, UnknownExport
from avocet.exporters import Exporter
from avocet.exports import manifest
from avocet.exports.manifest import Manifest
from avocet.exports.recipe import Recipe
from avocet.exports.rows import exporter_revision
from avocet.exports.writing import Options, write, write_folder
from avocet.models import Export

_NUMBERS = range(1, 2**63)


class MadeExport(msgspec.Struct, frozen=True, kw_only=True):
    """One export: when and by whom it was made, with which recipe, and its manifest."""

    export_id: int
    at: str
    reviewer: str
    recipe_name: str | None
    target: str
    manifest: Annotated[Manifest, DOCUMENT]


def record(
    database: Database, written: Manifest, *, reviewer: str, target: str, recipe_name: str | None = None
) -> int:
    """Record an export, and return its number.

    Raises:
        ReadOnly: the desk can't be written.
    """
    values = {
        "at": now(),
        "reviewer": reviewer,
        "recipe_name": recipe_name,
        "target": target,
        "manifest": msgspec.json.encode(written).decode(),
    }
    added = insert(Export).values(values).returning(Export.pk)
    return database.change(lambda connection: connection.execute(added).scalar_one())


def read_all(database: Database) -> list[MadeExport]:
    """Every export, newest first."""
    with database.read() as connection:
        return [_made(row) for row in connection.execute(select(Export.__table__).order_by(Export.pk.desc()))]


def read(database: Database, export_id: int) -> MadeExport:
    """One export.

    Raises:
        UnknownExport: there is none of that number.
    """
    row = None
    # a database refuses to look for a number beyond its range
    if export_id in _NUMBERS:
        with database.read() as connection:
            row = connection.execute(select(Export.__table__).where(Export.pk == export_id)).one_or_none()
    if row is None:
        raise UnknownExport(f"There is no export {export_id}.")
    return _made(row)


def again(
    database: Database, made: Manifest, target: Path, *, overwrite: bool = False, exporter: Exporter | None = None
) -> Manifest:
    """Write the same dataset again, whatever was decided, undone or taken back since.

    Raises:
        InvalidRequest: the format writes the desk as it is now; or the dataset would differ, because the format has
            changed since or this is another desk.
        DiskFull, Prerequisite: it can't be written; nothing appears.
    """
    options = _options_again(made, exporter)
    options["overwrite"] = overwrite
    return write(database, wanted_again(made), target, **options)


def again_as_folder(database: Database, made: Manifest, target: Path, exporter: Exporter | None = None) -> Manifest:
    """Write the same dataset again as a folder, even if it was a file.

    Raises:
        InvalidRequest, DiskFull, Prerequisite: as for `again`.
    """
    return write_folder(database, wanted_again(made), target, **_options_again(made, exporter))


def _options_again(made: Manifest, exporter: Exporter | None) -> Options:
    exporter = exporter or exporters.choose(made.recipe.format)
    check_can_be_again(exporter, made)
    return {"exporter": exporter, "as_of": made.as_of, "hold_out": made.hold_out, "like": made}


def check_can_be_again(exporter: Exporter, made: Manifest) -> None:
    """Refuse an export that can't be made again.

    Raises:
        InvalidRequest: the format writes the desk as it is now, or a newer Avocet wrote the export.
    """
    if not exporter.is_kept:
        raise InvalidRequest(f"{made.recipe.format} holds the desk as it was then: only a backup brings that back.")
    today = exporter_revision(exporter)
    if made.revision > today:
        raise InvalidRequest(
            f"This was written by revision {made.revision} of {made.recipe.format}; this version of Avocet knows "
            f"revisions up to {today}. Take a newer Avocet."
        )


def wanted_again(made: Manifest) -> Recipe:
    """The recipe of an export, with the revision of the format that wrote it."""
    return msgspec.structs.replace(made.recipe, revision=made.revision)


def _made(row: Row[Any]) -> MadeExport:
    return MadeExport(
        export_id=row.pk,
        at=row.at,
        reviewer=row.reviewer,
        recipe_name=row.recipe_name,
        target=row.target,
        manifest=manifest.decode(row.manifest),
    )
