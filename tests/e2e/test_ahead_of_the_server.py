"""The page is a card ahead of the server: what is decided counts when it is answered, and comes back when refused."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.desk import Desk
from tests.e2e.review import Review
from tests.processes import PATIENCE_S

pytestmark = pytest.mark.e2e

DISK_FULL = json.dumps({"code": "disk_full", "detail": "The disk is full."})


@pytest.fixture
def review(page: Page, desk: Desk) -> Review:
    return Review(page, desk)


class Held:
    """Submits that wait until a test lets them through."""

    def __init__(self, review: Review) -> None:
        self.routes: list[Route] = []
        review.page.route("**/api/sft/submit", self._hold)

    def _hold(self, route: Route) -> None:
        self.routes.append(route)

    def next(self, review: Review) -> Route:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if self.routes:
                return self.routes.pop(0)
            review.page.wait_for_timeout(20)
        pytest.fail("no submit was sent")

    def let_through(self, review: Review) -> None:
        self.next(review).continue_()

    def refuse(self, review: Review) -> None:
        self.next(review).fulfill(status=507, content_type="application/json", body=DISK_FULL)


def first(review: Review, count: int) -> list[dict[str, Any]]:
    return list(review.desk.get(f"/queue?per_page={count}")["items"])


def settled(review: Review) -> None:
    """The hand pauses, so that the card that came back listens again."""
    expect(
        review.page.locator('[data-testid="dock"] button:disabled:not([data-testid="action-back"])')
    ).to_have_count(0)


def test_the_next_card_waits_for_nobody_and_nothing_is_said_before_its_time(review: Review) -> None:
    held = Held(review)
    one, two = first(review, 2)
    review.press("d", "d")
    review.expect_card(two)
    expect(review.page.get_by_test_id("saving")).to_be_visible()
    expect(review.toast).to_be_hidden()
    expect(review.page.get_by_test_id("session-count")).to_contain_text("0")
    held.let_through(review)
    review.expect_done(one)
    expect(review.page.get_by_test_id("saving")).to_be_hidden()
    expect(review.page.get_by_test_id("session-count")).to_contain_text("1")


def test_on_a_slow_server_decisions_arrive_in_the_order_they_were_made(review: Review) -> None:
    def slow(route: Route) -> None:
        time.sleep(0.2)
        route.continue_()

    review.page.route("**/api/sft/submit", slow)
    cards = first(review, 4)
    for card, key in zip(cards, "dfdf", strict=True):
        review.expect_card(card)
        review.press(key, key)
    review.expect_done(cards[3])
    decided = review.desk.get("/decisions")["items"]
    assert [item["id"] for item in reversed(decided)] == [card["id"] for card in cards]


def test_a_refused_decision_comes_back_with_those_behind_it_and_nothing_is_lost(review: Review) -> None:
    held = Held(review)
    one, two, three, four = first(review, 4)
    review.press("c")
    review.write("My better answer")
    review.press("Alt+4", "ControlOrMeta+Enter")
    review.expect_card(two)
    review.press("d", "2", "d")
    review.expect_card(three)
    review.press("f", "f")
    review.expect_card(four)
    review.press("c")
    review.write("Begun on the fourth")
    held.refuse(review)
    review.expect_card(one)
    expect(review.page.get_by_test_id("error-banner")).to_contain_text("The disk is full.")
    review.expect_text("My better answer")
    expect(review.chip("wrong_answer")).to_have_attribute("data-state", "on")
    assert review.desk.get("/decisions")["total"] == 0
    review.page.unroute("**/api/sft/submit")
    settled(review)
    review.press("ControlOrMeta+Enter")
    review.expect_done(one)
    review.expect_card(two)
    expect(review.chip("style_violation")).to_have_attribute("data-state", "on")
    review.press("d")
    review.expect_done(two)
    review.expect_card(three)
    review.press("f")
    review.expect_done(three)
    review.expect_card(four)
    review.expect_text("Begun on the fourth")
    assert [review.stored(card)["status"] for card in (one, two, three, four)] == [
        "approved",
        "discarded",
        "model_rejected",
        "needs_review",
    ]
    assert review.desk.get("/decisions")["total"] == 3


def test_what_is_typed_as_a_card_comes_back_decides_nothing(review: Review) -> None:
    held = Held(review)
    one, two = first(review, 2)
    review.press("a")
    review.expect_card(two)
    review.press("c")
    expect(review.editor).to_be_focused()
    refused = held.next(review)
    refused.fulfill(status=507, content_type="application/json", body=DISK_FULL)
    expect(review.page.get_by_test_id("error-banner")).to_be_visible()
    review.page.keyboard.type("a faded day", delay=40)
    review.expect_card(one)
    assert not held.routes
    assert review.desk.get("/decisions")["total"] == 0


def test_undo_waits_for_the_decision_it_takes_back(review: Review) -> None:
    held = Held(review)
    one, two = first(review, 2)
    review.press("d", "4", "d")
    review.expect_card(two)
    review.press("u")
    review.page.wait_for_timeout(200)
    assert review.desk.get("/decisions")["total"] == 0
    held.let_through(review)
    review.expect_card(one)
    expect(review.toast).to_contain_text("Undone")
    history = review.desk.get(f"/candidates/{one['id']}/history")
    assert [entry["action"] for entry in history] == ["discard", "undo"]


def test_the_browser_asks_before_a_page_with_a_decision_on_its_way_is_left(review: Review) -> None:
    held = Held(review)
    one, two = first(review, 2)
    review.press("d", "3", "d")
    review.expect_card(two)
    asked: list[str] = []
    review.page.on("dialog", lambda dialog: asked.append(dialog.type))
    with review.page.expect_event("dialog"):
        review.page.once("dialog", lambda dialog: dialog.dismiss())
        review.page.evaluate("() => { setTimeout(() => location.reload()) }")
    assert asked == ["beforeunload"]
    held.let_through(review)
    review.expect_done(one)
    review.reload_on(two)
    review.expect_card(two)
    assert asked == ["beforeunload"]


def test_a_decision_that_a_reload_cut_off_leaves_its_card_and_draft(review: Review) -> None:
    held = Held(review)
    one, two = first(review, 2)
    review.press("d", "3", "d")
    review.expect_card(two)
    held.next(review)
    review.page.once("dialog", lambda dialog: dialog.accept())
    review.reload_on(two)
    review.expect_card(two)
    review.page.goto(f"{review.desk.url}/?card={one['id']}")
    review.expect_card(one)
    review.press("d")
    expect(review.chip("partial_answer")).to_have_attribute("data-state", "on")


def test_the_sum_of_the_session_waits_for_the_last_answer(page: Page, empty_desk: Desk) -> None:
    folder = empty_desk.bench_dir / "one"
    folder.mkdir()
    line = {"task_name": "Only", "prompt_messages": [{"role": "user", "content": "2 + 2?"}], "model_response": "5"}
    (folder / "sft_candidates.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    empty_desk.post("/import", {"run_id": "one"})
    review = Review(page, empty_desk)
    held = Held(review)
    review.press("d", "d")
    expect(page.get_by_test_id("saving")).to_be_visible()
    expect(page.get_by_test_id("empty-all-reviewed")).to_be_hidden()
    held.let_through(review)
    expect(page.get_by_test_id("empty-all-reviewed")).to_contain_text("you decided 1 card")


def test_an_undone_category_is_kept_by_its_own_key(review: Review) -> None:
    card = review.first()
    review.press("d", "4", "Enter")
    review.expect_done(card)
    review.press("u")
    review.expect_card(card)
    expect(review.toast).to_contain_text("Undone")
    review.press("d", "4", "Enter")
    review.expect_done(card)
    assert review.stored(card)["failure_category"] == "wrong_answer"
