"""Drawing a sample and growing it. The cards are read first, so that the transaction that writes is short."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from shlex import quote
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, insert, select
from sqlalchemy import delete as deleting

from avocet.db import Database, insert_rows, now, queue_for
from avocet.errors import NothingToDraw, SampleExists, SampleRead
from avocet.models import Candidate, Decision, Sample, SampleFrame, SampleMember
from avocet.review import idempotency
from avocet.review.samples import asking, choosing, frames, ordering, packing, progress
from avocet.review.samples.asking import Asked, Part, Per, Share
from avocet.review.samples.choosing import Member
from avocet.review.samples.frames import FrameCards
from avocet.review.samples.ordering import Room
from avocet.review.samples.progress import SampleProgress

_WRITING = "samples"
RETRIES = 5
_READ_AT_ONCE = 5_000


class _Overtaken(Exception):
    """Somebody else grew the sample meanwhile."""


def draw(database: Database, name: str, asked: Asked, reviewer: str, key: str | None = None) -> SampleProgress:
    """Draw a sample: of all cards of the filter, or of each part, as many as are asked for or as there are.

    With a key, repeating the request returns the first answer and changes nothing.

    Raises:
        InvalidRequest: the name or what is asked makes no sense.
        SampleExists: the name is taken.
        NothingToDraw: no unread card matches.
        IdempotencyConflict: the key was used for something else.
    """
    asking.check_name(name)
    asking.check(asked)
    attempt = idempotency.Attempt(key, reviewer, "sample", (name, asked))
    if first := idempotency.first_answer(database, attempt, SampleProgress):
        return first
    seed = secrets.randbelow(2**31) if asked.seed is None else asked.seed
    per = asking.stored_per(asked)
    with database.read() as connection:
        asking.check_search(connection, asked.filter)
        frame = frames.read(connection, asked.filter, per, ordering.hasher(seed))
        row = {"name": name, "seed": seed, "reviewer": reviewer, **_said(asked), **_last_numbers(connection)}
    members = _first(per, frame, asked)

    def work(connection: Connection) -> SampleProgress:
        queue_for(connection, _WRITING)
        if progress.find(connection, name) is not None:
            to_grow = f"To grow it: avocet sample {quote(name)} --size NUMBER, with no other option"
            raise SampleExists(f"There is a sample {name!r} already. {to_grow}; else choose another name.", name=name)
        if not members:
            raise NothingToDraw(_nothing(asked))
        pk = connection.execute(insert(Sample).returning(Sample.pk), {**row, "at": now()}).scalar_one()
        connection.execute(insert(SampleFrame), [_frame_row(pk, cards) for cards in frame])
        _add(connection, pk, members, 0)
        return progress.read(connection, name)

    return idempotency.once(database, attempt, SampleProgress, work)


def _nothing(asked: Asked) -> str:
    if asked.filter.outcome == "passed":
        return (
            "No unread card that passed matches, so there is nothing to draw. What passed becomes a card only where "
            "an import keeps it: avocet import PATH --keep passed=50."
        )
    return "No unread card matches, so there is nothing to draw."


def _said(asked: Asked) -> dict[str, str]:
    """What is asked for, as rows store it."""
    filters, per = asking.stored_filter(asked.filter), asking.stored_per(asked)
    return {"filter": msgspec.json.encode(filters).decode(), "per": msgspec.json.encode(per).decode()}


def _last_numbers(connection: Connection) -> dict[str, int]:
    return {
        "last_card": connection.scalar(select(func.max(Candidate.seq))) or 0,
        "last_decision": connection.scalar(select(func.max(Decision.id))) or 0,
    }


def _first(per: Sequence[Per], frame: Iterable[FrameCards], asked: Asked) -> list[Member]:
    """The members of a new sample."""
    places: defaultdict[Part, list[bytes]] = defaultdict(list)
    sizes: defaultdict[Part, int] = defaultdict(int)
    for cards in frame:
        places[cards.part] += cards.places
        sizes[cards.part] += cards.size
    rooms = {part: Room(0, len(places[part]), sizes[part]) for part in places}
    counts = choosing.counts(per, rooms, asked.size, asked.allocation)
    return choosing.members(rooms, counts, places)


def grow(
    database: Database,
    name: str,
    size: int | None = None,
    allocation: Sequence[Share] = (),
    *,
    reviewer: str = "",
    key: str | None = None,
) -> SampleProgress:
    """Grow a sample to `size` cards, meant as at its drawing, or by the cards of `allocation`.

    Its earlier members and their order stay. It is as large as before if its frame has no card left. `key` as for
    `draw`.

    Raises:
        UnknownSample: there is none of that name.
        InvalidRequest: the sample has more cards than that, or is not divided as the allocation is.
        IdempotencyConflict: the key was used for something else.
    """
    asking.check_amount(size, allocation)
    attempt = idempotency.Attempt(key, reviewer, "grow", (name, size, tuple(allocation)))
    if first := idempotency.first_answer(database, attempt, SampleProgress):
        return first
    for _ in range(RETRIES):
        try:
            return _grow(database, name, size, allocation, attempt)
        except _Overtaken:
            continue
    return _grow(database, name, size, allocation, attempt)


def _grow(
    database: Database,
    name: str,
    size: int | None,
    allocation: Sequence[Share],
    attempt: idempotency.Attempt,
) -> SampleProgress:
    with database.read() as connection:
        sample = progress.need(connection, name)
        per = progress.per_of(sample)
        rooms = _rooms(connection, sample.pk)
        counts = choosing.counts(per, rooms, size, allocation)
        members = choosing.members(rooms, counts, _places(connection, sample, list(counts)))
    last = sum(room.members for room in rooms.values())

    def work(connection: Connection) -> SampleProgress:
        queue_for(connection, _WRITING)
        pk = progress.need(connection, name).pk
        if (pk, _last_place(connection, pk)) != (sample.pk, last):
            raise _Overtaken
        _add(connection, pk, members, last)
        return progress.read(connection, name)

    return idempotency.once(database, attempt, SampleProgress, work)


def draw_or_grow(database: Database, name: str, asked: Asked, reviewer: str) -> SampleProgress:
    """Draw a sample; if there is one of that name and only a size is asked for, grow it.

    Raises:
        SampleExists: there is one, and more than a size is asked for.
        InvalidRequest, NothingToDraw: as for `draw` and `grow`.
    """
    with database.read() as connection:
        is_there = progress.find(connection, name) is not None
    if is_there and asked == Asked(size=asked.size):
        return grow(database, name, asked.size, reviewer=reviewer)
    return draw(database, name, asked, reviewer)


def delete(database: Database, name: str) -> None:
    """Delete a sample, if nobody has read a card of it since it was drawn.

    Raises:
        UnknownSample: there is none of that name.
        SampleRead: somebody has.
    """

    def work(connection: Connection) -> None:
        queue_for(connection, _WRITING)
        sample = progress.need(connection, name)
        read = select(func.count()).select_from(SampleMember)
        read = read.join(Candidate, Candidate.seq == SampleMember.candidate_seq)
        read = read.where(Candidate.is_read, Candidate.decision_id > sample.last_decision)
        n = connection.scalar(read.where(SampleMember.sample_pk == sample.pk)) or 0
        if n:
            raise SampleRead(
                f"{n:,} of its cards {'was' if n == 1 else 'were'} read: the sample stays. Nothing was changed.",
                name=name,
            )
        for table in (SampleMember, SampleFrame):
            connection.execute(deleting(table).where(table.sample_pk == sample.pk))
        connection.execute(deleting(Sample).where(Sample.pk == sample.pk))

    database.change(work)


def _rooms(connection: Connection, sample_pk: int) -> dict[Part, Room]:
    framed = select(SampleFrame.part, func.sum(SampleFrame.cards), func.sum(SampleFrame.size))
    framed = framed.where(SampleFrame.sample_pk == sample_pk).group_by(SampleFrame.part)
    counted = select(SampleMember.part, func.count()).where(SampleMember.sample_pk == sample_pk)
    members = dict(connection.execute(counted.group_by(SampleMember.part)).all())
    return {
        progress.part_of(name): Room(members.get(name, 0), cards - members.get(name, 0), size)
        for name, cards, size in connection.execute(framed)
    }


def _places(connection: Connection, sample: Row[Any], parts: Sequence[Part]) -> dict[Part, list[bytes]]:
    """The places in the order of all cards of these parts."""
    place = ordering.hasher(sample.seed)
    names = {part.name: part for part in parts}
    framed = select(SampleFrame.part, SampleFrame.numbers).where(SampleFrame.sample_pk == sample.pk)
    rows = connection.execute(framed.where(SampleFrame.part.in_(names))).all()
    part_of = {number: names[row.part] for row in rows for number in packing.unpack(row.numbers)}
    places: dict[Part, list[bytes]] = {part: [] for part in parts}
    numbers = sorted(part_of)
    for first in range(0, len(numbers), _READ_AT_ONCE):
        cards = select(Candidate.seq, Candidate.id).where(Candidate.seq.in_(numbers[first : first + _READ_AT_ONCE]))
        for seq, card_id in connection.execute(cards):
            places[part_of[seq]].append(place(card_id, seq))
    return places


def _last_place(connection: Connection, sample_pk: int) -> int:
    query = select(func.max(SampleMember.place)).where(SampleMember.sample_pk == sample_pk)
    return connection.scalar(query) or 0


def _add(connection: Connection, sample_pk: int, members: Sequence[Member], last: int) -> None:
    rows = [
        {"sample_pk": sample_pk, "place": last + number, **member._asdict()}
        for number, member in enumerate(members, start=1)
    ]
    if rows:
        insert_rows(connection, SampleMember.__tablename__, rows)


def _frame_row(sample_pk: int, cards: FrameCards) -> dict[str, Any]:
    return {
        "sample_pk": sample_pk,
        "part": cards.part.name,
        **cards.group._asdict(),
        "outcome": cards.outcome,
        "cards": len(cards.places),
        "size": cards.size,
        "unopened": cards.unopened,
        "numbers": packing.pack(map(ordering.number_of, cards.places)),
    }
