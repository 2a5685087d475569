"""Which candidates an export takes: the filters, checked and turned into a condition."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, or_, select

from avocet.categories import FAILURE_CATEGORIES, UNCATEGORISED
from avocet.db import AnySelect
from avocet.domain import VERDICTS, Outcome
from avocet.errors import UnknownFilterValue
from avocet.exports.state import DeskState
from avocet.models import Candidate, Counter, Decision, Run

CATEGORY_VALUES = (*FAILURE_CATEGORIES, UNCATEGORISED)


class ExportFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which candidates to write. Empty means no condition; several values of one kind mean any of them.

    Excluding beats including. `since` and `until` are ISO 8601 times of the decision (UTC if they name no zone): at
    or after `since`, and before `until`. Scores are those of the harness. `min_change` and `max_change` are how much
    of the answer a person changed, from 0 (nothing) to 1 (all): edit distance over the longer text. `text` and
    `exclude_text` are searched for as on the pages (`search.words`). Without `outcome` a format writes what failed,
    and whole records that move between desks any. `tags` takes those with any of them, `not_tags` leaves them out.
    """

    include_category: tuple[str, ...] = ()
    exclude_category: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    exclude_action: tuple[str, ...] = ()
    run_id: tuple[str, ...] = ()
    exclude_run_id: tuple[str, ...] = ()
    model_name: tuple[str, ...] = ()
    exclude_model_name: tuple[str, ...] = ()
    task_type: tuple[str, ...] = ()
    exclude_task_type: tuple[str, ...] = ()
    reviewer: tuple[str, ...] = ()
    exclude_reviewer: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_score: float | None = None
    max_score: float | None = None
    min_change: float | None = None
    max_change: float | None = None
    text: str | None = None
    exclude_text: str | None = None
    outcome: Outcome | Literal["any"] | None = None
    tags: tuple[str, ...] = ()
    not_tags: tuple[str, ...] = ()

    @property
    def looks_at_text(self) -> bool:
        """Whether the filter needs the texts themselves, which the database can't judge."""
        return (self.min_change, self.max_change, self.text, self.exclude_text) != (None, None, None, None)


def check(connection: Connection, wanted: ExportFilter, *, of_now: bool = True) -> None:
    """Refuse an unknown value, which can match nothing: an empty export would hide the mistake.

    `of_now` is false for a past state, which may hold runs that were taken back since.

    Raises:
        UnknownFilterValue: a value is unknown; the error names it and the known ones.
    """
    for name in ("include_category", "exclude_category"):
        _check_known(name, getattr(wanted, name), CATEGORY_VALUES)
    for name in ("action", "exclude_action"):
        _check_known(name, getattr(wanted, name), VERDICTS)
    _check_range("since", moment("since", wanted.since), "until", moment("until", wanted.until))
    _check_range("min_score", wanted.min_score, "max_score", wanted.max_score)
    _check_range("min_change", wanted.min_change, "max_change", wanted.max_change)
    for name in ("text", "exclude_text"):
        if getattr(wanted, name) == "":
            raise UnknownFilterValue(f"{name} is empty, which stands in every text.", known=[])
    for name, column in (
        ("run_id", Run.run_id),
        ("model_name", Counter.model_name),
        ("task_type", Counter.task_type),
        ("reviewer", Decision.reviewer),
    ):
        # the empty string stands for none in the counters; no filter can mean it
        query = select(column).distinct()
        if given := getattr(wanted, name):
            in_sight = query.where(Run.removed_at.is_(None)) if name == "run_id" and of_now else query
            _check_known(name, given, sorted(filter(None, connection.scalars(in_sight))))
        if excluded := getattr(wanted, f"exclude_{name}"):
            _check_known(f"exclude_{name}", excluded, sorted(filter(None, connection.scalars(query))))


def where(query: AnySelect, wanted: ExportFilter, state: DeskState) -> AnySelect:
    """Narrow `query`, which selects from candidates joined to runs and `state`, to what the filter wants."""
    if wanted.include_category:
        query = query.where(_in_categories(state.failure_category, wanted.include_category))
    if wanted.exclude_category:
        query = query.where(~_in_categories(state.failure_category, wanted.exclude_category))
    for column, given, excluded in (
        (Run.run_id, wanted.run_id, wanted.exclude_run_id),
        (Candidate.model_name, wanted.model_name, wanted.exclude_model_name),
        (Candidate.task_type, wanted.task_type, wanted.exclude_task_type),
    ):
        query = _narrow(query, column.expression, given, excluded)
    if wanted.min_score is not None:
        query = query.where(Candidate.quality_score >= wanted.min_score)
    if wanted.max_score is not None:
        query = query.where(Candidate.quality_score <= wanted.max_score)
    return _of_decision(query, wanted, state)


def _of_decision(query: AnySelect, wanted: ExportFilter, state: DeskState) -> AnySelect:
    """Narrow a query by who decided what and when."""
    since, until = moment("since", wanted.since), moment("until", wanted.until)
    on_decision = (wanted.action, wanted.exclude_action, wanted.reviewer, wanted.exclude_reviewer)
    if not (since or until or any(on_decision)):
        return query
    query = query.join(Decision, Decision.id == state.decision_id)
    query = _narrow(query, Decision.action.expression, wanted.action, wanted.exclude_action)
    query = _narrow(query, Decision.reviewer.expression, wanted.reviewer, wanted.exclude_reviewer)
    if since:
        query = query.where(Decision.at >= since)
    return query.where(Decision.at < until) if until else query


def _narrow(
    query: AnySelect, column: ColumnElement[Any], given: tuple[str, ...], excluded: tuple[str, ...]
) -> AnySelect:
    if given:
        query = query.where(column.in_(given))
    # what has no model is not of the excluded model
    return query.where(or_(column.is_(None), column.not_in(excluded))) if excluded else query


def _in_categories(column: ColumnElement[Any], values: Iterable[str]) -> ColumnElement[bool]:
    named = [value for value in values if value != UNCATEGORISED]
    # `IN` is null for a null category: say false, so that its negation is true
    condition = column.is_not(None) & column.in_(named)
    return or_(column.is_(None), condition) if UNCATEGORISED in values else condition


def _check_range(least: str, at_least: Any, most: str, at_most: Any) -> None:  # noqa: ANN401 (numbers or texts)
    for name, value in ((least, at_least), (most, at_most)):
        if isinstance(value, float) and not math.isfinite(value):
            raise UnknownFilterValue(f"{name} isn't a number.", known=[])
    if at_least is not None and at_most is not None and at_least > at_most:
        raise UnknownFilterValue(f"{least} is beyond {most}: nothing lies between.", known=[])


def _check_known(name: str, values: Iterable[str], known: Iterable[str]) -> None:
    known = list(known)
    for value in values:
        if value not in known:
            listed = ", ".join(known[:20]) or "none yet"
            raise UnknownFilterValue(
                f"{name} has the unknown value {value!r:.120}. Known: {listed}.", known=known[:200]
            )


def moment(name: str, given: str | None) -> str | None:
    """An ISO 8601 date or time in the form that the rows keep; UTC if it names no zone.

    Raises:
        UnknownFilterValue: it isn't a date or time.
    """
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        raise UnknownFilterValue(f"{name} isn't an ISO 8601 date or time: {given!r:.60}.", known=[]) from None
    # no strftime: it writes the year 999 in three digits
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
