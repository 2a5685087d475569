"""The rules, in the order in which they are asked: the first that is sure proposes."""

from __future__ import annotations

from collections.abc import Callable

from avocet.domain import is_blank
from avocet.proposals.equal import equal, equal_json
from avocet.proposals.item import LONGEST_ANSWER, LONGEST_REFERENCE, Item
from avocet.proposals.proposal import Proposal
from avocet.proposals.sentence import in_a_sentence, not_alone
from avocet.proposals.wrong import absent, other_number, stuck

RULES: tuple[Callable[[Item], Proposal | None], ...] = (
    equal,
    equal_json,
    in_a_sentence,
    not_alone,
    stuck,
    other_number,
    absent,
)


def propose(item: Item) -> Proposal | None:
    """The proposal of the first rule that is sure; None if none is. Blank and very long answers have none."""
    is_long = len(item.answer) > LONGEST_ANSWER or any(len(one) > LONGEST_REFERENCE for one in item.references)
    if is_long or not item.references or is_blank(item.answer):
        return None
    return next((found for rule in RULES if (found := rule(item))), None)
