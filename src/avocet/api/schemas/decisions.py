"""A verdict, its undoing, and the history of a card."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from avocet.api.schemas.base import Strict, Text
from avocet.categories import FailureCategory
from avocet.domain import Verdict


class SubmitRequest(Strict):
    """A verdict. `revises` is the decision it replaces, which must still stand."""

    id: Text
    action: Verdict
    corrected_response: Text | None = None
    failure_category: FailureCategory | None = None
    note: Text | None = None
    revises: Annotated[int, Field(ge=0, lt=2**63)] | None = None


class UndoRequest(Strict):
    """`decision_id`: undo only if this is the decision that stands."""

    id: Text
    decision_id: Annotated[int, Field(ge=0, lt=2**63)] | None = None
