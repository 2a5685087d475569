"""The queue as rows beside the card: moved through, selected and decided together, by keys alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk, add_run, plain_lines
from tests.e2e.review import Review
from tests.e2e.test_thinking import in_both_themes
from tests.factories import candidate_line

pytestmark = pytest.mark.e2e

DRAWN = 120
CARDS = 400


def test_rows_are_selected_and_decided_together(page: Page, empty_desk: Desk) -> None:
    lines = plain_lines(CARDS)
    add_run(empty_desk, "many", lines)
    review = Review(page, empty_desk)
    ids = [card["id"] for card in empty_desk.get("/queue?per_page=20")["items"]]
    rows, current = page.get_by_test_id("list-row"), page.locator("[aria-current=true]")
    toast, selected = page.get_by_test_id("toast"), page.get_by_test_id("list-selected")
    review.press("l")
    expect(rows.first).to_be_visible()

    # the card follows
    review.press("j", "j", "k")
    expect(page).to_have_url(re.compile("card="))
    expect(review.card).to_have_attribute("data-card-id", ids[1])
    expect(current).to_have_count(1)

    # three rows, flagged together; the one in the middle was passed by
    review.press("x", "Shift+J", "Shift+J")
    expect(selected).to_have_text("3 selected")
    expect(review.action("accept")).to_contain_text("Accept 3")
    expect(review.action("correct")).to_be_hidden()
    review.press("f", "4")
    expect(page.get_by_test_id("confirm")).to_contain_text("Flag 3")
    review.press("Enter")
    expect(toast).to_contain_text("Flagged 3 cards")
    expect(review.card).to_have_attribute("data-card-id", ids[4])
    expect(review.card).to_be_focused()
    expect(review.action("correct")).to_be_visible()
    flagged = empty_desk.get("/decisions?action=flag")["items"]
    assert sorted((one["id"], one["failure_category"]) for one in flagged) == [
        (card, "wrong_answer") for card in sorted(ids[1:4])
    ]
    review.press("u")
    expect(toast).to_contain_text("3 cards are as before")
    assert empty_desk.get("/decisions")["total"] == 0
    expect(rows.nth(1)).to_have_attribute("data-id", ids[1])

    # Esc leaves the selection and a focus in the list where it is; what was never on screen is no read
    box = page.get_by_test_id("list-select").nth(6)
    box.focus()
    review.press("Space")
    expect(selected).to_have_text("1 selected")
    review.press("Escape")
    expect(selected).to_be_empty()
    expect(box).to_be_focused()
    review.press("Space")
    expect(selected).to_have_text("1 selected")
    review.press("a")
    expect(toast).to_contain_text("Accepted 1 card")
    assert empty_desk.get("/decisions?reading=any")["total"] == 0

    review.press("l")
    expect(page.get_by_test_id("list")).to_be_hidden()
    page.reload()
    expect(page.get_by_test_id("list")).to_be_hidden()
    expect(review.card).to_be_visible()


def test_a_group_is_selected_and_each_card_gets_its_own_proposal(page: Page, empty_desk: Desk) -> None:
    """Twelve with a proposal to accept, one with another number, three that ran out of time, and one alone."""
    asked = [{"role": "user", "content": "How many?"}]
    capital: dict[str, Any] = {"reference": "Lima", "failure_reason": None}
    lines = [
        candidate_line(
            n,
            prompt_messages=[{"role": "user", "content": f"{n}: what is the capital of Peru?"}],
            model_response="LIMA.",
            **capital,
        )
        for n in range(12)
    ]
    lines.append(candidate_line(12, prompt_messages=asked, model_response="12", reference="225", failure_reason="x"))
    lines += [candidate_line(n, failure_reason=f"timed out after {n} s") for n in range(13, 16)]
    lines.append(candidate_line(16, failure_reason='missing: ["^a$"]'))
    add_run(empty_desk, "run", lines)
    review = Review(page, empty_desk, "/?order=same_reason")
    rows, groups = page.get_by_test_id("list-row"), page.get_by_test_id("list-group")
    selected, toast = page.get_by_test_id("list-selected"), page.get_by_test_id("toast")
    review.press("l")
    expect(groups).to_have_text(
        [re.compile("No reason given.*12$"), re.compile("Timed out after … s.*3$"), "Each in its own way2"]
    )
    expect(page.get_by_test_id("list-proposal")).to_have_count(13)

    # X on a heading selects its group, which is decided as one
    heading = page.get_by_test_id("group-select").nth(1)
    heading.focus()
    review.press("x")
    expect(selected).to_have_text("3 selected")
    expect(heading).to_be_checked()
    expect(page.get_by_test_id("take-proposals")).to_be_hidden()
    in_both_themes(page, "a group that is selected")
    review.press("d", "2", "Enter")
    expect(toast).to_contain_text("Discarded 3 cards")
    expect(groups).to_have_count(2)

    # all that have a proposal, but one, after a preview
    review.press("Shift+P")
    expect(selected).to_have_text("13 selected")
    expect(page.get_by_test_id("take-proposals")).to_have_accessible_name(
        "As proposed: 12 accept, Scoring artifact; 1 correct, Wrong answer"
    )
    review.press("p")
    confirm = page.get_by_test_id("bulk-confirm")
    expect(confirm).to_have_text("Decide 13 cards as proposed")
    expect(confirm).to_be_focused()
    page.get_by_test_id("proposed-check").first.uncheck()
    expect(page.get_by_test_id("proposed-verdicts").locator("li")).to_have_text(
        ["11 acceptScoring artifact", "1 correctWrong answer"]
    )
    expect(confirm).to_have_text("Decide 12 cards as proposed")
    in_both_themes(page, "the preview of proposals")
    confirm.press("Enter")
    expect(toast).to_contain_text("Decided 12 cards as proposed")
    expect(rows).to_have_count(2)
    stored = empty_desk.get("/decisions?action=correct")["items"]
    assert [(one["corrected_response"], one["failure_category"]) for one in stored] == [("225", "wrong_answer")]
    [entry] = empty_desk.get(f"/card/history?id={stored[0]['id']}")
    assert (entry["proposed"]["rule"], entry["proposed"]["taken"]) == ("other_number", True)

    # one undo, and Shift+U says it again; what was undone before it follows, until something is decided
    review.press("u")
    expect(toast).to_contain_text("12 cards are as before")
    review.press("u")
    expect(toast).to_contain_text("3 cards are as before")
    assert empty_desk.get("/decisions")["total"] == 0
    review.press("Shift+U")
    expect(toast).to_contain_text("Redone: Discarded 3 cards")
    review.press("Shift+U")
    expect(toast).to_contain_text("Redone: Decided 12 cards as proposed")
    expect(rows).to_have_count(2)
    assert empty_desk.get("/decisions")["total"] == 15
    review.press("Shift+U")
    expect(toast).to_contain_text("There is nothing to redo")
    card = review.stored({"id": review.card.get_attribute("data-card-id")})
    review.press("a")
    review.expect_done(card)
    review.press("u")
    review.expect_card(card)
    review.press("Shift+U")
    expect(toast).to_contain_text("Redone: Accepted")
    expect(rows).to_have_count(1)
    assert review.stored(card)["status"] == "approved"


def test_on_a_phone_the_list_takes_the_place_of_the_card_and_is_read_as_one_scrolls(
    page: Page, empty_desk: Desk
) -> None:
    add_run(empty_desk, "many", plain_lines(CARDS))
    page.set_viewport_size({"width": 390, "height": 844})
    review = Review(page, empty_desk)
    page.get_by_test_id("list-toggle").click()
    rows = page.get_by_test_id("list-row")
    expect(rows.first).to_be_visible()
    expect(review.card).to_be_hidden()
    while rows.last.get_attribute("aria-posinset") != str(CARDS):
        page.get_by_test_id("list-rows").evaluate("(list) => list.scrollTo(0, list.scrollHeight)")
    assert rows.count() < DRAWN
    last = rows.last.get_attribute("data-id")
    rows.last.get_by_test_id("list-show").click()
    expect(review.card).to_have_attribute("data-card-id", last or "")
    expect(page.get_by_test_id("list")).to_be_hidden()
