"""The loop walked in a browser with a tiny model: train on what was corrected, bench it from the page, compare."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import conftest as browser
from tests.e2e.desk import Desk, Starter
from tests.factories import write_jsonl

# PyTorch is here, and not in the environment of the wheel that the other browser tests install
browser_type_launch_args, _test_ids = browser.browser_type_launch_args, browser._test_ids
context, page = browser.context, browser.page
TASKS, STEPS = 24, 60
# the libraries alone may take minutes to load on a busy machine
PATIENCE_MS = 300_000
BEFORE, AFTER = "walk-1", "walk-2"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    avocet = Path(sys.executable).with_name("avocet")
    (tmp_path / "bench_results").mkdir()
    starter = Starter(avocet)
    with Desk(avocet, starter, tmp_path / "data", tmp_path / "bench_results") as desk:
        yield desk
    starter.close()


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    """Questions with one right answer, which a tiny model can learn."""
    lines = (
        {
            "id": f"task-{number}",
            "task_type": "questions",
            "prompt_messages": [{"role": "user", "content": f"what is the right answer to question {number}"}],
            "required": ["^right$"],
            "reference": "right",
        }
        for number in range(TASKS)
    )
    return write_jsonl(tmp_path / "questions.jsonl", lines)


def correct_all(desk: Desk) -> None:
    for card in desk.get("/queue?per_page=200")["items"]:
        said = {"id": card["id"], "action": "correct", "failure_category": "wrong_answer"}
        desk.post("/submit", {**said, "corrected_response": "right"})


def expect_done(state: Locator) -> None:
    expect(state).to_have_text("Done", timeout=PATIENCE_MS)


def test_from_train_to_compare(page: Page, desk: Desk, tasks: Path, model_folder: Path, tmp_path: Path) -> None:
    before = tmp_path / "bench_results" / "before"
    desk.run(
        "bench", str(tasks), "--base", str(model_folder), "--max-new-tokens", "4", "--out", str(before), "--import"
    )
    correct_all(desk)

    page.goto(f"{desk.url}/train")
    expect(page.get_by_test_id("train-rows")).to_contain_text(f"{TASKS} rows to learn from")
    page.get_by_test_id("train-base").fill(str(model_folder))
    page.get_by_test_id("advanced").locator("summary").click()
    for name, value in {"name": "tuned", "max_steps": STEPS, "learning_rate": 0.02, "validation": 0}.items():
        page.get_by_test_id(f"train-{name}").fill(str(value))
    page.get_by_test_id("train-cpu").check()
    page.get_by_test_id("train-start").click()
    page.wait_for_url("**/train/tuned")
    expect_done(page.get_by_test_id("job-state"))

    page.get_by_test_id("bench-it").click()
    expect(page.get_by_test_id("bench-base")).to_have_value(str(model_folder))
    expect(page.get_by_test_id("adapter-tuned")).to_be_checked()
    expect(page.get_by_test_id("ask-base")).to_be_checked()
    page.get_by_test_id("task-file-input").set_input_files(tasks)
    expect(page.get_by_test_id("preview-count")).to_contain_text(f"{TASKS} tasks for each of 2 models")
    page.get_by_test_id("bench-settings").locator("summary").click()
    page.get_by_test_id("bench-name").fill("walk")
    page.get_by_test_id("bench-max_new_tokens").fill("4")
    page.get_by_test_id("bench-start").click()
    page.wait_for_url("**/bench/walk")
    expect_done(page.get_by_test_id("job-state"))

    page.get_by_role("link", name=f"Compare with {BEFORE}").click()
    expect(page).to_have_url(f"{desk.url}/compare?before={BEFORE}&after={AFTER}")
    passed = {run: passes(tmp_path / "bench_results" / run) for run in (BEFORE, AFTER)}
    assert passed[BEFORE] == passes(before) == 0 < passed[AFTER]
    expect(page.get_by_test_id("flow-pane")).to_contain_text(f"{passed[AFTER]} fixed, 0 broken")
    # what the adapter learned from stood in the desk's own export, and the page says so
    expect(page.get_by_test_id("exposure-lines")).to_contain_text(f"{TASKS}")


def passes(run: Path) -> int:
    return int(json.loads((run / "summary.json").read_text("utf-8"))["totals"]["passed"])
