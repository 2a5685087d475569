"""Which cards a filter takes, wherever cards are listed: the queue, what is decided, bulk steps and samples.

A filter by value takes one value or several, which mean any of these; its `not_…` leaves its values out. A card
without a value is of none of them: `not_model_name` keeps cards that name no model.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import ColumnElement, and_, literal_column, not_, or_, select

from avocet.models import SCORE, Candidate, Run
from avocet.review import tags

Several = str | tuple[str, ...] | None
"""One value, several of which any will do, or None for whatever there is."""
NONE: Final = "none"
"""The value of `shape` for cards without a reason, of `check` for those of which the desk knows no check."""
SCORE_OR_LAST: ColumnElement[float] = literal_column(SCORE)
"""A card's score; without one it is above the scale, so that it sorts last and is in no range."""


class CardFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a card itself, whatever was decided. None means any; `q` is a full-text query (see `search`).

    `check` is the kind of check that the desk knows of the card, `shape` the hash of its reason's shape; the `score`
    `none` is for cards without one. `tag` is one that its verdict has, or that it was imported with. The lengths are
    those of the response, in characters, both ends included.
    """

    run_id: Several = None
    not_run_id: Several = None
    model_name: Several = None
    not_model_name: Several = None
    task_type: Several = None
    not_task_type: Several = None
    source: Several = None
    not_source: Several = None
    harness: Several = None
    not_harness: Several = None
    check: Several = None
    not_check: Several = None
    shape: Several = None
    not_shape: Several = None
    has_reference: bool | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_score: float | None = None
    max_score: float | None = None
    score: Literal["none"] | None = None
    q: str | None = None
    tag: Several = None
    not_tag: Several = None
    sample: str | None = None

    def __post_init__(self) -> None:
        # one form for what means the same: statements and samples are kept by their filter
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, list | tuple):
                msgspec.structs.force_setattr(self, name, _plain(tuple(value)))


def _plain(values: tuple[str, ...]) -> Several:
    distinct = tuple(sorted(set(values)))
    return distinct if len(distinct) > 1 else next(iter(distinct), None)


def values_of(given: Several) -> tuple[str, ...]:
    """The values of a filter; none if it takes any."""
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else given


def conditions(filters: CardFilter) -> Iterator[ColumnElement[bool]]:
    """What a filter asks of a candidate, except for its run, its full-text query and its sample."""
    for name, column, none in _COLUMNS:
        yield from among(column, getattr(filters, name), getattr(filters, f"not_{name}"), none)
    if filters.has_reference is not None:
        yield Candidate.has_reference == filters.has_reference
    if filters.min_length is not None:
        yield Candidate.response_length >= filters.min_length
    if filters.max_length is not None:
        yield Candidate.response_length <= filters.max_length
    if filters.tag is not None:
        yield tags.of_tag(values_of(filters.tag))
    if filters.not_tag is not None:
        yield not_(tags.of_tag(values_of(filters.not_tag)))
    yield from _score_conditions(filters)


_COLUMNS: tuple[tuple[str, ColumnElement[Any], str | None], ...] = (
    ("model_name", Candidate.model_name.expression, None),
    ("task_type", Candidate.task_type.expression, None),
    ("source", Candidate.source.expression, None),
    ("harness", Candidate.harness.expression, None),
    ("check", Candidate.check_kind.expression, NONE),
    ("shape", Candidate.reason_shape.expression, NONE),
)


def among(
    column: ColumnElement[Any], given: Several, left_out: Several, none: str | None = None
) -> Iterator[ColumnElement[bool]]:
    """That a column has one of the given values, and none of those left out. The word `none` stands for null."""
    if given is not None:
        yield _is_one_of(column, values_of(given), none)
    if left_out is not None:
        values = tuple(value for value in values_of(left_out) if value != none)
        is_other = [column.not_in(values)] if values else []
        if none in values_of(left_out):
            yield and_(column.is_not(None), *is_other)
        else:
            # null is of no value, and so never left out
            yield or_(column.is_(None), *is_other)


def _is_one_of(column: ColumnElement[Any], values: tuple[str, ...], none: str | None) -> ColumnElement[bool]:
    named = [value for value in values if value != none]
    either = [column == named[0] if len(named) == 1 else column.in_(named)] if named else []
    if len(named) < len(values):
        either.append(column.is_(None))
    return or_(*either)


def run_conditions(filters: CardFilter) -> Iterator[ColumnElement[bool]]:
    """What a filter asks of a candidate's run."""
    # a join to the runs would read every row for its run; a subquery is answered from an index
    if filters.run_id is not None:
        yield Candidate.run_pk.in_(_runs(filters.run_id))
    if filters.not_run_id is not None:
        yield Candidate.run_pk.not_in(_runs(filters.not_run_id))


def _runs(run_ids: Several) -> Any:  # noqa: ANN401 (a select of keys)
    return select(Run.pk).where(_is_one_of(Run.run_id.expression, values_of(run_ids), None))


def _score_conditions(wanted: CardFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.score is not None:
        yield SCORE_OR_LAST > 1.0
    if wanted.min_score is not None or wanted.max_score is not None:
        highest = 1.0 if wanted.max_score is None else min(wanted.max_score, 1.0)
        yield (wanted.min_score or 0.0) <= SCORE_OR_LAST
        yield highest >= SCORE_OR_LAST
