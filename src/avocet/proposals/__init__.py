"""What a card's texts alone say of its answer: how it differs from the reference, and what a person would decide.

No model, no database: pure rules. A rule proposes only where it is sure; the person decides (ADR 0036).
"""

from __future__ import annotations

from avocet.proposals.item import Item
from avocet.proposals.likeness import Likeness, likeness
from avocet.proposals.proposal import RULE_NAMES, Proposal, RuleName
from avocet.proposals.proposing import propose

__all__ = ["RULE_NAMES", "Item", "Likeness", "Proposal", "RuleName", "likeness", "propose"]
