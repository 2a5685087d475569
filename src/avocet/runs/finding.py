"""Which run the files belong to: one that the desk has, or a new one (docs/decisions/0003-identity.md)."""

from __future__ import annotations

from pathlib import Path

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, select

from avocet.importers.base import Reading
from avocet.models import Counter, Run, RunTotalRow
from avocet.runs.fingerprint import RunFile, starts_with
from avocet.runs.identity import free_run_id
from avocet.runs.sources import RunSource


def run_id_of(connection: Connection, source: RunSource, reading: Reading, files: list[RunFile]) -> str:
    """The run's id: that of the run it is, else its name, with a suffix if another run has that name.

    If the harness named the run, that name decides: the same name in another place is the same run, and another name
    in the same place is another run. A time alone does not name a run: the model has to be the same too or, if a
    model is not known, the folder or a file. If the harness gave no name, the path decides. An upload has no path:
    it is the run that was imported before from a file of the same name, if its file begins with that one. Files of
    the same name that came together are told apart by their folders.
    """
    info = reading.info
    if info.run_id is not None:
        query = select(Run.pk, Run.run_id, Run.path, Run.files)
        query = query.where(Run.harness == info.harness, Run.harness_run_id == info.run_id)
        for run in connection.execute(query.order_by(Run.pk)):
            if not reading.is_dated or _is_same(connection, run, source, info.models, files):
                return str(run.run_id)
    if info.run_id is None:
        for place in _places(source):
            same_place = select(Run.run_id, Run.files).where(place, Run.harness_run_id.is_(None))
            for row in connection.execute(same_place.order_by(Run.pk.desc())):
                if not source.uploaded or _is_grown(source, row):
                    return str(row.run_id)
    return free_run_id(connection, source.name)


def was_imported_alike(connection: Connection, run_id: str, files: list[RunFile], options: str | None) -> bool:
    """Whether the run's last import read the same files with the same options to the end."""
    query = select(Run.files, Run.options).where(Run.run_id == run_id, Run.state == "imported")
    row = connection.execute(query).one_or_none()
    return row is not None and (_files(row.files), row.options) == (files, options)


def _is_same(
    connection: Connection,
    run: Row[int, str, str | None, str | None],
    source: RunSource,
    models: list[str],
    files: list[RunFile],
) -> bool:
    """Whether a run with the same time is the same run."""
    names = {model.rstrip("/").rpartition("/")[2] or model for model in models}
    known = _models(connection, run.pk)
    if names & known:
        return True
    if names and known:
        return False
    here = {file.sha256 for file in files}
    if any(file.bytes and file.sha256 in here for file in _files(run.files)):
        return True
    return not source.uploaded and Path(run.path or "").parent == source.path.parent


def _models(connection: Connection, run_pk: int) -> set[str]:
    """The models of a run's cards or, if it has no cards, those that the harness counted."""
    carded = select(Counter.model_name).where(Counter.run_pk == run_pk, Counter.n > 0)
    counted = select(RunTotalRow.model_name).where(RunTotalRow.run_pk == run_pk)
    return (set(connection.scalars(carded)) or set(connection.scalars(counted))) - {""}


def _places(source: RunSource) -> list[ColumnElement[bool]]:
    """The conditions for where the run may have been imported from before, the likeliest first."""
    places = [Run.path == source.key]
    if source.uploaded and source.shares_name:
        # uploaded alone before, or with a version that did not look at folders
        places.append(Run.path == source.common_key)
    elif source.uploaded:
        # uploaded before beside other files of its name
        places.append(Run.path.startswith("upload:") & Run.path.endswith(f"/{source.path.name}", autoescape=True))
    return places


def _is_grown(source: RunSource, row: Row[str, str | None]) -> bool:
    """Whether each file begins with the one that was imported before."""
    known = _files(row.files)
    return len(known) == len(source.parts) and all(
        file.bytes and starts_with(part.path, file) for part, file in zip(source.parts, known, strict=True)
    )


def _files(stored: str | None) -> list[RunFile]:
    return msgspec.json.decode(stored or "[]", type=list[RunFile])
