"""Which cards have a tag now: kept in the transaction of each decision, import and taking back."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, select

from avocet.db import insert_chosen, insert_missing
from avocet.models import HIDDEN, Candidate, CardTag, Tag
from avocet.models.base import Sequence
from avocet.review.tags.names import parsed
from avocet.tags import key_of

_KEYS = ("tag_pk", "candidate_seq")
_seq = bindparam("candidate_seq", type_=Sequence)
# the row of a tag is locked until the end, so that it can't be merged away from a card that takes it at that moment
_tie = (
    select(func.coalesce(Tag.merged_into, Tag.pk).label("tag_pk"), _seq.label("candidate_seq"))
    .where(Tag.pk.in_(bindparam("numbers", expanding=True)))
    .order_by(Tag.pk)
    .with_for_update(read=True)
)
_untie = delete(CardTag).where(CardTag.candidate_seq == _seq).execution_options(synchronize_session=False)


def tie(connection: Connection, candidate_seq: int, before: str | None, after: str | None) -> None:
    """Give a card the tags of its standing verdict; both texts are as rows store them."""
    if before == after:
        return
    if before is not None:
        connection.execute(_untie, {"candidate_seq": candidate_seq})
    if after is not None:
        values = {"candidate_seq": candidate_seq, "numbers": parsed(after)}
        insert_chosen(connection, CardTag.__table__, _tie, values)


def tie_all(connection: Connection, found: Iterable[tuple[int, str | None]]) -> None:
    """Give many cards without tags theirs: the number of each, and what its row stores."""
    cards = [(seq, text) for seq, text in found if text is not None]
    locked = select(Tag.pk, func.coalesce(Tag.merged_into, Tag.pk)).order_by(Tag.pk).with_for_update(read=True)
    goes_to = dict(connection.execute(locked).all()) if cards else {}
    rows = {(goes_to[number], seq) for seq, text in cards for number in parsed(text)}
    insert_missing(connection, CardTag.__tablename__, _KEYS, _KEYS, list(rows))


def tie_anew(connection: Connection, found: list[tuple[int, str | None]]) -> None:
    """Give many cards other tags than they had: the number of each, and what its row stores now."""
    if found:
        connection.execute(_untie, [{"candidate_seq": seq} for seq, _ in found])
        tie_all(connection, found)


def untie_hidden(connection: Connection, run_pk: int) -> None:
    """Take the tags of a run's hidden cards away: they are not counted."""
    hidden = select(Candidate.seq).where(Candidate.run_pk == run_pk, Candidate.status == HIDDEN)
    connection.execute(
        delete(CardTag).where(CardTag.candidate_seq.in_(hidden)).execution_options(synchronize_session=False)
    )


def of_tag(names: Iterable[str]) -> ColumnElement[bool]:
    """The condition that a card has one of the tags."""
    keys = sorted({key_of(name) for name in names})
    tagged = select(func.coalesce(Tag.merged_into, Tag.pk)).where(Tag.key.in_(keys))
    return Candidate.seq.in_(select(CardTag.candidate_seq).where(CardTag.tag_pk.in_(tagged)))
