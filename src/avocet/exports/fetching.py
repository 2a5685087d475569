"""The candidates that an export takes, a row at a time, by default in the order in which they came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, select
from sqlalchemy.orm import aliased

from avocet.db import AnySelect
from avocet.exporters import Exporter
from avocet.exports import outcomes, selection, tagging
from avocet.exports.matching import text_filter
from avocet.exports.recipe import Recipe
from avocet.exports.state import DeskState
from avocet.models import Candidate, Decision
from avocet.review import search

ROWS_A_FETCH = 500


def fetch(
    connection: Connection,
    exporter: Exporter,
    query: AnySelect,
    recipe: Recipe,
    state: DeskState,
    order: Sequence[ColumnElement[Any]] = (Candidate.seq.expression,),
) -> Iterator[Any]:
    """The rows of `query`, which selects from candidates, that the recipe takes of a state."""
    wanted = recipe.filter
    query = outcomes.where(state.join(query), exporter, recipe, state)
    query = tagging.where(query, connection, recipe, state)
    query = selection.where(query, wanted, state).order_by(*order)
    is_searched = (wanted.text or wanted.exclude_text) and recipe.text_rule != 1
    if is_searched:
        query = query.add_columns(*_searched(state))
    with connection.execution_options(yield_per=ROWS_A_FETCH).execute(query) as result:
        for part in result.partitions():
            yield from _taken(part, text_filter(wanted)) if is_searched else part


def _searched(state: DeskState) -> list[ColumnElement[Any]]:
    """The columns that `_taken` reads; only a standing decision adds its own words."""
    standing = aliased(Decision)
    action = select(standing.action).where(standing.id == state.decision_id).scalar_subquery()
    note = case((state.decision_id.is_not(None), state.note))
    card = (Candidate.task_name, Candidate.prompt_messages, Candidate.model_response)
    return [*(column.expression for column in card), action, state.corrected_response, note]


def _taken(rows: Iterable[Any], takes: Callable[[Sequence[str]], bool]) -> Iterator[Any]:
    for *row, task_name, prompt, response, action, correction, note in rows:
        if takes([*search.card_texts(task_name, prompt, response), *search.decision_texts(action, correction, note)]):
            yield row
