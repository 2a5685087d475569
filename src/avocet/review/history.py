"""What was decided: the standing decisions of the whole desk."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from avocet import json_text
from avocet.categories import UNCATEGORISED, FailureCategory
from avocet.db import Database, SomeSelect
from avocet.domain import Json, Outcome, Status, Verdict
from avocet.errors import InvalidRequest
from avocet.faults import NO_FAULT, CheckFault, Reading
from avocet.models import HIDDEN, Candidate, Decision, Run
from avocet.review import card_filter, membership, search, shortening, sorting, tags
from avocet.review.card_filter import CardFilter, Several, among

DecidedReading = Reading | Literal["any", "told", "aside", "none"]
"""What a person who opened the card said of the answer: `any` for whatever they said, `told` for right or wrong,
`aside` for set aside or undecided, `none` for decided cards that nobody opened."""


class DecidedFilter(CardFilter, frozen=True, kw_only=True):
    """Which decisions to show.

    A category may be `uncategorised`, a fault `none`; `since` and `until` are stored times, the second no longer
    included.
    """

    status: Status | None = None
    failure_category: Several = None
    not_failure_category: Several = None
    action: Several = None
    not_action: Several = None
    reviewer: Several = None
    not_reviewer: Several = None
    batch_id: str | None = None
    outcome: Outcome | Literal["any"] = "any"
    check_fault: Several = None
    not_check_fault: Several = None
    reading: DecidedReading | None = None
    since: str | None = None
    until: str | None = None


class DecidedItem(msgspec.Struct, frozen=True):
    """A standing decision and enough of its card to recognise it.

    For a decision made in bulk, `batch_count` is how many of its batch stand and `batch_first` the oldest of them.
    `shortened` is as in the history.
    """

    decision_id: int
    action: Verdict
    status: Status
    failure_category: FailureCategory | None
    corrected_response: str | None
    note: str | None
    check_fault: CheckFault | None
    corrected_reference: Json
    tags: list[str]
    must: list[str]
    must_not: list[str]
    reviewer: str
    at: str
    replaces: int | None
    batch_id: str | None
    id: str
    task_id: str | None
    task_name: str | None
    task_type: str | None
    item_id: str | None
    model_name: str | None
    model_response: str
    quality_score: float | None
    outcome: Outcome
    run_id: str
    batch_count: int | None
    batch_first: int | None
    shortened: dict[str, int]


class DecidedPage(msgspec.Struct, frozen=True):
    items: list[DecidedItem]
    total: int
    page: int
    per_page: int
    reviewers: list[str]
    """Everybody who has decided anything, for the filter."""
    search: search.SearchState | None
    """How much of the desk the search covered; None without `q`."""


class DecidedSummary(msgspec.Struct, frozen=True):
    """The number of standing decisions, by action, by category and by fault of the check.

    `accepted_uncategorised` counts accepted answers without a category, such as rightly passed ones: `by_category`
    has them among the uncategorised, though no reason of a failure is missing.
    """

    total: int
    by_action: dict[str, int]
    by_category: dict[str, int]
    by_fault: dict[str, int]
    accepted_uncategorised: int


_COLUMNS = (
    Decision.id.label("decision_id"),
    Decision.action,
    Decision.status_after.label("status"),
    Decision.failure_category,
    shortening.start(Decision.corrected_response),
    shortening.start(Decision.note),
    Decision.check_fault,
    shortening.whole(Decision.corrected_reference),
    Decision.tags,
    Decision.must,
    Decision.must_not,
    Decision.reviewer,
    Decision.at,
    Decision.replaces,
    Decision.batch_id,
    Candidate.id,
    Candidate.task_id,
    Candidate.task_name,
    Candidate.task_type,
    Candidate.item_id,
    Candidate.model_name,
    shortening.start(Candidate.model_response),
    Candidate.quality_score,
    Candidate.outcome,
    Run.run_id,
    *shortening.lengths(
        Decision.corrected_response, Decision.note, Decision.corrected_reference, Candidate.model_response
    ),
)


_BY_VALUE: tuple[tuple[str, ColumnElement[Any], str | None], ...] = (
    ("run_id", Run.run_id.expression, None),
    ("action", Decision.action.expression, None),
    ("reviewer", Decision.reviewer.expression, None),
    ("failure_category", Decision.failure_category.expression, UNCATEGORISED),
    ("check_fault", Decision.check_fault.expression, NO_FAULT),
)


def page(
    database: Database,
    filters: DecidedFilter,
    *,
    page: int = 1,
    per_page: int = 50,
    before: int | None = None,
    sort: sorting.DecidedSort = "at",
    ascending: bool = False,
) -> DecidedPage:
    """One page of standing decisions: by number or, newest first and faster on deep pages, those before `before`.

    `before` is a decision number. Decisions that are equal in the column come newest first.

    Raises:
        InvalidRequest: `before` with another order.
    """
    if before is not None and (sort != "at" or ascending):
        raise InvalidRequest("before belongs to the order newest first: leave out sort and ascending.")
    with database.read() as connection:
        found = search.decided_condition(connection, filters.q) if filters.q else None
        numbers = matching(connection, standing(select(Decision.id)), filters, found)
        if before is not None:
            numbers = numbers.where(Decision.id < before)
        order = sorting.order(sort, ascending)
        numbers = numbers.order_by(*order).limit(per_page)
        if before is None and page > 1:
            numbers = numbers.offset((page - 1) * per_page)
        # the texts are read for the page alone: they are not sorted, nor skipped on the way to a deep page
        chosen = numbers.subquery()
        query = standing(select(*_COLUMNS)).join(chosen, chosen.c.id == Decision.id)
        found_rows = connection.execute(query.order_by(*order))
        # zipped with the names: a row's own mapping takes four times as long
        names = tuple(found_rows.keys())
        rows = [dict(zip(names, row, strict=True)) for row in found_rows]
        batches = _batches(connection, {row["batch_id"] for row in rows if row["batch_id"]})
        tagged = tags.names_of(connection, (row["tags"] for row in rows))
        items = [_item(row, batches, tagged) for row in rows]
        total = count(connection, filters, found)
        reviewers = list(connection.scalars(select(Decision.reviewer).distinct().order_by(Decision.reviewer)))
        searched = search.state(connection) if filters.q else None
    return DecidedPage(items, total, page, per_page, reviewers, searched)


def _item(values: dict[str, Any], batches: dict[str, tuple[int, int]], names: tags.Names) -> DecidedItem:
    tags.read_lists(values, names)
    shortened = shortening.take_lengths(values)
    values["corrected_reference"] = json_text.read_back(values["corrected_reference"])
    stand, first = batches.get(values["batch_id"], (None, None))
    return DecidedItem(**values, batch_count=stand, batch_first=first, shortened=shortened)


def _batches(connection: Connection, batch_ids: set[str]) -> dict[str, tuple[int, int]]:
    """How many decisions of each batch stand, and the number of the oldest."""
    if not batch_ids:
        return {}
    query = standing(select(Decision.batch_id, func.count(), func.min(Decision.id)))
    query = query.where(Decision.batch_id.in_(sorted(batch_ids))).group_by(Decision.batch_id)
    return {batch_id: (count, first) for batch_id, count, first in connection.execute(query) if batch_id}


def summary(database: Database, filters: DecidedFilter) -> DecidedSummary:
    """Count the standing decisions that match, by action, by category and by fault of the check."""
    said = (Decision.action, Decision.failure_category, Decision.check_fault)
    query = standing(select(*said, func.count()))
    by_action: Tally[str] = Tally()
    by_category: Tally[str] = Tally()
    by_fault: Tally[str] = Tally()
    right = 0
    with database.read() as connection:
        for action, category, fault, n in connection.execute(matching(connection, query, filters).group_by(*said)):
            by_action[action] += n
            by_category[category or UNCATEGORISED] += n
            by_fault[fault or NO_FAULT] += n
            right += n if action == "accept" and category is None else 0
    return DecidedSummary(sum(by_action.values()), dict(by_action), dict(by_category), dict(by_fault), right)


def count(connection: Connection, filters: DecidedFilter, found: ColumnElement[bool] | None = None) -> int:
    """Count the standing decisions that match. `found` is the condition for `q`, if the caller has it already."""
    query = matching(connection, standing(select(func.count())), filters, found)
    matching_decisions: int = connection.execute(query).scalar_one()
    return matching_decisions


def standing(query: SomeSelect) -> SomeSelect:
    """Select `query` from the standing decisions on visible cards, joined to their candidates and runs."""
    return (
        query.select_from(Decision)
        .join(Candidate, (Candidate.seq == Decision.candidate_seq) & (Candidate.decision_id == Decision.id))
        .join(Run, Run.pk == Candidate.run_pk)
        .where(Candidate.status != HIDDEN)
    )


def matching(
    connection: Connection, query: SomeSelect, filters: DecidedFilter, found: ColumnElement[bool] | None = None
) -> SomeSelect:
    """Narrow `query`, which `standing` made, to what the filter wants; `found` as for `count`."""
    if filters.status is not None:
        query = query.where(Decision.status_after == filters.status)
    if filters.batch_id is not None:
        query = query.where(Decision.batch_id == filters.batch_id)
    for name, column, none in _BY_VALUE:
        query = query.where(*among(column, getattr(filters, name), getattr(filters, f"not_{name}"), none))
    query = query.where(*card_filter.conditions(filters))
    if filters.sample is not None:
        query = query.where(membership.is_member(filters.sample))
    if filters.outcome != "any":
        query = query.where(Candidate.outcome == filters.outcome)
    if filters.reading is not None:
        query = query.where(*_read_as(filters.reading))
    if filters.since is not None:
        query = query.where(Decision.at >= filters.since)
    if filters.until is not None:
        query = query.where(Decision.at < filters.until)
    if filters.q:
        query = query.where(search.decided_condition(connection, filters.q) if found is None else found)
    return query


def _read_as(reading: DecidedReading) -> Iterator[ColumnElement[bool]]:
    yield Candidate.reading.is_not(None)
    yield Candidate.is_read == (reading != "none")
    if reading == "told":
        yield Candidate.reading.in_(("right", "wrong"))
    elif reading == "aside":
        yield Candidate.reading.in_(("set_aside", "undecided"))
    elif reading not in ("any", "none"):
        yield Candidate.reading == reading
