"""Which run files belong to: one that is here, or a new one (docs/decisions/0003-identity.md)."""

from __future__ import annotations

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, select

from avocet.importers.base import SourceInfo
from avocet.models import Run
from avocet.runs.fingerprint import FileHash, starts_with
from avocet.runs.identity import free_run_id
from avocet.runs.sources import RunSource


def run_id_of(connection: Connection, source: RunSource, info: SourceInfo, files: list[FileHash]) -> str:
    """The run's id: the one it has, else its name, with a suffix when another run has that name.

    The harness's own name of the run decides where it gave one: the same run from another place is the same run, and
    another run in the same place is another. Else the path decides; for an upload, which has none, the file's name
    and that it begins with what was imported under that name before. Files of one name that came together are told
    apart by their folders.
    """
    if info.run_id is not None:
        query = select(Run.run_id).where(Run.harness == info.harness, Run.harness_run_id == info.run_id)
        if known := connection.scalar(query.order_by(Run.pk)):
            return known
    if info.run_id is None:
        for place in _places(source):
            same_place = select(Run.run_id, Run.files).where(place, Run.harness_run_id.is_(None))
            for row in connection.execute(same_place.order_by(Run.pk.desc())):
                if not source.uploaded or _is_grown(source, row):
                    return str(row.run_id)
    return free_run_id(connection, source.name)


def _places(source: RunSource) -> list[ColumnElement[bool]]:
    """Where the run may have been imported from before, the likeliest first."""
    places = [Run.path == source.key]
    if source.uploaded and source.shares_name:
        # dropped alone before, or by a version that did not look at folders
        places.append(Run.path == source.common_key)
    elif source.uploaded:
        # dropped before beside others of its name
        places.append(Run.path.startswith("upload:") & Run.path.endswith(f"/{source.path.name}", autoescape=True))
    return places


def _is_grown(source: RunSource, row: Row[str, str | None]) -> bool:
    known = msgspec.json.decode(row.files or "[]", type=list[FileHash])
    return len(known) == len(source.parts) and all(
        file.bytes and starts_with(part.path, file) for part, file in zip(source.parts, known, strict=True)
    )
