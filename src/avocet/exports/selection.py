"""Which candidates an export takes: the filters, checked and turned into a condition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, or_, select

from avocet.db import AnySelect
from avocet.domain import FAILURE_CATEGORIES, UNCATEGORISED, VERDICTS
from avocet.errors import UnknownFilterValue
from avocet.models import Candidate, Counter, Decision, Run

CATEGORY_VALUES = (*FAILURE_CATEGORIES, UNCATEGORISED)


class ExportFilter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What to write. Empty means no condition; several values of one kind mean any of them.

    Excluding beats including. `since` is an ISO 8601 moment: decided then or later (UTC where it says no zone).
    """

    include_category: tuple[str, ...] = ()
    exclude_category: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    run_id: tuple[str, ...] = ()
    model_name: tuple[str, ...] = ()
    task_type: tuple[str, ...] = ()
    since: str | None = None


def check(connection: Connection, wanted: ExportFilter) -> None:
    """Refuse a value that can match nothing because it is unknown: an empty export would hide the slip.

    Raises:
        UnknownFilterValue: names the value and what is known.
    """
    _check_known("include_category", wanted.include_category, CATEGORY_VALUES)
    _check_known("exclude_category", wanted.exclude_category, CATEGORY_VALUES)
    _check_known("action", wanted.action, VERDICTS)
    moment(wanted.since)
    for name, values, known in (
        ("run_id", wanted.run_id, select(Run.run_id).where(Run.removed_at.is_(None))),
        ("model_name", wanted.model_name, select(Counter.model_name).distinct()),
        ("task_type", wanted.task_type, select(Counter.task_type).distinct()),
    ):
        if values:
            # the empty string stands for none in the counters; no filter can mean it
            _check_known(name, values, sorted(filter(None, connection.scalars(known))))


def where(query: AnySelect, wanted: ExportFilter) -> AnySelect:
    """`query`, which selects from candidates joined to runs, narrowed to what the filter wants."""
    if wanted.include_category:
        query = query.where(_in_categories(wanted.include_category))
    if wanted.exclude_category:
        query = query.where(~_in_categories(wanted.exclude_category))
    if wanted.run_id:
        query = query.where(Run.run_id.in_(wanted.run_id))
    if wanted.model_name:
        query = query.where(Candidate.model_name.in_(wanted.model_name))
    if wanted.task_type:
        query = query.where(Candidate.task_type.in_(wanted.task_type))
    since = moment(wanted.since)
    if since or wanted.action:
        query = query.join(Decision, Decision.id == Candidate.decision_id)
    if since:
        query = query.where(Decision.at >= since)
    if wanted.action:
        query = query.where(Decision.action.in_(wanted.action))
    return query


def _in_categories(values: Iterable[str]) -> ColumnElement[bool]:
    named = [value for value in values if value != UNCATEGORISED]
    category: ColumnElement[Any] = Candidate.failure_category.expression
    # `IN` is null for a null category: say false, so that its negation is true
    condition = category.is_not(None) & category.in_(named)
    return or_(category.is_(None), condition) if UNCATEGORISED in values else condition


def _check_known(name: str, values: Iterable[str], known: Iterable[str]) -> None:
    known = list(known)
    for value in values:
        if value not in known:
            listed = ", ".join(known[:20]) or "none yet"
            raise UnknownFilterValue(
                f"{name} has the unknown value {value!r:.120}. Known: {listed}.", known=known[:200]
            )


def moment(since: str | None) -> str | None:
    """An ISO 8601 moment as the rows keep it; UTC where it names no zone.

    Raises:
        UnknownFilterValue: it isn't one.
    """
    if since is None:
        return None
    try:
        moment = datetime.fromisoformat(since)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        raise UnknownFilterValue(f"since isn't an ISO 8601 date or time: {since!r:.60}.", known=[]) from None
    # no strftime: it writes the year 999 in three digits
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
