"""What a search found is marked where it stands: on Review, on Decided and on the card's own page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk, add_run

pytestmark = pytest.mark.e2e

CASES = Path(__file__).parents[1] / "samples" / "cases" / "text" / "search.jsonl"
MARKED = """(words) => JSON.stringify([...(CSS.highlights.get('searched') ?? [])]
  .map((at) => at.startContainer.data.slice(at.startOffset, at.endOffset))) === JSON.stringify(words)"""


def expect_marks(page: Page, *words: str) -> None:
    page.wait_for_function(MARKED, arg=list(words))


@pytest.fixture
def searched(page: Page, empty_desk: Desk) -> Desk:
    lines = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    add_run(empty_desk, "2026-01-02-030405", lines)
    page.goto(empty_desk.url)
    expect(page.get_by_test_id("card")).to_be_visible()
    empty_desk.wait_until_indexed()
    return empty_desk


def test_marks_follow_the_words(page: Page, searched: Desk) -> None:
    page.goto(f"{searched.url}?q=首都")
    expect_marks(page, "首都", "首都")
    field = page.get_by_test_id("search")
    field.fill("CAFE")
    expect_marks(page, "cafe\u0301")
    field.fill("fish abc")
    expect_marks(page, "ﬁsh", "ＡＢＣ")
    field.fill("👍")
    expect_marks(page, "👍")
    field.fill("")
    expect_marks(page)


def test_notes_are_found_and_marked_on_decided_and_on_the_card(page: Page, searched: Desk) -> None:
    searched.post("/submit", {"id": "zh", "action": "discard", "note": "台北 in the note"})
    page.goto(f"{searched.url}/decided")
    expect(page.get_by_test_id("decided-row")).to_have_count(1)
    page.get_by_test_id("search").fill("台")
    expect_marks(page, "台")
    page.get_by_test_id("search").fill("note itgc")
    expect_marks(page, "itgc", "note")
    page.get_by_role("link", name="T zh").click()
    expect_marks(page, "itgc", "note")
