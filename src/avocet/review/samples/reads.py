"""What a score report needs of samples: what each was drawn from, and what its random reads say."""

from __future__ import annotations

from collections import defaultdict

import msgspec
from sqlalchemy import Connection, func, select

from avocet.categories import FailureCategory
from avocet.domain import ItemOutcome, Outcome
from avocet.faults import CheckFault, Reading
from avocet.models import Candidate, Sample, SampleFrame, SampleMember
from avocet.review.samples import progress
from avocet.review.samples.asking import Part


class FrameRow(msgspec.Struct, frozen=True):
    """What a part was drawn from, for one model, task and outcome of the run: see `models.SampleFrame`."""

    part: Part
    model_name: str
    task_type: str
    outcome: Outcome
    cards: int
    size: int
    unopened: int


class PrefixRead(msgspec.Struct, frozen=True):
    """How many random reads of a part say this of an item and its check.

    `item_outcome` is the item's by the last import. It differs from the part's outcome where a later import scored
    the item otherwise.
    """

    part: Part
    model_name: str
    task_type: str
    item_outcome: ItemOutcome
    reading: Reading
    failure_category: FailureCategory | None
    check_fault: CheckFault | None
    n: int


class SampleReads(msgspec.Struct, frozen=True):
    """A sample as far as it concerns one run; the empty string stands for a model or task that is null.

    `last_card` and `last_decision` are the highest numbers at its drawing.
    """

    name: str
    last_card: int
    last_decision: int
    frame: list[FrameRow]
    reads: list[PrefixRead]


def reads_of_run(connection: Connection, run_pk: int) -> list[SampleReads]:
    """Every sample that was drawn from cards of this run, oldest first, with its random reads in the run.

    A random read is one of the longest beginning of a part that was read without a gap, whatever runs it spans.
    """
    pks = select(SampleFrame.sample_pk).where(SampleFrame.run_pk == run_pk)
    samples = connection.execute(select(Sample.__table__).where(Sample.pk.in_(pks)).order_by(Sample.pk)).all()
    framed = _frames(connection, run_pk)
    reads = _reads(connection, run_pk, [row.pk for row in samples])
    return [SampleReads(row.name, row.last_card, row.last_decision, framed[row.pk], reads[row.pk]) for row in samples]


def random_cards(connection: Connection, run_pk: int) -> dict[str, list[tuple[str, int]]]:
    """The cards of this run that are random reads, by sample: the name of the part, and the card's number."""
    pks = select(SampleFrame.sample_pk).where(SampleFrame.run_pk == run_pk)
    query, is_before = progress.of_prefix(progress.members(), progress.stops(SampleMember.sample_pk.in_(pks)))
    query = query.add_columns(Sample.name, SampleMember.part, Candidate.seq)
    query = query.join(Sample, Sample.pk == SampleMember.sample_pk)
    query = query.where(SampleMember.sample_pk.in_(pks), is_before, Candidate.run_pk == run_pk)
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, part, seq in connection.execute(query):
        found[name].append((progress.part_of(part).name, seq))
    return found


def _frames(connection: Connection, run_pk: int) -> defaultdict[int, list[FrameRow]]:
    here = (SampleFrame.part, SampleFrame.model_name, SampleFrame.task_type, SampleFrame.outcome)
    counts = (SampleFrame.cards, SampleFrame.size, SampleFrame.unopened)
    query = select(SampleFrame.sample_pk, *here, *counts).where(SampleFrame.run_pk == run_pk)
    found: defaultdict[int, list[FrameRow]] = defaultdict(list)
    for row in connection.execute(query.order_by(*here)):
        values = row._asdict()
        found[values.pop("sample_pk")].append(FrameRow(**{**values, "part": progress.part_of(row.part)}))
    return found


def _reads(connection: Connection, run_pk: int, pks: list[int]) -> defaultdict[int, list[PrefixRead]]:
    is_theirs = SampleMember.sample_pk.in_(pks)
    query, is_before = progress.of_prefix(progress.members(), progress.stops(is_theirs))
    said = (
        func.coalesce(Candidate.model_name, ""),
        func.coalesce(Candidate.task_type, ""),
        Candidate.item_outcome,
        Candidate.reading,
        Candidate.failure_category,
        Candidate.check_fault,
    )
    keys = (SampleMember.sample_pk, SampleMember.part, *said)
    query = query.add_columns(*keys, func.count()).where(is_theirs, is_before, Candidate.run_pk == run_pk)
    found: defaultdict[int, list[PrefixRead]] = defaultdict(list)
    for pk, part, *values in connection.execute(query.group_by(*keys).order_by(*keys)):
        found[pk].append(PrefixRead(progress.part_of(part), *values))
    return found
