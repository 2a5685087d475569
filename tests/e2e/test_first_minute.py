"""The first minute: an empty desk, the example run, what this is, the documentation, and the way to everything."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk
from tests.e2e.test_pages import SETTLED, assert_accessible


def test_from_an_empty_desk_to_the_first_card_the_documentation_and_anything_else(
    page: Page, empty_desk: Desk
) -> None:
    page.goto(empty_desk.url)
    page.get_by_test_id("load-example").click()
    expect(page.get_by_test_id("position")).to_have_text("1 of 562 here")

    told = page.get_by_test_id("first-run")
    expect(told).to_contain_text("What you correct or accept becomes a training set.")
    told.locator("summary").press("Enter")
    expect(told).to_contain_text("The item is of no use")
    assert_accessible(page, "first run")
    page.get_by_test_id("first-run-close").press("Enter")
    expect(told).to_have_count(0)
    page.reload()
    expect(page.get_by_test_id("position")).to_be_visible()
    expect(told).to_have_count(0)

    page.get_by_test_id("docs").click()
    expect(page).to_have_url(f"{empty_desk.url}/docs/reviewing")
    shown = page.get_by_test_id("docs-page")
    expect(shown.get_by_role("heading", level=1)).to_have_text("Reviewing")
    expect(page).to_have_title("Reviewing · Avocet")
    shown.get_by_role("link", name=re.compile("faults", re.IGNORECASE)).first.click()
    expect(page).to_have_url(re.compile("/docs/faults"))
    expect(shown.get_by_role("heading", level=1)).to_contain_text("Faults of a check")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(SETTLED)
        assert_accessible(page, f"documentation, {scheme}")
    page.go_back()
    expect(shown.get_by_role("heading", level=1)).to_have_text("Reviewing")

    page.keyboard.press("?")
    page.get_by_role("link", name="All of the documentation").press("Enter")
    expect(shown.get_by_role("heading", level=1)).to_have_text("Documentation")
    page.goto(f"{empty_desk.url}/docs/no-such-page")
    expect(page.get_by_role("heading", name="The documentation has no page of this name")).to_be_visible()

    page.keyboard.press("Control+k")
    field = page.get_by_test_id("palette-field")
    field.fill("average")
    entries = page.get_by_test_id("palette-entry")
    expect(entries.first).to_contain_text("Average of four scores")
    assert_accessible(page, "palette")
    field.fill("insig")
    expect(entries.first).to_have_text("Insights")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{empty_desk.url}/insights")
    expect(page.get_by_test_id("palette")).to_have_count(0)
