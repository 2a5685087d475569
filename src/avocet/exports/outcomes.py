"""Which cards an export takes by what the harness said of them: what failed, unless the recipe says otherwise."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import aliased

from avocet.db import AnySelect
from avocet.exporters import Exporter
from avocet.exports.recipe import Recipe
from avocet.exports.state import DeskState
from avocet.models import Decision


def where(query: AnySelect, exporter: Exporter, wanted: Recipe, state: DeskState) -> AnySelect:
    """Narrow `query`, which selects from candidates joined to `state`, to the outcomes that the recipe wants.

    Training sets take in passes only by the recipe's `passes`; whole records take them as any other outcome.
    """
    outcome = wanted.filter.outcome or ("failed" if exporter.is_kept else "any")
    if outcome == "any":
        if not exporter.is_training:
            return query
        condition: ColumnElement[bool] = state.outcome != "passed"
    elif outcome == "passed" and exporter.is_training:
        condition = false()
    else:
        condition = state.outcome == outcome
    return query.where(or_(condition, _passes(wanted, state)) if wanted.passes else condition)


def _passes(wanted: Recipe, state: DeskState) -> ColumnElement[bool]:
    """The passes that somebody corrected; with `confirmed` also those that somebody accepted."""
    approved = (state.outcome == "passed") & (state.status == "approved")
    if wanted.passes == "confirmed":
        return approved
    standing = aliased(Decision)
    corrected = select(standing.id).where(standing.id == state.decision_id, standing.action == "correct")
    return approved & corrected.exists()
