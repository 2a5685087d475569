"""The answer is one sentence that ends with the reference: "The capital of France is Paris." """

from __future__ import annotations

import re

from avocet.proposals.item import Item
from avocet.proposals.proposal import Proposal, by_reference, rightly
from avocet.proposals.texts import bare_ends, place_of

_LONGEST = 200
_LEADS_TO_IT = re.compile(r"(?:\b(?:is|are|was|were|equals|be)|[:=])[\s\"'`“„‘*]*$", re.IGNORECASE)
_DOUBTS = re.compile(
    r"\b(?:not|no|never|neither|nor|or|cannot|maybe|perhaps|might|could|possibly|probably|unlikely|wrong|incorrect"
    r"|false|if|but)\b|n['’]t\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[.!?]\s|\n")


def in_a_sentence(item: Item) -> Proposal | None:
    """The whole answer says the reference, and nobody asked for less than a sentence."""
    is_more_asked = item.asks_for_the_answer_alone or item.asks_to_be_short or item.asks_for_form
    if is_more_asked or item.has_a_limit:
        return None
    return rightly("in_a_sentence", "in a sentence") if _said(item) else None


def not_alone(item: Item) -> Proposal | None:
    """The answer says the reference, where the answer alone was asked for."""
    if not item.asks_for_the_answer_alone:
        return None
    reference = _said(item)
    if reference is None:
        return None
    return by_reference("not_alone", "style_violation", reference, "words around it")


def _said(item: Item) -> str | None:
    """The reference with which the answer ends, a sentence that leads to it and doubts nothing."""
    answer = bare_ends(item.answer)
    if len(answer) > _LONGEST or _SENTENCES.search(answer):
        return None
    return next((one for one in item.references if _leads_to(answer, bare_ends(one), item.asked)), None)


def _leads_to(answer: str, reference: str, asked: str) -> bool:
    places = place_of(answer, reference)
    # what stands in the question too, such as one of its choices, may be repeated without being the answer
    if len(places) != 1 or places[0] + len(reference) != len(answer) or place_of(asked, reference):
        return False
    before = answer[: places[0]]
    return _LEADS_TO_IT.search(before) is not None and not _DOUBTS.search(before)
