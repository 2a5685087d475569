"""A verdict, and its undo."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from avocet.api.schemas.base import AnyJson, GivenLines, GivenTags, Strict, Text
from avocet.categories import FailureCategory
from avocet.domain import Verdict
from avocet.faults import CheckFault
from avocet.proposals import RuleName


class Proposed(Strict):
    """A rule's proposal that the card showed, and whether the person took it.

    `after_action`: it showed only once an action had begun, as on the cards of a sample.
    """

    rule: RuleName
    action: Verdict
    category: FailureCategory | None
    taken: bool
    after_action: bool = False


class SubmitRequest(Strict):
    """A verdict. `revises` is the decision it replaces, which must still stand.

    `check_fault` is what is wrong with the item or its check; `corrected_reference` is the reference it should have
    (any JSON). `tags` are free names; `must` and `must_not` are lines that say what a right answer contains, and what
    it must not. `proposed` is the rule's proposal that the card showed.
    """

    id: Text
    action: Verdict
    corrected_response: Text | None = None
    failure_category: FailureCategory | None = None
    note: Text | None = None
    check_fault: CheckFault | None = None
    corrected_reference: AnyJson = None
    tags: GivenTags
    must: GivenLines
    must_not: GivenLines
    proposed: Proposed | None = None
    revises: Annotated[int, Field(ge=0, lt=2**63)] | None = None


class UndoRequest(Strict):
    """An undo of a card's standing decision; with `decision_id`, only if that decision still stands."""

    id: Text
    decision_id: Annotated[int, Field(ge=0, lt=2**63)] | None = None


class RedoRequest(Strict):
    """What the last undo of a card took back: the decision `decision_id`."""

    id: Text
    decision_id: Annotated[int, Field(ge=0, lt=2**63)]
