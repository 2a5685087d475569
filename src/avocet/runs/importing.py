"""Import: a file becomes candidates, batch by batch, with every line accounted for."""

from __future__ import annotations

import hashlib
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from avocet import counters
from avocet.db import Database, insert_rows, now
from avocet.domain import IMPORT_REVIEWER, CandidateDraft, RejectedLine
from avocet.errors import RunUnreadable
from avocet.importers import choose
from avocet.importers.base import Importer, ReadItem
from avocet.models import Candidate, Decision, RejectedLineRow, Run
from avocet.runs.identity import content_id, free_run_id, text_hash
from avocet.runs.rows import Row, candidate_row, decision_row
from avocet.runs.sources import RunSource

BATCH_ROWS = 500
"""Small enough that a reviewer's submit never waits long for the write lock (the bound is 1,000)."""
BATCH_BYTES = 8 * 1024 * 1024
RETRIES = 5


class ImportCounts(msgspec.Struct, kw_only=True):
    """What became of the lines: `read = imported + skipped + rejected + passed + errored + unscored`.

    `replaced_characters` counts the lines in which a NUL or a lone surrogate became U+FFFD.
    """

    run_id: str
    read: int = 0
    imported: int = 0
    skipped: int = 0
    rejected: int = 0
    passed: int = 0
    errored: int = 0
    unscored: int = 0
    replaced_characters: int = 0


class Progress(msgspec.Struct, frozen=True):
    """Where an import is after a batch; `rejected` are the batch's rejected lines."""

    counts: ImportCounts
    bytes_read: int
    bytes_total: int
    rejected: list[RejectedLine]


OnProgress = Callable[[Progress], None]


class _Sorted(msgspec.Struct):
    """One batch, sorted by what is to be done with each line."""

    drafts: list[tuple[str, str, CandidateDraft]] = []
    rejected: list[RejectedLine] = []
    tally: Tally[str] = msgspec.field(default_factory=Tally)


def import_run(
    database: Database,
    source: RunSource,
    *,
    importer_name: str | None = None,
    dry_run: bool = False,
    on_progress: OnProgress | None = None,
) -> ImportCounts:
    """Import one file; importing it again skips what is there, and finishes what was cut off.

    Commits in batches of `BATCH_ROWS` with their counters. `dry_run` reads and sorts, and writes nothing.

    Raises:
        Unrecognised: no importer knows the file.
        RunUnreadable: the file can't be read.
        AlreadyImporting: the same run is being imported right now.
    """
    importer = choose(source.path, importer_name)
    try:
        stream = source.path.open("rb")
    except OSError as error:
        raise RunUnreadable(f"{source.path} can't be read: {error.strerror}.") from None
    with stream:
        if dry_run:
            return _dry_run(database, source, importer, stream, on_progress)
        while True:
            run_id = _run_id(database, source)
            with database.hold(f"import:{run_id}"):
                # another file may have taken the name while this one waited
                if _run_id(database, source) == run_id:
                    return _Import(database, source, importer, run_id, on_progress).run(stream)


class _Import:
    """One import under way."""

    def __init__(
        self,
        database: Database,
        source: RunSource,
        importer: Importer,
        run_id: str,
        on_progress: OnProgress | None,
    ) -> None:
        self.database = database
        self.on_progress = on_progress
        self.bytes_total = source.path.stat().st_size
        self.counts = ImportCounts(run_id=run_id)
        self.importer = importer
        self.run_pk = self._begin(source)

    def run(self, stream: BinaryIO) -> ImportCounts:
        hashing = _HashingReader(stream)
        bytes_read = 0
        for batch in _batches(self.importer.read(hashing)):
            bytes_read = batch[-1].bytes_read
            rejected = self._commit(batch, bytes_read)
            if self.on_progress:
                self.on_progress(Progress(self.counts, bytes_read, self.bytes_total, rejected))
        with self.database.write() as connection:
            connection.execute(
                update(Run)
                .where(Run.pk == self.run_pk)
                .values(
                    state="imported",
                    sha256=hashing.digest.hexdigest(),
                    bytes_read=hashing.bytes_read,
                    bytes_total=hashing.bytes_read,
                    finished_at=now(),
                )
            )
        return self.counts

    def _begin(self, source: RunSource) -> int:
        values = {
            **msgspec.structs.asdict(ImportCounts(run_id=self.counts.run_id)),
            "harness": self.importer.name,
            "path": str(source.path),
            "timestamp": source.timestamp,
            "state": "importing",
            "bytes_read": 0,
            "bytes_total": self.bytes_total,
            "started_at": now(),
            "finished_at": None,
        }
        with self.database.write() as connection:
            run_pk = connection.scalar(select(Run.pk).where(Run.run_id == self.counts.run_id))
            if run_pk is None:
                # until a line says better
                values["source"] = self.importer.name
                return connection.execute(insert(Run).values(values).returning(Run.pk)).scalar_one()
            connection.execute(update(Run).where(Run.pk == run_pk).values(values))
            connection.execute(delete(RejectedLineRow).where(RejectedLineRow.run_pk == run_pk))
            return run_pk

    def _commit(self, batch: list[ReadItem], bytes_read: int) -> list[RejectedLine]:
        """One transaction; its rejected lines. Another import may take an id first: then once more.

        All that needs no write lock is done before it is taken: reviewers wait for the inserts alone.
        """
        for attempt in range(1, RETRIES + 1):
            with self.database.read() as connection:
                known = _known_hashes(connection, batch, self.counts.run_id)
            sorted_batch = _sort(batch, self.counts.run_id, known)
            rows = [candidate_row(self.run_pk, *draft) for draft in sorted_batch.drafts]
            try:
                with self.database.write() as connection:
                    counts = self._write(connection, sorted_batch, rows, bytes_read)
                break
            except IntegrityError:
                if attempt == RETRIES:
                    raise
        self.counts = counts
        return sorted_batch.rejected

    def _write(self, connection: Connection, sorted_batch: _Sorted, rows: list[Row], bytes_read: int) -> ImportCounts:
        if rows:
            insert_rows(connection, Candidate.__tablename__, rows)
            _settle(connection, self.run_pk, sorted_batch.drafts)
        if sorted_batch.rejected:
            lines = [{"run_pk": self.run_pk, **msgspec.structs.asdict(line)} for line in sorted_batch.rejected]
            connection.execute(insert(RejectedLineRow), lines)
        counts = _add(self.counts, sorted_batch.tally)
        values = {**msgspec.structs.asdict(counts), "bytes_read": bytes_read}
        if sorted_batch.drafts:
            values["source"] = sorted_batch.drafts[0][2].source
        connection.execute(update(Run).where(Run.pk == self.run_pk).values(values))
        return counts


def _dry_run(
    database: Database,
    source: RunSource,
    importer: Importer,
    stream: BinaryIO,
    on_progress: OnProgress | None,
) -> ImportCounts:
    with database.read() as connection:
        run_id = _known_run_id(connection, source) or free_run_id(connection, source.name)
        counts = ImportCounts(run_id=run_id)
        seen: dict[str, str] = {}
        bytes_total = source.path.stat().st_size
        for batch in _batches(importer.read(stream)):
            sorted_batch = _sort(batch, run_id, {**_known_hashes(connection, batch, run_id), **seen})
            seen.update((candidate_id, text) for candidate_id, text, _ in sorted_batch.drafts)
            counts = _add(counts, sorted_batch.tally)
            if on_progress:
                on_progress(Progress(counts, batch[-1].bytes_read, bytes_total, sorted_batch.rejected))
    return counts


def _run_id(database: Database, source: RunSource) -> str:
    """The run's id: the one it has, else its name, with a suffix when another run has that name."""
    with database.read() as connection:
        return _known_run_id(connection, source) or free_run_id(connection, source.name)


def _known_run_id(connection: Connection, source: RunSource) -> str | None:
    return connection.scalar(select(Run.run_id).where(Run.path == str(source.path)))


def _batches(items: Iterable[ReadItem]) -> Iterator[list[ReadItem]]:
    """Bounded in rows, for those who wait for the write lock, and in bytes, for memory."""
    batch: list[ReadItem] = []
    begin = 0
    for item in items:
        batch.append(item)
        if len(batch) == BATCH_ROWS or item.bytes_read - begin >= BATCH_BYTES:
            yield batch
            batch, begin = [], item.bytes_read
    if batch:
        yield batch


def _known_hashes(connection: Connection, batch: list[ReadItem], run_id: str) -> dict[str, str]:
    ids = [_id(item.result, run_id) for item in batch if isinstance(item.result, CandidateDraft)]
    query = select(Candidate.id, Candidate.text_hash).where(Candidate.id.in_(ids))
    return {row[0]: row[1] for row in connection.execute(query)} if ids else {}


def _id(draft: CandidateDraft, run_id: str) -> str:
    if draft.id is None:
        draft.id = content_id(draft, run_id)
    return draft.id


def _sort(batch: list[ReadItem], run_id: str, known: dict[str, str]) -> _Sorted:
    """Tell new, known and conflicting lines apart; `known` maps the ids that exist to their text's hash."""
    result = _Sorted()
    for item in batch:
        result.tally["read"] += 1
        result.tally["replaced_characters"] += item.replaced
        match item.result:
            case CandidateDraft() as draft:
                _sort_draft(draft, item.line_number, run_id, known, result)
            case RejectedLine() as line:
                result.rejected.append(line)
                result.tally["rejected"] += 1
            case outcome:
                result.tally[outcome] += 1
    return result


def _sort_draft(draft: CandidateDraft, line_number: int, run_id: str, known: dict[str, str], result: _Sorted) -> None:
    candidate_id = _id(draft, run_id)
    text = text_hash(draft.prompt_messages, draft.model_response)
    present = known.get(candidate_id)
    if present is None:
        known[candidate_id] = text
        result.drafts.append((candidate_id, text, draft))
        result.tally["imported"] += 1
    elif present == text:
        result.tally["skipped"] += 1
    else:
        reason = f"The id {candidate_id!r:.120} is already here with another prompt or response."
        start = draft.model_response[:200]
        result.rejected.append(RejectedLine(line_number, "id_conflict", reason, start))
        result.tally["rejected"] += 1


def _add(counts: ImportCounts, tally: Tally[str]) -> ImportCounts:
    old = msgspec.structs.asdict(counts)
    return ImportCounts(run_id=old.pop("run_id"), **{name: n + tally[name] for name, n in old.items()})


def _settle(connection: Connection, run_pk: int, drafts: list[tuple[str, str, CandidateDraft]]) -> None:
    """Count the new candidates, and write the decisions that they brought along."""
    tally = Tally(
        counters.key_of(run_pk, draft.model_name, draft.task_type, draft.status, draft.failure_category)
        for _, _, draft in drafts
    )
    counters.move(connection, tally)
    decided = {candidate_id: draft for candidate_id, _, draft in drafts if draft.status != "needs_review"}
    if decided:
        _insert_decisions(connection, decided)


def _insert_decisions(connection: Connection, decided: dict[str, CandidateDraft]) -> None:
    """Earlier work that arrives decided: one decision each, so that history, undo and exports hold for it too."""
    at = now()
    query = select(Candidate.seq, Candidate.id).where(Candidate.id.in_(decided)).order_by(Candidate.seq)
    rows = [decision_row(seq, decided[cid], IMPORT_REVIEWER, at) for seq, cid in connection.execute(query)]
    insert_rows(connection, Decision.__tablename__, rows)
    sequences = [row["candidate_seq"] for row in rows]
    standing = select(func.max(Decision.id)).where(Decision.candidate_seq == Candidate.seq).scalar_subquery()
    connection.execute(
        update(Candidate)
        .where(Candidate.seq.in_(sequences))
        .values(decision_id=standing)
        .execution_options(synchronize_session=False)
    )


class _HashingReader:
    """The stream an importer reads, hashed on the way."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()
        self.bytes_read = 0

    def readline(self, limit: int = -1) -> bytes:
        data = self._stream.readline(limit)
        self.digest.update(data)
        self.bytes_read += len(data)
        return data
