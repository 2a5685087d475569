"""Compare in a browser: from two runs to what one fixed and broke, item by item, and a gate."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk import Desk
from tests.e2e.test_pages import RULES, SETTLED, THEMES, TOO_SMALL, WIDTHS, assert_accessible, picture

pytestmark = pytest.mark.e2e

OUTCOMES = {"before": "fffppppp", "after": "fppppppf"}
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
BOTH = "compare?before=before&after=after"


def add_two_runs(desk: Desk) -> None:
    """Two items fixed, one broken; the passes of the second run are kept as cards, those of the first are not."""
    add_runs(desk, OUTCOMES)


def add_runs(desk: Desk, outcomes: dict[str, str]) -> None:
    for run, signs in outcomes.items():
        folder = desk.bench_dir / run
        folder.mkdir()
        lines = [line(run, number, passed=sign == "p") for number, sign in enumerate(signs)]
        (folder / "sft_candidates.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in lines), "utf-8")
        desk.post("/import", {"run_id": run} if run == "before" else {"run_id": run, "keep": {"passed": "all"}})


def line(run: str, number: int, *, passed: bool) -> dict[str, object]:
    return {
        "id": f"{run}/sum-{number}",
        "item_id": f"sum-{number}",
        "benchmark_run_id": run,
        "task_name": f"Sum {number}",
        "prompt_messages": [{"role": "user", "content": f"What is {number} + 1?"}],
        "model_response": f"The sum of both is {number + 1 if passed else number + 2}.",
        "reference": str(number + 1),
        "task_type": "sums",
        "outcome": "passed" if passed else "failed",
    }


def test_from_two_runs_to_each_flip_and_a_gate(page: Page, empty_desk: Desk) -> None:
    add_two_runs(empty_desk)
    empty_desk.post("/submit", {"id": "after/sum-7", "action": "discard", "failure_category": "wrong_answer"})
    page.goto(f"{empty_desk.url}/runs")
    page.get_by_test_id("run-row").filter(has_text="after").get_by_test_id("run-menu").click()
    page.get_by_test_id("compare-with").click()
    page.get_by_test_id("suggestion").click()
    expect(page).to_have_url(f"{empty_desk.url}/{BOTH}")
    expect(page.get_by_test_id("compare-answer")).to_have_text(
        "After, 6 of 8 are right, 5 before: too small a difference to be sure of."
    )
    expect(page.get_by_test_id("flow-pane")).to_contain_text("2 fixed, 1 broken; the other 5 as they were")
    expect(page.get_by_test_id("difference")).to_have_text("+12.5")
    expect(page.get_by_test_id("chance")).to_contain_text("in 100 of 100 comparisons")

    item = page.get_by_test_id("item-pane")
    expect(item).to_contain_text("Sum 7")
    before, after = item.get_by_test_id("side-before"), item.get_by_test_id("side-after")
    expect(before.get_by_test_id("no-card")).to_contain_text("keep passes with --keep to see it")
    expect(after.get_by_test_id("judged")).to_have_text("Read by rowan: wrong answer.")
    page.keyboard.press("j")
    expect(item).to_contain_text("Sum 1")
    expect(before.locator("del")).to_have_text("3")
    expect(after.locator("ins")).to_have_text("2")
    expect(before.get_by_test_id("badge")).to_have_text("wrong")
    page.keyboard.press("k")
    expect(item).to_contain_text("Sum 7")
    page.get_by_test_id("flow-fixed").click()
    expect(item).to_contain_text("Sum 1")
    page.get_by_test_id("flip-row").get_by_role("button", name="Sum 2").click()
    before.get_by_test_id("open-card").click()
    expect(page).to_have_url(f"{empty_desk.url}/cards/before/sum-2")
    page.go_back()

    page.get_by_test_id("gate-open").click()
    expect(page.get_by_test_id("gate-field")).to_be_focused()
    page.keyboard.type("nonsense")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("gate-error")).to_contain_text("METRIC OP LIMIT")
    page.get_by_test_id("gate-field").fill("regressions <= 0, score >= before")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("gate-verdict")).to_have_text("Gate fails")
    expect(page.get_by_test_id("gate-exit")).to_have_text("exit code 3")
    with page.expect_download() as saving:
        page.get_by_test_id("save-JUnit").click()
    assert ElementTree.parse(saving.value.path()).getroot().get("failures") == "1"

    empty_desk.post("/submit", {"id": "after/sum-0", "action": "accept"})
    # the page hears of the decision by itself: a reader says that the answer is right
    expect(page.get_by_test_id("flow-pane")).to_contain_text("3 fixed, 1 broken")
    page.get_by_test_id("swap").click()
    expect(page.get_by_test_id("flow-pane")).to_contain_text("1 fixed, 3 broken")


def test_three_sides_are_one_table_of_items(page: Page, empty_desk: Desk) -> None:
    add_runs(empty_desk, {**OUTCOMES, "last": "pppppppp"})
    page.goto(f"{empty_desk.url}/{BOTH}")
    expect(page.get_by_test_id("flow-pane")).to_be_visible()
    page.get_by_test_id("filter-also").click()
    page.get_by_role("menuitemradio", name="last").click()
    expect(page.get_by_test_id("compare-answer")).to_have_text("3 sides, which differ on 4 items.")
    row = page.get_by_test_id("differing-row").filter(has_text="Sum 7")
    expect(row.get_by_role("cell")).to_have_text(["right", "wrong", "right"])
    for theme in THEMES:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
        page.evaluate(SETTLED)
        assert_accessible(page, f"compare three sides {theme}", RULES[theme])
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(SIDEWAYS) <= 0, "scrolls sideways"
    row.get_by_role("link", name="wrong").click()
    expect(page).to_have_url(f"{empty_desk.url}/cards/after/sum-7")
    page.go_back()
    page.get_by_role("link", name="Compare before with last").click()
    expect(page.get_by_test_id("flow-pane")).to_contain_text("3 fixed, 0 broken")


def test_what_a_side_was_trained_on(page: Page, empty_desk: Desk) -> None:
    add_two_runs(empty_desk)
    export(empty_desk, "before/sum-1", "after/sum-7")
    page.goto(f"{empty_desk.url}/{BOTH}")
    expect(page.get_by_test_id("exposure-lines")).to_contain_text("What the sides were trained on is not known")
    page.get_by_test_id("exposure-open").click()
    expect(page.get_by_label("before was trained on")).to_be_focused()
    page.get_by_label("after was trained on").fill("8")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("exposure-error")).to_have_text("There is no export 8.")
    page.get_by_label("after was trained on").fill("1")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("exposure-pane")).to_contain_text("2 of 8 compared items exposed")
    expect(page.get_by_test_id("notes")).to_contain_text("Without them 5 of 6 are right, 4 before.")
    expect(page.get_by_test_id("flip-row").filter(has_text="exposed")).to_have_count(2)
    with page.expect_download() as saving:
        page.get_by_test_id("save-Markdown").click()
    assert "Not clean: 2 of 8" in saving.value.path().read_text("utf-8")


def export(desk: Desk, *cards: str) -> None:
    """Correct these cards, and make export 1 of them."""
    for card in cards:
        desk.post("/submit", {"id": card, "action": "correct", "corrected_response": "right"})
    desk.post("/exports", {"recipe": {"format": "sft"}})


def test_compare_is_accessible_at_every_width_in_both_themes(browser: Browser, empty_desk: Desk) -> None:
    add_two_runs(empty_desk)
    export(empty_desk, "before/sum-1", "after/sum-7")
    for width, (pixels, height) in WIDTHS.items():
        context = browser.new_context(
            viewport={"width": pixels, "height": height}, locale="en-GB", has_touch=width == "390"
        )
        page = context.new_page()
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(
            f"{empty_desk.url}/{BOTH}&trained_on=1&gate=regressions+<=+0,corrected_score+>=+0.5,score+>=+before"
        )
        expect(page.get_by_test_id("judged").first).to_be_visible()
        for theme in THEMES:
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
            page.evaluate(SETTLED)
            assert_accessible(page, f"compare {width} {theme}", RULES[theme])
            assert page.evaluate(SIDEWAYS) <= 0, "scrolls sideways"
            picture(page, "compare", width, theme)
        if width == "390":
            assert page.evaluate(TOO_SMALL) == []
            page.get_by_test_id("as-table").click()
            page.get_by_test_id("gate-open").click()
            page.get_by_test_id("exposure-open").click()
            assert_accessible(page, "compare, the table and the fields")
        context.close()


def test_the_header_holds_every_page(page: Page, empty_desk: Desk) -> None:
    add_two_runs(empty_desk)
    (empty_desk.bench_dir / "new").mkdir()
    (empty_desk.bench_dir / "new" / "sft_candidates.jsonl").write_text("{}\n", "utf-8")
    page.goto(f"{empty_desk.url}/compare")
    expect(page.get_by_test_id("suggestion")).to_be_visible()
    expect(page.get_by_test_id("new-runs-badge")).to_be_attached()
    for width in (1024, 1152, 1216, 1344, 1440):
        page.set_viewport_size({"width": width, "height": 768})
        expect(page.get_by_role("link", name="Settings")).to_be_visible()
        assert page.evaluate(SIDEWAYS) <= 0, f"the header is wider than {width} pixels"
