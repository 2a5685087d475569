"""The exports that were made: listed, and made again byte for byte from the state they were made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Row, insert, select

from avocet import exporters
from avocet.db import Database, now
from avocet.errors import InvalidRequest, UnknownExport
from avocet.exporters import RecordExporter
from avocet.exports import manifest
from avocet.exports.manifest import Manifest
from avocet.exports.recipe import Recipe
from avocet.exports.writing import write
from avocet.models import Export

_NUMBERS = range(1, 2**63)


class MadeExport(msgspec.Struct, frozen=True, kw_only=True):
    """One export: when, by whom, by which recipe, and the manifest that was written."""

    export_id: int
    at: str
    reviewer: str
    recipe_name: str | None
    target: str
    manifest: Manifest


def record(
    database: Database, written: Manifest, *, reviewer: str, target: str, recipe_name: str | None = None
) -> int:
    """Remember an export; its number."""
    values = {
        "at": now(),
        "reviewer": reviewer,
        "recipe_name": recipe_name,
        "target": target,
        "manifest": msgspec.json.encode(written).decode(),
    }
    with database.write() as connection:
        return connection.execute(insert(Export).values(values).returning(Export.pk)).scalar_one()


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
    # beyond the databases' numbers there is none, and they would refuse the question
    if export_id in _NUMBERS:
        with database.read() as connection:
            row = connection.execute(select(Export.__table__).where(Export.pk == export_id)).one_or_none()
    if row is None:
        raise UnknownExport(f"There is no export {export_id}.")
    return _made(row)


def again(database: Database, made: Manifest, target: Path) -> Manifest:
    """Write the same dataset once more, whatever was decided, undone or taken back since.

    Raises:
        InvalidRequest: a format that writes the desk as it is, so not as it was.
        DiskFull, Prerequisite: it can't be written.
    """
    if is_of_the_moment(made.recipe):
        raise InvalidRequest(f"{made.recipe.format} holds the desk as it was then: only a backup brings that back.")
    return write(database, made.recipe, target, as_of=made.as_of, hold_out=made.hold_out)


def is_of_the_moment(wanted: Recipe) -> bool:
    """Whether a dataset holds undecided records, whose earlier state no decision tells."""
    exporter = exporters.choose(wanted.format)
    return isinstance(exporter, RecordExporter) and not exporter.only_decided


def _made(row: Row[Any]) -> MadeExport:
    return MadeExport(
        export_id=row.pk,
        at=row.at,
        reviewer=row.reviewer,
        recipe_name=row.recipe_name,
        target=row.target,
        manifest=manifest.decode(row.manifest),
    )
