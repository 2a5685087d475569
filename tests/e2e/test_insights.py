"""Insights and Overview in a browser: from what was decided to a plot, its cards, its files, and the next step."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk import Desk
from tests.e2e.test_pages import RULES, SETTLED, THEMES, WIDTHS, assert_accessible, picture

pytestmark = pytest.mark.e2e

CATEGORIES = ("wrong_answer", "wrong_answer", "format_error", "hallucination", None)


def read_a_sample(desk: Desk) -> int:
    """Draw a sample of the failures and read most of it; how many were read."""
    desk.post("/samples", {"name": "first", "filter": {}, "size": 40, "seed": 7})
    cards = [str(card["id"]) for card in desk.get("/queue?per_page=200&sample=first")["items"]]
    read = cards[: len(cards) * 3 // 4]
    for number, card in enumerate(read):
        category = CATEGORIES[number % len(CATEGORIES)]
        if number % 6 == 0:
            desk.post("/submit", {"id": card, "action": "accept"})
        elif number % 2:
            text = {"corrected_response": f"corrected {'x' * number}"}
            desk.post("/submit", {"id": card, "action": "correct", "failure_category": category, **text})
        else:
            desk.post("/submit", {"id": card, "action": "discard", "failure_category": category})
    return len(read)


def test_from_what_was_read_to_plots_cards_and_files(page: Page, desk: Desk, tmp_path: Path) -> None:
    read = read_a_sample(desk)
    page.goto(f"{desk.url}/insights")
    expect(page.get_by_test_id("insights-answer")).to_contain_text("of the kind “wrong answer”")
    mix = page.get_by_test_id("mix-pane")
    expect(mix).to_contain_text(f"{read} of")
    expect(page.get_by_test_id("kinds-pane")).to_contain_text(f"by {read} random reads of “first”")

    with page.expect_download() as saving:
        mix.get_by_role("button", name="Save the mix of failures as SVG").click()
    drawing = tmp_path / "mix.svg"
    saving.value.save_as(drawing)
    assert ElementTree.parse(drawing).getroot().tag.endswith("svg")
    with page.expect_download() as saving:
        mix.get_by_role("button", name="Save the mix of failures as CSV").click()
    table = tmp_path / "mix.csv"
    saving.value.save_as(table)
    header, *rows = table.read_text("utf-8").splitlines()
    assert header.startswith("group,name,failed,read,unread")
    assert rows[-1].split(",")[:4] == ["all", "All", str(desk.get("/insights")["all"]["failed"]), str(read)]

    mix.get_by_test_id("as-table").click()
    expect(mix.get_by_role("table")).to_contain_text("random sample")
    mix.get_by_test_id("as-plot").click()
    part = mix.get_by_role("link", name="All, hallucination")
    part.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk.url}/decided?outcome=failed&reading=told&failure_category=hallucination")
    found = desk.get("/insights")["all"]["by_category"]["hallucination"]["read"]
    expect(page.get_by_test_id("decided-row")).to_have_count(found)


def test_the_pages_are_accessible_at_every_width_in_both_themes(browser: Browser, desk: Desk) -> None:
    read_a_sample(desk)
    for width, (pixels, height) in WIDTHS.items():
        context = browser.new_context(viewport={"width": pixels, "height": height}, locale="en-GB")
        page = context.new_page()
        for path, pane in (("insights", "mix-pane"), ("overview", "next-step")):
            page.goto(f"{desk.url}/{path}")
            expect(page.get_by_test_id(pane)).to_be_visible()
            for theme in THEMES:
                page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
                page.evaluate(SETTLED)
                assert_accessible(page, f"{path} {pixels} {theme}", RULES[theme])
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "scrolls sideways"
                picture(page, path, width, theme)
        context.close()


def test_where_nothing_waits_the_desk_opens_with_the_overview(page: Page, desk: Desk) -> None:
    page.goto(desk.url)
    expect(page.get_by_test_id("card")).to_be_visible()
    desk.post("/bulk", {"action": "accept", "queue": {}})
    page.goto("about:blank")
    page.goto(desk.url)
    expect(page).to_have_url(f"{desk.url}/overview")
    expect(page.get_by_test_id("overview-answer")).to_contain_text("are ready to train")
    page.get_by_test_id("next-go").click()
    expect(page).to_have_url(f"{desk.url}/train")
    page.get_by_role("link", name="Review", exact=True).click()
    expect(page.get_by_test_id("empty-all-reviewed")).to_be_visible()
