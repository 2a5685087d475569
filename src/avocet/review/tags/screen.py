"""Tags as a person keeps them in order: listed with their cards, renamed, merged, deleted."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, func, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.orm import aliased

from avocet import tags
from avocet.db import Database, queue_for
from avocet.domain import plural
from avocet.errors import NOTHING_CHANGED, TagExists, TagInUse, UnknownTag
from avocet.models import CardTag, Tag
from avocet.review.tags.names import entered
from avocet.tags import key_of

# a statement takes no endless list: of more tags, the cards of all are counted
_FEW = 500


class TagCount(msgspec.Struct, frozen=True):
    """A tag, and how many visible cards have it."""

    name: str
    cards: int


class TagList(msgspec.Struct, frozen=True):
    tags: list[TagCount]


class Renamed(msgspec.Struct, frozen=True):
    """The tag by its name now, and how many cards have it."""

    name: str
    cards: int


class _Row(msgspec.Struct, frozen=True):
    pk: int
    name: str
    key: str


def read_all(database: Database, q: str | None = None) -> TagList:
    """Every tag, the most used first; with `q`, those of which a word begins with it."""
    listed = select(Tag.pk, Tag.name, Tag.key, Tag.is_deleted).where(Tag.merged_into.is_(None))
    begin = key_of(q) if q else ""
    with database.read() as connection:
        found = [tag for tag in connection.execute(listed) if _begins(tag.key, begin)]
        cards = _counts(connection, [tag.pk for tag in found])
    known = [(cards.get(tag.pk, 0), tag) for tag in found]
    shown = [(n, tag) for n, tag in known if n or not tag.is_deleted]
    return TagList([TagCount(tag.name, n) for n, tag in sorted(shown, key=lambda one: (-one[0], one[1].key))])


def rename(database: Database, name: str, to: str) -> Renamed:
    """Give a tag another name, or another spelling; every decision that has it says so from then on.

    Raises:
        UnknownTag: there is no such tag.
        TagExists: another tag has the name: merge the two instead.
        InvalidRequest: `to` is no tag.
    """
    (new,) = tags.checked([to])

    def work(connection: Connection) -> Renamed:
        _alone(connection)
        tag = _find(connection, name)
        holder = connection.execute(_rows.where(Tag.key == key_of(new))).one_or_none()
        if holder is not None and holder.pk != tag.pk:
            if holder.merged_into != tag.pk:
                raise TagExists(
                    f"There is a tag {new!r} already. {NOTHING_CHANGED}; to make one tag of both, merge them.",
                    name=new,
                )
            _swap(connection, holder.pk, tag)
        connection.execute(update(Tag).where(Tag.pk == tag.pk).values(name=new, key=key_of(new), is_deleted=False))
        return Renamed(new, _cards(connection, tag.pk))

    return database.change(work)


def merge(database: Database, names: Sequence[str], into: str) -> Renamed:
    """Make one tag of several: every decision that has one of them says `into` from then on, also when it is undone.

    Raises:
        UnknownTag: one of `names` is no tag.
        InvalidRequest: `into` is no tag.
    """
    (wanted,) = tags.checked([into])

    def work(connection: Connection) -> Renamed:
        _alone(connection)
        found = [_find(connection, name) for name in names]
        target = entered(connection, [wanted])[key_of(wanted)]
        for number in sorted({tag.pk for tag in found} - {target}):
            _merge(connection, number, target)
        connection.execute(update(Tag).where(Tag.pk == target).values(is_deleted=False))
        name = connection.execute(select(Tag.name).where(Tag.pk == target)).scalar_one()
        return Renamed(name, _cards(connection, target))

    return database.change(work)


def delete(database: Database, name: str) -> Renamed:
    """Delete a tag that no card has; the history keeps what it said.

    Raises:
        UnknownTag: there is no such tag.
        TagInUse: a card has it.
    """

    def work(connection: Connection) -> Renamed:
        _alone(connection)
        tag = _find(connection, name)
        if cards := _cards(connection, tag.pk):
            raise TagInUse(
                f"{tag.name!r} is on {plural(cards, 'card')}. {NOTHING_CHANGED}; merge it into another tag."
            )
        connection.execute(update(Tag).where(Tag.pk == tag.pk).values(is_deleted=True))
        return Renamed(tag.name, 0)

    return database.change(work)


def _alone(connection: Connection) -> None:
    """Wait for others who keep tags in order: two merges at once could make a chain."""
    queue_for(connection, "tags")


_rows = select(Tag.pk, Tag.name, Tag.key, Tag.merged_into, Tag.is_deleted).with_for_update()


def _find(connection: Connection, name: str) -> _Row:
    """The tag of a name; of a merged one, the tag that it went into. Its row is locked."""
    # no stored key holds a NUL, and PostgreSQL would refuse the parameter
    row = None if "\x00" in name else connection.execute(_rows.where(Tag.key == key_of(name))).one_or_none()
    if row is not None and row.merged_into is not None:
        row = connection.execute(_rows.where(Tag.pk == row.merged_into)).one()
    if row is None or (row.is_deleted and not _cards(connection, row.pk)):
        raise UnknownTag(f"There is no tag {name!r:.80}.", name=name)
    return _Row(row.pk, row.name, row.key)


def _swap(connection: Connection, merged: int, tag: _Row) -> None:
    """Give a merged tag the name of the one it went into, which takes its name."""
    # no key is empty: it keeps both apart for a moment
    connection.execute(update(Tag).where(Tag.pk == tag.pk).values(key=""))
    connection.execute(update(Tag).where(Tag.pk == merged).values(name=tag.name, key=tag.key))


def _merge(connection: Connection, number: int, target: int) -> None:
    connection.execute(update(Tag).where((Tag.pk == number) | (Tag.merged_into == number)).values(merged_into=target))
    # in place, so that a decision that takes the tag from a card at this moment still finds the row
    other = aliased(CardTag)
    has_both = select(other.candidate_seq).where(other.candidate_seq == CardTag.candidate_seq, other.tag_pk == target)
    connection.execute(
        update(CardTag)
        .where(CardTag.tag_pk == number, ~has_both.exists())
        .values(tag_pk=target)
        .execution_options(synchronize_session=False)
    )
    connection.execute(
        delete_from(CardTag).where(CardTag.tag_pk == number).execution_options(synchronize_session=False)
    )


def _cards(connection: Connection, number: int) -> int:
    return connection.execute(select(func.count()).where(CardTag.tag_pk == number)).scalar_one()


def _counts(connection: Connection, numbers: Sequence[int]) -> dict[int, int]:
    """How many cards have each of these tags; the index has the cards of one tag side by side."""
    cards = select(func.count()).where(CardTag.tag_pk == Tag.pk).scalar_subquery()
    counted = select(Tag.pk, cards.label("cards"))
    if len(numbers) <= _FEW:
        counted = counted.where(Tag.pk.in_(numbers))
    return {tag.pk: tag.cards for tag in connection.execute(counted)}


def _begins(key: str, begin: str) -> bool:
    """Whether a word of the name begins so."""
    return key.startswith(begin) or f" {begin}" in key
