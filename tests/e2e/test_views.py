"""Filters of several values, and views: named, changed, taken from the list and from the palette, by keys alone."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk, add_run, plain_lines
from tests.e2e.review import Review
from tests.e2e.test_pages import SETTLED

pytestmark = pytest.mark.e2e


def no_violation(page: Page) -> None:
    """Look at the page in both themes."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.evaluate(SETTLED)
        found = Axe().run(page, options={"rules": {"region": {"enabled": False}}})
        assert found.violations_count == 0, found.generate_report()


def test_several_values_and_a_view(page: Page, empty_desk: Desk) -> None:
    for number, model in enumerate("abc"):
        lines = [
            {**line, "id": f"{model}{n}", "model_name": f"model-{model}"}
            for n, line in enumerate(plain_lines(number + 1))
        ]
        add_run(empty_desk, f"run-{model}", lines)
    review = Review(page, empty_desk)
    position, pill = page.get_by_test_id("position"), page.get_by_test_id("filter-model")
    view, panel = page.get_by_test_id("view-pill"), page.get_by_test_id("view-panel")

    def entry(name: str) -> None:
        """Go to an entry of the menu by the beginning of its name, as letters do."""
        review.highlight(page.get_by_role("menuitemcheckbox", name=re.compile(rf"^{name}\b")))

    # Space picks and the menu stays; Enter picks the last and closes it
    review.tab_to(pill)
    review.press("Enter")
    expect(page.get_by_role("menuitemcheckbox", name="model-a")).to_be_visible()
    entry("model-a")
    review.press("Space")
    expect(page).to_have_url(re.compile("model_name=model-a"))
    no_violation(page)
    entry("model-b")
    review.press("Enter")
    expect(pill).to_have_text("Modelmodel-a, model-b")
    expect(position).to_contain_text("of 3")
    expect(page).to_have_url(re.compile("model_name=model-a&model_name=model-b"))

    # a name for it
    review.tab_to(view)
    expect(view).to_have_text("Save view")
    review.press("Enter")
    review.tab_to(panel.get_by_test_id("view-new"))
    review.press("Enter")
    expect(panel.get_by_test_id("view-name")).to_be_focused()
    page.keyboard.type("Two models")
    no_violation(page)
    review.press("Enter")
    expect(view).to_have_text(re.compile(r"View\s+Two models"))
    expect(page).to_have_url(re.compile(r"view=Two(\+|%20)models"))

    # all but these: the view says that it was changed, and is back with one press
    review.tab_to(pill, "Shift+Tab")
    review.press("Enter")
    entry("All but these")
    review.press("Space", "Escape")
    expect(pill).to_have_text("Modelnot model-a, model-b")
    expect(position).to_contain_text("of 3")
    expect(page).to_have_url(re.compile("not_model_name=model-a"))
    expect(page.get_by_test_id("view-changed")).to_be_visible()
    no_violation(page)
    page.get_by_test_id("view-back").press("Enter")
    expect(pill).to_have_text("Modelmodel-a, model-b")
    expect(page.get_by_test_id("view-changed")).to_be_hidden()

    # by its name alone, from the palette, and on a phone
    page.goto(empty_desk.url + "/decided")
    expect(view).to_be_visible()
    page.keyboard.press("ControlOrMeta+k")
    expect(page.get_by_test_id("palette-field")).to_be_focused()
    page.keyboard.type("two models")
    expect(page.get_by_test_id("palette-entry").first).to_contain_text("Two models")
    page.keyboard.press("Enter")
    expect(pill).to_have_text("Modelmodel-a, model-b")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(empty_desk.url + "/?view=Two+models")
    expect(position).to_contain_text("of 3")
    expect(pill).to_have_text("Modelmodel-a, model-b")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    # another name, deleted, and back
    view.press("Enter")
    panel.get_by_test_id("view-rename").press("Enter")
    panel.get_by_test_id("view-name").fill("Both")
    page.keyboard.press("Enter")
    expect(view).to_have_text(re.compile(r"View\s+Both"))
    view.press("Enter")
    panel.get_by_test_id("view-forget").press("Enter")
    expect(review.toast).to_contain_text("Deleted the view “Both”")
    expect(view).to_have_text("Save view")
    assert empty_desk.get("/views") == []
    review.toast.get_by_role("button", name=re.compile("Undo")).press("Enter")
    expect(review.toast).to_be_hidden()
    page.goto(empty_desk.url + "/?view=Two+models")
    expect(review.toast).to_contain_text("There is no view 'Two models'. Known: Both.")
    expect(page).to_have_url(re.compile(r"^[^?]*/(\?card=[^&]*)?$"))
