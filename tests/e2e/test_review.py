"""A person reviews the real run in a real browser: with the mouse, and with the keyboard alone."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk
from tests.e2e.review import Review

pytestmark = pytest.mark.e2e


@pytest.fixture
def review(page: Page, desk: Desk) -> Review:
    return Review(page, desk)


class TestByMouse:
    def test_a_chip_chosen_before_correcting_appears_in_the_exported_jsonl(self, review: Review) -> None:
        card = review.first()
        expect(review.chips).to_be_hidden()
        review.action("correct").click()
        expect(review.chips).to_be_visible()
        review.expect_text(card["model_response"])
        review.chip("wrong_answer").click()
        review.editor.click()
        review.write("It is 225.")
        review.page.get_by_test_id("submit-correction").click()
        review.expect_done(card)
        (row,) = review.desk.export()
        assert row["failure_category"] == "wrong_answer"
        assert row["messages"] == [*card["prompt_messages"], {"role": "assistant", "content": "It is 225."}]

    def test_a_correction_without_a_chip_exports_null(self, review: Review) -> None:
        review.action("correct").click()
        review.write("Another answer.")
        review.page.get_by_test_id("submit-correction").click()
        expect(review.toast).to_be_visible()
        (row,) = review.desk.export()
        assert row["failure_category"] is None

    @pytest.mark.parametrize(("action", "status"), [("discard", "discarded"), ("flag", "model_rejected")])
    def test_discard_and_flag_are_two_steps(self, review: Review, action: str, status: str) -> None:
        card = review.first()
        review.action(action).click()
        expect(review.chips).to_be_visible()
        assert review.stored(card)["status"] == "needs_review"
        review.chip("hallucination").click()
        review.chip("format_error").click()
        expect(review.chips.locator('[data-state="on"]')).to_have_count(1)
        review.page.get_by_test_id("confirm").click()
        review.expect_done(card)
        stored = review.stored(card)
        assert (stored["status"], stored["failure_category"]) == (status, "format_error")

    def test_cancel_clears_the_chip_and_the_next_card_starts_clean(self, review: Review) -> None:
        review.action("discard").click()
        review.chip("hallucination").click()
        review.page.get_by_test_id("cancel").click()
        expect(review.chips).to_be_hidden()
        review.action("flag").click()
        expect(review.chips.locator('[data-state="on"]')).to_have_count(0)
        review.chip("partial_answer").click()
        review.chip("partial_answer").click()
        expect(review.chips.locator('[data-state="on"]')).to_have_count(0)
        review.page.get_by_test_id("confirm").click()
        expect(review.toast).to_be_visible()
        review.action("discard").click()
        expect(review.chips.locator('[data-state="on"]')).to_have_count(0)

    @pytest.mark.parametrize("category", [None, "style_violation"])
    def test_undo_works_whether_or_not_a_category_was_set(self, review: Review, category: str | None) -> None:
        card = review.first()
        review.action("discard").click()
        if category:
            review.chip(category).click()
        review.page.get_by_test_id("confirm").click()
        review.page.get_by_test_id("toast-undo").click()
        review.expect_card(card)
        stored = review.stored(card)
        assert (stored["status"], stored["failure_category"]) == ("needs_review", None)
        history = review.desk.get(f"/candidates/{card['id']}/history")
        assert [(entry["action"], entry["failure_category"]) for entry in history] == [
            ("discard", category),
            ("undo", None),
        ]


class TestByKeyboard:
    def test_three_keys_discard_with_a_category(self, review: Review) -> None:
        card = review.first()
        review.press("d", "4", "Enter")
        expect(review.toast).to_contain_text("Wrong answer")
        stored = review.stored(card)
        assert (stored["status"], stored["failure_category"]) == ("discarded", "wrong_answer")

    @pytest.mark.parametrize(("key", "status"), [("d", "discarded"), ("f", "model_rejected")])
    def test_the_same_key_again_confirms(self, review: Review, key: str, status: str) -> None:
        card = review.first()
        review.press(key, key)
        review.expect_done(card)
        stored = review.stored(card)
        assert (stored["status"], stored["failure_category"]) == (status, None)

    def test_one_key_accepts(self, review: Review) -> None:
        card = review.first()
        review.press("a")
        review.expect_done(card)
        stored = review.stored(card)
        assert (stored["status"], stored["failure_category"]) == ("approved", "scoring_artifact")
        assert stored["corrected_response"] == card["model_response"]

    def test_a_correction_from_the_first_key_to_the_last(self, review: Review) -> None:
        card = review.first()
        review.press("c")
        expect(review.editor).to_be_focused()
        review.expect_text(card["model_response"])
        review.press("Alt+3")
        expect(review.chip("partial_answer")).to_have_attribute("data-state", "on")
        review.write("225, discard and flag in it: d f 4")
        review.press("ControlOrMeta+Enter")
        review.expect_done(card)
        stored = review.stored(card)
        assert stored["corrected_response"] == "225, discard and flag in it: d f 4"
        assert stored["failure_category"] == "partial_answer"

    def test_undo_goes_back_as_far_as_the_session_and_keeps_what_was_typed(self, review: Review) -> None:
        first = review.first()
        review.press("c")
        review.write("My correction")
        review.press("ControlOrMeta+Enter")
        review.expect_done(first)
        second = review.first()
        review.press("f", "6", "Enter")
        review.expect_done(second)
        review.press("u")
        review.expect_card(second)
        expect(review.toast).to_contain_text("Undone")
        review.press("u")
        review.expect_card(first)
        assert review.desk.get("/stats")["by_status"]["approved"] == 0
        review.press("c")
        review.expect_text("My correction")

    def test_plain_keys_do_nothing_with_a_modifier_or_in_a_field(self, review: Review) -> None:
        card = review.first()
        review.press("Control+d", "Meta+d", "Alt+d", "Control+a")
        expect(review.chips).to_be_hidden()
        review.press("n")
        review.page.keyboard.type("add a note, discard, flag")
        expect(review.chips).to_be_hidden()
        assert review.stored(card)["status"] == "needs_review"
        review.press("Escape", "d", "Enter")
        review.expect_done(card)
        assert review.stored(card)["note"] == "add a note, discard, flag"

    def test_holding_a_key_decides_nothing(self, review: Review) -> None:
        review.page.keyboard.down("d")
        for _ in range(5):
            review.page.keyboard.down("d")
        review.page.keyboard.up("d")
        expect(review.chips).to_be_visible()
        assert review.desk.get("/stats")["by_status"]["discarded"] == 0

    def test_escape_goes_one_step_back_and_asks_before_text_is_lost(self, review: Review) -> None:
        review.press("d", "Escape")
        expect(review.chips).to_be_hidden()
        review.press("c")
        review.write("typed text")
        review.press("Escape")
        expect(review.page.get_by_test_id("question")).to_be_visible()
        review.press("Escape")
        review.expect_text("typed text")

    def test_the_help_sheet_lists_every_key(self, review: Review) -> None:
        review.press("?")
        sheet = review.page.get_by_test_id("help-dialog")
        for words in ("Accept", "Correct", "Discard", "Flag", "Skip", "Undo", "invented facts"):
            expect(sheet).to_contain_text(words)
        review.press("d")
        review.press("Escape")
        expect(sheet).to_be_hidden()
        expect(review.chips).to_be_hidden()


class TestWhenThingsGoWrong:
    def test_a_card_that_another_reviewer_decided_leaves_and_says_so(self, review: Review) -> None:
        card = review.first()
        review.press("c")
        review.write("typed in vain")
        review.desk.post("/submit", {"id": card["id"], "action": "discard"})
        review.press("ControlOrMeta+Enter")
        expect(review.toast).to_contain_text("already decided")
        review.expect_card(review.first())

    def test_a_lost_server_loses_no_text(self, review: Review) -> None:
        card = review.first()
        review.press("c")
        review.write("typed while the server is away")
        review.desk.stop()
        review.press("ControlOrMeta+Enter")
        expect(review.page.get_by_test_id("error-banner")).to_be_visible()
        review.expect_text("typed while the server is away")
        review.desk.start()
        # goes once the page hears from the desk again
        expect(review.page.get_by_test_id("error-banner")).to_be_hidden(timeout=60_000)
        review.press("ControlOrMeta+Enter")
        review.expect_done(card)
        assert review.stored(card)["corrected_response"] == "typed while the server is away"

    def test_a_draft_survives_a_reload(self, review: Review) -> None:
        review.press("c")
        review.write("half a correction")
        expect(review.page.get_by_test_id("draft-hint").or_(review.page.get_by_text("Draft kept"))).to_be_visible()
        review.page.reload()
        review.expect_text("half a correction")

    def test_hostile_text_is_shown_and_never_run(self, page: Page, empty_desk: Desk) -> None:
        hostile = '<img src="http://evil.example/x.png" onerror="document.title=1"><script>document.title=2</script>'
        folder = empty_desk.bench_dir / "hostile"
        folder.mkdir()
        line = {
            "task_name": hostile,
            "model_name": hostile,
            "failure_reason": hostile,
            "prompt_messages": [{"role": "user", "content": f"{hostile} ![x](http://evil.example/y.png)"}],
            "model_response": f"# Title\n\n{hostile}\n\n![x](http://evil.example/z.png) [y](javascript:alert(1))",
        }
        (folder / "sft_candidates.jsonl").write_text(json.dumps(line) + "\n")
        empty_desk.post("/import", {"run_id": "hostile"})
        review = Review(page, empty_desk)
        expect(review.card).to_contain_text("onerror")
        toggle = page.get_by_test_id("toggle-rendered")
        for index in range(toggle.count()):
            toggle.nth(index).click()
        page.wait_for_timeout(300)
        assert page.title() not in ("1", "2")
        assert page.locator("img[src^=http]").count() == 0
