"""The answer is a reference, only written otherwise."""

from __future__ import annotations

from avocet.proposals.item import Item
from avocet.proposals.likeness import Difference, differences_of
from avocet.proposals.proposal import Proposal, RuleName, rightly
from avocet.proposals.texts import as_json, one_space, same_json

# the last of them that an answer differs in names the rule: the order is that of the risk
_NAMES: dict[Difference, tuple[RuleName, str]] = {
    "space": ("equal_but_for_space", "space"),
    "punctuation": ("equal_but_for_punctuation", "stop"),
    "case": ("equal_but_for_case", "case"),
    "number_format": ("equal_but_for_numbers", "number format"),
}


def equal(item: Item) -> Proposal | None:
    """The answer is a reference, but for its form; the prompt asks for no form."""
    found = [_differences(item.answer, reference) for reference in item.references]
    likest = min((one for one in found if one is not None), key=len, default=None)
    if likest is None:
        return None
    if not likest:
        return rightly("equal", "equals the reference")
    if item.asks_for_form or ("case" in likest and item.is_about_case):
        return None
    rule = [name for difference, (name, _) in _NAMES.items() if difference in likest][-1]
    listed = ", ".join(word for difference, (_, word) in _NAMES.items() if difference in likest)
    return rightly(rule, f"equal but for {listed}")


def equal_json(item: Item) -> Proposal | None:
    """The answer is the same JSON as a reference; the prompt asks for no order and no layout."""
    if item.asks_for_form:
        return None
    is_same = any(as_json(one) is not None and same_json(item.answer, one) for one in item.references)
    return rightly("equal_json", "the same JSON") if is_same else None


def _differences(answer: str, reference: str) -> tuple[Difference, ...] | None:
    """The differences of form; None if there are others, or if the form may matter: in lines and within words."""
    if "\n" in reference.strip():
        lines = [[line.rstrip() for line in text.strip().splitlines()] for text in (answer, reference)]
        same = lines[0] == lines[1]
        return (() if answer == reference else ("space",)) if same else None
    differences = differences_of(one_space(answer), one_space(reference))
    if differences is None or not set(differences) <= set(_NAMES) or "space" in differences:
        return None
    return differences if answer == one_space(answer) else (*differences, "space")
