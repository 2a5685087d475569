"""Importing: a run's files become candidates, batch by batch, with every item accounted for."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from avocet.db import Database, insert_numbered, now
from avocet.domain import STATUSES
from avocet.errors import (
    STORAGE_ERRORS,
    Cancelled,
    Contended,
    RunUnreadable,
)
from avocet.importers import choose, registry
from avocet.importers.base import KEPT, Importer, ImportOptions, Reading, ReadItem
from avocet.models import HIDDEN, Candidate, RejectedLineRow, Run, RunTotalRow
from avocet.review import counters
from avocet.runs.arrivals import enter, tag
from avocet.runs.batches import batches, rare_collections
from avocet.runs.counts import ImportCounts, ImportReport, OnProgress, Progress, added, with_what_came_in
from avocet.runs.finding import run_id_of, was_imported_alike
from avocet.runs.fingerprint import RunFile, hash_files
from avocet.runs.item_names import GroupKey
from avocet.runs.keeping import Keeper, as_before, seed_of
from avocet.runs.known import Known, Place, known_cards, last_older_card
from avocet.runs.ledger import Ledger
from avocet.runs.rows import Row, candidate_row, encode
from avocet.runs.sorting import RunTotal, SortedBatch, sort
from avocet.runs.sources import RunSource
from avocet.runs.taking_back import bring_back

RETRIES = 5
COUNTED_OTHERWISE = (
    "New from the same files: an older version counted it as passed, errored, unscored, rejected or known already."
)
BROUGHT_BACK = "Cards of this run that were taken back come back by importing it again."


def import_run(
    database: Database,
    source: RunSource,
    *,
    importer_name: str | None = None,
    options: ImportOptions | None = None,
    dry_run: bool = False,
    on_progress: OnProgress | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Import one run. Importing it again skips the items that are here, and finishes an import that was cut off.

    Each batch is committed together with its counters. A `dry_run` reads and sorts, and writes nothing.

    Raises:
        Unrecognised: no importer knows the file.
        RunUnreadable: the file can't be read.
        ChoiceNeeded: the person has to choose an option first.
        AlreadyImporting: the same run is being imported right now.
        Cancelled: `is_cancelled` returned True; what was committed stays.
    """
    options = options or ImportOptions()
    name = importer_name or source.importer
    importer = registry()[name] if name in registry() and not importer_name else choose(source.parts[0].path, name)
    if source.size is None:
        raise RunUnreadable(f"{source.path} can't be read: the file is not there any more.")
    with rare_collections():
        reading = importer.read(source.parts, options)
        files = hash_files(source.parts, is_cancelled)
        under_way = _Import(database, source, importer, reading, files, options, on_progress, is_cancelled)
        if dry_run:
            return under_way.rehearse()
        while True:
            run_id = under_way.run_id()
            with database.hold(f"import:{run_id}"):
                # another import may have taken the name while this one waited for the lock
                if under_way.run_id() == run_id:
                    return under_way.run(run_id)


_of_run = update(Run).where(Run.pk == bindparam("of_run"))


class _Prepared(NamedTuple):
    """A batch that is ready to be written."""

    batch: list[ReadItem]
    sorted_batch: SortedBatch
    rows: list[Row]
    cards: dict[str, int]


class _Inserted(NamedTuple):
    """A batch whose commit is under way, and the import's counts once it is done."""

    batch: list[ReadItem]
    sorted_batch: SortedBatch
    counts: ImportCounts
    groups: dict[GroupKey, int]
    commit: Future[None]


class _Import:
    """One import under way."""

    def __init__(
        self,
        database: Database,
        source: RunSource,
        importer: Importer,
        reading: Reading,
        files: list[RunFile],
        options: ImportOptions,
        on_progress: OnProgress | None,
        is_cancelled: Callable[[], bool],
    ) -> None:
        self.database = database
        self.source = source
        self.importer = importer
        self.reading = reading
        self.info = reading.info
        self.items = reading.items
        self.files = files
        self.options = options
        self.on_progress = on_progress
        self.is_cancelled = is_cancelled
        self.bytes_total = sum(file.bytes for file in files)
        self.counts = ImportCounts(run_id="")
        self.totals: dict[GroupKey, RunTotal] = {}
        self.notes: Tally[str] = Tally()
        self.place = Place(self.info, "")
        self.last_older = 0
        self.keeper = Keeper(options, 0)
        self.ledger = Ledger(0, 0, is_older=False)

    def run_id(self) -> str:
        with self.database.read() as connection:
            return run_id_of(connection, self.source, self.reading, self.files)

    def run(self, run_id: str) -> ImportReport:
        self.counts = ImportCounts(run_id=run_id)
        again = self._find_place()
        run_pk = self._begin()
        try:
            self._store(run_pk)
            self.notes[COUNTED_OTHERWISE] = self.counts.imported * again
            self.database.change(lambda connection: self._finish(connection, run_pk))
        except STORAGE_ERRORS as error:
            raise with_what_came_in(error, self.counts) from error.__cause__
        return self._report()

    def _store(self, run_pk: int) -> None:
        self._store_items(run_pk, self.keeper.every(self.items), is_again=False)
        chosen = self.keeper.chosen(lambda: self.importer.read(self.source.parts, self.options).items)
        self._store_items(run_pk, chosen, is_again=True)

    def _store_items(self, run_pk: int, items: Iterator[ReadItem], *, is_again: bool) -> None:
        """Store items; `is_again`: they went by before, and only their cards are new."""
        with ThreadPoolExecutor(1, "commit") as disk:
            before: _Inserted | None = None
            # the next batch is read and sorted while the disk takes the one before
            for batch in batches(items):
                if not is_again:
                    self.keeper.look(batch)
                ready = self._prepare(run_pk, batch, before, is_again=is_again)
                self._await(before)
                before = self._insert(run_pk, ready, disk)
            self._await(before)

    def rehearse(self) -> ImportReport:
        """Report what `run` would do, without writing."""
        self.counts = ImportCounts(run_id=self.run_id())
        again = self._find_place()
        self.keeper = Keeper(self.options, 0)
        seen: dict[str, Known] = {}
        with self.database.read() as connection:
            self.notes[BROUGHT_BACK] = counters.total(connection, status=HIDDEN, run_id=[self.counts.run_id])
            for batch in batches(self.keeper.every(self.items)):
                self.keeper.look(batch)
                known = known_cards(connection, batch, self.place, self.last_older)
                sorted_batch = sort(batch, self.place, {**known, **seen})
                seen.update(sorted_batch.new())
                self.counts = added(self.counts, sorted_batch.tally)
                self._tell(sorted_batch, batch)
                if self.is_cancelled():
                    raise Cancelled("The preview was stopped.")
        self.notes[COUNTED_OTHERWISE] = self.counts.imported * again
        self.counts.kept += self.keeper.counts()
        return self._report()

    def _find_place(self) -> bool:
        """Set the run that the items belong to; return whether the same files were imported into it before."""
        with self.database.read() as connection:
            self.place = Place.of(connection, self.reading, self.counts.run_id)
            self.last_older = last_older_card(connection)
            before = connection.scalar(select(Run.options).where(Run.run_id == self.counts.run_id))
            self.options = as_before(self.options, before)
            return was_imported_alike(connection, self.counts.run_id, self.files, encode(self.options))

    def _tell(self, sorted_batch: SortedBatch, batch: list[ReadItem]) -> None:
        self.notes.update(sorted_batch.notes)
        for key, total in sorted_batch.totals.items():
            self.totals[key] = total.plus(self.totals[key]) if key in self.totals else total
        if self.on_progress:
            drafts = [card.draft for card in sorted_batch.cards]
            progress = Progress(self.counts, batch[-1].bytes_read, self.bytes_total, sorted_batch.rejected, drafts)
            self.on_progress(progress)

    def _report(self) -> ImportReport:
        counts = msgspec.structs.asdict(self.counts)
        return ImportReport(**counts, info=self.info, totals=list(self.totals.values()), notes=dict(+self.notes))

    def _begin(self) -> int:
        values = {
            **msgspec.structs.asdict(ImportCounts(run_id=self.counts.run_id)),
            "harness": self.info.harness,
            "harness_version": self.info.harness_version,
            "harness_run_id": self.info.run_id,
            "path": self.source.key,
            "files": encode(self.files),
            "options": encode(self.options),
            "notes": None,
            "timestamp": self.info.timestamp or self.source.timestamp,
            "state": "importing",
            "bytes_read": 0,
            "bytes_total": self.bytes_total,
            "started_at": now(),
            "finished_at": None,
        }
        return self.database.change(lambda connection: self._begin_with(connection, values))

    def _begin_with(self, connection: Connection, values: dict[str, Any]) -> int:
        here = select(Run.pk, Run.imports, Run.seed).where(Run.run_id == self.counts.run_id)
        row = connection.execute(here).one_or_none()
        number = row.imports + 1 if row else 1
        seed = (row and row.seed) or seed_of(self.counts.run_id)
        values |= {"imports": number, "seed": seed}
        if row is None:
            # until a line names its own
            first = {**values, "source": self.info.harness}
            run_pk = connection.execute(insert(Run).values(first).returning(Run.pk)).scalar_one()
        else:
            run_pk = row.pk
            connection.execute(update(Run).where(Run.pk == run_pk).values(values))
            connection.execute(delete(RejectedLineRow).where(RejectedLineRow.run_pk == run_pk))
            self.notes[BROUGHT_BACK] = bring_back(connection, run_pk)
        self.keeper = Keeper(self.options, seed)
        self.ledger = Ledger(run_pk, number + 1, is_older=row is not None)
        return run_pk

    def _prepare(
        self, run_pk: int, batch: list[ReadItem], before: _Inserted | None = None, *, is_again: bool = False
    ) -> _Prepared:
        """Do all that needs no write lock, so that reviewers wait only for the inserts."""
        with self.database.read() as connection:
            known = known_cards(connection, batch, self.place, self.last_older)
        if before:
            known.update(before.sorted_batch.new())
        sorted_batch = sort(batch, self.place, known)
        if is_again:
            sorted_batch = sorted_batch.cards_alone()
        rows = [candidate_row(run_pk, card) for card in sorted_batch.cards]
        cards = {candidate_id: card.seq for candidate_id, card in known.items() if card.seq is not None}
        return _Prepared(batch, sorted_batch, rows, cards)

    def _insert(self, run_pk: int, ready: _Prepared, disk: Executor) -> _Inserted:
        """Write a batch in one transaction, to be committed on `disk`; retry if another import took an id."""
        for attempt in range(1, RETRIES + 1):
            try:
                with ExitStack() as transaction:
                    connection = transaction.enter_context(self.database.write())
                    counts, groups = self._write(connection, run_pk, ready)
                    commit = transaction.pop_all().close
                break
            except (IntegrityError, Contended):
                if attempt == RETRIES:
                    raise
                ready = self._prepare(run_pk, ready.batch)
        return _Inserted(ready.batch, ready.sorted_batch, counts, groups, disk.submit(commit))

    def _await(self, inserted: _Inserted | None) -> None:
        """Wait until a batch is committed, and report it."""
        if inserted is None:
            return
        inserted.commit.result()
        self.ledger.committed(inserted.groups)
        self.counts = inserted.counts
        self._tell(inserted.sorted_batch, inserted.batch)
        if self.is_cancelled():
            raise Cancelled("The import was stopped. What was imported by then is here; import again for the rest.")

    def _write(
        self, connection: Connection, run_pk: int, ready: _Prepared
    ) -> tuple[ImportCounts, dict[GroupKey, int]]:
        batch, sorted_batch, rows, cards = ready
        if rows:
            tag(connection, rows, sorted_batch.cards)
            insert_numbered(connection, Candidate.__tablename__, "seq", "id", rows)
            enter(connection, rows, sorted_batch.cards)
        if sorted_batch.rejected:
            lines = [{"run_pk": run_pk, **msgspec.structs.asdict(line)} for line in sorted_batch.rejected]
            connection.execute(insert(RejectedLineRow), lines)
        made = {row["seq"]: row["item_outcome"] for row in rows}
        new = {row["id"]: row["seq"] for row in rows}
        groups = self.ledger.record(connection, sorted_batch.rows, {**cards, **new}, made, sorted_batch.counted)
        counts = added(self.counts, sorted_batch.tally)
        values = {**msgspec.structs.asdict(counts), "bytes_read": batch[-1].bytes_read}
        if sorted_batch.cards:
            values["source"] = sorted_batch.cards[0].draft.source
        connection.execute(_of_run, {"of_run": run_pk, **values})
        return counts, groups

    def _finish(self, connection: Connection, run_pk: int) -> None:
        """Store the end of the import: the hash of a single file, and what the harness counted per task and model.

        Totals of tasks that are not in these files stay: a harness run may come file by file.
        """
        self.counts.kept = sum(
            counters.total(connection, status=status, run_id=[self.counts.run_id], outcome=outcome)
            for status in STATUSES
            for outcome in KEPT
        )
        values = {
            "state": "imported",
            "sha256": self.files[0].sha256 if len(self.files) == 1 else None,
            "bytes_read": self.bytes_total,
            "notes": encode(dict(+self.notes) or None),
            "finished_at": now(),
            "kept": self.counts.kept,
        }
        connection.execute(update(Run).where(Run.pk == run_pk).values(values))
        self.ledger.finish(connection, self.keeper.last_places(self.ledger.groups))
        for total in self.totals.values():
            same = (RunTotalRow.model_name == total.model_name, RunTotalRow.task_type == total.task_type)
            connection.execute(delete(RunTotalRow).where(RunTotalRow.run_pk == run_pk, *same))
            connection.execute(insert(RunTotalRow).values(run_pk=run_pk, **msgspec.structs.asdict(total)))
