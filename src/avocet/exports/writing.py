"""Export: approved candidates become lines, streamed from one state of the desk."""

from __future__ import annotations

import errno
import hashlib
import os
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from avocet import __version__, cards, exporters
from avocet.db import AnySelect, Database
from avocet.domain import UNCATEGORISED, Message, TrainingExample
from avocet.errors import DiskFull, Prerequisite
from avocet.exporters import Exporter, RecordExporter
from avocet.exports import selection
from avocet.exports.selection import ExportFilter
from avocet.models import HIDDEN, Candidate, Decision, Run

ROWS_A_FETCH = 500
CHUNK_BYTES = 256 * 1024

_messages = msgspec.json.Decoder(list[Message])
_EXAMPLE_COLUMNS = (
    Candidate.run_pk,
    Candidate.failure_category,
    Candidate.id,
    Candidate.prompt_messages,
    Candidate.corrected_response,
    Candidate.task_type,
    Candidate.model_name,
    Candidate.benchmark_run_id,
)
_RECORD_COLUMNS = (Candidate.run_pk, Candidate.failure_category, *cards.LINE_COLUMNS)

OnProgress = Callable[[int, int], None]


class Preview(msgspec.Struct, frozen=True):
    """How many rows would be written, how many of the unfiltered export are left out, and what they are."""

    rows: int
    left_out: int
    by_category: dict[str, int]


class SourceRun(msgspec.Struct, frozen=True):
    run_id: str
    sha256: str | None
    rows: int


class Manifest(msgspec.Struct, frozen=True):
    """What a written file is. No clock time: the same state and filter give the same manifest."""

    avocet_version: str
    format: str
    filter: ExportFilter
    decision: int
    rows: int
    by_category: dict[str, int]
    runs: list[SourceRun]
    file: str
    bytes: int
    sha256: str


class _Tallies:
    """What went by, for the manifest."""

    def __init__(self) -> None:
        self.rows = 0
        self.by_category: Tally[str] = Tally()
        self.by_run: Tally[int] = Tally()

    def add(self, run_pk: int, category: str | None) -> None:
        self.rows += 1
        self.by_category[category or UNCATEGORISED] += 1
        self.by_run[run_pk] += 1


def stream(database: Database, format_name: str, wanted: ExportFilter) -> Iterator[bytes]:
    """The dataset in chunks, from one state of the desk. Checks before the first chunk; empty when nothing matches.

    Raises:
        UnknownFormat: there is no such format.
        UnknownFilterValue: the filter names something unknown.
    """
    exporter = exporters.choose(format_name)
    with database.read() as connection:
        selection.check(connection, wanted)
    return _stream(database, exporter, wanted)


def preview(database: Database, format_name: str, wanted: ExportFilter) -> Preview:
    """What `stream` would write, counted.

    Raises:
        UnknownFormat: there is no such format.
        UnknownFilterValue: the filter names something unknown.
    """
    exporter = exporters.choose(format_name)
    with database.read() as connection:
        selection.check(connection, wanted)
        by_category = _count(connection, exporter, wanted)
        everything = sum(_count(connection, exporter, ExportFilter()).values())
    rows = sum(by_category.values())
    return Preview(rows, everything - rows, by_category)


def write_file(
    database: Database,
    format_name: str,
    wanted: ExportFilter,
    target: Path,
    on_progress: OnProgress | None = None,
) -> Manifest:
    """Write the dataset and `FILE.manifest.json` beside it. Each appears only when it is whole.

    Raises:
        UnknownFormat, UnknownFilterValue: as for `stream`.
        DiskFull, Prerequisite: the file can't be written; what was there before is still there.
    """
    exporter = exporters.choose(format_name)
    part = target.with_name(target.name + ".part")
    tallies, digest, size = _Tallies(), hashlib.sha256(), 0
    try:
        if target.exists() and not target.is_file():
            raise Prerequisite(f"{target} isn't a file; for standard output, use -.")
        with database.read() as connection:
            selection.check(connection, wanted)
            total = sum(_count(connection, exporter, wanted).values())
            with part.open("wb") as out:
                for chunk in _chunks(connection, exporter, wanted, tallies):
                    out.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
                    if on_progress:
                        on_progress(tallies.rows, total)
                _sync(out.fileno(), out.flush)
            manifest = Manifest(
                avocet_version=__version__,
                format=exporter.name,
                filter=wanted,
                decision=connection.scalar(select(func.coalesce(func.max(Decision.id), 0))) or 0,
                rows=tallies.rows,
                by_category=dict(sorted(tallies.by_category.items())),
                runs=_source_runs(connection, tallies.by_run),
                file=target.name,
                bytes=size,
                sha256=digest.hexdigest(),
            )
        _replace(part, target, manifest)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(f"The disk is full: {target} was not written.") from None
        raise Prerequisite(f"{target} can't be written: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            part.unlink()
    return manifest


def file_name(format_name: str) -> str:
    """The name a dataset is offered under: `avocet_sft_20261122T180328Z.jsonl`."""
    return f"avocet_{format_name}_{datetime.now(UTC):%Y%m%dT%H%M%SZ}.jsonl"


def _stream(database: Database, exporter: Exporter, wanted: ExportFilter) -> Iterator[bytes]:
    with database.read() as connection:
        yield from _chunks(connection, exporter, wanted, _Tallies())


def _chunks(connection: Connection, exporter: Exporter, wanted: ExportFilter, tallies: _Tallies) -> Iterator[bytes]:
    buffer = bytearray()
    for line in _lines(connection, exporter, wanted, tallies):
        buffer += line
        if len(buffer) >= CHUNK_BYTES:
            yield bytes(buffer)
            buffer.clear()
    if buffer:
        yield bytes(buffer)


def _lines(connection: Connection, exporter: Exporter, wanted: ExportFilter, tallies: _Tallies) -> Iterator[bytes]:
    if isinstance(exporter, RecordExporter):
        for row in _rows(connection, select(*_RECORD_COLUMNS).where(_takes(exporter)), wanted):
            tallies.add(row[0], row[1])
            yield exporter.line_of_record(cards.line(row[2:]))
        return
    query = select(*_EXAMPLE_COLUMNS).where(_takes(exporter))
    for row in _rows(connection, query, wanted):
        run_pk, category, avocet_id, prompt, answer, task_type, model_name, benchmark_run_id = row
        tallies.add(run_pk, category)
        yield exporter.line(
            TrainingExample(
                avocet_id, _messages.decode(prompt), answer, category, task_type, model_name, benchmark_run_id
            )
        )


def _takes(exporter: Exporter) -> ColumnElement[bool]:
    """Which candidates a format is for; none whose run was taken back."""
    if isinstance(exporter, RecordExporter):
        return Candidate.status != HIDDEN
    return Candidate.status == "approved"


def _rows(connection: Connection, query: AnySelect, wanted: ExportFilter) -> Iterator[Any]:
    query = selection.where(query.join(Run, Run.pk == Candidate.run_pk), wanted).order_by(Candidate.seq)
    with connection.execution_options(yield_per=ROWS_A_FETCH).execute(query) as result:
        for part in result.partitions():
            yield from part


def _count(connection: Connection, exporter: Exporter, wanted: ExportFilter) -> dict[str, int]:
    query: AnySelect = select(Candidate.failure_category, func.count()).join(Run, Run.pk == Candidate.run_pk)
    query = selection.where(query.where(_takes(exporter)), wanted).group_by(Candidate.failure_category)
    counts: dict[str, int] = {category or UNCATEGORISED: n for category, n in connection.execute(query)}
    return {category: counts[category] for category in selection.CATEGORY_VALUES if category in counts}


def _source_runs(connection: Connection, by_run: Tally[int]) -> list[SourceRun]:
    query = select(Run.run_id, Run.sha256, Run.pk).where(Run.pk.in_(by_run)).order_by(Run.run_id)
    return [SourceRun(run_id, sha256, by_run[pk]) for run_id, sha256, pk in connection.execute(query)]


def _replace(part: Path, target: Path, manifest: Manifest) -> None:
    """Put the dataset and its manifest in place, once both are on the disk."""
    path = target.with_name(target.name + ".manifest.json")
    manifest_part = path.with_name(path.name + ".part")
    try:
        with manifest_part.open("wb") as out:
            out.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
            _sync(out.fileno(), out.flush)
        part.replace(target)
        manifest_part.replace(path)
    finally:
        manifest_part.unlink(missing_ok=True)


def _sync(descriptor: int, flush: Callable[[], None]) -> None:
    flush()
    os.fsync(descriptor)
