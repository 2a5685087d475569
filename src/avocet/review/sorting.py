"""The orders in which what is decided is listed."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import ColumnElement, func

from avocet.models import Candidate, Decision
from avocet.review.card_filter import SCORE_OR_LAST

DecidedSort = Literal["at", "action", "failure_category", "reviewer", "model_name", "task_type", "quality_score"]
"""The columns by which what is decided is sorted."""
_SORTED_BY: dict[DecidedSort, ColumnElement[Any]] = {
    "action": Decision.action.expression,
    "failure_category": func.coalesce(Decision.failure_category, ""),
    "reviewer": Decision.reviewer.expression,
    "model_name": func.coalesce(Candidate.model_name, ""),
    "task_type": func.coalesce(Candidate.task_type, ""),
    "quality_score": SCORE_OR_LAST,
}


def order(sort: DecidedSort, ascending: bool) -> list[ColumnElement[Any]]:
    """The order; decisions that are equal in the column come newest first."""
    newest = Decision.id.desc()
    if sort == "at":
        return [Decision.id.asc() if ascending else newest]
    key = _SORTED_BY[sort]
    # cards without a score come last either way
    missing = [Candidate.quality_score.is_(None)] if sort == "quality_score" else []
    return [*missing, key.asc() if ascending else key.desc(), newest]
