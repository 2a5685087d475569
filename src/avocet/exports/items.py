"""The cards of each item of a benchmark together, over all runs, models and epochs that the recipe takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, func, select

from avocet.db import sorting_on_disk
from avocet.domain import TrainingExample
from avocet.exporters import Items
from avocet.exporters.base import CardOfItem
from avocet.exports.fetching import fetch
from avocet.exports.matching import matches
from avocet.exports.recipe import Recipe
from avocet.exports.state import DeskState
from avocet.models import ITEM_NAME, Candidate, Decision
from avocet.review import tags

CARDS_A_FETCH = 500
_PROMPT_DIGITS = 16

_COLUMNS = {
    "avocet_id": Candidate.id,
    "harness": Candidate.harness,
    "task_type": Candidate.task_type,
    "item_id": ITEM_NAME,
    "model_name": Candidate.model_name,
    "prompt_json": Candidate.prompt_messages,
    "response": Candidate.model_response,
    "corrected_response": Candidate.corrected_response,
    "reference_json": Candidate.reference,
    "failure_category": Candidate.failure_category,
    "check_fault": Candidate.check_fault,
    "corrected_reference_json": Candidate.corrected_reference,
    "tags": Candidate.tags,
    "must_json": Candidate.must,
    "must_not_json": Candidate.must_not,
    "verdict": Candidate.reading,
    "is_read": Candidate.is_read,
    "note": Candidate.note,
    "reviewer": Decision.reviewer,
}


def by_item(
    connection: Connection, exporter: Items, recipe: Recipe, state: DeskState
) -> Iterator[list[tuple[int, CardOfItem]]]:
    """The cards of each item with the keys of their runs; items in the order of their first cards.

    An item is a harness's, of a task, by its id there; without an id, the cards with the same prompt are one. Another
    harness may ask the item of that name in other words, or against another reference.
    """
    with sorting_on_disk(connection):
        order = _order(connection, exporter, recipe, state)
        numbered = ((first, card) for first, card in _cards(connection, order) if _is_taken(card[1], recipe))
        for _, group in groupby(numbered, key=lambda one: one[0]):
            yield [card for _, card in group]


def _order(connection: Connection, exporter: Items, recipe: Recipe, state: DeskState) -> Iterator[tuple[int, int]]:
    """The numbers of the cards by item, each with the number of its item's first card."""
    name = func.coalesce(ITEM_NAME, func.substr(Candidate.text_hash, 1, _PROMPT_DIGITS))
    has_name = ITEM_NAME.is_not(None)
    where = (func.coalesce(column, "") for column in (Candidate.harness, Candidate.task_type))
    in_item = func.min(Candidate.seq).over(partition_by=(*where, has_name, name))
    first = in_item.label("first")
    order = (first, Candidate.seq.expression)
    yield from fetch(connection, exporter, select(Candidate.seq, first), recipe, state, order)


def _cards(connection: Connection, order: Iterable[tuple[int, int]]) -> Iterator[tuple[int, tuple[int, CardOfItem]]]:
    query = select(Candidate.seq, Candidate.run_pk, *_COLUMNS.values())
    query = query.outerjoin(Decision, Decision.id == Candidate.decision_id)
    numbers = iter(order)
    names = tags.names_of(connection)
    while part := list(islice(numbers, CARDS_A_FETCH)):
        chosen = query.where(Candidate.seq.in_([seq for seq, _ in part]))
        rows = {seq: (run_pk, _card(values, names)) for seq, run_pk, *values in connection.execute(chosen)}
        for seq, first in part:
            yield first, rows[seq]


def _card(values: Sequence[Any], names: tags.Names) -> CardOfItem:
    fields = dict(zip(_COLUMNS, values, strict=True))
    return CardOfItem(**{**fields, "tags": tags.named(fields["tags"], names)})


def _is_taken(card: CardOfItem, recipe: Recipe) -> bool:
    """Whether a card passes the filters that look at its texts."""
    if not recipe.filter.looks_at_text:
        return True
    example = TrainingExample(
        avocet_id=card.avocet_id,
        prompt_json=card.prompt_json.encode(),
        answer=card.corrected_response,
        response=card.response,
        failure_category=card.failure_category,
    )
    return matches(example, recipe)
