"""What an overview over many runs is narrowed to, and the conditions that select its failures."""

from __future__ import annotations

import msgspec
from sqlalchemy import ColumnElement

from avocet.db import SomeSelect
from avocet.models import HIDDEN, Candidate, Run


class Narrowed(msgspec.Struct, frozen=True, kw_only=True):
    """One run, model or task type; None for any."""

    run_id: str | None = None
    model_name: str | None = None
    task_type: str | None = None

    def failures(self) -> list[ColumnElement[bool]]:
        """The conditions for failed cards in sight, for a query that is joined to their runs."""
        wanted = (
            (Run.run_id, self.run_id),
            (Candidate.model_name, self.model_name),
            (Candidate.task_type, self.task_type),
        )
        asked = [column == value for column, value in wanted if value is not None]
        return [Candidate.outcome == "failed", Candidate.status != HIDDEN, *asked]

    def of_failures(self, query: SomeSelect) -> SomeSelect:
        """Narrow a query of candidates."""
        if self.run_id is not None:
            query = query.join(Run, Run.pk == Candidate.run_pk)
        return query.where(*self.failures())
