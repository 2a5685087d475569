"""The keyboard alone does everything that the mouse does, on the card and around it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk, add_run, plain_lines, same_lines
from tests.e2e.review import Review

pytestmark = pytest.mark.e2e


@pytest.fixture
def review(page: Page, empty_desk: Desk) -> Review:
    """Five short cards."""
    add_run(empty_desk, "plain", plain_lines(5, reference="It is one more."))
    return Review(page, empty_desk)


def with_card(page: Page, desk: Desk, **line: object) -> Review:
    add_run(desk, "one", plain_lines(1, **line))
    return Review(page, desk)


def focused(page: Page) -> str:
    """What has the focus, in words; the page's body is nothing."""
    return str(page.evaluate("document.activeElement.dataset.testid ?? document.activeElement.tagName"))


class TestTheCard:
    def test_s_goes_on_and_b_comes_back(self, review: Review) -> None:
        cards = review.desk.get("/queue")["items"]
        review.press("s")
        review.expect_card(cards[1])
        expect(review.card).to_be_focused()
        review.press("b")
        review.expect_card(cards[0])
        expect(review.card).to_be_focused()
        assert review.desk.get("/stats")["by_status"]["needs_review"] == 5

    def test_system_prompts_and_long_talks_fold(self, page: Page, empty_desk: Desk) -> None:
        turns = [{"role": "system", "content": "Be brief. " * 200}]
        for number in range(6):
            turns += [{"role": "user", "content": f"Q{number}"}, {"role": "assistant", "content": f"A{number}"}]
        turns += [{"role": "tool", "content": '{"sum": 3}'}, {"role": "user", "content": "And now?"}]
        review = with_card(page, empty_desk, prompt_messages=turns)
        prompt = page.get_by_role("region", name="Prompt")
        for role in ("System", "User", "Tool"):
            expect(prompt.get_by_role("heading", name=re.compile(role)).first).to_be_visible()
        hidden = prompt.get_by_text("Q0", exact=True)
        expect(hidden).to_be_hidden()
        review.tab_to(prompt.get_by_test_id("earlier-turns"))
        review.press("Enter")
        expect(hidden).to_be_visible()
        system = prompt.locator("button[aria-expanded=false]").first
        review.tab_to(system, "Shift+Tab")
        review.press("Enter")
        expect(prompt.locator("button[aria-expanded=false]")).to_have_count(0)

    def test_markdown_is_rendered_and_raw_again(self, page: Page, empty_desk: Desk) -> None:
        review = with_card(page, empty_desk, model_response="# Title\n\n- one\n- two\n\n```python\nprint(1)\n```")
        toggle = page.get_by_test_id("response").get_by_test_id("toggle-rendered")
        review.tab_to(toggle)
        review.press("Enter")
        expect(page.get_by_test_id("response").get_by_role("listitem")).to_have_count(2)
        review.press("Enter")
        expect(page.get_by_test_id("response")).to_contain_text("# Title")

    def test_a_missing_pattern_is_pointed_at(self, page: Page, empty_desk: Desk) -> None:
        reason = 'pattern_match: 0/1 required patterns matched; missing: ["\\\\bParis\\\\b"]'
        with_card(page, empty_desk, failure_reason=reason, model_response="It is PARIS of course.")
        expect(page.get_by_test_id("card")).to_contain_text("0 of 1 required patterns matched")
        expect(page.get_by_test_id("response").locator("mark")).to_have_text(re.compile("PARIS"))

    def test_a_long_text_is_searched(self, page: Page, empty_desk: Desk) -> None:
        words = " ".join(f"word{number}" for number in range(4000))
        review = with_card(page, empty_desk, model_response=words)
        response = page.get_by_test_id("response")
        review.tab_to(response.get_by_test_id("find-open"))
        review.press("Enter")
        expect(page.get_by_test_id("find-words")).to_be_focused()
        page.keyboard.type("word3999")
        expect(page.get_by_test_id("find-count")).to_contain_text("1")
        review.press("Escape")
        expect(page.get_by_test_id("find-words")).to_be_hidden()

    def test_a_chip_says_what_it_means_when_it_is_reached(self, review: Review) -> None:
        review.press("f")
        review.tab_to(review.page.locator("[data-chip]").first, "Shift+Tab")
        for meaning in ("too strict", "broke an instruction", "key elements missing"):
            expect(review.page.get_by_test_id("category-meaning")).to_contain_text(meaning)
            review.press("ArrowRight")
        expect(review.chip("wrong_answer")).to_be_focused()
        review.press("Space", "Enter")
        expect(review.toast).to_contain_text("Wrong answer")

    def test_changes_are_shown_counted_and_taken_back(self, review: Review) -> None:
        card = review.first()
        review.press("c")
        review.write("It is 1, of course.")
        changes = review.page.get_by_test_id("changes")
        expect(changes).to_contain_text(re.compile(r"\d changes?.*words.*characters"))
        expect(review.editor.locator("del").first).to_be_visible()
        review.tab_to(review.page.get_by_test_id("reset-text"))
        review.press("Enter")
        review.expect_text(card["model_response"])
        expect(changes).to_contain_text("No changes yet")

    def test_an_unchanged_correction_asks_whether_to_accept(self, review: Review) -> None:
        card = review.first()
        review.press("c")
        expect(review.editor).to_be_focused()
        review.press("ControlOrMeta+Enter")
        expect(review.page.get_by_test_id("question")).to_contain_text("accept it instead")
        review.press("ControlOrMeta+Enter")
        review.expect_done(card)
        assert review.stored(card)["failure_category"] == "scoring_artifact"

    def test_tab_leaves_the_editor_and_keeps_its_text(self, page: Page, empty_desk: Desk) -> None:
        add_run(empty_desk, "same", same_lines(3))
        review = Review(page, empty_desk)
        expect(page.get_by_test_id("similar")).to_be_visible()
        review.press("c")
        review.write("four, g and d are letters here")
        review.press("Tab", "g")
        expect(page.get_by_test_id("similar-panel")).to_be_visible()
        expect(page.get_by_test_id("bulk-text")).to_have_text("four, g and d are letters here")
        assert empty_desk.get("/stats")["by_status"]["needs_review"] == 3

    @pytest.mark.parametrize("key", ["Backspace", "Delete", "ControlOrMeta+Backspace", "ControlOrMeta+x"])
    def test_no_verdict_is_on_a_key_that_edits(self, review: Review, key: str) -> None:
        review.press(key, key, "Enter")
        expect(review.chips).to_be_hidden()
        assert review.desk.get("/stats")["by_status"]["needs_review"] == 5

    def test_a_draft_survives_a_page_that_is_gone_without_a_word(self, review: Review) -> None:
        review.press("c")
        review.write("half a correction")
        expect(review.page.get_by_text("Draft kept")).to_be_visible()
        again = review.page.context.new_page()
        review.page.close(run_before_unload=False)
        Review(again, review.desk).expect_text("half a correction")


class TestLettersOff:
    def test_everything_is_done_without_a_letter(self, review: Review) -> None:
        page, card = review.page, review.first()
        review.tab_to(page.get_by_test_id("help"))
        review.press("Enter")
        review.tab_to(page.get_by_test_id("letter-keys"))
        review.press("Space", "Escape")
        expect(page.get_by_test_id("help-dialog")).to_be_hidden()
        page.reload()
        review.expect_card(card)
        review.press("a", "d", "f", "s", "h", "?", "/")
        review.expect_card(card)
        expect(review.chips).to_be_hidden()
        review.tab_to(review.action("discard"))
        review.press("Enter", "4")
        expect(review.chip("wrong_answer")).to_have_attribute("data-state", "off")
        review.press("Alt+4", "Enter")
        review.expect_done(card)
        assert review.stored(card)["failure_category"] == "wrong_answer"

    def test_the_settings_page_has_the_switch(self, review: Review) -> None:
        page = review.page
        page.goto(f"{review.desk.url}/settings")
        review.tab_to(page.get_by_test_id("letter-keys"))
        review.press("Space")
        page.goto(review.desk.url)
        expect(review.card).to_be_visible()
        review.press("d")
        expect(review.chips).to_be_hidden()

    def test_the_settings_page_takes_other_keys_and_the_name(self, review: Review) -> None:
        page, card = review.page, review.first()
        page.goto(f"{review.desk.url}/settings")
        review.tab_to(page.get_by_test_id("name-input"))
        page.keyboard.type("Zoë 李")
        review.press("Enter")
        expect(page.get_by_role("main")).to_contain_text("You decide as Zoë 李.")
        review.tab_to(page.get_by_test_id("own-key-discard"))
        review.press("a")
        expect(page.get_by_test_id("key-refused")).to_have_text("A is already the key of “Accept”.")
        review.press("y")
        expect(page.get_by_test_id("key-refused")).to_be_hidden()
        page.goto(review.desk.url)
        expect(review.card).to_be_visible()
        expect(review.action("discard")).to_have_attribute("aria-keyshortcuts", "Y")
        review.press("?")
        expect(page.get_by_test_id("help-dialog")).to_contain_text("YDiscard; the same again")
        review.press("Escape", "d")
        expect(review.chips).to_be_hidden()
        review.press("y", "y")
        review.expect_done(card)
        (entry,) = review.desk.get("/decisions")["items"]
        assert (entry["action"], entry["reviewer"]) == ("discard", "Zoë 李")
        expect(page.get_by_text("1 today")).to_be_visible()
        review.press("h")
        expect(page.get_by_role("dialog")).to_contain_text("Discarded")


class TestFilters:
    def test_each_filter_is_chosen_from_its_list(self, page: Page, empty_desk: Desk) -> None:
        add_run(empty_desk, "first", plain_lines(3, source="benchmark", model_name="small", quality_score=0.1))
        others = [{**line, "id": f"b{n}"} for n, line in enumerate(plain_lines(2, source="hand", task_type="facts"))]
        add_run(empty_desk, "second", others)
        review = Review(page, empty_desk)
        position = page.get_by_test_id("position")
        for pill, option, query, left in (
            ("run", "second", "run_id=second", 2),
            ("run", "all", "/", 5),
            ("model", "small", "model_name=small", 3),
            ("model", "all", "/", 5),
            ("task", "facts", "task_type=facts", 2),
            ("task", "all", "/", 5),
            ("order", "Newest first", "order=newest", 5),
        ):
            review.choose(pill, option)
            expect(page).to_have_url(re.compile(query))
            expect(position).to_contain_text(f"of {left}")
        review.expect_card(empty_desk.get("/queue?order=newest")["items"][0])

        # a rare one gets its own pill, whose list is open at once
        review.tab_to(page.get_by_test_id("more-filters"))
        review.press("Enter")
        expect(page.get_by_test_id("more-source")).to_be_focused()
        review.press("Enter")
        review.take("hand")
        expect(page).to_have_url(re.compile("source=hand"))
        expect(position).to_contain_text("of 2")

    def test_a_range_of_scores(self, page: Page, empty_desk: Desk) -> None:
        low, high = plain_lines(2)
        add_run(empty_desk, "scores", [{**low, "quality_score": 0.9}, {**high, "quality_score": 0.1}])
        review = Review(page, empty_desk)
        review.tab_to(page.get_by_test_id("filter-score"))
        review.press("Enter")
        panel = page.get_by_test_id("score-panel")
        expect(panel).to_be_visible()
        review.tab_to(panel.get_by_test_id("score-below-0.4"))
        review.press("Enter")
        expect(page).to_have_url(re.compile("below=0.4"))
        review.expect_card(empty_desk.get("/queue?max_score=0.4")["items"][0])


class TestAroundTheCard:
    def test_the_same_failure_many_times(self, page: Page, empty_desk: Desk) -> None:
        add_run(empty_desk, "same", same_lines(4))
        review = Review(page, empty_desk)
        expect(page.get_by_test_id("similar")).to_contain_text("3 more")
        review.press("g")
        panel = page.get_by_test_id("similar-panel")
        expect(panel.get_by_role("radio", name="Accept", exact=True)).to_be_focused()
        expect(panel.get_by_test_id("bulk-confirm")).to_be_disabled()
        # the radio buttons take an arrow only once the last one is done
        page.keyboard.press("ArrowDown", delay=80)
        expect(panel.get_by_role("radio", name="Discard", exact=True)).to_be_checked()
        page.keyboard.press("ArrowDown", delay=80)
        expect(panel.get_by_role("radio", name="Flag", exact=True)).to_be_checked()
        review.press("6")
        expect(panel.get_by_test_id("bulk-confirm")).to_have_text("Flag 4 cards")
        review.tab_to(panel.get_by_test_id("bulk-confirm"))
        review.press("Enter")
        expect(review.toast).to_contain_text("Flagged 4 cards")
        assert empty_desk.get("/stats")["by_category"]["hallucination"] == 4
        review.press("u")
        expect(review.card).to_be_visible()
        assert empty_desk.get("/stats")["by_status"]["needs_review"] == 4

    def test_all_that_match_and_esc_brings_the_focus_back(self, review: Review) -> None:
        page = review.page
        menu = page.get_by_test_id("queue-menu")
        entry = page.get_by_role("menuitem").first
        review.tab_to(menu)
        review.press("Enter")
        expect(entry).to_be_focused()
        review.press("Enter")
        panel = page.get_by_test_id("bulk-panel")
        expect(panel.get_by_role("radio", name="Accept", exact=True)).to_be_focused()
        expect(panel.get_by_role("radio", checked=True)).to_have_count(0)
        expect(panel.get_by_test_id("bulk-confirm")).to_be_disabled()
        review.press("Escape")
        expect(panel).to_be_hidden()
        assert focused(page) != "BODY"
        review.tab_to(menu)
        review.press("Enter")
        expect(entry).to_be_focused()
        review.press("Enter")
        expect(panel.get_by_role("radio", name="Accept", exact=True)).to_be_focused()
        review.press("ArrowDown")
        expect(panel.get_by_test_id("bulk-confirm")).to_have_text("Discard 5 cards")
        review.tab_to(panel.get_by_test_id("bulk-confirm"))
        review.press("Enter")
        expect(review.toast).to_contain_text("Discarded 5 cards")
        assert review.desk.get("/stats")["by_status"]["discarded"] == 5

    def test_a_preview_of_new_categories_counts_what_would_change(self, review: Review) -> None:
        page, cards = review.page, review.desk.get("/queue")["items"]
        for card, category in zip(cards, ("wrong_answer", "wrong_answer", "format_error"), strict=False):
            review.desk.post("/submit", {"id": card["id"], "action": "discard", "failure_category": category})
        page.goto(f"{review.desk.url}/decided?status=discarded")
        expect(page.get_by_test_id("decided-row")).to_have_count(3)
        review.tab_to(page.get_by_test_id("bulk-open"))
        review.press("Enter")
        panel = page.get_by_test_id("bulk-panel")
        expect(panel).to_be_visible()
        review.press("4")
        preview = panel.get_by_test_id("bulk-preview")
        expect(preview).to_contain_text("1 card changes; those that are Wrong answer already are left out")
        expect(preview.get_by_role("listitem")).to_have_count(1)
        expect(preview.get_by_role("listitem")).to_contain_text(cards[2]["task_name"])
        review.tab_to(panel.get_by_test_id("bulk-confirm"))
        review.press("Enter")
        expect(review.toast).to_contain_text("Recategorised 1 card")
        assert review.desk.get("/stats")["by_category"]["wrong_answer"] == 3

    def test_the_drawer_undoes_any_decision(self, review: Review) -> None:
        page, first = review.page, review.first()
        review.press("f", "f")
        review.expect_done(first)
        second = review.first()
        review.press("a")
        review.expect_done(second)
        review.press("h")
        drawer = page.get_by_test_id("history-drawer")
        expect(drawer.get_by_test_id("history-item")).to_have_count(2)
        expect(drawer.get_by_role("heading", name="History")).to_be_focused()
        review.tab_to(drawer.get_by_test_id("history-undo").last)
        review.press("Enter")
        expect(drawer.get_by_test_id("history-item").last).to_contain_text("Undone")
        assert review.stored(first)["status"] == "needs_review"
        review.press("Escape")
        expect(drawer).to_be_hidden()
        assert focused(page) != "BODY"

    def test_a_decided_card_is_opened_and_revised(self, review: Review) -> None:
        page, card = review.page, review.first()
        review.press("d", "2", "Enter")
        review.expect_done(card)
        review.tab_to(page.get_by_role("link", name="Decided"))
        review.press("Enter")
        expect(page.get_by_test_id("decided-row")).to_have_count(1)
        review.tab_to(page.get_by_test_id("decided-row").get_by_role("link"))
        review.press("Enter")
        expect(page.get_by_test_id("timeline-entry")).to_have_count(1)
        current = page.get_by_role("navigation", name="Pages").locator("[aria-current]")
        expect(current).to_have_text("Decided")
        review.press("5", "Enter")
        expect(page.get_by_test_id("timeline-entry")).to_have_count(2)
        assert review.stored(card)["failure_category"] == "format_error"

    def test_the_end_of_the_queue_sums_up_and_says_what_next(self, review: Review) -> None:
        page = review.page
        for key in ("a", "d", "a", "f", "f"):
            card = review.first()
            review.press(key)
            if key in "df":
                review.press("4", "Enter")
            review.expect_done(card)
        end = page.get_by_test_id("empty-all-reviewed")
        expect(end).to_contain_text("5 cards")
        for words in ("Accepted", "Discarded", "Flagged", "Wrong answer"):
            expect(end).to_contain_text(words)
        assert focused(page) != "BODY"
        review.tab_to(page.get_by_role("link", name=re.compile("Export")).last)
        review.press("Enter")
        expect(page).to_have_url(re.compile("/export"))


class TestTold:
    def test_what_was_done_and_what_comes_next_is_announced(self, review: Review) -> None:
        first, second = review.desk.get("/queue")["items"][:2]
        status = review.page.locator("[role=status][data-live]")
        expect(status).to_have_attribute("aria-live", "polite")
        review.press("d", "4", "Enter")
        expect(status).to_contain_text(f"Discarded {first['task_name']}")
        expect(status).to_contain_text(f"Next: {second['task_name']}.")
        expect(review.card).to_be_focused()
        review.press("u")
        expect(status).to_contain_text("Undone")
        expect(review.card).to_be_focused()

    def test_with_reduced_motion_nothing_moves(self, review: Review) -> None:
        review.page.emulate_media(reduced_motion="reduce")
        review.press("h")
        expect(review.page.get_by_test_id("history-drawer")).to_be_visible()
        slow = review.page.evaluate(
            """() => [...document.querySelectorAll('*')].filter((element) => {
                 const { animationDuration, transitionDuration } = getComputedStyle(element)
                 return Math.max(...`${animationDuration}, ${transitionDuration}`.split(', ').map(parseFloat)) > 0.001
               }).map((element) => element.outerHTML.slice(0, 100))"""
        )
        assert slow == []
