"""Bench in a browser: a task file put to an endpoint, followed, stopped, gone on with, imported, and compared."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.benching.making import task_line
from tests.benching.server import Model, Reply, answer, serving
from tests.e2e.desk import Desk
from tests.e2e.test_pages import RULES, SETTLED, THEMES, TOO_SMALL, WIDTHS, assert_accessible, picture
from tests.factories import write_jsonl
from tests.processes import wait_until

pytestmark = pytest.mark.e2e

SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
TASKS = 40


class Held:
    """A model that answers only as often as it is told to; it is right on tasks below `right`."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.right = 10
        self._turns = threading.Semaphore(0)
        model.reply = self._in_turn

    def let(self, answers: int = 1) -> None:
        self._turns.release(answers)

    def let_all(self) -> None:
        self.let(100 * TASKS)

    def _in_turn(self, prompt: str) -> Reply:
        self._turns.acquire()
        number = int(prompt.split()[1])
        return answer(f"right {number}" if number < self.right else "I cannot tell")


@pytest.fixture
def held(empty_desk: Desk) -> Iterator[Held]:
    """The model; what still asks it is ended before the server of both is gone."""
    with serving() as endpoint:
        held = Held(endpoint)
        yield held
        held.let_all()
        for bench in empty_desk.get("/benches")["benches"]:
            for _ in range(2 if bench["state"] in ("starting", "running") else 0):
                stop(empty_desk, bench["name"])


def stop(desk: Desk, name: str) -> None:
    # it may end in this moment
    with suppress(AssertionError, URLError):
        desk.post(f"/benches/{name}/stop", {})


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "sums.jsonl", [task_line(number) for number in range(TASKS)])


def fill(page: Page, desk: Desk, tasks: Path, held: Held, name: str) -> None:
    """Fill the form, up to its button."""
    page.goto(f"{desk.url}/bench")
    field = page.get_by_test_id("task-file-input")
    expect(field).to_be_attached()
    if page.get_by_test_id("no-task-files").is_visible():
        field.set_input_files(tasks)
    expect(page.get_by_test_id("preview-count")).to_have_text(f"{TASKS} tasks")
    page.get_by_test_id("bench-base").fill(held.model.url)
    page.get_by_test_id("bench-model").fill("org/small")
    page.get_by_test_id("bench-concurrency").fill("1")
    page.get_by_test_id("bench-settings").locator("summary").click()
    page.get_by_test_id("bench-name").fill(name)


def begin(page: Page, desk: Desk, tasks: Path, held: Held, name: str) -> None:
    """Start a bench and see it get its first answers; it waits for more."""
    fill(page, desk, tasks, held, name)
    before = len(held.model.asked)
    page.get_by_test_id("bench-start").click()
    page.wait_for_url(f"**/bench/{name}")
    wait_until(lambda: len(held.model.asked) > before, "the first question")
    one_by_one(held, lambda: expect(page.get_by_test_id("asked-done")).to_contain_text("of 40 asked", timeout=1_000))


def one_by_one(held: Held, seen: Callable[[], None]) -> None:
    """Let the model answer once more until something is seen: news are written at most once a second."""
    for _ in range(TASKS // 2):
        held.let()
        try:
            return seen()
        except AssertionError:
            continue
    seen()


def test_from_a_task_file_to_its_run_and_a_comparison(page: Page, empty_desk: Desk, tasks: Path, held: Held) -> None:
    page.goto(f"{empty_desk.url}/train")
    page.get_by_test_id("tab-bench").click()
    expect(page.get_by_test_id("no-task-files")).to_be_visible()
    begin(page, empty_desk, tasks, held, "first")
    expect(page.get_by_test_id("job-state")).to_have_text("Running")
    held.let_all()
    expect(page.get_by_test_id("job-state")).to_have_text("Done")
    expect(page.get_by_test_id("bench-answer")).to_contain_text("1 model was asked 40 tasks")
    expect(page.get_by_test_id("asked-share")).to_contain_text("25\u00a0%")
    page.get_by_test_id("to-cards").click()
    expect(page.get_by_test_id("card")).to_be_visible()
    assert empty_desk.get("/queue?run_id=first&per_page=1")["total"] == 30
    assert empty_desk.get("/runs")[0]["run_id"] == "first"

    held.right = 30
    page.goto(f"{empty_desk.url}/bench")
    fill(page, empty_desk, tasks, held, "second")
    page.get_by_test_id("bench-start").click()
    expect(page.get_by_test_id("asked-share")).to_contain_text("75\u00a0%")
    page.get_by_test_id("to-compare").click()
    page.get_by_test_id("suggestion").click()
    expect(page).to_have_url(f"{empty_desk.url}/compare?before=first&after=second")
    expect(page.get_by_test_id("flow-pane")).to_contain_text("20 fixed, 0 broken")


def test_it_stops_and_goes_on_by_keys_alone(page: Page, empty_desk: Desk, tasks: Path, held: Held) -> None:
    begin(page, empty_desk, tasks, held, "held")
    page.get_by_test_id("bench-stop").press("Enter")
    expect(page.get_by_test_id("job-state")).to_have_text(re.compile("Stopping|Stopped"))
    held.let()
    expect(page.get_by_test_id("job-state")).to_have_text("Stopped")
    expect(page.get_by_test_id("bench-answer")).to_contain_text("Resume asks what is missing")
    page.reload()
    answered = len(held.model.asked)
    held.let_all()
    page.get_by_test_id("bench-resume").press("Enter")
    expect(page.get_by_test_id("job-state")).to_have_text("Done")
    expect(page.get_by_test_id("asked-done")).to_have_text("40 of 40 asked")
    assert 0 < answered < TASKS
    assert max(held.model.prompts().values()) == 1


def test_what_was_typed_and_what_is_wrong_with_a_file(page: Page, empty_desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a"}\nnothing\n', "utf-8")
    page.goto(f"{empty_desk.url}/bench")
    page.get_by_test_id("task-file-input").set_input_files(bad)
    expect(page.get_by_test_id("task-file-error")).to_contain_text("bad.jsonl:2")
    assert_accessible(page, "bench, a file that is wrong")
    page.get_by_test_id("bench-base").fill("http://127.0.0.1:9/v1")
    page.get_by_test_id("bench-model").fill("typed")
    page.get_by_test_id("tab-train").click()
    expect(page.get_by_test_id("train-answer")).to_be_visible()
    page.get_by_test_id("tab-bench").click()
    expect(page.get_by_test_id("bench-model")).to_have_value("typed")


def test_the_items_of_what_is_shown_are_asked_again(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/?task_type=facts")
    page.get_by_test_id("queue-menu").click()
    page.get_by_test_id("ask-again").click()
    expect(page).to_have_url(re.compile(r"/bench\?.*task_type=facts"))
    expect(page.get_by_test_id("cards-words")).to_contain_text("facts")
    facts = desk.get("/queue?task_type=facts&per_page=1")["total"]
    expect(page.get_by_test_id("preview-type")).to_have_count(1)
    expect(page.get_by_test_id("preview-count")).to_contain_text(re.compile(r"^\s*\d+\s+tasks"))
    told = int(page.get_by_test_id("preview-count").locator("b").inner_text())
    assert 0 < told <= facts


def form(page: Page, desk: Desk, tasks: Path, held: Held) -> None:
    fill(page, desk, tasks, held, "form")
    page.get_by_test_id("judge-settings").locator("summary").click()
    expect(page.get_by_test_id("judge-url")).to_be_visible()


def running(page: Page, desk: Desk, tasks: Path, held: Held) -> None:
    if desk.get("/benches")["benches"]:
        page.goto(f"{desk.url}/bench/running")
        expect(page.get_by_test_id("asked-share")).to_be_visible()
    else:
        begin(page, desk, tasks, held, "running")


def done(page: Page, desk: Desk, tasks: Path, held: Held) -> None:
    if not desk.get("/benches")["benches"]:
        begin(page, desk, tasks, held, "done")
        held.let_all()
    page.goto(f"{desk.url}/bench/done")
    expect(page.get_by_test_id("to-cards")).to_be_visible()


def listed(page: Page, desk: Desk, tasks: Path, held: Held) -> None:
    done(page, desk, tasks, held)
    page.get_by_role("link", name="All benches").click()
    expect(page.get_by_test_id("bench-row")).to_be_visible()
    expect(page.get_by_test_id("preview-count")).to_be_visible()


@pytest.mark.parametrize("state", [form, running, done, listed], ids=lambda state: state.__name__)
def test_bench_is_accessible_at_every_width_in_both_themes(
    browser: Browser, empty_desk: Desk, tasks: Path, held: Held, state: Callable[[Page, Desk, Path, Held], None]
) -> None:
    for width, (pixels, height) in WIDTHS.items():
        touch = width == "390"
        context = browser.new_context(
            viewport={"width": pixels, "height": height}, has_touch=touch, is_mobile=touch, locale="en-GB"
        )
        page = context.new_page()
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        state(page, empty_desk, tasks, held)
        for theme in THEMES:
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
            page.evaluate(SETTLED)
            assert_accessible(page, f"bench {state.__name__} {width} {theme}", RULES[theme])
            assert page.evaluate(SIDEWAYS) <= 0, "scrolls sideways"
            picture(page, f"bench-{state.__name__}", width, theme)
        if touch:
            assert page.evaluate(TOO_SMALL) == []
        context.close()
