"""The list of runs: those found on disk, those imported, and those that are both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from sqlalchemy import Row, Select, func, select
from sqlalchemy.engine import Connection

from avocet.db import Database
from avocet.disk import free_name
from avocet.domain import RejectedLine
from avocet.errors import UnknownRun
from avocet.importers.base import ImportOptions
from avocet.importers.cf_orch import CfOrch
from avocet.models import HIDDEN, ItemGroup, RejectedLineRow, Run, RunTotalRow
from avocet.review import counters
from avocet.runs.counts import ImportCounts
from avocet.runs.fingerprint import RunFile
from avocet.runs.sorting import RunTotal
from avocet.runs.sources import RunSource, count_lines, scan, size_of
from avocet.runs.taking_back import find_run

RunState = Literal["new", "importing", "imported", "interrupted", "changed", "removed"]


class RunSummary(msgspec.Struct, kw_only=True):
    """One run, found on disk, imported, or both.

    `candidate_count` is how many items its files hold, None until they are read; for candidate lines, the lines that
    are not blank. Once the files are gone, it is the number of cards in the desk. The states: `changed`, the files no
    longer have the size that was imported; `removed`, the whole run is taken back. `importable`: the files lie in
    the results folder, to which HTTP imports are confined. `uploaded`: they were uploaded, and are kept no longer
    than the import. `remaining` cards wait for review, `hidden` ones are taken back. `totals`: what the harness
    counted.
    """

    run_id: str
    timestamp: str | None
    candidate_count: int | None
    already_imported: bool
    state: RunState
    on_disk: bool
    importable: bool
    uploaded: bool = False
    harness: str | None = None
    harness_version: str | None = None
    source: str | None = None
    models: list[str] = []
    read: int = 0
    imported: int = 0
    skipped: int = 0
    rejected: int = 0
    passed: int = 0
    errored: int = 0
    unscored: int = 0
    kept: int = 0
    replaced_characters: int = 0
    bytes_read: int = 0
    bytes_total: int = 0
    remaining: int = 0
    hidden: int = 0
    files: list[RunFile] = []
    options: Annotated[ImportOptions, msgspec.Meta(title="ImportOptions")] = ImportOptions()
    notes: dict[str, int] = {}
    totals: list[RunTotal] = []


Look = Callable[[Path], list[RunSource]]


class _Counted(msgspec.Struct):
    total: int = 0
    remaining: int = 0
    hidden: int = 0
    models: set[str] = msgspec.field(default_factory=set)


def list_runs(database: Database, bench_folder: Path | None, look: Look = scan) -> list[RunSummary]:
    """Every run, newest first; `look` finds those in the folder."""
    found = look(bench_folder) if bench_folder else []
    with database.read() as connection:
        stored = connection.execute(_stored()).all()
        counted = _count(connection)
        totals = _totals(connection)
    runs = _merge(database, found, stored, counted, totals)
    return sorted(runs, key=lambda run: (run.timestamp or "", run.run_id), reverse=True)


def find_source(database: Database, bench_folder: Path | None, run_id: str, look: Look = scan) -> RunSource:
    """The files in the results folder of a run that `list_runs` shows.

    Raises:
        UnknownRun: there is no results folder, or no run in it has that id.
    """
    if bench_folder is None:
        raise UnknownRun("No results folder is set. Set it on the Runs page or by AVOCET_BENCH_RESULTS_DIR.")
    if not bench_folder.is_dir():
        raise UnknownRun(f"The results folder {bench_folder} is missing.", run_id=run_id)
    with database.read() as connection:
        stored = connection.execute(_stored()).all()
    # a look that began before the run was there does not see it: the next one does
    for _ in range(2):
        for source, name in _named(look(bench_folder), stored):
            if name == run_id:
                return source
    raise UnknownRun(f"There is no run {run_id!r:.120} in the results folder.", run_id=run_id)


def count_new(database: Database, found: list[RunSource]) -> int:
    """Count those of the found runs that nobody has imported."""
    with database.read() as connection:
        known = set(connection.scalars(select(Run.path)))
    return sum(source.key not in known for source in found)


def rejected_lines(database: Database, run_id: str) -> list[RejectedLine]:
    """The lines of a run's last import that could not become candidates.

    Raises:
        UnknownRun: no such run was imported.
    """
    query = (
        select(*(getattr(RejectedLineRow, name) for name in RejectedLine.__struct_fields__))
        .join(Run, Run.pk == RejectedLineRow.run_pk)
        .where(Run.run_id == run_id)
        .order_by(RejectedLineRow.file, RejectedLineRow.line_number)
    )
    with database.read() as connection:
        find_run(connection, run_id)
        return [RejectedLine(**row._mapping) for row in connection.execute(query)]


def _stored() -> Select[Any]:
    return select(Run.__table__).order_by(Run.pk)


def _count(connection: Connection) -> defaultdict[int, _Counted]:
    counted: defaultdict[int, _Counted] = defaultdict(_Counted)
    for key, n in counters.read(connection, hidden_too=True):
        run = counted[key.run_pk]
        is_hidden = key.status == HIDDEN
        run.total += 0 if is_hidden else n
        run.hidden += n if is_hidden else 0
        run.remaining += n if key.status == "needs_review" else 0
        if key.model_name:
            run.models.add(key.model_name)
    return counted


def _totals(connection: Connection) -> defaultdict[int, list[RunTotal]]:
    columns = [getattr(RunTotalRow, name) for name in RunTotal.__struct_fields__]
    totals: defaultdict[int, list[RunTotal]] = defaultdict(list)
    query = select(RunTotalRow.run_pk, *columns).order_by(RunTotalRow.model_name, RunTotalRow.task_type)
    for row in connection.execute(query):
        values = row._asdict()
        totals[values.pop("run_pk")].append(RunTotal(**values))
    return totals


def _named(found: list[RunSource], stored: Sequence[Row[Any]]) -> list[tuple[RunSource, str]]:
    """Each run on disk with its id: the one it was imported under last, else its name, with a number if taken."""
    by_path = {row.path: row.run_id for row in stored}
    taken = {row.run_id for row in stored}
    named = []
    for source in found:
        run_id = by_path.get(source.key) or free_name(source.name, taken)
        taken.add(run_id)
        named.append((source, run_id))
    return named


def _merge(
    database: Database,
    found: list[RunSource],
    stored: Sequence[Row[Any]],
    counted: defaultdict[int, _Counted],
    totals: defaultdict[int, list[RunTotal]],
) -> list[RunSummary]:
    sources = {run_id: source for source, run_id in _named(found, stored)}
    known = [_known(database, row, counted[row.pk], totals[row.pk], sources.get(row.run_id)) for row in stored]
    names = {run.run_id for run in known}
    return known + [_new(run_id, source) for run_id, source in sources.items() if run_id not in names]


def listed_passes(database: Database, run_ids: Sequence[str]) -> int:
    """How many items that passed are listed in these runs' files, so that an import can keep them."""
    query = select(func.sum(ItemGroup.passed)).join(Run, Run.pk == ItemGroup.run_pk).where(Run.run_id.in_(run_ids))
    with database.read() as connection:
        return int(connection.scalar(query) or 0)


def _new(run_id: str, source: RunSource) -> RunSummary:
    return RunSummary(
        run_id=run_id,
        timestamp=source.timestamp,
        candidate_count=_lines(source.importer, source.path),
        already_imported=False,
        state="new",
        on_disk=True,
        importable=True,
        harness=source.importer,
        bytes_total=source.size or 0,
    )


def _known(
    database: Database, row: Row[Any], counted: _Counted, totals: list[RunTotal], source: RunSource | None
) -> RunSummary:
    size = source.size if source else size_of([Path(row.path)]) if row.path else None
    state = _state(database, row, size)
    counts = {name: getattr(row, name) for name in ImportCounts.__struct_fields__}
    items = row.read if state == "imported" else _lines(row.harness, Path(row.path or ""))
    return RunSummary(
        **counts,
        timestamp=row.timestamp,
        candidate_count=counted.total if size is None else items,
        already_imported=state in ("imported", "changed", "removed"),
        state=state,
        on_disk=size is not None,
        importable=source is not None,
        uploaded=(row.path or "").startswith("upload:"),
        harness=row.harness,
        harness_version=row.harness_version,
        source=row.source,
        models=sorted(counted.models | {total.model_name for total in totals if total.model_name}),
        bytes_read=row.bytes_read,
        bytes_total=row.bytes_total,
        remaining=counted.remaining,
        hidden=counted.hidden,
        files=msgspec.json.decode(row.files or "[]", type=list[RunFile]),
        options=msgspec.json.decode(row.options or "{}", type=ImportOptions),
        notes=msgspec.json.decode(row.notes or "{}"),
        totals=totals,
    )


def _lines(importer: str | None, path: Path) -> int | None:
    """How many items a file holds; None for other formats than candidate lines, whose files have to be read first."""
    return count_lines(path) if importer == CfOrch.name else None


def _state(database: Database, row: Row[Any], size: int | None) -> RunState:
    if row.removed_at is not None:
        return "removed"
    if row.state == "importing":
        return "importing" if database.is_held(f"import:{row.run_id}") else "interrupted"
    return "changed" if size is not None and size != row.bytes_total else "imported"
