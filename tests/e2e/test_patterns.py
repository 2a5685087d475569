"""Patterns of a failure reason: the page runs none of them, and one that never ends holds nothing up."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk, add_run
from tests.e2e.review import Review
from tests.factories import candidate_line

pytestmark = pytest.mark.e2e

ENDLESS = "(a|a)*$"


def test_an_endless_pattern_costs_itself_and_the_card_is_decided(page: Page, empty_desk: Desk) -> None:
    reason = f'pattern_match: 0/2 required patterns matched; missing: ["{ENDLESS}", "^Paris$"]; forbidden: ["sure"]'
    response = f"👍 Sure, it is Paris {'a' * 34}!"
    add_run(
        empty_desk,
        "run",
        [candidate_line(number, model_response=response, failure_reason=reason) for number in (1, 2)],
    )
    review = Review(page, empty_desk)
    card = page.get_by_test_id("card")
    expect(card.get_by_test_id("given-up")).to_have_text("takes too long to look for")
    expect(card.locator("mark")).to_have_text(["Sure", "Paris"])
    expect(card.get_by_test_id("legend")).to_have_text(["1 marked below, there, but not alone", "2 marked below"])
    first = review.first()
    review.press("d", "d")
    review.expect_done(first)
    expect(card.locator("mark")).to_have_text(["Sure", "Paris"])
