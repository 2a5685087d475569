"""The item that a line or row becomes, whatever it holds: what a single one says never ends an import."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import msgspec

from avocet.domain import CandidateDraft, Json, JsonObject, Outcome, RejectedLine
from avocet.importers.base import InvalidItem, ReadItem, Scored, Settled
from avocet.importers.reading.jsonl import Line, reject

_SHOWN_BYTES = 800


class Card(NamedTuple):
    """The card of an item, and what is to be said of how it was read: see `ReadItem`."""

    draft: CandidateDraft
    notes: tuple[str, ...] = ()
    replaced: bool = False
    size: int = 0


def item_of(line: Line, read: Callable[[Line, ReadItem], None]) -> ReadItem:
    """The item of a line: unscored, unless `read` gives it another result.

    A line that could not be decoded is rejected for that reason and not read; an `InvalidItem` that `read` raises
    rejects the line for its reason.
    """
    item = ReadItem(Settled("unscored"), line.bytes_read, line.number, line.replaced, line.file, size=line.size)
    if line.rejected:
        item.result = line.rejected
        return item
    try:
        read(line, item)
    except InvalidItem as error:
        item.result = _refused(line.number, line.raw, line.value, error)
    return item


def decide(line: Line, item: ReadItem, scored: Scored, make: Callable[[], Card], reason: str | None = None) -> None:
    """Give a line's item the result of its outcome: see `decide_by`."""
    if scored.outcome == "failed":
        _fail(item, scored, make)
        return
    # what is kept for later holds the row's value, and of its text no more than a refusal shows
    refuse = partial(_refused, line.number, line.raw[:_SHOWN_BYTES], line.value)
    decide_by(item, scored, make, refuse, reason)


def decide_by(
    item: ReadItem,
    scored: Scored,
    make: Callable[[], Card],
    refuse: Callable[[InvalidItem], RejectedLine],
    reason: str | None = None,
) -> None:
    """Give an item the result of its outcome: its card if it failed; else it is settled, and `make` waits.

    `make` must not refer to the item, which would be a cycle. `refuse` makes the rejection of a settled item that
    can't become a card. `reason` says why an item errored.

    Raises:
        InvalidItem: the item failed and can't become a card. `scored` says that it was scored nevertheless.
    """
    if scored.outcome == "failed":
        _fail(item, scored, make)
        return
    later = partial(_kept, scored.outcome, make, refuse, reason)
    item.result = Settled(scored.outcome, scored.model_name, scored.task_type, later)


def _fail(item: ReadItem, scored: Scored, make: Callable[[], Card]) -> None:
    item.scored = scored
    card = make()
    item.result, item.scored = card.draft, None
    item.notes += card.notes
    item.replaced = item.replaced or card.replaced
    item.size = card.size or item.size


def _kept(
    outcome: Outcome, make: Callable[[], Card], refuse: Callable[[InvalidItem], RejectedLine], reason: str | None
) -> CandidateDraft | RejectedLine:
    """The card of an item that did not fail, so that nothing on it says why it failed."""
    try:
        draft = make().draft
    except InvalidItem as error:
        return refuse(error)
    draft.outcome, draft.failure_reason, draft.failure_category = outcome, reason, None
    return draft


def _refused(number: int, raw: bytes, value: Json, error: InvalidItem) -> RejectedLine:
    # a row of Parquet has no text of its own
    raw = raw or msgspec.json.encode(value)[:_SHOWN_BYTES]
    return reject(number, error.code, str(error), raw)


def fields_of(line: Line, what: str) -> JsonObject:
    """The object that a line says; `what` is what the harness calls it: `row`, `result`.

    Raises:
        InvalidItem: it says something else.
    """
    value: Json = line.value
    if not isinstance(value, dict):
        raise InvalidItem(f"The {what} isn't an object.")
    return value
