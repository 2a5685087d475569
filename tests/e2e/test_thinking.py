"""The card thinks along: a proposal, the comparison, the live check, and like failures together."""

from __future__ import annotations

import re
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk, add_run
from tests.e2e.review import Review
from tests.e2e.test_pages import SETTLED, assert_accessible
from tests.factories import Line, candidate_line

pytestmark = pytest.mark.e2e

ASKED = [{"role": "user", "content": "What is the capital of Peru?"}]
LIMA = {"kind": "patterns", "required": [r"^Lima\.?$"], "forbidden": ["sorry"]}
SHOWN = {"rule": "equal_but_for_case", "action": "accept", "category": "scoring_artifact"}


def peru(number: int, response: str, **fields: Any) -> Line:
    return candidate_line(
        number, prompt_messages=ASKED, model_response=response, reference="Lima", failure_reason=None, **fields
    )


def in_both_themes(page: Page, what: str) -> None:
    themes: tuple[Literal["light", "dark"], ...] = ("dark", "light")
    for theme in themes:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.evaluate(SETTLED)
        assert_accessible(page, f"{what}, {theme}")


def test_a_proposal_is_seen_taken_undone_overridden_counted_and_turned_off(page: Page, empty_desk: Desk) -> None:
    add_run(empty_desk, "run", [peru(1, "LIMA."), peru(2, "limA"), peru(3, "LIMa")])
    review = Review(page, empty_desk)
    card = review.first()
    expect(page.get_by_test_id("likeness")).to_have_text("Equals the reference but for a full stop and case.")
    expect(page.get_by_test_id("proposal")).to_contain_text("equal but for stop, case")
    review.press("=")
    expect(page.get_by_test_id("compared").locator(".compared")).to_have_text(["LIMA.", "Lima"])
    in_both_themes(page, "a proposal and the comparison")
    review.press("=")
    expect(page.get_by_test_id("compared")).to_be_hidden()
    for _ in range(2):
        review.press("p")
        review.expect_done(card)
        stored = review.stored(card)
        assert (stored["status"], stored["failure_category"]) == ("approved", "scoring_artifact")
        review.press("u")
        review.expect_card(card)
        expect(page.get_by_test_id("proposal")).to_be_visible()
    review.press("p")
    review.expect_done(card)
    card = review.first()
    review.expect_card(card)
    review.press("d", "4", "Enter")
    review.expect_done(card)
    [entry] = empty_desk.get(f"/card/history?id={card['id']}")
    assert entry["proposed"] == {**SHOWN, "taken": False, "after_action": False}
    page.goto(f"{empty_desk.url}/insights")
    pane = page.get_by_test_id("proposals-pane")
    expect(pane.get_by_role("heading")).to_have_text("2 proposals shown, 1 overridden")
    expect(pane.locator("tbody td")).to_have_text(["1", "0", "1"])
    in_both_themes(page, "the rules on Insights")
    page.goto(f"{empty_desk.url}/settings")
    page.get_by_test_id("proposals-switch").uncheck()
    page.goto(empty_desk.url)
    expect(page.get_by_test_id("likeness")).to_be_visible()
    expect(page.get_by_test_id("proposal")).to_be_hidden()


def test_on_a_card_of_a_sample_a_proposal_shows_once_an_action_has_begun(page: Page, empty_desk: Desk) -> None:
    add_run(empty_desk, "run", [peru(1, "LIMA."), peru(2, "limA")])
    empty_desk.post("/samples", {"name": "s", "size": 2, "seed": 1})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/card/proposal" in request.url else None)
    review = Review(page, empty_desk, "/?sample=s")
    card = empty_desk.get("/queue?sample=s")["items"][0]
    review.press("p")
    expect(page.get_by_test_id("compare")).to_be_visible()
    expect(page.get_by_test_id("likeness")).to_be_hidden()
    expect(page.get_by_test_id("proposal")).to_be_hidden()
    assert asked == []
    # a digit begins what was begun last
    review.press("d", "Escape", "4")
    expect(page.get_by_test_id("confirm")).to_have_text(re.compile("Discard"))
    expect(review.chip("wrong_answer")).to_have_attribute("data-state", "on")
    expect(page.get_by_test_id("likeness")).to_be_visible()
    expect(page.get_by_test_id("proposal")).to_contain_text("equal but for")
    in_both_themes(page, "a proposal beside a step")
    review.press("p")
    review.expect_done(card)
    [entry] = empty_desk.get(f"/card/history?id={card['id']}")
    assert (entry["action"], entry["proposed"]) == ("accept", {**SHOWN, "taken": True, "after_action": True})


def test_a_correction_is_checked_as_it_is_typed(page: Page, empty_desk: Desk) -> None:
    told = 'pattern_match: 0/1 required patterns matched; missing: ["Lima"]'
    older = candidate_line(2, model_response="Quito", failure_reason=told)
    add_run(empty_desk, "run", [peru(1, "Quito", check=LIMA), older])
    review = Review(page, empty_desk)
    card = review.first()
    line = page.get_by_test_id("live-check")
    review.press("c")
    review.write("Quito, sorry, Lima")
    expect(line).to_contain_text("Would not pass: 0 of 1 pattern matched, 1 forbidden pattern found.")
    expect(line).to_contain_text(r"Missing: ^Lima\.?$")
    expect(review.editor.locator(".cm-pattern-forbidden")).to_have_text("sorry")
    expect(page.locator("[data-stale]")).to_have_count(0)
    in_both_themes(page, "a correction that would not pass")
    review.write("Lima")
    expect(line).to_contain_text("Would pass: 1 of 1 pattern matched, none forbidden. Equals the reference.")
    expect(review.editor.locator(".cm-pattern-matched")).to_have_text("Lima")
    expect(line.locator("[aria-live]")).to_contain_text("Would pass")
    expect(page.locator("[data-stale]")).to_have_count(0)
    in_both_themes(page, "a correction that would pass")
    review.press("End")
    page.keyboard.type(", sorry")
    review.press("ControlOrMeta+Enter")
    review.expect_done(card)
    assert review.stored(card)["corrected_response"] == "Lima, sorry"
    review.press("c")
    review.write("Lima")
    expect(line).to_contain_text(
        "1 missing pattern now found. The rest of the check is not known and may still fail."
    )
    expect(line).not_to_contain_text("Would pass")


def test_failures_of_one_shape_are_decided_together_from_the_card(page: Page, empty_desk: Desk) -> None:
    lines = [candidate_line(n, failure_reason=f"timed out after {n + 3} s") for n in range(4)]
    add_run(empty_desk, "run", lines)
    review = Review(page, empty_desk)
    expect(page.get_by_test_id("same-shape")).to_have_text("3 more fail in this way")
    expect(page.get_by_test_id("same-shape-together")).to_be_visible()
    review.press("g")
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("reason of the same kind")
    panel.get_by_role("radio", name="Discard").check()
    panel.get_by_role("button", name="Discard 4 cards").click()
    expect(review.toast).to_contain_text("4 cards")
    assert empty_desk.get("/stats")["by_status"]["discarded"] == 4
    review.press("u")
    expect(review.card).to_be_visible()
    assert empty_desk.get("/stats")["by_status"]["needs_review"] == 4
