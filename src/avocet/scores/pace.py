"""How far the review is, how fast it goes, and when it would be done at that pace."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import sqrt
from statistics import fmean, median, stdev

import msgspec
from sqlalchemy import Connection, and_, case, func, not_, select
from sqlalchemy.orm import aliased

from avocet.db import SomeSelect
from avocet.domain import IMPORT_REVIEWER
from avocet.models import Candidate, Decision, Run
from avocet.scores.narrowed import Narrowed
from avocet.scores.rows import Number
from avocet.scores.told import Z

WINDOW_DAYS = 14
_FEWEST_DAYS = 3
_NEWEST = 500
_FEWEST_GAPS = 5
_BREAK_S = 120.0
"""A longer gap between two decisions is a break, not work; as in the app's own pace."""


class DayOfReview(msgspec.Struct, frozen=True):
    """The cards that a day (UTC) added: `read` by a person who opened them, `decided` in any way.

    An undo takes its card off on the day of the undo.
    """

    day: str
    read: int
    decided: int


class Pace(msgspec.Struct, frozen=True):
    """The failed cards, decided and waiting, and the review's pace.

    `seconds_per_card` is the median gap between two decisions of one reviewer, breaks left out, over the newest
    decisions of the desk. `per_day` is the mean of the cards read on the last days, up to 14, and its interval that
    of the mean; null until three days have passed. `days_left` is the forecast for all that wait, as a range; `high`
    is null where it may never end.
    """

    cards: int
    decided: int
    waiting: int
    seconds_per_card: float | None
    per_day: Number | None
    days_left: Number | None
    days: list[DayOfReview]


def pace(connection: Connection, narrowed: Narrowed, waiting: int, decided: int, today: date) -> Pace:
    days = _days(connection, narrowed)
    per_day = _per_day(days, today)
    return Pace(
        cards=waiting + decided,
        decided=decided,
        waiting=waiting,
        seconds_per_card=seconds_per_card(connection),
        per_day=per_day,
        days_left=_days_left(waiting, per_day),
        days=days,
    )


def seconds_per_card(connection: Connection) -> float | None:
    """The median gap between two decisions of one reviewer; None where there are too few."""
    query = select(Decision.reviewer, Decision.at).where(
        Decision.action != "undo", Decision.batch_id.is_(None), Decision.reviewer != IMPORT_REVIEWER
    )
    times: defaultdict[str, list[datetime]] = defaultdict(list)
    for reviewer, at in connection.execute(query.order_by(Decision.id.desc()).limit(_NEWEST)):
        times[reviewer].append(datetime.fromisoformat(at))
    gaps = [(later - earlier).total_seconds() for one in times.values() for later, earlier in pairwise(one)]
    worked = [gap for gap in gaps if 0 <= gap <= _BREAK_S]
    return median(worked) if len(worked) >= _FEWEST_GAPS else None


def _days(connection: Connection, narrowed: Narrowed) -> list[DayOfReview]:
    """The days on which something was decided, or undone, in their order."""
    day = func.substr(Decision.at, 1, 10)
    added = Added()
    by_person = and_(added.is_read, added.reviewer != IMPORT_REVIEWER)
    query = select(day, func.sum(case((by_person, added.cards), else_=0)), func.sum(added.cards))
    query = added.join(query).join(Run, Run.pk == Candidate.run_pk).where(*narrowed.failures())
    rows = connection.execute(query.group_by(day).order_by(day))
    return [DayOfReview(name, int(read), int(decided)) for name, read, decided in rows]


class Added:
    """What a decision adds to the decided cards: a first one 1, an undo back to the queue -1, any other 0.

    `is_read` and `reviewer` are those of the decision that counts: for an undo, of the undone one.
    """

    def __init__(self) -> None:
        self._undone = undone = aliased(Decision)
        is_undo = Decision.action == "undo"
        is_first = and_(not_(is_undo), Decision.replaces.is_(None))
        self.cards = case((is_first, 1), (and_(is_undo, Decision.status_after == "needs_review"), -1), else_=0)
        self.is_read = case((is_undo, undone.is_read), else_=Decision.is_read)
        self.reviewer = case((is_undo, undone.reviewer), else_=Decision.reviewer)

    def join(self, query: SomeSelect) -> SomeSelect:
        """Select from decisions, joined to their candidates."""
        query = query.select_from(Decision).join(Candidate, Candidate.seq == Decision.candidate_seq)
        is_its = and_(Decision.action == "undo", self._undone.id == Decision.replaces)
        return query.outerjoin(self._undone, is_its)


def _per_day(days: list[DayOfReview], today: date) -> Number | None:
    read = {day.day: max(day.read, 0) for day in days if day.read}
    if not read:
        return None
    since_first = (today - date.fromisoformat(min(read))).days + 1
    window = min(WINDOW_DAYS, since_first)
    if window < _FEWEST_DAYS:
        return None
    counts = [read.get((today - timedelta(days=back)).isoformat(), 0) for back in range(window)]
    mean, arm = fmean(counts), Z * stdev(counts) / sqrt(window)
    return Number(mean, max(mean - arm, 0.0), mean + arm) if mean else None


def _days_left(waiting: int, per_day: Number | None) -> Number | None:
    if per_day is None or not per_day.value or not per_day.high:
        return None
    return Number(waiting / per_day.value, waiting / per_day.high, waiting / per_day.low if per_day.low else None)
