"""From a run to a score that a person can trust, in the browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk import Desk, Json
from tests.e2e.review import Review
from tests.e2e.test_pages import RULES, SETTLED, THEMES, TOO_SMALL, WIDTHS, assert_accessible, picture

pytestmark = pytest.mark.e2e

RUN = "2026-11-28-120000"
TASKS = ("sums", "facts")


def add_scored_run(desk: Desk, failed: int = 60, passed: int = 40, keep: int = 0, judge: Json | None = None) -> None:
    """Import a run of two tasks whose file lists what passed; of the passes of each task, keep so many as cards.

    A `judge` passes every third answer.
    """
    outcomes = ["failed"] * failed + ["passed"] * passed
    lines = [
        {
            "id": f"item/{number}",
            "task_name": f"Item {number}",
            "task_type": TASKS[number % 2],
            "outcome": outcome,
            "prompt_messages": [{"role": "user", "content": f"What is {number} + 1?"}],
            "model_response": f"It is {number}.",
            "details": {"judge": {**judge, "verdict": "failed" if number % 3 else "passed"}} if judge else None,
        }
        for number, outcome in enumerate(outcomes)
    ]
    folder = desk.bench_dir / RUN
    folder.mkdir()
    (folder / "sft_candidates.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    desk.post("/import", {"run_id": RUN, "keep": {"passed": keep}} if keep else {"run_id": RUN})


def read(desk: Desk, sample: str, cards: int, erred: int) -> None:
    """Read the next cards of a sample in its order; of `erred` of them the check was wrong."""
    for number, card in enumerate(desk.get(f"/queue?sample={quote(sample)}&per_page={cards}")["items"]):
        is_right = (card["outcome"] == "failed") == (number < erred)
        verdict = {"action": "accept"} if is_right else {"action": "flag", "failure_category": "wrong_answer"}
        desk.post("/submit", {"id": card["id"], **verdict})


def row_of(desk: Desk) -> Json:
    return dict(desk.get(f"/report?run_id={RUN}")["rows"][0])


def percent(rate: Any) -> str:
    return f"{rate * 100:.1f} %"


def test_reading_by_lot_turns_what_the_harness_says_into_a_score(page: Page, empty_desk: Desk) -> None:
    add_scored_run(empty_desk)
    page.goto(f"{empty_desk.url}/scores")
    expect(page.get_by_test_id("scores-answer")).to_have_text(
        "How many answers are right cannot be told yet: nobody has read any. The harness counted 40 of 100."
    )

    act = page.get_by_test_id("next-action")
    expect(act).to_have_text("Read 50 failures")
    act.click()
    expect(page.get_by_test_id("sample-pill")).to_contain_text(f"Sample {RUN}: 0 of 50 read")
    review = Review(page, empty_desk, f"/?sample={RUN}")
    review.press("a")
    expect(review.toast).to_contain_text("Accepted")
    expect(page.get_by_test_id("sample-pill")).to_contain_text("1 of 50 read")
    read(empty_desk, RUN, cards=49, erred=7)

    page.get_by_test_id("sample-pill").get_by_role("link", name="Scores").click()
    most = row_of(empty_desk)
    assert (most["right"]["failed"], most["corrected_score"]) == (8, None)
    expect(page.get_by_test_id("corrected-score")).to_have_text(f"≤ {percent(most['at_most']['high'])}")
    expect(page.get_by_test_id("read-failed")).to_contain_text("8 were right all the same, 42 rightly failed")

    expect(act).to_have_text("Keep 50 passes of each task")
    act.click()
    expect(act).to_have_text("Read 10 failed, 40 passed")
    act.click()
    expect(page.get_by_test_id("sample-pill")).to_contain_text(f"Sample {RUN}: 50 of 60 read")
    page.get_by_test_id("sample-pill").get_by_role("link", name="Scores").click()
    expect(act).to_contain_text("Read on")
    read(empty_desk, RUN, cards=10, erred=0)
    read(empty_desk, f"{RUN} 2", cards=30, erred=2)

    # the page hears of the decisions by itself
    row = row_of(empty_desk)
    score = row["corrected_score"]
    expect(page.get_by_test_id("corrected-score")).to_have_text(percent(score["value"]))
    page.get_by_test_id("as-table").first.click()
    corrected = page.get_by_test_id("score-table").get_by_role("row", name="Corrected", exact=False).first
    for number in (score["value"], score["low"], score["high"]):
        expect(corrected).to_contain_text(f"{number * 100:.1f}")
    expect(page.get_by_test_id("score-table")).to_contain_text(percent(row["false_passes"]["value"]))


def test_a_number_leads_to_exactly_its_cards(page: Page, empty_desk: Desk) -> None:
    read_run(empty_desk)
    page.goto(f"{empty_desk.url}/scores")
    page.get_by_role("link", name="8 were right").click()
    expect(page.get_by_test_id("decided-answer")).to_have_text("8 match: 8 approved")
    page.go_back()
    page.get_by_role("link", name="2 were wrong").click()
    expect(page.get_by_test_id("decided-answer")).to_have_text("2 match: 2 flagged")


def test_plots_and_reports_are_saved(page: Page, empty_desk: Desk, tmp_path: Path) -> None:
    read_run(empty_desk)
    page.goto(f"{empty_desk.url}/scores")
    with page.expect_download() as drawing:
        page.get_by_role("button", name="Save the main plot as SVG").click()
    svg = drawing.value.path().read_text("utf-8")
    assert svg.startswith("<svg")
    assert "corrected by reading" in svg
    assert "var(" not in svg
    with page.expect_download() as table:
        page.get_by_test_id("save-csv").click()
    head, *rows = table.value.path().read_text("utf-8").splitlines()
    assert [row.split(",")[2] for row in rows] == sorted(TASKS)
    assert head.startswith("run_id,decision_id,task,model_name,items_failed")
    with page.expect_download() as told:
        page.get_by_test_id("save-md").click()
    assert f"# Scores of {RUN}" in told.value.path().read_text("utf-8")


def read_run(desk: Desk) -> None:
    add_scored_run(desk, keep=20)
    for outcome, erred in (("failed", 8), ("passed", 2)):
        body = {"name": outcome, "size": 30, "filter": {"run_id": RUN, "outcome": outcome}}
        desk.post("/samples", body)
        read(desk, outcome, cards=30, erred=erred)


@pytest.mark.parametrize("state", ["read", "table", "unread", "no-run"])
def test_scores_are_accessible_at_every_width_in_both_themes(browser: Browser, empty_desk: Desk, state: str) -> None:
    if state == "unread":
        add_scored_run(empty_desk)
    elif state != "no-run":
        read_run(empty_desk)
    for width, (pixels, height) in WIDTHS.items():
        context = browser.new_context(
            viewport={"width": pixels, "height": height}, locale="en-GB", has_touch=width == "390"
        )
        page = context.new_page()
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(f"{empty_desk.url}/scores?like_these=true")
        expect(page.get_by_test_id("scores-no-run" if state == "no-run" else "rows-plot")).to_be_visible()
        if state == "table":
            page.get_by_test_id("as-table").first.click()
            page.get_by_test_id("as-table").last.click()
            # a target half behind the header counts as too small
            page.evaluate("scrollTo(0, 0)")
        for theme in THEMES:
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
            page.evaluate(SETTLED)
            assert_accessible(page, f"scores {state} {width} {theme}", RULES[theme])
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "scrolls sideways"
            if state == "read":
                picture(page, "scores", width, theme)
        if width == "390":
            assert page.evaluate(TOO_SMALL) == []
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_judge_is_held_against_people(browser: Browser, empty_desk: Desk, width: str) -> None:
    judge = {"model": "org/judge", "reason": "So I think.", "prompt": "9b1c0000aaaa"}
    add_scored_run(empty_desk, keep=20, judge=judge)
    for outcome, cards, erred in (("failed", 20, 2), ("passed", 15, 1)):
        asked = {"filter": {"run_id": [RUN], "outcome": outcome}, "size": cards + 5, "seed": 7}
        empty_desk.post("/samples", {"name": outcome, **asked})
        read(empty_desk, outcome, cards, erred)
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    with browser.new_context(viewport=size, has_touch=width == "390", reduced_motion="reduce") as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{empty_desk.url}/scores?run_id={RUN}")
        pane = page.get_by_test_id("judge-pane")
        expect(pane).to_contain_text("of 35 read answers")
        expect(pane.get_by_role("table")).to_contain_text("Judge passed")
        for theme in THEMES:
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
            page.evaluate(SETTLED)
            assert_accessible(page, f"judge {width} {theme}", RULES[theme])
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "scrolls sideways"
            pane.scroll_into_view_if_needed()
            picture(page, "judge", width, theme)
            # a target half behind the header counts as too small
            page.evaluate("scrollTo(0, 0)")
        if width == "390":
            assert page.evaluate(TOO_SMALL) == []
        pane.get_by_test_id("judge-cards").click()
        expect(page).to_have_url(f"{empty_desk.url}/decided?run_id={RUN}&reading=told")
