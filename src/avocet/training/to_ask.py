"""What can be asked again while training: the checks of the validation rows' cards, and the desk's hold-out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, select

from avocet.disk import pretty, write_whole
from avocet.domain import JsonObject
from avocet.errors import Prerequisite
from avocet.exports import hold_out
from avocet.exports.groups import Groups
from avocet.exports.recipe import HoldOut
from avocet.models import HIDDEN, Candidate
from avocet.training.config import TrainConfig
from avocet.training.dataset import Dataset, OpenDesk

FILE = "to_ask.json"
_CARDS_A_FETCH = 500


class HeldOutItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item that the desk holds out of every export, and the cards that ask it. `check` is JSON of a check."""

    prompt: list[JsonObject]
    check: JsonObject
    cards: list[str]


class ToAsk(msgspec.Struct, frozen=True, kw_only=True):
    """The checks of cards, by id; the items of the hold-out that have one. `holds_out`: the desk has a hold-out."""

    checks: dict[str, JsonObject] = {}
    held_out: list[HeldOutItem] = []
    holds_out: bool = False


def write(config: TrainConfig, data: Dataset, open_desk: OpenDesk) -> None:
    """Write what the desk knows beside the dataset, once for a training and all its resumes.

    Does nothing unless the training stops early by checks.
    """
    place = Path(config.out) / FILE
    if config.early_stop != "checks" or place.is_file():
        return
    cards = [row.card for row in data.validation if row.card is not None]
    with open_desk() as database:
        held = hold_out(database)
        with database.read() as connection:
            found = ToAsk(
                checks=dict(_checks(connection, list(dict.fromkeys(cards)))),
                held_out=_held_out(connection, held),
                holds_out=held.share > 0,
            )
    write_whole(place, pretty(found))


def read(config: TrainConfig) -> ToAsk:
    """Read what was written.

    Raises:
        Prerequisite: it can't be read.
    """
    place = Path(config.out) / FILE
    try:
        return msgspec.json.decode(place.read_bytes(), type=ToAsk)
    except (OSError, msgspec.DecodeError) as error:
        raise Prerequisite(f"{place} can't be read: {error}. Start the training again with --fresh.") from None


def _checks(connection: Connection, cards: Sequence[str]) -> Iterator[tuple[str, Any]]:
    query = select(Candidate.id, Candidate.check)
    for start in range(0, len(cards), _CARDS_A_FETCH):
        some = Candidate.id.in_(cards[start : start + _CARDS_A_FETCH])
        for card, check in connection.execute(query.where(some)):
            if check is not None:
                yield card, msgspec.json.decode(check)


def held_out_cards(
    connection: Connection, held: HoldOut, columns: Sequence[ColumnElement[Any]]
) -> Iterator[Row[Any]]:
    """`columns` of every card that is held out and knows its check, in the order in which they came."""
    if not held.share:
        return
    groups = Groups(connection)
    group = (
        Candidate.text_hash,
        Candidate.task_type,
        Candidate.item_id,
        Candidate.task_id,
        Candidate.prompt_messages,
    )
    # a model that may call tools answers in calls, which no check reads
    query = select(*columns, *(column.label(f"group_{number}") for number, column in enumerate(group)))
    query = query.where(Candidate.check.is_not(None), Candidate.tools.is_(None), Candidate.status != HIDDEN)
    for row in connection.execute(query.order_by(Candidate.seq)):
        text_hash, task, item, task_id, prompt = row[len(columns) :]
        if held.holds(groups.of(text_hash, task, item or task_id or None, prompt)):
            yield row


def _held_out(connection: Connection, held: HoldOut) -> list[HeldOutItem]:
    """Every item that is held out and has a check, in the order in which it came; the same question only once."""
    cards: dict[tuple[str, str], list[str]] = {}
    columns = [column.expression for column in (Candidate.id, Candidate.prompt_messages, Candidate.check)]
    for row in held_out_cards(connection, held, columns):
        card, prompt, check = row.id, row.prompt_messages, row.check
        cards.setdefault((prompt, check), []).append(card)
    return [
        HeldOutItem(prompt=msgspec.json.decode(prompt), check=msgspec.json.decode(check), cards=ids)
        for (prompt, check), ids in cards.items()
    ]
