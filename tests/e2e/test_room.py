"""On a small screen the card keeps the page, and nothing covers what is to be read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.desk import Desk, add_run, plain_lines
from tests.e2e.review import Review

pytestmark = pytest.mark.e2e

# what is left of the window between what sticks to its top and its bottom
LEFT = """() => {
  const stuck = (selector) => {
    const element = document.querySelector(selector)
    return getComputedStyle(element).position === 'sticky' ? element.offsetHeight : 0
  }
  return (innerHeight - stuck('header') - stuck('[data-testid=dock]')) / innerHeight
}"""

CATEGORIES = (
    "scoring_artifact",
    "style_violation",
    "partial_answer",
    "wrong_answer",
    "format_error",
    "hallucination",
)

# a browser without a touch screen has no keyboard to show: this is what it would say of one
KEYBOARD = """
const seen = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0, scale: 1 })
Object.defineProperty(window, 'visualViewport', { value: seen })
window.keyboard = (covered) => {
  seen.height = innerHeight - covered
  seen.dispatchEvent(new Event('resize'))
}
"""

# neither beside the dock nor on it: what lies below the toast is the dock's empty strip, or the page's
COVERS_NOTHING = """() => {
  const toast = document.querySelector('[data-testid=toast]')
  const { left, right, top, bottom } = toast.getBoundingClientRect()
  return [...document.querySelectorAll('a, button, input, select, textarea, summary')].every((one) => {
    const its = one.getBoundingClientRect()
    const across = its.left < right && left < its.right && its.top < bottom && top < its.bottom
    const dock = document.querySelector('[data-testid=dock]')
    const onTop = !dock || dock.contains(one) || its.bottom <= dock.getBoundingClientRect().top
    return !across || toast.contains(one) || !onTop
  })
}"""

IS_ONE_LINE = """() => {
  const pills = document.querySelectorAll('[data-pill]:not([hidden]), [data-testid=more-filters]')
  return new Set([...pills].map((pill) => Math.round(pill.getBoundingClientRect().top))).size === 1
}"""


def box(locator: Locator) -> dict[str, float]:
    found = locator.bounding_box()
    assert found
    return {
        "left": found["x"],
        "top": found["y"],
        "right": found["x"] + found["width"],
        "bottom": found["y"] + found["height"],
    }


def overlap(one: Locator, other: Locator) -> bool:
    a, b = box(one), box(other)
    across = a["left"] < b["right"] and b["left"] < a["right"]
    return across and a["top"] < b["bottom"] and b["top"] < a["bottom"]


@pytest.mark.parametrize("key", ["d", "c"])
@pytest.mark.parametrize(
    ("width", "height", "least"),
    [(720, 450, 0.6), (390, 844, 0.65), (390, 664, 0.55), (844, 390, 0.5), (768, 1024, 0.75)],
)
def test_the_card_keeps_half_of_a_small_window(
    page: Page, desk: Desk, width: int, height: int, least: float, key: str
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    review = Review(page, desk)
    review.press(key, "Alt+6")
    expect(review.chip("hallucination")).to_be_in_viewport(ratio=1)
    assert page.evaluate(LEFT) >= least
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    dock, chip = box(page.get_by_test_id("dock")), box(review.chip("hallucination"))
    assert dock["top"] <= chip["top"]
    assert chip["bottom"] <= height
    if width <= 720:
        for name in CATEGORIES:
            expect(review.chip(name)).to_be_in_viewport(ratio=1)


def test_the_dock_folds_while_the_keyboard_is_up(page: Page, desk: Desk) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(KEYBOARD)
    review = Review(page, desk)
    dock, editor = page.get_by_test_id("dock"), page.get_by_test_id("correction")
    review.press("c")
    expect(review.editor).to_be_visible()
    expect(review.chips).to_be_visible()
    page.evaluate("keyboard(344)")
    expect(review.chips).to_be_hidden()
    expect(page.get_by_test_id("submit-correction")).to_be_in_viewport(ratio=1)
    page.wait_for_function(
        "document.querySelector('[data-testid=changes]').getBoundingClientRect().bottom"
        " <= document.querySelector('[data-testid=dock]').getBoundingClientRect().top"
    )
    assert box(dock)["bottom"] <= 501
    assert box(dock)["bottom"] - box(dock)["top"] <= 70
    text = box(editor.locator("[data-editor-room]"))
    assert text["bottom"] - text["top"] >= 240
    page.evaluate("keyboard(0)")
    expect(review.chips).to_be_visible()
    assert round(box(dock)["bottom"]) == 844


@pytest.mark.parametrize("where", ["review", "runs"])
def test_on_a_phone_the_toast_covers_nothing_that_can_be_pressed(page: Page, desk: Desk, where: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    review = Review(page, desk)
    card = review.first()
    review.press("d", "Enter")
    review.expect_done(card)
    expect(review.toast).to_be_visible()
    if where == "runs":
        page.get_by_test_id("menu").click()
        page.get_by_role("link", name="Runs", exact=True).click()
        expect(page.get_by_test_id("run-row")).to_be_visible()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function(COVERS_NOTHING)


def test_the_header_the_filters_and_the_card_are_of_one_width(page: Page, desk: Desk) -> None:
    page.set_viewport_size({"width": 2560, "height": 1440})
    review = Review(page, desk)
    logo = page.get_by_role("link", name="Avocet, to the review page")
    search = page.get_by_test_id("search")
    heading = review.card.get_by_role("heading", level=1)
    left = {round(box(one)["left"]) for one in (logo, heading, review.action("accept"))}
    assert len(left) == 1
    assert box(search)["left"] - left.pop() <= 48
    assert box(page.get_by_test_id("response"))["right"] - box(heading)["left"] >= 1700


def test_on_a_low_touch_screen_targets_keep_44_pixels(browser: Browser, desk: Desk) -> None:
    context = browser.new_context(viewport={"width": 720, "height": 360}, has_touch=True, is_mobile=True)
    review = Review(context.new_page(), desk)
    review.press("d")
    buttons = review.page.get_by_test_id("dock").get_by_role("button")
    for index in range(buttons.count()):
        found = buttons.nth(index).bounding_box()
        assert found
        assert min(found["width"], found["height"]) >= 43.5
    assert review.page.evaluate(LEFT) >= 0.5
    context.close()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (720, 450), (390, 844)])
def test_the_toast_covers_no_alert(page: Page, desk: Desk, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    review = Review(page, desk)
    card = review.first()
    review.press("c")
    review.write("my own words")
    desk.post("/submit", {"id": card["id"], "action": "discard"})
    alert = page.get_by_test_id("decided-elsewhere")
    expect(alert).to_be_visible()
    add_run(desk, "meanwhile", plain_lines(3))
    expect(review.toast).to_contain_text("3 new cards")
    expect(alert).to_be_in_viewport(ratio=1)
    assert not overlap(review.toast, alert)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (720, 450), (390, 844)])
def test_the_toast_leaves_the_end_of_the_timeline_free(page: Page, desk: Desk, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    card = desk.get("/queue?per_page=1")["items"][0]
    review = Review(page, desk)
    review.press("d", "4", "Enter")
    review.expect_done(card)
    link = page.get_by_role("link", name="Decided", exact=True)
    if not link.is_visible():
        page.get_by_test_id("menu").click()
    link.click()
    page.get_by_test_id("decided-row").get_by_role("link").click()
    last = page.get_by_test_id("timeline-entry").last
    expect(last).to_be_visible()
    expect(review.toast).to_be_visible()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(last).to_be_in_viewport(ratio=1)
    assert not overlap(review.toast, last)
    assert not overlap(page.get_by_test_id("dock"), last)


def test_on_a_phone_a_row_of_the_decided_page_says_what_was_decided(page: Page, empty_desk: Desk) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    name = "Name the capital of Burkina Faso, and nothing else"
    add_run(empty_desk, "names", plain_lines(8, task_name=name, model_response="A long answer. " * 80))
    for card in empty_desk.get("/queue")["items"]:
        body = {"id": card["id"], "action": "discard", "failure_category": "wrong_answer", "note": "a note " * 30}
        empty_desk.post("/submit", body)
    page.goto(f"{empty_desk.url}/decided")
    rows = page.get_by_test_id("decided-row")
    expect(rows).to_have_count(8)
    words = rows.first.get_by_text("Discarded").locator("visible=true")
    expect(words).to_have_count(1)
    expect(words).to_be_in_viewport(ratio=1)
    expect(rows.first.get_by_text("Wrong answer").locator("visible=true")).to_be_in_viewport(ratio=1)
    table = page.get_by_role("region", name="Decided cards")
    assert table.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
    assert box(rows.first)["bottom"] - box(rows.first)["top"] <= 110


@pytest.mark.parametrize("opened_by", ["h", "?", "bulk"])
def test_on_a_phone_a_sheet_scrolls_one_way_only(page: Page, desk: Desk, opened_by: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    review = Review(page, desk)
    if opened_by == "bulk":
        page.get_by_test_id("queue-menu").click()
        page.get_by_test_id("bulk-open").click()
        expect(page.get_by_test_id("bulk-preview").get_by_role("listitem")).to_have_count(5)
    else:
        review.press(opened_by)
    sheet = page.get_by_role("dialog")
    expect(sheet).to_be_visible()
    # it slides in
    sheet.evaluate("sheet => Promise.all(sheet.getAnimations({ subtree: true }).map((one) => one.finished))")
    wide = sheet.evaluate(
        "sheet => [...sheet.querySelectorAll('*')].filter((part) => part.getBoundingClientRect().right > innerWidth)"
        ".map((part) => part.outerHTML.slice(0, 100))"
    )
    assert wide == []


def test_the_filter_bar_is_one_line_and_what_has_no_room_waits(page: Page, empty_desk: Desk) -> None:
    add_run(empty_desk, "first", plain_lines(3, model_name="small", source="benchmark", quality_score=0.5))
    page.set_viewport_size({"width": 1280, "height": 900})
    review = Review(page, empty_desk)
    values = "run_id=first&model_name=small&task_type=sums&source=benchmark"
    page.goto(f"{empty_desk.url}/?{values}&min_length=1&max_length=500&min_score=0.1&max_score=0.95&order=newest")
    pills = page.get_by_role("group", name="Which cards").locator("[data-pill]:visible")
    more = page.get_by_test_id("more-filters")
    expect(more).to_have_text(re.compile(r"More filters\s*\d set"))
    expect(page.get_by_test_id("filter-length")).to_be_hidden()
    page.wait_for_function(IS_ONE_LINE)

    # listed with what it is set to, it comes back in the place of another and is open
    review.tab_to(more)
    review.press("Enter")
    length = page.get_by_test_id("more-length")
    expect(length).to_have_text(re.compile(r"Length\s*1 to 500"))
    review.tab_to(length, "ArrowDown")
    review.press("Enter")
    expect(page.get_by_test_id("length-panel")).to_be_visible()
    page.wait_for_function(IS_ONE_LINE)
    review.press("Escape")
    expect(page.get_by_test_id("filter-length")).to_be_focused()

    # a wider window makes room
    page.set_viewport_size({"width": 2400, "height": 900})
    expect(more).to_have_text("More filters")
    expect(pills).to_have_count(7)
    page.wait_for_function(IS_ONE_LINE)


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), (390, 844)], ids=str)
def test_the_sheet_of_keys_is_within_the_window_and_scrolls_inside(
    page: Page, desk: Desk, size: tuple[int, int]
) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    review = Review(page, desk)
    review.press("?")
    sheet = page.get_by_test_id("help-dialog")
    expect(sheet).to_be_visible()
    assert box(sheet)["top"] >= 0
    assert box(sheet)["bottom"] <= height
    last = sheet.get_by_role("link", name="All of the documentation")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)
    expect(sheet.get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [800, 1440])
def test_a_message_covers_neither_the_list_nor_the_counts(page: Page, desk: Desk, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    review = Review(page, desk)
    review.press("l")
    expect(page.get_by_test_id("list")).to_be_visible()
    review.press("s", "b", "f", "f")
    expect(page.get_by_test_id("toast")).to_contain_text("Flagged")
    toast = box(page.get_by_test_id("toast"))
    assert toast["left"] >= box(page.get_by_test_id("list"))["right"]
    assert toast["right"] <= width
    assert toast["bottom"] <= box(page.get_by_test_id("counts"))["top"]
