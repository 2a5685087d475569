"""Around the card: filters, search, bulk, same failures, history, the Decided page, live updates. Keyboard first."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk, add_run, plain_lines, same_lines
from tests.e2e.review import Review
from tests.e2e.test_pages import RULES, SETTLED, THEMES, assert_accessible

pytestmark = pytest.mark.e2e


@pytest.fixture
def review(page: Page, desk: Desk) -> Review:
    return Review(page, desk)


class TestFilters:
    def test_the_url_is_the_state(self, page: Page, desk: Desk) -> None:
        review = Review(page, desk, "/?task_type=spelling&order=lowest_score")
        (first, *_) = desk.get("/queue?task_type=spelling&order=lowest_score&per_page=1")["items"]
        review.expect_card(first)
        page.reload()
        review.expect_card(first)
        expect(page.get_by_test_id("filter-task")).to_contain_text("spelling")

    def test_a_search_from_the_keyboard(self, review: Review) -> None:
        review.desk.wait_until_indexed()
        review.press("/")
        expect(review.page.get_by_test_id("search")).to_be_focused()
        review.page.keyboard.type("capital france")
        review.press("Enter")
        expect(review.page).to_have_url(re.compile(r"q=capital"))
        (found, *_) = review.desk.get("/queue?q=capital%20france&per_page=1")["items"]
        review.expect_card(found)

    def test_a_random_order_has_its_seed_in_the_url(self, page: Page, desk: Desk) -> None:
        Review(page, desk, "/?order=random&seed=7").expect_card(
            desk.get("/queue?order=random&seed=7&per_page=1")["items"][0]
        )
        expect(page).to_have_url(re.compile("seed=7"))

    def test_progress_counts_this_session_and_this_queue(self, review: Review) -> None:
        expect(review.page.get_by_test_id("position")).to_contain_text("562")
        card = review.first()
        review.press("d", "d")
        review.expect_done(card)
        expect(review.page.get_by_test_id("session-count")).to_contain_text("1")
        expect(review.page.get_by_test_id("today-count")).to_contain_text("1")


class TestManyAtOnce:
    def test_cards_that_say_the_same_are_decided_together(self, page: Page, empty_desk: Desk) -> None:
        add_run(empty_desk, "same", same_lines(13))
        review = Review(page, empty_desk)
        expect(page.get_by_test_id("similar")).to_contain_text("12 more")
        review.press("g")
        panel = page.get_by_test_id("similar-panel")
        expect(panel).to_be_visible()
        panel.get_by_test_id("bulk-discard").click()
        panel.get_by_test_id("chip-wrong_answer").click()
        expect(panel.get_by_test_id("bulk-confirm")).to_contain_text("13")
        panel.get_by_test_id("bulk-confirm").click()
        expect(page.get_by_test_id("toast")).to_contain_text("13")
        assert empty_desk.get("/stats")["by_category"]["wrong_answer"] == 13
        page.get_by_test_id("toast-undo").click()
        expect(review.card).to_be_visible()
        assert empty_desk.get("/stats")["by_status"]["needs_review"] == 13

    def test_everything_that_matches_a_filter(self, page: Page, desk: Desk) -> None:
        matching = desk.get("/queue?task_type=facts")["total"]
        review = Review(page, desk, "/?task_type=facts")
        page.get_by_test_id("queue-menu").click()
        page.get_by_test_id("bulk-open").click()
        panel = page.get_by_test_id("bulk-panel")
        panel.get_by_test_id("bulk-flag").click()
        expect(panel.get_by_test_id("bulk-preview")).to_contain_text(str(matching))
        expect(panel.get_by_test_id("bulk-confirm")).to_contain_text(str(matching))
        panel.get_by_test_id("bulk-confirm").click()
        expect(page.get_by_test_id("toast")).to_contain_text(str(matching))
        assert desk.get("/stats")["by_status"]["model_rejected"] == matching
        page.get_by_test_id("toast-undo").click()
        expect(page.get_by_test_id("toast")).to_contain_text("Undone")
        assert desk.get("/stats")["by_status"]["model_rejected"] == 0
        review.expect_card(desk.get("/queue?task_type=facts&per_page=1")["items"][0])


class TestHistory:
    def test_undo_reaches_behind_a_reload(self, review: Review) -> None:
        card = review.first()
        review.press("f", "6", "Enter")
        review.expect_done(card)
        review.reload_on(review.first())
        expect(review.card).to_be_visible()
        review.press("u")
        expect(review.toast).to_contain_text("Undone")
        assert review.stored(card)["status"] == "needs_review"

    def test_the_drawer_changes_a_category_without_retyping(self, review: Review) -> None:
        card = review.first()
        review.press("c")
        review.write("The better answer")
        review.press("Alt+4", "ControlOrMeta+Enter")
        review.expect_done(card)
        review.press("h")
        drawer = review.page.get_by_test_id("history-drawer")
        entry = drawer.get_by_test_id("history-item").first
        expect(entry).to_contain_text(card["task_name"])
        choose_category(entry.get_by_test_id("history-category"), review.page, "Partial answer")
        expect(entry).to_contain_text("Partial answer")
        stored = review.stored(card)
        assert (stored["failure_category"], stored["corrected_response"]) == ("partial_answer", "The better answer")
        history = review.desk.get(f"/candidates/{card['id']}/history")
        assert [line["failure_category"] for line in history] == ["wrong_answer", "partial_answer"]
        choose_category(entry.get_by_test_id("history-fault"), review.page, "Reference wrong")
        expect(entry.get_by_test_id("history-fault")).to_have_text("Reference wrong")
        stored = review.stored(card)
        assert (stored["failure_category"], stored["check_fault"]) == ("partial_answer", "reference_wrong")
        review.press("Escape")
        expect(drawer).to_be_hidden()

    def test_the_decided_page_lists_filters_and_opens(self, review: Review) -> None:
        first = review.first()
        review.press("d", "2", "Enter")
        review.expect_done(first)
        second = review.first()
        review.press("a")
        review.expect_done(second)
        page = review.page
        page.goto(f"{review.desk.url}/decided")
        expect(page.get_by_test_id("decided-row")).to_have_count(2)
        page.goto(f"{review.desk.url}/decided?status=discarded")
        expect(page.get_by_test_id("decided-row")).to_have_count(1)
        page.get_by_test_id("decided-row").get_by_role("link").first.click()
        expect(page.get_by_test_id("card-timeline")).to_contain_text("Style violation")

    def test_a_decided_card_is_revised_and_its_timeline_keeps_both(self, page: Page, desk: Desk) -> None:
        card = desk.get("/queue?per_page=1")["items"][0]
        desk.post("/submit", {"id": card["id"], "action": "discard", "failure_category": "wrong_answer"})
        page.goto(f"{desk.url}/cards/{card['id']}")
        expect(page.get_by_test_id("timeline-entry")).to_have_count(1)
        page.get_by_test_id("chip-format_error").click()
        page.get_by_test_id("confirm").click()
        expect(page.get_by_test_id("timeline-entry")).to_have_count(2)
        assert desk.get(f"/candidates/{card['id']}")["failure_category"] == "format_error"


def choose_category(control: Any, page: Page, label: str) -> None:
    control.click()
    page.get_by_role("option", name=re.compile(label)).click()


class TestLive:
    def test_another_reviewers_decision_takes_the_card_away(self, review: Review) -> None:
        card = review.first()
        review.expect_card(card)
        review.desk.post("/submit", {"id": card["id"], "action": "discard"})
        review.expect_card(review.first())

    def test_typed_text_stays_when_another_reviewer_decides(self, review: Review) -> None:
        card = review.first()
        review.press("c")
        review.write("my own words")
        review.desk.post("/submit", {"id": card["id"], "action": "discard"})
        expect(review.page.get_by_test_id("decided-elsewhere")).to_be_visible()
        review.expect_text("my own words")

    def test_an_import_shows_up_without_a_reload(self, page: Page, empty_desk: Desk) -> None:
        page.goto(empty_desk.url)
        expect(page.get_by_test_id("empty-no-data")).to_be_visible()
        add_run(empty_desk, "new", same_lines(3))
        expect(page.get_by_test_id("card")).to_be_visible()

    def test_a_lost_server_is_said_and_comes_back(self, review: Review) -> None:
        review.desk.stop()
        banner = review.page.get_by_test_id("offline-banner")
        expect(banner).to_be_visible()
        review.desk.start()
        expect(banner).to_be_hidden(timeout=30_000)
        card = review.first()
        review.press("d", "d")
        review.expect_done(card)


class TestTheCard:
    def test_a_correction_starts_from_the_reference_with_one_key(self, review: Review) -> None:
        card = review.first()
        assert isinstance(card["reference"], str)
        review.press("r")
        review.expect_text(card["reference"])

    def test_a_correction_starts_from_what_another_model_answered(self, page: Page, empty_desk: Desk) -> None:
        add_run(empty_desk, "mine", plain_lines(2, model_name="Mine"))
        better = [
            {**line, "id": f"other/{number}", "model_response": f"It is {number + 1}."}
            for number, line in enumerate(plain_lines(2, model_name="Other"))
        ]
        add_run(empty_desk, "other", better)
        page.set_viewport_size({"width": 1440, "height": 900})
        review = Review(page, empty_desk)
        other = page.get_by_role("tab", name="Other failed")
        review.tab_to(page.get_by_role("tab", name="This answer"))
        review.press("ArrowRight")
        expect(other).to_be_focused()
        panel = page.get_by_role("tabpanel", name="Other, failed")
        expect(panel).to_contain_text("It is 1.")
        own = page.get_by_test_id("response").get_by_text("It is 0.")
        expect(own).to_be_visible()
        for theme in THEMES:
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
            page.evaluate(SETTLED)
            assert_accessible(page, f"other answers {theme}", RULES[theme])
        page.set_viewport_size({"width": 1200, "height": 900})
        expect(own).to_be_hidden()
        review.tab_to(panel.get_by_test_id("start-from-other"))
        review.press("Enter")
        review.expect_text("It is 1.")
        review.press("ControlOrMeta+Enter")
        expect(review.toast).to_contain_text("Corrected")
        assert review.stored({"id": "plain/0"})["corrected_response"] == "It is 1."
        expect(other).to_be_visible()

    def test_invisible_characters_and_directions_are_shown(self, page: Page, empty_desk: Desk) -> None:
        line = {
            "task_name": "Invisible",
            "prompt_messages": [{"role": "user", "content": "مرحبا"}],
            "model_response": "one\u00a0two  \nthree\u200bfour",
        }
        add_run(empty_desk, "invisible", [line])
        review = Review(page, empty_desk)
        response = page.get_by_test_id("response")
        space = response.get_by_role("img", name=re.compile("No-break space"))
        expect(space).to_have_count(0)
        review.press("i")
        expect(space).to_have_count(1)
        expect(response.get_by_role("img", name=re.compile("2 spaces at the line end"))).to_have_count(1)
        prompt = page.get_by_text("مرحبا")
        assert prompt.evaluate("element => getComputedStyle(element).direction") == "rtl"

    def test_long_texts_fold_and_are_searched(self, page: Page, empty_desk: Desk) -> None:
        words = " ".join(f"word{number}" for number in range(4000))
        line = {"prompt_messages": [{"role": "user", "content": "Say it"}], "model_response": words}
        add_run(empty_desk, "long", [line])
        Review(page, empty_desk)
        response = page.get_by_test_id("response")
        expect(response.get_by_test_id("show-all")).to_be_visible()
        response.get_by_test_id("find-open").click()
        page.get_by_test_id("find-words").fill("word3999")
        expect(page.get_by_test_id("find-count")).to_contain_text("1")

    def test_side_by_side_the_original_stays_in_view(self, review: Review) -> None:
        card = review.first()
        review.press("c")
        review.write("Quite another text")
        review.page.get_by_test_id("toggle-view").click()
        original = review.page.get_by_test_id("correction")
        expect(original).to_contain_text(card["model_response"].split("\n")[0])
        review.page.get_by_test_id("editor").click()
        review.press("ControlOrMeta+Enter")
        review.expect_done(card)

    def test_both_panes_are_in_sight_without_a_click(self, review: Review) -> None:
        review.page.set_viewport_size({"width": 1200, "height": 800})
        prompt = review.page.get_by_test_id("turn").first.bounding_box()
        response = review.page.get_by_test_id("response").bounding_box()
        assert prompt
        assert response
        assert response["x"] >= prompt["x"] + prompt["width"]
        assert abs(response["y"] - prompt["y"]) < 120

    def test_on_a_phone_the_actions_are_in_reach_of_a_thumb(self, page: Page, desk: Desk) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        review = Review(page, desk)
        for name in ("accept", "correct", "discard", "flag"):
            box = review.action(name).bounding_box()
            assert box
            assert box["y"] > 844 / 2
            assert min(box["width"], box["height"]) >= 44

    def test_nothing_moves_when_the_next_card_comes(self, review: Review) -> None:
        review.page.evaluate(
            """() => { window.shift = 0; new PerformanceObserver((list) => {
                 for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value
               }).observe({ type: 'layout-shift', buffered: true }) }"""
        )
        for _ in range(5):
            card = review.first()
            review.press("d", "d")
            review.expect_done(card)
        assert review.page.evaluate("window.shift") < 0.05


ARRIVED_BEFORE_THE_CARD = """new MutationObserver((_, watching) => {
  if (!document.querySelector('[data-testid=card]')) return
  watching.disconnect()
  const names = performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))
  window.arrived = names.filter((name) => name.endsWith('.js'))
}).observe(document, { childList: true, subtree: true })"""


def test_the_first_load_is_small(page: Page, desk: Desk, avocet: Path) -> None:
    """Script before the first card: 100 KB compressed at the most; the editor only once it is opened."""
    page.add_init_script(ARRIVED_BEFORE_THE_CARD)
    review = Review(page, desk)
    static = next(avocet.parent.parent.rglob("avocet/static"))
    loaded = set(page.evaluate("arrived"))
    assert loaded
    size = sum(len(gzip.compress((static / "assets" / name).read_bytes())) for name in loaded)
    assert size <= 100 * 1024
    assert not any("CorrectionEditor" in name for name in loaded)
    review.press("c")
    expect(review.editor).to_be_focused()
