"""What a rule proposes."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from avocet.categories import FailureCategory
from avocet.domain import Verdict

RuleName = Literal[
    "equal",
    "equal_but_for_space",
    "equal_but_for_punctuation",
    "equal_but_for_case",
    "equal_but_for_numbers",
    "equal_json",
    "in_a_sentence",
    "not_alone",
    "stuck",
    "other_number",
    "absent",
]
RULE_NAMES: tuple[RuleName, ...] = get_args(RuleName)


class Proposal(msgspec.Struct, frozen=True):
    """What a rule proposes to decide, to be taken or not. `why` are the few words that stand on the button.

    `corrected_response` is the text of a proposed correction: a reference.
    """

    rule: RuleName
    action: Verdict
    category: FailureCategory
    corrected_response: str | None
    why: str


def rightly(rule: RuleName, why: str) -> Proposal:
    """The answer was right, and the check too strict."""
    return Proposal(rule, "accept", "scoring_artifact", None, why)


def by_reference(rule: RuleName, category: FailureCategory, reference: str, why: str) -> Proposal:
    """The reference should stand in place of the answer."""
    return Proposal(rule, "correct", category, reference, why)
