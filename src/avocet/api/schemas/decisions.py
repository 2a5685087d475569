"""A verdict, and its undo."""

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
    """An undo of a card's standing decision; with `decision_id`, only if that decision still stands."""

    id: Text
    decision_id: Annotated[int, Field(ge=0, lt=2**63)] | None = None
