"""A verdict, its undoing, and the history of a card."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from avocet.api.schemas.base import Strict, Text
from avocet.domain import Action, FailureCategory, Status, Verdict


class SubmitRequest(Strict):
    """A verdict. `revises` is the decision it replaces, which must still stand."""

    id: Text
    action: Verdict
    corrected_response: Text | None = None
    failure_category: FailureCategory | None = None
    note: Text | None = None
    revises: Annotated[int, Field(ge=0, lt=2**63)] | None = None


class SubmitResponse(BaseModel):
    ok: Literal[True]
    id: str
    status: Status
    failure_category: FailureCategory | None
    decision_id: int


class UndoRequest(Strict):
    """`decision_id`: undo only if this is the decision that stands."""

    id: Text
    decision_id: Annotated[int, Field(ge=0, lt=2**63)] | None = None


class UndoneVerdict(BaseModel):
    action: Verdict
    corrected_response: str | None
    failure_category: FailureCategory | None
    note: str | None


class UndoResponse(BaseModel):
    ok: Literal[True]
    id: str
    status: Status
    undone: UndoneVerdict


class HistoryEntry(BaseModel):
    """`shortened` names the texts of which only the start is here, with how many characters they have."""

    decision_id: int
    action: Action
    status_after: Status
    failure_category: FailureCategory | None
    corrected_response: str | None
    note: str | None
    reviewer: str
    at: str
    replaces: int | None
    undone: bool
    shortened: dict[str, int]
