"""A person says what is wrong with the check of an item, with the keyboard alone, and corrects its reference."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk, add_run, plain_lines
from tests.e2e.review import Review

pytestmark = pytest.mark.e2e


@pytest.fixture
def review(page: Page, empty_desk: Desk) -> Review:
    add_run(empty_desk, "sums", plain_lines(3, reference="One less"))
    return Review(page, empty_desk)


def open_faults(review: Review) -> None:
    review.press("q")
    expect(review.page.get_by_test_id("faults")).to_be_visible()


def test_a_fault_and_a_corrected_reference_go_with_the_decision_and_come_back_with_its_undo(review: Review) -> None:
    card, page = review.first(), review.page
    open_faults(review)
    review.press("3")
    reference = page.get_by_test_id("corrected-reference")
    expect(reference).to_have_value("One less")
    review.tab_to(reference)
    review.press("ControlOrMeta+a")
    page.keyboard.insert_text("One more")
    page.reload()
    expect(page.get_by_test_id("action-fault")).to_contain_text("Reference wrong")
    open_faults(review)
    expect(reference).to_have_value("One more")
    review.press("Escape", "d", "4", "Enter")
    review.expect_done(card)
    said = {"failure_category": "wrong_answer", "check_fault": "reference_wrong", "corrected_reference": "One more"}
    stored = review.stored(card)
    assert {name: stored[name] for name in said} == said
    assert stored["reference"] == "One less"
    review.press("u")
    review.expect_card(card)
    open_faults(review)
    expect(page.get_by_test_id("fault-reference_wrong")).to_have_attribute("data-state", "on")
    expect(reference).to_have_value("One more")
    review.press("a")
    review.expect_done(card)
    stored = review.stored(card)
    assert (stored["check_fault"], stored["corrected_reference"]) == ("reference_wrong", "One more")


def test_what_was_said_of_the_check_is_found_shown_and_changed(review: Review) -> None:
    card, page = review.first(), review.page
    open_faults(review)
    review.press("2", "f", "f")
    review.expect_done(card)
    page.goto(f"{review.desk.url}/decided?check_fault=check_too_lax")
    expect(page.get_by_test_id("decided-row")).to_have_count(1)
    expect(page.get_by_test_id("decided-row")).to_contain_text("Check too lax")
    page.get_by_test_id("decided-row").get_by_role("link").click()
    expect(page.get_by_test_id("timeline-fault")).to_have_text("Check too lax")
    page.go_back()
    page.get_by_test_id("bulk-open").click()
    page.get_by_test_id("bulk-fault").select_option("harness_fault")
    page.get_by_test_id("bulk-confirm").click()
    expect(review.toast).to_contain_text("Recategorised 1 card · Harness fault")
    stored = review.stored(card)
    assert (stored["failure_category"], stored["check_fault"]) == (None, "harness_fault")
