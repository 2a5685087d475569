"""Tags and must lines: said with a decision, found, renamed and merged, with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk import Desk, add_run, plain_lines
from tests.e2e.review import Review
from tests.e2e.test_pages import RULES, SETTLED, THEMES, assert_accessible

pytestmark = pytest.mark.e2e

# the key of a hash sign on the keyboard that the tests press
HASH = "Shift+Digit3"


def type_tags(review: Review, text: str) -> None:
    review.press(HASH)
    expect(review.page.get_by_test_id("tag-field")).to_be_focused()
    review.page.keyboard.type(text)


def type_lines(review: Review, must: str, must_not: str) -> None:
    page = review.page
    review.press("m")
    expect(page.get_by_test_id("lines-must")).to_be_focused()
    for line in must.split("\n"):
        page.keyboard.type(line)
        review.press("Enter")
    review.press("Tab")
    page.keyboard.type(must_not)


def test_tags_and_must_lines_go_with_a_decision_and_are_kept_in_order(page: Page, empty_desk: Desk) -> None:
    add_run(empty_desk, "sums", plain_lines(4))
    review = Review(page, empty_desk)
    tags = page.get_by_test_id("tag")
    first = review.first()

    # before an action has begun, and kept over a reload
    type_tags(review, "Off by one, units,")
    expect(tags).to_have_text(["Off by one", "units"])
    review.press("Escape")
    type_lines(review, "1\nIT IS", "sorry")
    expect(page.get_by_test_id("must-met")).to_have_text("The answer meets 2 of 3 lines.")
    page.reload()
    expect(tags).to_have_text(["Off by one", "units"])
    expect(review.action("must")).to_contain_text("Must 3")
    review.press("d", "4", "Enter")
    review.expect_done(first)
    said = {"tags": ["Off by one", "units"], "must": ["1", "IT IS"], "must_not": ["sorry"]}
    stored = review.stored(first)
    assert {name: stored[name] for name in said} == said

    # undone, all of it is back; of the next card the tag is completed
    review.press("u")
    review.expect_card(first)
    expect(tags).to_have_text(["Off by one", "units"])
    expect(review.action("must")).to_contain_text("Must 3")
    review.press("f", "f")
    review.expect_done(first)
    second = review.first()
    review.press("f")
    type_tags(review, "on")
    expect(page.get_by_test_id("tag-option")).to_have_text(re.compile(r"Off by one\s*1 card"))
    review.press("ArrowDown", "Enter")
    page.keyboard.type("unit,half")
    review.press("Escape")
    expect(page.get_by_test_id("dock")).to_have_attribute("data-step", "flag")
    review.press("Enter")
    review.expect_done(second)
    assert review.stored(second)["tags"] == ["Off by one", "unit"]

    # the page of tags: renamed in place, and two made one
    page.goto(f"{empty_desk.url}/settings")
    review.tab_to(page.get_by_role("link", name="Rename or merge tags, delete unused ones"))
    review.press("Enter")
    rows = page.get_by_test_id("tag-row")
    expect(rows).to_have_count(3)
    renamed = page.locator("[data-tag='Off by one']").get_by_test_id("tag-rename")
    review.tab_to(renamed)
    review.press("Enter")
    expect(page.get_by_test_id("tag-name")).to_be_focused()
    page.keyboard.type("units")
    review.press("Enter")
    expect(page.get_by_test_id("rename-problem")).to_be_visible()
    review.press("ControlOrMeta+a")
    page.keyboard.type("one off")
    review.press("Enter")
    expect(page.locator("[data-tag='one off']")).to_contain_text("2")
    review.press("j", "j", "x", "j", "x")
    review.tab_to(page.get_by_test_id("tags-merge"), "Shift+Tab")
    review.press("Enter")
    expect(page.get_by_test_id("merge-confirm")).to_have_text("Make it “unit” on 1 card")
    review.tab_to(page.get_by_test_id("merge-confirm"))
    review.press("Enter")
    expect(rows).to_have_count(2)
    expect(page.locator("[data-tag=unit]")).to_contain_text("2")

    # found by a tag, under its name of today, and revised
    review.tab_to(page.locator("[data-tag=unit]").get_by_test_id("tag-open"))
    review.press("Enter")
    expect(page).to_have_url(f"{empty_desk.url}/decided?tag=unit")
    decided = page.get_by_test_id("decided-row")
    expect(decided).to_have_count(2)
    expect(decided.last).to_contain_text("Must contain “1”, “IT IS”; must not contain “sorry”")
    review.press("k")
    expect(decided.first.get_by_role("link")).to_be_focused()
    review.press("Enter")
    expect(tags).to_have_text(["one off", "unit"])
    type_tags(review, "")
    review.press("Backspace", "Escape", "f")
    expect(page.get_by_test_id("timeline-entry")).to_have_count(2)
    assert review.stored(second)["tags"] == ["one off"]
    page.go_back()
    expect(decided).to_have_count(1)

    # of what is decided, tags are given and taken
    page.goto(f"{empty_desk.url}/decided")
    expect(decided).to_have_count(2)
    review.press("j", "x", "j", "x")
    expect(page.get_by_test_id("selection-bar")).to_contain_text("2 cards selected")
    review.tab_to(page.get_by_test_id("selection-recategorise"), "Shift+Tab")
    review.press("Enter")
    review.tab_to(page.get_by_test_id("bulk-add-tags").get_by_role("combobox"))
    page.keyboard.type("seen twice")
    review.press("Tab")
    page.keyboard.type("unit")
    review.tab_to(page.get_by_test_id("bulk-confirm"))
    expect(page.get_by_test_id("bulk-confirm")).to_have_text("Change the tags of 2 cards")
    review.press("Enter")
    expect(review.toast).to_contain_text("Recategorised 2 cards · tagged seen twice · no longer tagged unit")
    assert [review.stored(card)["tags"] for card in (first, second)] == [["one off", "seen twice"]] * 2


def test_tags_are_accessible_at_every_width_in_both_themes(browser: Browser, empty_desk: Desk) -> None:
    add_run(empty_desk, "sums", plain_lines(3))
    for width, height in ((1440, 900), (390, 844)):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
        page = context.new_page()

        def look(what: str, page: Page = page, width: int = width) -> None:
            for theme in THEMES:
                page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
                page.evaluate(SETTLED)
                assert_accessible(page, f"{what} {width} {theme}", RULES[theme])
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "scrolls sideways"

        page.goto(f"{empty_desk.url}/tags")
        expect(page.get_by_test_id("tags-table").or_(page.get_by_test_id("tags-empty"))).to_be_visible()
        look("tags")
        review = Review(page, empty_desk)
        review.press("c")
        expect(review.editor).to_be_focused()
        page.keyboard.type("It is more. ")
        page.get_by_test_id("action-must").click()
        expect(page.get_by_test_id("lines-must")).to_be_focused()
        page.keyboard.type("more")
        expect(page.get_by_test_id("must-met")).to_contain_text("your correction 1.")
        page.get_by_test_id("action-tags").click()
        expect(page.get_by_test_id("tag-field")).to_be_focused()
        page.keyboard.type("units, off by one, u")
        if width == 390:
            expect(page.get_by_test_id("tag-option").first).to_be_visible()
        look("dock")
        review.press("Control+Enter")
        expect(review.toast).to_contain_text("Corrected")
        page.goto(f"{empty_desk.url}/tags")
        page.get_by_test_id("tag-rename").first.click()
        expect(page.get_by_test_id("tag-name")).to_be_focused()
        look("rename")
        context.close()
