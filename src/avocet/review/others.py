"""The other answers to a card's item: of other models, epochs and runs, whatever their outcome."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, bindparam, case, func, literal_column, select

from avocet.db import AnySelect, Database
from avocet.domain import Outcome, Status
from avocet.faults import Reading
from avocet.models import HIDDEN, ITEM, ITEM_NAME, Candidate, Item, Run
from avocet.review import candidates, proposed, shortening
from avocet.review.epochs import Epoch, epoch_of

MOST_ANSWERS = 20
MOST_LOOKED_AT = 500
"""Of an item with more cards, the newest are looked at: a wrong mapping can make all cards of a desk one item."""


class OtherAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to the same item.

    `verdict` is what somebody who opened that card said of the answer. `shortened` has the full length of a
    `model_response` that is cut to its start.
    """

    id: str
    run_id: str
    model_name: str | None
    epoch: Epoch
    outcome: Outcome
    status: Status
    verdict: Reading | None
    model_response: str
    shortened: dict[str, int]


class OtherAnswers(msgspec.Struct, frozen=True):
    """The other answers to a card's item, at most 20: passed ones first, then those found right, then the newest.

    `is_sampled`: the card is in a sample, so that nobody else's verdict may be shown before its reader has begun to
    decide. The order then does not tell it either.
    """

    items: list[OtherAnswer]
    is_sampled: bool


_item: ColumnElement[str] = literal_column(ITEM)
_name = func.coalesce(ITEM_NAME, "")
_harness = func.coalesce(Candidate.harness, "")
_found = select(
    Candidate.seq,
    Candidate.status,
    Candidate.task_type,
    _item.label("item"),
    _name.label("name"),
    _harness.label("harness"),
    proposed.is_sampled.label("is_sampled"),
).where(Candidate.id == bindparam("candidate_id"))
_passed_first = case((Candidate.outcome == "passed", 0), else_=1)
_right_first = case((Candidate.is_read & (Candidate.reading == "right"), 0), else_=1)


def of(database: Database, candidate_id: str) -> OtherAnswers:
    """The other answers to a candidate's item.

    An item is what it is in the exports: a harness's, of a task, by its id there; without an id, cards with the same
    prompt are of one item.

    Raises:
        NotFound: no such candidate, or its run was taken back (`TakenBack`).
    """
    with database.read() as connection:
        card = candidates.find(connection, _found, candidate_id)
        alike = (Candidate.seq != card.seq) & (_name == card.name) & (_harness == card.harness)
        return _answers(connection, _numbers(card.item, card.task_type), alike, is_sampled=card.is_sampled)


def _numbers(item: str, task_type: str | None) -> AnySelect:
    """The newest cards of an item, found by its index."""
    same = select(Candidate.seq).where(_item == item, Candidate.task_type == task_type)
    newest = same.order_by(Candidate.seq.desc()).limit(MOST_LOOKED_AT).subquery()
    return select(newest.c.seq)


def _answers(
    connection: Connection, numbers: AnySelect, alike: ColumnElement[bool], *, is_sampled: bool
) -> OtherAnswers:
    right_first = () if is_sampled else (_right_first,)
    chosen = (
        select(Candidate.seq)
        .where(Candidate.seq.in_(numbers), Candidate.status != HIDDEN, alike)
        .order_by(_passed_first, *right_first, Candidate.seq.desc())
        .limit(MOST_ANSWERS)
    )
    order = list(connection.scalars(chosen))
    query = select(
        Candidate.seq,
        Candidate.details,
        Candidate.id,
        Run.run_id,
        func.coalesce(Candidate.model_name, Candidate.model_id).label("model_name"),
        Candidate.outcome,
        Candidate.status,
        case((Candidate.is_read, Candidate.reading)).label("verdict"),
        shortening.start(Candidate.model_response),
        *shortening.lengths(Candidate.model_response),
    ).join(Run, Run.pk == Candidate.run_pk)
    epochs = _epochs(connection, order)
    found: dict[int, OtherAnswer] = {}
    for row in connection.execute(query.where(Candidate.seq.in_(order))).mappings():
        values = dict(row)
        seq, details = values.pop("seq"), values.pop("details")
        epoch = epoch_of(epochs.get(seq), details)
        found[seq] = OtherAnswer(epoch=epoch, shortened=shortening.take_lengths(values), **values)
    return OtherAnswers([found[seq] for seq in order], bool(is_sampled))


def _epochs(connection: Connection, numbers: Sequence[int]) -> dict[int | None, str]:
    """The epochs of cards by the ledger, of harnesses that ask the same item several times."""
    query = select(Item.candidate_seq, Item.epoch).where(Item.candidate_seq.in_(numbers), Item.epoch != "")
    return dict(connection.execute(query).all())
