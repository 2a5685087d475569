"""The manifest of a dataset: enough to check it and to make it again. It holds no clock time."""

from __future__ import annotations

import hashlib
from collections import Counter as Tally
from pathlib import Path

import msgspec
from sqlalchemy import Connection, select

from avocet import __version__
from avocet.exporters.base import Split, WrittenPart
from avocet.exports.facts import Facts
from avocet.exports.recipe import HoldOut, Recipe
from avocet.exports.selection import CATEGORY_VALUES
from avocet.exports.state import AsOf
from avocet.exports.tallies import Tallies
from avocet.models import Run
from avocet.review.search.words import RULE

NAME = "manifest.json"
_FIRST_TEXT_RULE = 1


class SourceRun(msgspec.Struct, frozen=True):
    """A run that rows come from. `sha256` is that of its file, null if it has several files or none."""

    run_id: str
    sha256: str | None
    candidates: int


class DataFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the dataset. `rows` is null for a file that holds no rows; `part` tells kinds of rows apart."""

    name: str
    bytes: int
    sha256: str
    part: str | None = None
    split: Split | None = None
    rows: int | None = None


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a dataset holds and how it was made. The same state, recipe and version give the same manifest.

    `read` candidates matched the filter; `rows` were written; `left_out` counts the others by reason, and
    `left_out_ids` names the first cards of each reason. `by_split` has a 0 for a split without rows. `contradictory`
    rows say the opposite of another row. `items` are the tasks' items that the dataset exposes: scores on them after
    training on it are not clean; where each row is an item, only the rows name them. `revision` is that of the
    format; a manifest of 0.1.0 has none, and means the first.
    """

    avocet_version: str
    recipe: Recipe
    hold_out: HoldOut
    as_of: AsOf
    read: int
    rows: int
    left_out: dict[str, int]
    by_category: dict[str, int]
    runs: list[SourceRun]
    items: dict[str, list[str]]
    rows_without_item: int
    files: list[DataFile]
    revision: int = 1
    left_out_ids: dict[str, list[str]] = {}
    by_split: dict[str, int] = {}
    contradictory: int = 0
    warnings: list[str] = []


def decode(written: str | bytes) -> Manifest:
    """Read a manifest. One of version 0.1.0 does not name its text rule, and gets the first.

    Raises:
        msgspec.DecodeError: it is not a manifest.
    """
    read = msgspec.json.decode(written, type=Manifest)
    if read.recipe.text_rule is not None:
        return read
    return msgspec.structs.replace(read, recipe=msgspec.structs.replace(read.recipe, text_rule=_FIRST_TEXT_RULE))


def describe(path: Path, folder: Path, part: WrittenPart | None) -> DataFile:
    """Describe a file of the dataset in `folder`; `part` is what was written into it, None if it holds no rows."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return DataFile(
        name=path.relative_to(folder).as_posix(),
        bytes=path.stat().st_size,
        sha256=digest,
        part=part.part if part else None,
        split=part.split if part else None,
        rows=part.rows if part else None,
    )


def is_whole(file: DataFile, folder: Path) -> bool:
    """Whether a file is still as it was written."""
    path = folder / file.name
    # the size is read at once, and most changes show in it
    return path.stat().st_size == file.bytes and describe(path, folder, None).sha256 == file.sha256


def make(
    connection: Connection,
    folder: Path,
    wanted: Recipe,
    hold_out: HoldOut,
    state: AsOf,
    tallies: Tallies,
    written: list[WrittenPart],
    facts: Facts,
) -> Manifest:
    """Make the manifest of the dataset in a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    parts = {one.file: one for one in written}
    return Manifest(
        avocet_version=__version__,
        recipe=msgspec.structs.replace(wanted, text_rule=wanted.text_rule or RULE),
        hold_out=hold_out,
        as_of=state,
        read=tallies.read,
        rows=tallies.rows,
        left_out=dict(sorted(tallies.left_out.items())),
        by_category=in_order(tallies.by_category),
        runs=source_runs(connection, tallies.by_run),
        items={task: sorted(items) for task, items in sorted(tallies.items.items())},
        rows_without_item=tallies.without_item,
        files=[describe(path, folder, parts.get(path.relative_to(folder).as_posix())) for path in paths],
        revision=wanted.revision or 1,
        left_out_ids=dict(sorted(tallies.left_out_ids.items())),
        by_split=facts.by_split(),
        contradictory=facts.contradictory,
        warnings=facts.warnings(),
    )


def source_runs(connection: Connection, by_run: Tally[int]) -> list[SourceRun]:
    query = select(Run.run_id, Run.sha256, Run.pk).where(Run.pk.in_(by_run)).order_by(Run.run_id)
    return [SourceRun(run_id, sha256, by_run[pk]) for run_id, sha256, pk in connection.execute(query)]


def in_order(by_category: Tally[str]) -> dict[str, int]:
    return {category: by_category[category] for category in CATEGORY_VALUES if category in by_category}
