"""Write a dataset and record the export, for the command line, the page and Python alike."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Unpack

from avocet import exporters
from avocet.db import Database
from avocet.exports.made import record
from avocet.exports.manifest import Manifest
from avocet.exports.recipe import Recipe
from avocet.exports.writing import Options, write, write_folder


class Made(NamedTuple):
    """What was written, and the number under which it is recorded; None if it is not recorded."""

    manifest: Manifest
    export_id: int | None


def make(
    database: Database,
    wanted: Recipe,
    target: Path,
    *,
    reviewer: str,
    name: str | None = None,
    recipe_name: str | None = None,
    as_folder: bool = False,
    may_be_forgotten: bool = False,
    **options: Unpack[Options],
) -> Made:
    """Write a dataset to `target` and record it under `name`, else under the target's path.

    `recipe_name` names the saved recipe that it follows. `as_folder` makes a folder even of what could be a file.
    An earlier state is not recorded, nor is a format that writes the desk as it is now. `may_be_forgotten`: on a
    desk that can't be written, write the dataset without recording it.

    Raises:
        ReadOnly: the desk can't be written, so the export can't be recorded.
        UnknownFormat, UnknownFilterValue, InvalidRequest: the recipe makes no sense here.
        DiskFull, Prerequisite: it can't be written; what was there before is still there.
    """
    options["exporter"] = exporter = options.get("exporter") or exporters.choose(wanted.format)
    written = (write_folder if as_folder else write)(database, wanted, target, **options)
    is_earlier, is_forgotten = options.get("as_of") is not None, may_be_forgotten and database.is_read_only
    if is_earlier or is_forgotten or not exporter.is_kept:
        return Made(written, None)
    export_id = record(database, written, reviewer=reviewer, target=name or str(target), recipe_name=recipe_name)
    return Made(written, export_id)
