"""Input methods, other people's keyboards, and what was begun on a card: no key means something else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.desk import Desk, add_run, plain_lines, same_lines
from tests.e2e.review import Review

pytestmark = pytest.mark.e2e

LINES = (Path(__file__).parent.parent / "samples/cases/text/white-space.jsonl").read_text("utf-8")
ALT, CONTROL, SHIFT = 1, 2, 8
ENTER = ("Enter", "Enter", 13)
ESCAPE = ("Escape", "Escape", 27)
# Option and AltGr on European keyboards: the character, the place of its key, what else is held
EUROPEAN = (
    ("[", "Digit5", ALT),
    ("]", "Digit6", ALT),
    ("{", "Digit8", ALT),
    ("}", "Digit9", ALT),
    ("|", "Digit1", ALT),
    ("#", "Digit3", ALT),
    ("@", "Digit2", ALT),
    ("$", "Digit4", ALT | SHIFT),
    ("@", "KeyL", ALT),
    ("√", "KeyV", ALT),
    # as Linux tells AltGr
    ("{", "Digit7", 0),
    ("\\", "Minus", 0),
)
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"


class Hands:
    """Keys and input methods as the browser's own protocol sends them."""

    def __init__(self, page: Page) -> None:
        self._browser = page.context.new_cdp_session(page)

    def compose(self, text: str) -> None:
        where = {"selectionStart": len(text), "selectionEnd": len(text)}
        self._browser.send("Input.imeSetComposition", {"text": text, **where})

    def commit(self, text: str) -> None:
        self._browser.send("Input.insertText", {"text": text})

    def press(self, key: str, code: str, number: int = 0, *, text: str = "", held: int = 0) -> None:
        number = number or ord(code[-1])
        sent = {"key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": held}
        down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
        self._browser.send("Input.dispatchKeyEvent", {**sent, **down})
        self._browser.send("Input.dispatchKeyEvent", {**sent, "type": "keyUp"})

    def convert(self, reading: str, written: str, *keys: tuple[str, str, int]) -> None:
        """Write with an input method: each key is pressed while it converts, and again as Safari numbers it."""
        self.compose(reading)
        for key, code, number in keys:
            self.press(key, code, number)
            self.press(key, code, 229)
        self.commit(written)


def waiting(desk: Desk) -> int:
    return int(desk.get("/stats")["by_status"]["needs_review"])


def checked(panel: Locator) -> Locator:
    return panel.locator("input[type=radio]:checked")


def test_a_key_of_an_input_method_means_nothing_to_the_page(page: Page, empty_desk: Desk) -> None:
    add_run(empty_desk, "plain", plain_lines(3))
    review, hands = Review(page, empty_desk), Hands(page)
    card, search = review.first(), page.get_by_test_id("search")
    review.press("/")
    hands.convert("いくつ", "幾つ", ENTER, ESCAPE)
    expect(search).to_be_focused()
    page.keyboard.type("a")
    expect(search).to_have_value("幾つa")
    review.press("ControlOrMeta+a", "Delete", "Enter")
    expect(search).not_to_be_focused()
    review.expect_card(card)
    review.press("n")
    note = page.get_by_test_id("note")
    expect(note).to_be_focused()
    hands.convert("かな", "仮名", ENTER, ESCAPE)
    expect(note).to_be_focused()
    expect(note).to_have_value("仮名")
    review.press("Escape", "c")
    expect(review.editor).to_be_focused()
    review.press("ControlOrMeta+a")
    hands.compose("いち")
    hands.press(*ENTER)
    hands.press(*ESCAPE)
    hands.press(*ENTER, held=CONTROL)
    hands.commit("一")
    review.expect_text("一")
    expect(page.get_by_test_id("question")).to_be_hidden()
    assert waiting(empty_desk) == 3
    review.press("ControlOrMeta+Enter")
    review.expect_done(card)
    stored = review.stored(card)
    assert (stored["corrected_response"], stored["note"]) == ("一", "仮名")
    page.get_by_test_id("queue-menu").click()
    page.get_by_test_id("bulk-open").click()
    panel = page.get_by_test_id("bulk-panel")
    note = panel.get_by_test_id("bulk-note")
    note.focus()
    hands.convert("りゆう", "理由", ESCAPE, ENTER)
    expect(panel).to_be_visible()
    expect(note).to_have_value("理由")
    review.press("Escape")
    expect(panel).to_be_hidden()
    assert waiting(empty_desk) == 2


def test_other_keyboards_mean_what_they_say(page: Page, browser: Browser, empty_desk: Desk) -> None:
    add_run(empty_desk, "plain", plain_lines(4))
    review, hands = Review(page, empty_desk), Hands(page)
    card, chip = review.first(), review.chip("wrong_answer")
    hands.press("ي", "KeyD", text="ي")
    expect(review.card).to_be_visible()
    expect(page.get_by_test_id("dock")).to_have_attribute("data-step", "discard")
    hands.press("End", "Numpad1", 35)
    hands.press("ArrowLeft", "Numpad4", 37)
    hands.press("e", "KeyD", text="e")
    expect(review.chips.locator("[data-state=on]")).to_have_count(0)
    hands.press("'", "Digit4", text="'")
    expect(chip).to_have_attribute("data-state", "on")
    hands.press("2", "Digit2", text="2", held=SHIFT)
    expect(review.chip("style_violation")).to_have_attribute("data-state", "on")
    expect(chip).to_have_text("4 Wrong answer")
    hands.press("c", "KeyI", text="c")
    expect(review.editor).to_be_focused()
    expect(chip).to_have_text("Alt 4 Wrong answer")
    review.press("ControlOrMeta+a", "Delete")
    for character, code, held in EUROPEAN:
        hands.press(character, code, text=character, held=held)
    typed = "".join(character for character, _, _ in EUROPEAN)
    review.expect_text(typed)
    expect(review.chip("style_violation")).to_have_attribute("data-state", "on")
    review.press("Alt+4")
    expect(chip).to_have_attribute("data-state", "on")
    review.press("Tab", "/", "ControlOrMeta+Enter")
    expect(page.get_by_test_id("search")).to_be_focused()
    review.press("Escape")
    review.expect_text(typed)
    assert waiting(empty_desk) == 4
    review.press("c", "ControlOrMeta+Enter")
    review.expect_done(card)
    stored = review.stored(card)
    assert (stored["corrected_response"], stored["failure_category"]) == (typed, "wrong_answer")
    with browser.new_context(user_agent=MAC) as context:
        mac = Review(context.new_page(), empty_desk)
        mac.press("c")
        expect(mac.editor).to_be_focused()
        expect(mac.chip("wrong_answer")).to_have_text("⌃ 4 Wrong answer")
        Hands(mac.page).press("4", "Digit4", text="4", held=ALT)
        expect(mac.chip("wrong_answer")).to_have_attribute("data-state", "off")
        mac.press("Control+4")
        expect(mac.chip("wrong_answer")).to_have_attribute("data-state", "on")


def test_a_search_waits_for_words_and_a_digit_needs_no_shift(page: Page, empty_desk: Desk) -> None:
    lines = plain_lines(2)
    add_run(empty_desk, "plain", [{**lines[0], "model_response": "首都"}, lines[1]])
    page.clock.install()
    review, hands = Review(page, empty_desk), Hands(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.extend(parse_qs(urlsplit(request.url).query).get("q", [])))
    review.press("/")
    for half in ("し", "しゅ", "しゅと"):
        hands.compose(half)
        page.clock.run_for(1000)
    hands.commit("首都")
    page.clock.run_for(1000)
    expect(page).to_have_url(re.compile(r"\?q="))
    expect(page.get_by_test_id("position")).to_contain_text("of 1 here")
    assert set(asked) == {"首都"}
    review.press("Escape", "c")
    expect(review.editor).to_be_focused()
    # French: the digit's key without Shift, as the chips say
    hands.press("(", "Digit5", held=ALT)
    expect(review.chip("format_error")).to_have_attribute("data-state", "on")
    page.get_by_test_id("another-verdict").select_option("Flag")
    expect(page.get_by_test_id("confirm")).to_be_focused()
    expect(review.chip("format_error")).to_have_attribute("data-state", "on")


def test_what_was_begun_goes_along(page: Page, empty_desk: Desk) -> None:
    add_run(empty_desk, "same", same_lines(4))
    review = Review(page, empty_desk)
    panel, confirm = page.get_by_test_id("similar-panel"), page.get_by_test_id("bulk-confirm")
    expect(page.get_by_test_id("similar")).to_contain_text("3 more")
    review.press("g")
    expect(confirm).to_be_disabled()
    expect(checked(panel)).to_have_count(0)
    review.press("Escape", "d", "4", "n")
    page.keyboard.type("seen before")
    review.press("Escape", "f")
    expect(page.get_by_test_id("confirm")).to_contain_text("Flag")
    expect(review.chip("wrong_answer")).to_have_attribute("data-state", "on")
    review.press("g")
    expect(confirm).to_have_text("Flag 4 cards")
    expect(panel.get_by_test_id("bulk-note")).to_have_value("seen before")
    confirm.click()
    expect(review.toast).to_contain_text("Flagged 4 cards")
    assert empty_desk.get("/stats")["by_category"]["wrong_answer"] == 4
    assert empty_desk.get("/candidates/same%2F2")["note"] == "seen before"
    review.press("u")
    expect(review.card).to_be_visible()
    review.press("c")
    review.write("\u200b\u2067")
    review.press("ControlOrMeta+Enter")
    expect(page.get_by_test_id("question")).to_contain_text("nothing to see")
    review.write("four")
    review.press("Alt+5", "Tab")
    # G is a key once the count of the cards that are alike has arrived
    expect(page.get_by_test_id("similar")).to_contain_text("3 more")
    review.press("g")
    expect(confirm).to_have_text("Submit for all 4")
    expect(panel.get_by_test_id("chip-format_error")).to_have_attribute("data-state", "on")
    confirm.click()
    expect(review.toast).to_contain_text("Corrected 4 cards")
    assert {row["failure_category"] for row in empty_desk.export()} == {"format_error"}
    page.goto(f"{empty_desk.url}/decided")
    page.get_by_test_id("bulk-open").click()
    expect(confirm).to_be_disabled()
    expect(confirm).to_have_text("Recategorise")
    page.get_by_test_id("no-category").click()
    expect(confirm).to_have_text("Clear the category of 4 cards")
    confirm.click()
    expect(page.get_by_test_id("toast")).to_contain_text("Recategorised 4 cards")
    page.goto(f"{empty_desk.url}/cards/same/1")
    expect(review.editor).to_be_visible()
    page.get_by_test_id("cancel").focus()
    review.press("Alt+2", "f")
    expect(page.get_by_test_id("dock")).to_have_attribute("data-step", "flag")
    expect(review.chip("style_violation")).to_have_attribute("data-state", "on")
    review.press("Enter")
    expect(page.get_by_test_id("card-status")).to_contain_text("Decided by")
    expect(page.get_by_test_id("timeline-entry")).to_have_count(5)
    assert empty_desk.get("/candidates/same%2F1")["status"] == "model_rejected"


def test_white_space(page: Page, empty_desk: Desk) -> None:
    add_run(empty_desk, "space", [json.loads(line) for line in LINES.split("\n") if line])
    review = Review(page, empty_desk)
    for told in (r"Equals the reference but for white space\.", r"Only white space: 4 characters", "invisible"):
        expect(review.card).to_contain_text(re.compile(told))
        review.press("s")
