"""What a run's report is made of, read from the counts that imports and decisions keep: no scan of items or cards.

A cell is one model, task and outcome of a run. The empty string stands for no model or no task.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select

from avocet.domain import OUTCOMES, Outcome
from avocet.models import Candidate, ItemGroup, ReadingCounter, Sample, SampleFrame
from avocet.review import lot, samples
from avocet.review.samples.packing import unpack


class CellKey(NamedTuple):
    model_name: str
    task_type: str
    outcome: str


class Said(NamedTuple):
    """What a read says of an item and its check; the empty string stands for null."""

    reading: str
    failure_category: str
    check_fault: str


class ReadCard(NamedTuple):
    """A card that a person read. `is_pass`: it is reviewed as one that passed."""

    seq: int
    key: CellKey
    said: Said
    is_pass: bool


class Framed(NamedTuple):
    """A cell as far as it is in a part of a sample: items that the part stands for, and its random reads.

    `is_lot`: the part stands for items without a card too.
    """

    sample: str
    part: str
    size: int
    reads: Tally[Said]
    is_lot: bool


class Lot(NamedTuple):
    """How many passes of a cell have a card by lot, and what people read of these."""

    cards: int
    said: Tally[Said]


RandomReads = defaultdict[tuple[CellKey, str], Tally[Said]]


class Cell:
    """The items of a cell and what people read of them, in any order and at random."""

    def __init__(self, key: CellKey) -> None:
        self.key = key
        self.items = 0
        self.counted = 0
        self.said: Tally[Said] = Tally()
        self.framed: dict[str, Framed] = {}

    @property
    def is_fully_read(self) -> bool:
        return self.said.total() >= self.items


class RunCells:
    """The cells of a run."""

    def __init__(self, connection: Connection, run_pk: int) -> None:
        self._connection = connection
        self._run_pk = run_pk
        self._cells: dict[CellKey, Cell] = {}
        self._count_items()
        self._count_reads()
        self._read_samples()

    def of(self, outcome: Outcome) -> list[Cell]:
        """The cells of an outcome that have items, by model and task."""
        return self._in_order.get(outcome, [])

    def lot(self, key: CellKey) -> Lot:
        """The passes of a cell that were kept by lot."""
        return self._lots.get(key, Lot(0, Tally()))

    @property
    def groups(self) -> list[tuple[str, str]]:
        """Every model and task that has items."""
        return sorted({(key.model_name, key.task_type) for key, cell in self._cells.items() if cell.items})

    def outside(self, sample: str, key: CellKey) -> Tally[Said]:
        """The reads of a cell's cards that were not in the frame of the sample."""
        return self._outside[sample].get(key, Tally())

    def _cell(self, model_name: str, task_type: str, outcome: str) -> Cell:
        key = CellKey(model_name, task_type, outcome)
        if key not in self._cells:
            self._cells[key] = Cell(key)
        return self._cells[key]

    def _count_items(self) -> None:
        query = select(ItemGroup.__table__).where(ItemGroup.run_pk == self._run_pk)
        for row in self._connection.execute(query).mappings():
            for outcome in OUTCOMES:
                cell = self._cell(row["model_name"], row["task_type"], outcome)
                cell.counted = 0 if outcome == "failed" else row[f"counted_{outcome}"]
                cell.items = row[outcome] + cell.counted

    def _count_reads(self) -> None:
        columns = [
            getattr(ReadingCounter, name)
            for name in ("model_name", "task_type", "outcome", "reading", "failure_category", "check_fault", "n")
        ]
        query = select(*columns).where(ReadingCounter.run_pk == self._run_pk, ReadingCounter.is_read)
        for model, task, outcome, reading, category, fault, n in self._connection.execute(query):
            if n and outcome in OUTCOMES:
                self._cell(model, task, outcome).said[Said(reading, category, fault)] += n

    def _read_samples(self) -> None:
        for sample in samples.reads_of_run(self._connection, self._run_pk):
            reads = self._random_reads(sample)
            for frame in sample.frame:
                cell = self._cell(frame.model_name, frame.task_type, frame.outcome)
                part = frame.part.name
                cell.framed[sample.name] = Framed(
                    sample.name, part, frame.size, reads[cell.key, part], frame.size > frame.cards
                )

    def _random_reads(self, sample: samples.SampleReads) -> RandomReads:
        """What the random reads of a sample say, by cell and part."""
        reads: RandomReads = defaultdict(Tally)
        for read in sample.reads:
            if read.item_outcome == "absent":
                continue
            key = CellKey(read.model_name, read.task_type, read.item_outcome)
            said = Said(read.reading, read.failure_category or "", read.check_fault or "")
            reads[key, read.part.name][said] += read.n
        return reads

    def _said_of_pass(self, row: Row[Any]) -> Said | None:
        """What was read of a pass that was kept by lot; None if nobody read it."""
        if not (row.is_read and row.reading):
            return None
        return Said(row.reading, row.failure_category or "", row.check_fault or "")

    def _read_cards(self) -> Iterable[ReadCard]:
        return read_cards(self._connection, self._run_pk)

    @cached_property
    def _in_order(self) -> dict[str, list[Cell]]:
        found: defaultdict[str, list[Cell]] = defaultdict(list)
        for key, cell in sorted(self._cells.items()):
            if cell.items:
                found[key.outcome].append(cell)
        return found

    @cached_property
    def _lots(self) -> dict[CellKey, Lot]:
        cards: Tally[CellKey] = Tally()
        said: defaultdict[CellKey, Tally[Said]] = defaultdict(Tally)
        for row in lot.readings(self._connection, self._run_pk):
            key = CellKey(row.model_name, row.task_type, "passed")
            cards[key] += 1
            if what := self._said_of_pass(row):
                said[key][what] += 1
        return {key: Lot(n, said[key]) for key, n in cards.items()}

    @cached_property
    def _outside(self) -> dict[str, dict[CellKey, Tally[Said]]]:
        """For each sample, the reads of cards that it was not drawn from.

        Where a lot of the passes stands for all of them, it stands for the other passes that have a card as well.
        """
        read = list(self._read_cards())
        found: dict[str, dict[CellKey, Tally[Said]]] = {}
        for name, frame in self._frames().items():
            outside: defaultdict[CellKey, Tally[Said]] = defaultdict(Tally)
            for seq, key, said, is_pass in read:
                framed = self._cells[key].framed.get(name) if key in self._cells else None
                if seq not in frame and not (is_pass and framed and framed.is_lot):
                    outside[key][said] += 1
            found[name] = outside
        return found

    def _frames(self) -> dict[str, set[int]]:
        """The numbers of the cards that each sample was drawn from."""
        query = select(Sample.name, SampleFrame.numbers).join(Sample, Sample.pk == SampleFrame.sample_pk)
        found: defaultdict[str, set[int]] = defaultdict(set)
        for name, numbers in self._connection.execute(query.where(SampleFrame.run_pk == self._run_pk)):
            found[name].update(unpack(numbers))
        return found


def read_cards(connection: Connection, run_pk: int) -> list[ReadCard]:
    """Every card of a run that a person read."""
    columns = (
        Candidate.seq,
        func.coalesce(Candidate.model_name, ""),
        func.coalesce(Candidate.task_type, ""),
        Candidate.item_outcome,
        Candidate.reading,
        func.coalesce(Candidate.failure_category, ""),
        func.coalesce(Candidate.check_fault, ""),
        Candidate.outcome,
    )
    query = select(*columns).where(Candidate.run_pk == run_pk, Candidate.is_read)
    return [
        ReadCard(seq, CellKey(model, task, outcome), Said(reading or "", category, fault), own == "passed")
        for seq, model, task, outcome, reading, category, fault, own in connection.execute(query)
    ]
