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


def test_patterns_are_marked_in_the_rendered_answer_too(page: Page, empty_desk: Desk) -> None:
    reason = 'pattern_match: 0/1 required patterns matched; missing: ["^Paris$"]; forbidden: ["sure thing"]'
    table = "| a | b |\n|---|---|\n| 1 | 2 |"
    response = f"# A **sure thing**\n\nIt is `Paris`, $x^2$ and <img src=x onerror=alert(1)>.\n\n{table}"
    add_run(empty_desk, "run", [candidate_line(1, model_response=response, failure_reason=reason)])
    Review(page, empty_desk)
    page.get_by_test_id("toggle-rendered").click()
    rendered = page.get_by_test_id("rendered")
    expect(rendered.locator(".math math")).to_be_visible()
    expect(rendered.locator("mark")).to_have_text(["sure thing", "Paris"])
    expect(rendered.locator("code mark")).to_have_attribute("title", "Nearly a missing pattern, 1")
    expect(rendered.locator("strong mark")).to_have_attribute("data-mark", "forbidden")
    expect(rendered.locator("img")).to_have_count(0)
    expect(rendered).to_contain_text("<img src=x onerror=alert(1)>")
