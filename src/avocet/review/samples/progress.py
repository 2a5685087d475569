"""How far samples are read.

Only the longest beginning of each part that was read without a gap is a random choice of its cards: a card that
waits, or that was decided in bulk without being opened, ends it. Cards of a run that was taken back whole count
nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Subquery, and_, case, func, not_, or_, select

from avocet.db import AnySelect, Database
from avocet.domain import DOCUMENT, STATUSES, JsonObject, Outcome
from avocet.errors import UnknownSample
from avocet.models import Candidate, Run, Sample, SampleFrame, SampleMember
from avocet.review.samples.asking import Part, Per

_DECIDED = tuple(status for status in STATUSES if status != "needs_review")
_is_read: ColumnElement[bool] = and_(Candidate.is_read, Candidate.reading.is_not(None))
_is_decided: ColumnElement[bool] = Candidate.status.in_(_DECIDED)


class PartProgress(msgspec.Struct, frozen=True):
    """A part of a sample, and how far it is read.

    It was drawn from `cards` cards, which stand for `size` items; `unopened` more matched, but were decided in bulk.
    Of its `members`, `waiting` wait for review, `decided` are decided, `unread` of them without being opened, and
    `prefix` were read in order, without a gap.
    """

    part: Part
    cards: int
    size: int
    unopened: int
    members: int
    waiting: int
    decided: int
    unread: int
    prefix: int


class SampleProgress(msgspec.Struct, frozen=True):
    """A sample, and how far it is read. The numbers are the sums of its parts'.

    `last_card` and `last_decision` are the highest numbers at its drawing: what came later is no part of it.
    """

    name: str
    filter: Annotated[JsonObject, DOCUMENT]
    per: list[Per]
    seed: int
    reviewer: str
    at: str
    last_card: int
    last_decision: int
    cards: int
    size: int
    unopened: int
    members: int
    waiting: int
    decided: int
    unread: int
    prefix: int
    parts: list[PartProgress]


_COUNTS = ("cards", "size", "unopened", "members", "waiting", "decided", "unread", "prefix")


def get(database: Database, name: str) -> SampleProgress:
    """The sample of that name.

    Raises:
        UnknownSample: there is none.
    """
    with database.read() as connection:
        return read(connection, name)


def read_all(database: Database) -> list[SampleProgress]:
    """Every sample, newest first."""
    with database.read() as connection:
        rows = connection.execute(select(Sample.__table__).order_by(Sample.pk.desc())).all()
        return _progress(connection, rows)


def of_run(connection: Connection, run_pk: int) -> list[SampleProgress]:
    """The samples that were drawn from cards of this run too, newest first."""
    pks = select(SampleFrame.sample_pk).where(SampleFrame.run_pk == run_pk)
    query = select(Sample.__table__).where(Sample.pk.in_(pks)).order_by(Sample.pk.desc())
    return _progress(connection, connection.execute(query).all())


def read(connection: Connection, name: str) -> SampleProgress:
    """As `get`, in the caller's transaction."""
    return _progress(connection, [need(connection, name)])[0]


def outcomes(database: Database, name: str) -> set[Outcome]:
    """The outcomes of the cards that the sample of that name was drawn from."""
    query = select(SampleFrame.outcome).join(Sample, Sample.pk == SampleFrame.sample_pk)
    with database.read() as connection:
        return set(connection.scalars(query.where(Sample.name == name, SampleFrame.cards > 0)))


def find(connection: Connection, name: str) -> Row[Any] | None:
    """The row of the sample of that name, if there is one."""
    # no stored name holds a NUL, and PostgreSQL would refuse the parameter
    if "\x00" in name:
        return None
    return connection.execute(select(Sample.__table__).where(Sample.name == name)).one_or_none()


def need(connection: Connection, name: str) -> Row[Any]:
    """The row of the sample of that name.

    Raises:
        UnknownSample: there is none.
    """
    row = find(connection, name)
    if row is None:
        raise UnknownSample(f"There is no sample {name!r:.120}.", name=name)
    return row


def part_of(name: str) -> Part:
    """The part that rows store under this name."""
    return msgspec.json.decode(name, type=Part)


def per_of(row: Row[Any]) -> list[Per]:
    """By what a sample is divided, of its row."""
    return msgspec.json.decode(row.per, type=list[Per])


def members() -> AnySelect:
    """The members of all samples with their cards and runs, but for those of runs that were taken back whole."""
    query: AnySelect = select().select_from(SampleMember)
    query = query.join(Candidate, Candidate.seq == SampleMember.candidate_seq).join(Run, Run.pk == Candidate.run_pk)
    return query.where(Run.removed_at.is_(None))


def stops(condition: ColumnElement[bool]) -> Subquery:
    """Of the samples that fit, the place in each part (`at`) of the first member that nobody has read."""
    here = (SampleMember.sample_pk, SampleMember.part)
    query = members().add_columns(*here, func.min(SampleMember.place_in_part).label("at"))
    return query.where(condition, not_(_is_read)).group_by(*here).subquery("stops")


def of_prefix(query: AnySelect, stop: Subquery) -> tuple[AnySelect, ColumnElement[bool]]:
    """`query`, of members, joined to the stops of their parts, and whether a member stands before its stop."""
    here = and_(stop.c.sample_pk == SampleMember.sample_pk, stop.c.part == SampleMember.part)
    return query.outerjoin(stop, here), or_(stop.c.at.is_(None), SampleMember.place_in_part < stop.c.at)


def _progress(connection: Connection, rows: Iterable[Row[Any]]) -> list[SampleProgress]:
    rows = list(rows)
    pks = [row.pk for row in rows]
    framed = _framed(connection, pks)
    counted = _counted(connection, SampleMember.sample_pk.in_(pks))
    found = []
    for row in rows:
        parts = [
            PartProgress(part_of(name), *numbers, *counted.get((row.pk, name), (0, 0, 0, 0, 0)))
            for name, numbers in framed[row.pk]
        ]
        sums = {name: sum(getattr(part, name) for part in parts) for name in _COUNTS}
        found.append(
            SampleProgress(
                name=row.name,
                filter=msgspec.json.decode(row.filter),
                per=per_of(row),
                seed=row.seed,
                reviewer=row.reviewer,
                at=row.at,
                last_card=row.last_card,
                last_decision=row.last_decision,
                **sums,
                parts=parts,
            )
        )
    return found


def _framed(connection: Connection, pks: list[int]) -> dict[int, list[tuple[str, tuple[int, int, int]]]]:
    """The parts of each sample, by name, with the sums of their cards, sizes and unopened cards."""
    sums = (func.sum(SampleFrame.cards), func.sum(SampleFrame.size), func.sum(SampleFrame.unopened))
    here = (SampleFrame.sample_pk, SampleFrame.part)
    query = select(*here, *sums).where(SampleFrame.sample_pk.in_(pks)).group_by(*here).order_by(SampleFrame.part)
    found = defaultdict(list)
    for pk, part, cards, size, unopened in connection.execute(query):
        found[pk].append((part, (cards, size, unopened)))
    return found


def _counted(connection: Connection, condition: ColumnElement[bool]) -> dict[tuple[int, str], tuple[int, ...]]:
    """Of each sample and part: members, waiting, decided, unread, prefix."""
    query, is_before = of_prefix(members(), stops(condition))
    here = (SampleMember.sample_pk, SampleMember.part)
    query = query.add_columns(
        *here,
        func.count(),
        _sum(Candidate.status == "needs_review"),
        _sum(_is_decided),
        _sum(and_(_is_decided, not_(_is_read))),
        _sum(is_before),
    )
    rows = connection.execute(query.where(condition).group_by(*here))
    return {(pk, part): tuple(numbers) for pk, part, *numbers in rows}


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
