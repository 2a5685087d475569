"""Two tabs of one browser, numbers and line ends on their way through it, odd ids, and runs of one name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.desk import Desk, Json, add_run
from tests.e2e.review import Review
from tests.e2e.test_import import Import

pytestmark = pytest.mark.e2e

CASES = Path(__file__).parent.parent / "samples/cases"
SAME_NAMES = ("same-name/mon/results.json", "same-name/tue/results.json")
ALONE = "async () => (await navigator.locks.query()).held.length === 1"
DROP = """(text) => {
  const dataTransfer = new DataTransfer()
  dataTransfer.setData('text/plain', text)
  const editor = document.querySelector('[data-testid=editor]')
  const { right: clientX, bottom: clientY } = editor.lastElementChild.getBoundingClientRect()
  const at = { clientX: clientX - 2, clientY: clientY - 2 }
  editor.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true, ...at }))
}"""
PASTE = """(text) => {
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/plain', text)
  const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
  document.querySelector('[data-testid=editor]').dispatchEvent(paste)
}"""


def test_a_draft_belongs_to_the_tab_that_types_it(context: BrowserContext, page: Page, desk: Desk) -> None:
    first = Review(page, desk)
    card = first.first()
    first.press("c")
    first.write("Mine, in the first tab")

    second = Review(context.new_page(), desk)
    other = second.page.get_by_test_id("other-draft")
    expect(other).to_contain_text("Mine, in the first tab")
    expect(second.editor).to_have_count(0)
    second.press("c")
    second.write("Yours, in the second")
    second.chip("hallucination").click()
    second.action("note").click()
    second.page.get_by_test_id("note").fill("looked it up")
    first.expect_text("Mine, in the first tab")
    expect(first.page.get_by_test_id("other-draft")).to_contain_text("Yours, in the second")

    first.page.get_by_test_id("submit-correction").click()
    first.expect_done(card)
    expect(second.page.get_by_test_id("decided-elsewhere")).to_contain_text("by you, in another tab,")
    second.expect_text("Yours, in the second")
    second = Review(second.page, desk, f"/cards/{card['id']}")
    second.expect_text("Yours, in the second")
    expect(second.page.get_by_test_id("note")).to_have_value("looked it up")
    expect(second.chip("hallucination")).to_have_attribute("data-state", "on")
    assert second.stored(card)["corrected_response"] == "Mine, in the first tab"

    # a category that was chosen, and nothing typed: it stays as well when the other tab decides
    card = first.first()
    first.press("d")
    first.chip("partial_answer").click()
    second = Review(second.page, desk)
    second.expect_card(card)
    second.press("a")
    second.expect_done(card)
    expect(first.page.get_by_test_id("decided-elsewhere")).to_be_visible()
    expect(first.chip("partial_answer")).to_have_attribute("data-state", "on")
    first.page.get_by_test_id("leave-card").click()

    # both typed, both tabs closed: the newest goes on, and the person chooses; a tab behind them shows the card
    third = Review(context.new_page(), desk)
    for tab, text in ((third, "One"), (second, "Two")):
        tab.action("correct").click()
        tab.write(text)
    for tab in (third, second):
        tab.page.close(run_before_unload=False)
    page.wait_for_function(ALONE)
    last = Review(context.new_page(), desk)
    last.expect_text("Two")
    other = last.page.get_by_test_id("other-draft")
    expect(other).to_contain_text("One")
    last.page.get_by_test_id("use-other-draft").click()
    last.expect_text("One")
    expect(other).to_contain_text("Two")
    last.page.reload()
    last.expect_text("One")
    last.page.get_by_test_id("drop-other-draft").click()
    expect(other).to_have_count(0)


ODD_IDS = ["a/../b", "..", "deep/history", "two\nlines", "a//b/", "50%/?#"]


def odd_lines() -> list[Json]:
    return [
        {
            "id": odd,
            "task_name": f"Odd {number}",
            "prompt_messages": [{"role": "user", "content": "?"}],
            "model_response": f"It is {number}.",
        }
        for number, odd in enumerate(ODD_IDS)
    ]


def test_numbers_line_ends_and_ids_pass_the_browser_whole(page: Page, empty_desk: Desk) -> None:
    desk = empty_desk
    lines = [json.loads(line) for line in (CASES / "text" / "numbers.jsonl").read_text("utf-8").splitlines()]
    call = {"function": {"name": "pay", "arguments": {"amount": 1.0, "to": 9007199254740993}}}
    crlf = {"task_name": "CRLF", "model_response": "one\r\ntwo", "reference": "three\nfour"}
    add_run(desk, "numbers", [*lines, {**lines[0], "id": "n4", **crlf}])
    first = desk.get("/queue")["items"]
    review = Review(page, desk)
    for card, text in zip(first, ["9007199254740993", "1.0", "[\n  9007199254740993,\n  0.1\n]"], strict=False):
        review.expect_card(card)
        expect(page.get_by_test_id("reference").locator("h3 + *")).to_contain_text(text.split("\n")[0])
        review.press("r")
        review.expect_text(text)
        page.get_by_test_id("submit-correction").click()
        review.expect_done(card)
        assert review.stored(card)["corrected_response"] == text

    review.expect_card(first[3])
    review.press("r")
    review.expect_text("three\nfour")
    expect(review.editor).to_be_focused()
    review.press("ControlOrMeta+End")
    page.keyboard.type("!")
    page.evaluate(PASTE, "five\nsix")
    page.keyboard.type("?")
    page.evaluate(DROP, "seven\reight")
    page.keyboard.type(".")
    review.expect_text("three\nfour!five\nsix?seven\neight.")
    page.get_by_test_id("submit-correction").click()
    review.expect_done(first[3])
    assert review.stored(first[3])["corrected_response"] == "three\r\nfour!five\r\nsix?seven\r\neight."

    told = {"scores": {"exact": 1.0}, "details": {"parameters": {"seed": 9007199254740993, "top_p": 1.0}}}
    turns = [{"role": "user", "content": "?"}, {"role": "assistant", "content": None, "tool_calls": [call]}]
    tools = [{"name": "pay", "parameters": {"maximum": 9007199254740993, "minimum": 1.0}}]
    add_run(desk, "told", [{**lines[0], "id": "n5", **told, "prompt_messages": turns, "tools": tools}])
    page.goto(f"{desk.url}/?run_id=told")
    expect(page.get_by_test_id("tool-call")).to_contain_text('"amount": 1.0,\n  "to": 9007199254740993')
    expect(page.get_by_test_id("tools")).to_contain_text("9007199254740993")
    expect(page.get_by_test_id("harness-report")).to_contain_text("exact1.0")
    expect(page.get_by_test_id("harness-report")).to_contain_text("seed 9007199254740993, top_p 1.0")

    add_run(desk, "odd", odd_lines())
    for number, odd in enumerate(ODD_IDS):
        desk.post("/submit", {"id": odd, "action": "discard"})
        page.goto(f"{desk.url}/decided?run_id=odd")
        page.get_by_role("link", name=f"Odd {number}").first.click()
        expect(page.get_by_test_id("response")).to_contain_text(f"It is {number}.")
        expect(page.get_by_test_id("card-status")).to_have_text("Decided by rowan.")
        page.reload()
        expect(page.get_by_test_id("response")).to_contain_text(f"It is {number}.")


def test_two_dropped_runs_of_one_name_are_two_runs(page: Page, empty_desk: Desk) -> None:
    imported = Import(page, empty_desk)
    page.get_by_test_id("folder-files-input").set_input_files(CASES / "same-name")
    page.wait_for_url("**/import/*")
    runs = {name: imported.run(name) for name in SAME_NAMES}
    for (name, run), answer in zip(runs.items(), ("fifty-six", "57"), strict=True):
        expect(run.get_by_role("heading", level=2)).to_have_text(name)
        toggle = run.get_by_test_id("section-toggle")
        if toggle.get_attribute("aria-expanded") != "true":
            toggle.click()
        expect(run.get_by_test_id("preview-cards")).to_contain_text(answer)
    mon, tue = runs.values()
    tue.get_by_test_id("import-one").click()
    expect(tue).to_have_attribute("data-phase", "done")
    expect(mon).to_have_attribute("data-phase", "look")
    assert [card["model_response"] for card in empty_desk.get("/queue")["items"]] == ["57"]
    imported.expect_button("Import all 1 failure")
    imported.start()
    expect(page.get_by_test_id("import-answer")).to_contain_text("2 cards imported from 2 runs")
    assert {card["model_response"] for card in empty_desk.get("/queue")["items"]} == {"57", "fifty-six"}
