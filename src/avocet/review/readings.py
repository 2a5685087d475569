"""What decisions say of the answers, as the database works it out (`avocet.faults.reading_of` in SQL)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case

from avocet.faults import SET_ASIDE


def reading_of(decision: Any) -> ColumnElement[str]:  # noqa: ANN401 (the class or an alias of it)
    """The reading of a decision, which is none of an undo; null where there is no decision."""
    fault, category = decision.check_fault, decision.failure_category
    return case(
        (decision.id.is_(None), None),
        (fault.in_(sorted(SET_ASIDE)), "set_aside"),
        ((decision.action == "accept") | (category == "scoring_artifact"), "right"),
        ((decision.action == "discard") & category.is_(None) & fault.is_(None), "undecided"),
        else_="wrong",
    )
