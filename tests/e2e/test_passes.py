"""Some of what passed is kept on import, found by its outcome, and judged as what it is."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk, plain_lines
from tests.e2e.review import Review

pytestmark = pytest.mark.e2e


def write_run(desk: Desk) -> None:
    """A run of two failures and four passes of one task."""
    lines = plain_lines(6)
    for line in lines[2:]:
        line["outcome"] = "passed"
    folder = desk.bench_dir / "sums"
    folder.mkdir()
    (folder / "sft_candidates.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def test_passes_are_kept_found_and_judged(page: Page, empty_desk: Desk) -> None:
    write_run(empty_desk)
    page.goto(f"{empty_desk.url}/import/run/sums")
    keep = page.get_by_test_id("keep-passed")
    expect(keep).not_to_be_checked()
    keep.check()
    expect(page.get_by_test_id("keep-number")).to_have_value("50")
    expect(page.get_by_test_id("keep-says")).to_have_text("4 of 4 passed become cards.")
    page.get_by_test_id("keep-number").fill("3")
    expect(page.get_by_test_id("keep-says")).to_have_text("3 of 4 passed become cards.")
    page.get_by_test_id("import-all").click()
    expect(page.get_by_test_id("tally-kept")).to_have_text("3 that did not fail kept as cards")
    page.goto(f"{empty_desk.url}/runs")
    page.get_by_test_id("run-kept").click()
    review = Review(page, empty_desk)
    expect(page.get_by_test_id("outcome")).to_be_hidden()
    review.choose("outcome", "Passed that were kept")
    expect(page.get_by_test_id("outcome")).to_contain_text("The check passed it")
    expect(page.get_by_test_id("position")).to_contain_text("1 of 3")
    expect(review.action("accept")).to_contain_text("Rightly passed")
    (first, second) = empty_desk.get("/queue?outcome=passed&per_page=2")["items"]
    review.press("a")
    review.expect_done(first)
    stored = review.stored(first)
    assert (stored["status"], stored["failure_category"], stored["outcome"]) == ("approved", None, "passed")
    review.press("d")
    expect(review.chip("scoring_artifact")).to_be_hidden()
    review.press("4", "Enter")
    review.expect_done(second)
    assert review.stored(second)["failure_category"] == "wrong_answer"


def test_outcomes_are_not_decided_together(page: Page, empty_desk: Desk) -> None:
    write_run(empty_desk)
    empty_desk.post("/import", {"run_id": "sums", "keep": {"passed": "all"}})
    Review(page, empty_desk, "/?outcome=any")
    page.get_by_test_id("queue-menu").click()
    page.get_by_test_id("bulk-open").click()
    page.get_by_test_id("bulk-accept").check()
    expect(page.get_by_test_id("bulk-panel")).to_contain_text(
        "These cards have more than one outcome: 2 failed, 4 passed."
    )
    expect(page.get_by_test_id("bulk-confirm")).to_be_disabled()
