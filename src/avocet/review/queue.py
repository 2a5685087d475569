"""The queue: candidates that wait for review, filtered, ordered, in pages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, select, tuple_

from avocet.db import AnySelect, Database, SomeSelect
from avocet.domain import OUTCOMES, STATUSES, Outcome
from avocet.errors import InvalidRequest
from avocet.models import HIDDEN, Candidate, Run
from avocet.review import candidates, card_filter, counters, membership, reason_groups, search
from avocet.review.card_filter import SCORE_OR_LAST, CardFilter, values_of
from avocet.review.reason_groups import ReasonGroup

Order = Literal["imported", "lowest_score", "newest", "random", "same_prompt", "same_reason", "sample"]
PER_PAGE = 20
MAX_PER_PAGE = 200
MOST_CHARACTERS = 32 * 1024 * 1024
"""A page whose cards have more characters than this ends early."""
_PRIME = 4_294_967_291  # the largest prime below 2**32: every multiplier gives a different permutation

_STREAMED = {"stream_results": True, "max_row_buffer": PER_PAGE}
"""PostgreSQL's driver would hold a large page whole, however long its texts. A normal page is not worth the 3 ms."""

_NOT_WAITING = (*(status for status in STATUSES if status != "needs_review"), HIDDEN)
_NOT_FAILED = tuple(outcome for outcome in OUTCOMES if outcome != "failed")

_COUNTED = ("run_id", "model_name", "task_type")
_LEFT_OUT = tuple(f"not_{name}" for name in _COUNTED)

_SORTED_ANEW = ("random", "same_prompt", "same_reason", "sample")
"""Orders that may have to sort everything that matches: they sort sequence numbers, not whole cards."""


class QueueFilter(CardFilter, frozen=True, kw_only=True):
    """Which cards to show, and in which order.

    `like` is a card's id, and selects every card whose text differs from it at most in case and white space. `seed`
    belongs to the order `random`. `sample` names a sample: unless `outcome` and `order` say otherwise, its cards have
    any outcome and come in its own order. Without a sample, cards that failed are meant, as they were imported.
    """

    like: str | None = None
    outcome: Outcome | Literal["any"] | None = None
    order: Order | None = None
    seed: int = 0

    @property
    def one_outcome(self) -> Outcome | None:
        """The outcome that the cards must have; None for any."""
        wanted = self.outcome or ("any" if self.sample is not None else "failed")
        return None if wanted == "any" else wanted

    @property
    def sorting(self) -> Order:
        """The order that is meant."""
        return self.order or ("sample" if self.sample is not None else "imported")


class QueuePage(msgspec.Struct, frozen=True):
    """One page of the queue.

    `per_page` is as asked, or the number of `items` if long texts ended the page early.
    """

    items: list[candidates.Card]
    total: int
    page: int
    per_page: int
    search: search.SearchState | None
    """How much of the desk the search covered; None without `q`."""
    reasons: list[ReasonGroup]
    """The groups of the page's cards, in the order `same_reason`; else empty."""


class _Sort(NamedTuple):
    keys: tuple[ColumnElement[Any], ...]
    descending: bool = False


def page(
    database: Database,
    filters: QueueFilter,
    *,
    page: int = 1,
    per_page: int = PER_PAGE,
    after: str | None = None,
) -> QueuePage:
    """One page of the queue: by number or, faster on deep pages, the one that follows the card with the id `after`.

    Raises:
        InvalidRequest: `after` names no candidate, or the order is a sample's and none is named.
    """
    if filters.sorting == "sample" and filters.sample is None:
        raise InvalidRequest("The order sample belongs to a sample: name one.")
    with database.read() as connection:
        found = search.look(connection, filters.q) if filters.q else None
        is_after = after is not None
        query = _page_query(filters, is_after) if found is None else _built(filters, is_after, found.condition)
        values = {"per_page": per_page, "offset": 0 if after is not None else (page - 1) * per_page}
        if after is not None:
            values.update(_keys_of(connection, filters, after))
        options = _STREAMED if per_page > PER_PAGE else {}
        with connection.execute(query, values, execution_options=options) as rows:
            items, is_full = _as_many_as_fit(rows)
        candidates.name_tags(connection, items)
        total = count(connection, filters, found)
        searched = search.state(connection) if filters.q else None
        reasons = _reasons(connection, filters, found, items) if filters.sorting == "same_reason" else []
    return QueuePage(items, total, page, len(items) if is_full else per_page, searched, reasons)


def _reasons(
    connection: Connection, filters: QueueFilter, found: search.Found | None, items: list[candidates.Card]
) -> list[ReasonGroup]:
    cards = _of_runs(_narrowed_cards(select(Candidate.seq), filters), filters)
    cards = cards.where(found.condition) if found else cards
    return reason_groups.groups(connection, cards, {item["reason_shape"] for item in items})


def _as_many_as_fit(rows: Iterable[Row[Any]]) -> tuple[list[candidates.Card], bool]:
    """The cards that fit on a page (always at least one), and whether any were left out."""
    found: list[candidates.Card] = []
    room = MOST_CHARACTERS
    for row in rows:
        room -= sum(len(value) for value in row if isinstance(value, str))
        if found and room < 0:
            return found, True
        found.append(candidates.card(row))
    return found, False


def matching(connection: Connection, query: SomeSelect, filters: QueueFilter) -> SomeSelect:
    """Narrow `query`, a select from candidates joined to runs, to the cards that wait for review and match."""
    query = _narrowed(query, filters)
    return query.where(search.look(connection, filters.q).condition) if filters.q else query


def _narrowed(query: SomeSelect, filters: QueueFilter) -> SomeSelect:
    """Apply the filter, except for its full-text query."""
    if isinstance(filters.run_id, str) and filters.not_run_id is None:
        return _narrowed_cards(query.where(Run.run_id == filters.run_id), filters)
    return _of_runs(_narrowed_cards(query, filters), filters)


def chosen(connection: Connection, query: SomeSelect, filters: QueueFilter) -> SomeSelect:
    """Narrow `query`, a select from candidates, to those that match, whatever their status."""
    query = _of_runs(_alike(query, filters), filters)
    return query.where(search.look(connection, filters.q).condition) if filters.q else query


def _narrowed_cards(query: SomeSelect, filters: QueueFilter) -> SomeSelect:
    # few cards have the same text or tag, or are in a sample: with "" appended, the status can't offer its index,
    # of all that wait
    is_small = any(value is not None for value in (filters.like, filters.tag, filters.sample))
    status = Candidate.status + "" if is_small else Candidate.status
    return _alike(query.where(status == "needs_review"), filters)


def _alike(query: SomeSelect, filters: QueueFilter) -> SomeSelect:
    if filters.one_outcome is not None:
        query = query.where(Candidate.outcome == filters.one_outcome)
    query = query.where(*card_filter.conditions(filters))
    if filters.like is not None:
        pattern = select(Candidate.like_hash).where(Candidate.id == filters.like).scalar_subquery()
        query = query.where(Candidate.like_hash == pattern)
    return query if filters.sample is None else query.where(membership.is_member(filters.sample))


def _of_runs(query: SomeSelect, filters: QueueFilter) -> SomeSelect:
    return query.where(*card_filter.run_conditions(filters))


def _sort(filters: QueueFilter) -> _Sort:
    seq: ColumnElement[Any] = Candidate.seq.expression
    match filters.sorting:
        case "imported":
            return _Sort((seq,))
        case "newest":
            return _Sort((seq,), descending=True)
        case "lowest_score":
            return _Sort((SCORE_OR_LAST, seq))
        case "random":
            multiplier = (filters.seed * 2_654_435_761 + 1_013_904_223) % (_PRIME - 1) + 1
            return _Sort(((seq * multiplier) % _PRIME, seq))
        case "same_prompt":
            return _Sort((Candidate.text_hash.expression, seq))
        case "same_reason":
            return _Sort(reason_groups.KEYS)
        case "sample":
            return _Sort((membership.place(filters.sample or ""), seq))


def _built(filters: QueueFilter, is_after: bool, *conditions: ColumnElement[bool]) -> AnySelect:
    """Build the statement for a page."""
    # the index of the shapes has their cards in order within an outcome
    of_shape = filters.shape is not None and filters.one_outcome is None
    if filters.sorting in _SORTED_ANEW or of_shape or _is_scanned(filters):
        return _built_from_numbers(filters, is_after, *conditions)
    query = _narrowed(select(*candidates.CARD_COLUMNS).join(Run, Run.pk == Candidate.run_pk), filters)
    return _one_page(query.where(*conditions), _sort(filters), is_after)


def _is_scanned(filters: QueueFilter) -> bool:
    """Whether many cards may be looked at for a page: an index alone tells which of them match."""
    one = msgspec.structs.replace(filters, q=None, like=None, outcome=None, sample=None, order=None, seed=0)
    plain = {name: getattr(filters, name) for name in (*_COUNTED, "shape", "min_score", "max_score", "score")}
    is_wide = any(isinstance(value, tuple) for value in plain.values()) or filters.shape == card_filter.NONE
    return is_wide or one != QueueFilter(**plain)


def _built_from_numbers(filters: QueueFilter, is_after: bool, *conditions: ColumnElement[bool]) -> AnySelect:
    """Select the page's sequence numbers first, from an index alone if one has every column, then their cards."""
    sort = _sort(filters)
    keys = [key.label(f"key_{number}") for number, key in enumerate(sort.keys)]
    cards = _beside(filters, select(Candidate.seq.label("seq"), *keys)).where(*conditions)
    chosen = _one_page(_of_runs(_narrowed_cards(cards, filters), filters), sort, is_after).subquery()
    query = select(*candidates.CARD_COLUMNS).join(Run, Run.pk == Candidate.run_pk)
    placed = sort._replace(keys=tuple(chosen.c[key.name] for key in keys))
    return _ordered(query.join(chosen, chosen.c.seq == Candidate.seq), placed)


def _beside(filters: QueueFilter, query: AnySelect) -> AnySelect:
    """Join candidates to what their order looks at."""
    return reason_groups.beside_sizes(query) if filters.sorting == "same_reason" else query


def _one_page(query: AnySelect, sort: _Sort, is_after: bool) -> AnySelect:
    if is_after:
        query = query.where(_is_after(sort))
    return _ordered(query, sort).limit(bindparam("per_page")).offset(bindparam("offset"))


def _ordered(query: AnySelect, sort: _Sort) -> AnySelect:
    return query.order_by(*(key.desc() if sort.descending else key for key in sort.keys))


# cached: SQLAlchemy takes longer to build a statement than SQLite to run it
_page_query = lru_cache(maxsize=256)(_built)


def _is_after(sort: _Sort) -> ColumnElement[bool]:
    here = sort.keys
    there = [bindparam(f"after_{number}", type_=key.type) for number, key in enumerate(here)]
    if sort.descending:
        return and_(here[0] <= there[0], tuple_(*here) < tuple_(*there))
    # the first key is compared separately: SQLite uses no index for a tuple that holds an expression
    return and_(here[0] >= there[0], tuple_(*here) > tuple_(*there))


def _keys_of(connection: Connection, filters: QueueFilter, after: str) -> dict[str, Any]:
    """The sort keys of the card with the id `after`, as parameters.

    Raises:
        InvalidRequest: there is no such card, or it is not in the sample whose order it is.
    """
    row = None
    if "\x00" not in after:
        query = _beside(filters, select(*_sort(filters).keys)).where(Candidate.id == after)
        row = connection.execute(query).one_or_none()
    if row is None or None in row:
        raise InvalidRequest(f"after names no candidate: {after!r:.120}.")
    return {f"after_{number}": value for number, value in enumerate(row)}


def _is_search_alone(filters: QueueFilter) -> bool:
    asked = msgspec.structs.replace(filters, q=None, outcome=filters.one_outcome, order=None, seed=0)
    return asked == QueueFilter(outcome="failed")


def _most_wait(connection: Connection) -> bool:
    return 2 * counters.total(connection, status="needs_review") > search.state(connection).total


def count(connection: Connection, filters: QueueFilter, found: search.Found | None = None) -> int:
    """Count the cards that match, from the counters if they can tell, so that it costs the same at any size.

    `found` is what `q` finds, if the caller has it already.
    """
    if _is_beyond_counters(filters):
        found = found or (search.look(connection, filters.q) if filters.q else None)
        cards_of = select(func.count()).select_from(Candidate)
        if found and _is_search_alone(filters) and _most_wait(connection):
            # fewer cards do not wait: they are quicker to count
            did_not_fail = (Candidate.status == "needs_review") & Candidate.outcome.in_(_NOT_FAILED)
            not_waiting = cards_of.where(Candidate.status.in_(_NOT_WAITING) | did_not_fail, found.condition)
            return found.cards - connection.execute(not_waiting).scalar_one()
        query = _of_runs(_narrowed_cards(cards_of, filters), filters)
        matching_cards: int = connection.execute(query.where(found.condition) if found else query).scalar_one()
        return matching_cards
    asked = {name: values_of(getattr(filters, name)) for name in (*_COUNTED, *_LEFT_OUT)}
    return counters.total(connection, status="needs_review", outcome=filters.one_outcome, **asked)


def _is_beyond_counters(filters: QueueFilter) -> bool:
    """Whether the filter asks for more than the counters can tell."""
    asked = {name: getattr(filters, name) for name in (*_COUNTED, *_LEFT_OUT, "outcome", "order", "seed")}
    return msgspec.structs.replace(filters, q=filters.q or None) != QueueFilter(**asked)
