"""The whole way: a dropped log of Inspect, a sample read by keys, the report, and the log with what people said."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk, Json
from tests.e2e.review import Review
from tests.e2e.test_import import SAMPLES, Import

pytestmark = pytest.mark.e2e

LOG = SAMPLES / "inspect" / "sums-0.3.285.eval"
FAILED, PASSED, KEPT = 36, 24, 20
READ_FAILED = 30
# a person's keys, and what they say of the answer: its right value in Inspect's letters, None if it has none
RIGHT_BUT_FAILED = (("q", "1", "a"), "C")
BROKEN = (("q", "4", "f", "f"), None)
WRONG = (("d", "4", "Enter"), "I")
RIGHT = (("a",), "C")
WRONG_BUT_PASSED = (("q", "2", "f", "4", "Enter"), "I")
# opens a copy in Inspect itself, and says of each sample its score and what it was
OPEN = """
import json, sys
from inspect_ai.log import read_eval_log
log = read_eval_log(sys.argv[1])
scores = {str(one.id): one.scores["includes"] for one in log.samples}
told = {name: [score.value if isinstance(score.value, str) else None, [was.value for was in score.history]]
        for name, score in scores.items()}
authors = sorted({was.provenance.author for score in scores.values() for was in score.history[1:]})
print(json.dumps({"scores": told, "authors": authors, "accuracy": log.results.scores[0].metrics["accuracy"].value}))
"""


def verdict(card: Json) -> tuple[Sequence[str], str | None]:
    """What a person says who can add: of what the check failed, and of what it passed."""
    question, answer = card["prompt_messages"][0]["content"], card["model_response"]
    if question.endswith("+?"):
        return BROKEN
    is_right = answer.replace(",", "") == f"It is {card['reference']}."
    if card["outcome"] == "failed":
        return RIGHT_BUT_FAILED if is_right else WRONG
    return RIGHT if is_right else WRONG_BUT_PASSED


def drop_and_import(page: Page, desk: Desk) -> str:
    """Drop the log on the page, and keep 20 of the passes; the name of the run."""
    imported = Import(page, desk)
    imported.drop(LOG)
    imported.expect_outcomes(failed=FAILED, passed=PASSED)
    page.get_by_test_id("keep-passed").check()
    page.get_by_test_id("keep-number").fill(str(KEPT))
    expect(page.get_by_test_id("keep-says")).to_have_text(f"{KEPT} of {PASSED} passed become cards.")
    imported.start()
    expect(page.get_by_test_id("tally-kept")).to_have_text(f"{KEPT} that did not fail kept as cards")
    return str(desk.get("/runs")[0]["run_id"])


def read_a_sample(page: Page, desk: Desk) -> dict[str, Json]:
    """Draw what the Scores page proposes, and read all of it with the keys; the cards by the harness's id."""
    page.get_by_role("link", name="Scores", exact=True).click()
    act = page.get_by_test_id("next-action")
    expect(act).to_have_text(f"Read {READ_FAILED} failed, {KEPT} passed")
    act.click()
    expect(page.get_by_test_id("sample-pill")).to_contain_text(f"0 of {READ_FAILED + KEPT} read")
    (sample,) = desk.get("/samples")
    cards = desk.get(f"/queue?sample={sample['name']}&per_page=200")["items"]
    review = Review(page, desk, f"/?sample={sample['name']}")
    before = ""
    for card in cards:
        review.expect_card({"task_name": f"sums · {card['task_id']}"})
        keys, _ = verdict(card)
        if before == keys[-1] == "a":
            # within 250 ms the page takes the second key for a slip of the first
            page.wait_for_timeout(260)
        before = keys[-1]
        if keys[0] == "q":
            review.press("q")
            expect(page.get_by_test_id("faults")).to_be_visible()
            keys = keys[1:]
        review.press(*keys)
    expect(page.get_by_test_id("sample-pill")).to_contain_text(f"{READ_FAILED + KEPT} of {READ_FAILED + KEPT} read")
    return {card["item_id"]: card for card in cards}


def expect_report(page: Page, desk: Desk, run: str, cards: dict[str, Json]) -> None:
    """The report says what was counted by hand: shares of the reads, each outcome by its size."""
    said = Counter((card["outcome"], verdict(card)) for card in cards.values())
    failed, passed = READ_FAILED, KEPT
    right, broken = said["failed", RIGHT_BUT_FAILED], said["failed", BROKEN]
    wrong = said["passed", WRONG_BUT_PASSED]
    assert min(right, broken, wrong) > 0
    scope = FAILED * (failed - broken) / failed + PASSED
    score = (FAILED * right / failed + PASSED * (passed - wrong) / passed) / scope
    expect(page.get_by_test_id("sample-end")).to_contain_text(f"All {failed + passed} cards of the sample")
    page.get_by_test_id("sample-scores").click()
    expect(page.get_by_test_id("corrected-score")).to_have_text(f"{score * 100:.1f} %")
    expect(page.get_by_test_id("harness-score")).to_have_text("40.0 %")
    expect(page.get_by_test_id("read-failed")).to_contain_text(f"{right} were right all the same")
    expect(page.get_by_test_id("read-passed")).to_contain_text(f"{wrong} were wrong all the same")
    (row,) = desk.get(f"/report?run_id={run}")["rows"]
    assert row["corrected_score"]["value"] == pytest.approx(score)
    assert row["corrected_score"]["low"] < score < row["corrected_score"]["high"]
    assert row["false_fails"]["value"] == pytest.approx(right / (failed - broken))
    assert row["false_passes"]["value"] == pytest.approx(wrong / passed)
    assert row["basis"] == {"failed": "sample", "passed": "sample"}
    assert row["set_aside"] == {"failed": broken, "passed": 0}
    faults = {"check_too_strict": right, "check_too_lax": wrong, "question_broken": broken}
    assert {name: n for name, n in row["by_fault"].items() if n} == faults


def expect_edited_log(desk: Desk, run: str, copy: Path, binaries: Path, cards: dict[str, Json]) -> None:
    """Inspect opens the copy: each score that a person changed is another, and has its history."""
    command: list[str | Path] = [binaries / "avocet", "verdicts", run, "--edit", LOG, "-o", copy]
    subprocess.run(command, env=desk.environment, check=True, capture_output=True)
    opened = subprocess.run([binaries / "python", "-c", OPEN, copy], check=True, capture_output=True, text=True)
    told = json.loads(opened.stdout)
    assert len(told["scores"]) == FAILED + PASSED
    for item, (value, history) in told["scores"].items():
        card = cards.get(item)
        was = "C" if int(item.removeprefix("sum-")) % 5 in (1, 3) else "I"
        now = verdict(card)[1] if card else was
        assert value == now, item
        assert history == ([] if now == was else [was, now]), item
    scored = [value for value, _ in told["scores"].values() if value is not None]
    assert told["accuracy"] == pytest.approx(scored.count("C") / len(scored))
    assert told["authors"] == ["rowan"]


def test_from_a_dropped_log_to_the_report_and_the_edited_log(page: Page, empty_desk: Desk, tmp_path: Path) -> None:
    run = drop_and_import(page, empty_desk)
    cards = read_a_sample(page, empty_desk)
    expect_report(page, empty_desk, run, cards)
    given = [json.loads(line) for line in empty_desk.run("verdicts", run, "--format", "inspect").splitlines()]
    assert {one["id"]: one["value"] for one in given} == {
        item: value for item, card in cards.items() if (value := verdict(card)[1]) is not None
    }
    # `make test-harnesses` names an environment that has Inspect, which can't be installed beside the rest
    if inspect := os.environ.get("AVOCET_TEST_INSPECT"):
        expect_edited_log(empty_desk, run, tmp_path / "copy.eval", Path(inspect), cards)
