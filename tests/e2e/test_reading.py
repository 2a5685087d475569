"""Answers as they are read: formulas, tables and code."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.desk import Desk, Json, add_run, plain_lines
from tests.e2e.review import Review
from tests.e2e.test_pages import SETTLED, assert_accessible

CASE = Path(__file__).parent.parent / "samples/cases/text/math-and-code.jsonl"


def test_math_and_code(empty_desk: Desk, page: Page) -> None:
    """The page fixture fails on any breach of the content security policy, a table cell's alignment included."""
    lines = [json.loads(line) for line in CASE.read_text("utf-8").split("\n") if line]
    asked = {"prompt_messages": [{"role": "user", "content": "Solve\n$x^2 = 4$ for $5."}], "model_response": "2"}
    add_run(empty_desk, "maths", [*lines, {**asked, "id": "asked"}])
    page.goto(f"{empty_desk.url}/cards/{lines[0]['id']}")
    page.get_by_test_id("toggle-rendered").click()
    rendered = page.get_by_test_id("rendered")
    expect(rendered.locator("math")).to_have_count(3)
    expect(rendered.locator(".math-block math mfrac")).to_have_count(1)
    sources = rendered.locator("[data-source]").evaluate_all("found => found.map((one) => one.dataset.source)")
    assert sources == [r"\[ x = \frac{-b \pm \sqrt{d}}{2a} \]", r"\(e^{i\pi}+1=0\)", "$a_1 * b_1$"]
    expect(rendered.locator("strong")).to_have_text("$5")
    alignments = rendered.locator("td").evaluate_all("cells => cells.map((cell) => getComputedStyle(cell).textAlign)")
    assert [alignment.removeprefix("-webkit-") for alignment in alignments] == ["right", "center"]

    page.goto(f"{empty_desk.url}/cards/{lines[1]['id']}")
    code = page.get_by_test_id("rendered").locator("pre")
    expect(code).to_have_text(lines[1]["model_response"])
    expect(code.locator(".hljs-keyword").first).to_have_text("def")
    page.get_by_test_id("toggle-rendered").click()
    raw = page.get_by_test_id("response").locator(".text-mono")
    expect(raw).to_have_text(lines[1]["model_response"])
    page.get_by_test_id("toggle-rendered").click()
    page.goto(f"{empty_desk.url}/cards/asked")
    expect(page.get_by_test_id("turn").locator("math")).to_have_count(1)
    expect(page.get_by_test_id("turn").locator("br")).to_have_count(1)


EDITOR_ROOM = """() => {
  const [pane, room, foot, dock] = ['[data-testid=correction]', '[data-editor-room]', '[data-testid=changes]',
    '[data-testid=dock]'].map((found) => document.querySelector(found).getBoundingClientRect())
  const wide = document.body.scrollWidth - innerWidth
  return { text: room.height / innerHeight, below: dock.top - foot.bottom, wide }
}"""
SIZES = ((390, 844), (720, 450), (1024, 768), (1440, 900), (2560, 1440))
OLD = "Many see it as the start of the modern state. The talks took place in two towns. They were long. "
NEW = "It let each prince choose the faith of his land. Calvinists were now among them. Rome protested."


def answers() -> list[Json]:
    reason = 'pattern_match: 0/1 required patterns matched; missing: ["Paris"]'
    prompt = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Where?"}]
    return [
        {"id": "first", "prompt_messages": prompt, "model_response": "Here.", "task_name": "First"},
        {
            "id": "answers",
            "prompt_messages": prompt,
            "model_response": f"{OLD * 5}It is paris. \u202e\u001b[31m{OLD * 5}",
            "failure_reason": reason,
            "reference": ["Paris", "paris, France"],
            "harness": "lm-eval",
            "item_id": "17",
            "task_type": "capitals",
            "scores": {"exact": 0, "flexible": 1},
        },
    ]


def test_a_card_is_linked_copied_and_corrected(empty_desk: Desk, page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=empty_desk.url)
    lines = answers()
    add_run(empty_desk, "capitals", lines)
    review = Review(page, empty_desk)
    expect(page).to_have_url(re.compile("card=first"))
    review.press("s")
    title = review.card.get_by_role("heading", level=1)
    expect(title).to_have_text("capitals · 17")
    expect(page).to_have_url(re.compile("card=answers"))
    page.reload()
    expect(title).to_have_text("capitals · 17")

    signs = page.get_by_test_id("response").locator(".invisible-mark")
    assert signs.evaluate_all("found => found.map((one) => one.dataset.symbol)") == ["RLO", "ESC[31m"]

    def copied(button: str) -> str:
        page.get_by_test_id(button).first.click()
        expect(page.get_by_test_id(button).first.get_by_role("status")).to_have_text("Copied")
        return str(page.evaluate("navigator.clipboard.readText()"))

    assert copied("copy-prompt") == "system:\nBe brief.\n\nuser:\nWhere?"
    assert copied("copy-answer") == lines[1]["model_response"]
    assert copied("copy-reference") == "Paris"
    assert copied("copy-address") == f"{empty_desk.url}/cards/answers"
    page.get_by_test_id("source").click()
    for told in ("capitals", "sft_candidates.jsonl", "lm-eval", "17", "exact 0 · flexible 1", "answers"):
        expect(page.get_by_test_id("source-facts")).to_contain_text(told)

    # a target half behind the dock counts as too small
    page.set_viewport_size({"width": 1440, "height": 1000})
    # the dock is higher while a message stands in it
    add_run(empty_desk, "meanwhile", plain_lines(3))
    expect(review.toast).to_contain_text("3 new cards")
    review.press("r")
    expect(page.get_by_test_id("reference-choice")).to_have_count(2)
    check_accessibility(page)
    review.press("ArrowDown", "Enter")
    review.expect_text("paris, France")
    for width, height in SIZES:
        review.press("Escape")
        page.set_viewport_size({"width": width, "height": height})
        review.press("c")
        expect(review.editor).to_be_focused()
        page.wait_for_function(
            f"() => {{ const seen = ({EDITOR_ROOM})(); return seen.below >= 0 && seen.wide <= 0 }}"
        )
        assert page.evaluate(EDITOR_ROOM)["text"] >= (0.5 if height < 480 else 0.25)
    signs = review.editor.locator(".invisible-mark")
    expect(signs).to_have_count(2)
    assert "mono" not in review.editor.evaluate("editor => getComputedStyle(editor).fontFamily")
    page.keyboard.insert_text("really ")
    expect(review.editor).to_contain_text("It is really paris.")
    review.write(NEW)
    expect(review.editor.locator("ins")).to_have_text([NEW])
    check_accessibility(page)
    page.get_by_test_id("submit-correction").click()
    expect(review.toast).to_contain_text("Corrected capitals · 17")
    page.goto(f"{empty_desk.url}/?card=answers")
    expect(page.get_by_test_id("card-status")).to_contain_text("Decided by rowan")
    expect(page).to_have_url(re.compile("/cards/answers$"))


def check_accessibility(page: Page) -> None:
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.evaluate(SETTLED)
        assert_accessible(page, theme)
