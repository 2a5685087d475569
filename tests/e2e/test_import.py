"""Importing in the browser: dropped, looked at, adjusted, imported, taken back."""

from __future__ import annotations

import base64
import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.desk import Desk
from tests.e2e.review import Review
from tests.processes import wait_until

pytestmark = pytest.mark.e2e

SAMPLES = Path(__file__).parent.parent / "samples"
EVAL = SAMPLES / "inspect" / "arithmetic-0.3.100.eval"
LM_EVAL = SAMPLES / "lm-eval" / "0.4.13" / "hm047gy8"

DROP = """async ([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0))
  const transfer = new DataTransfer()
  transfer.items.add(new File([bytes], name))
  const drag = (type) => new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true })
  document.body.dispatchEvent(drag('dragenter'))
  document.body.dispatchEvent(drag('dragover'))
  await new Promise(requestAnimationFrame)
  const told = document.querySelector('[data-testid=drop-overlay]')?.textContent ?? ''
  document.body.dispatchEvent(drag('drop'))
  return told
}"""


class Import:
    """The import page and what leads to it."""

    def __init__(self, page: Page, desk: Desk) -> None:
        self.page = page
        self.desk = desk
        page.goto(f"{desk.url}/runs")
        expect(page.get_by_test_id("upload-box")).to_be_visible()

    def drop(self, file: Path) -> str:
        """Drop a file on the page; what the page said while it was held over it."""
        told = self.page.evaluate(DROP, [file.name, base64.b64encode(file.read_bytes()).decode()])
        self.page.wait_for_url("**/import/*")
        return str(told)

    def choose(self, *files: Path) -> None:
        self.page.get_by_test_id("files-input").set_input_files(list(files))

    def run(self, name: str) -> Locator:
        return self.page.locator(f"[data-testid=import-run][data-run={json.dumps(name)}]")

    def expect_outcomes(self, **numbers: int) -> None:
        for outcome, number in numbers.items():
            expect(self.page.get_by_test_id(f"outcome-{outcome}")).to_have_text(str(number))

    def expect_button(self, words: str) -> None:
        expect(self.page.get_by_test_id("import-all")).to_have_text(words)

    def start(self) -> None:
        self.page.get_by_test_id("import-all").click()


def expect_no_uploads(desk: Desk) -> None:
    """The page asks the desk to remove them once it has shown the answer."""
    folder = Path(desk.environment["AVOCET_DATA_DIR"]) / "uploads"
    wait_until(lambda: not folder.is_dir() or not any(folder.iterdir()), "the removal of what was dropped")


def table(folder: Path, name: str = "ours.csv") -> Path:
    file = folder / name
    rows = ["what we asked,what it said,points", "2+2?,5,0", "Capital of France?,Lyon,0.5", "3*3?,9,1"]
    file.write_text("\n".join(rows), "utf-8")
    return file


def large(folder: Path, lines: int) -> Path:
    file = folder / "large.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for number in range(lines):
            message = {"role": "user", "content": f"Question {number} " + "word " * 60}
            out.write(json.dumps({"prompt_messages": [message], "model_response": f"Answer {number}"}) + "\n")
    return file


def test_a_dropped_log_becomes_a_training_row(page: Page, empty_desk: Desk, tmp_path: Path) -> None:
    imported = Import(page, empty_desk)
    assert "Drop" in imported.drop(EVAL)
    imported.expect_outcomes(failed=2, passed=4, errored=0, unscored=0)
    expect(page.get_by_test_id("about-run")).to_contain_text("Inspect")
    expect(page.get_by_test_id("preview-cards")).to_contain_text("Model’s response")
    page.get_by_test_id("metric").select_option("rubric.quality")
    imported.expect_outcomes(failed=6, passed=0)
    page.get_by_test_id("threshold").fill("0.8")
    imported.expect_outcomes(failed=2, passed=4)
    expect(page.get_by_test_id("threshold-slider")).to_have_value("0.8")
    imported.expect_button("Import 2 failures")
    imported.start()
    expect(page.get_by_test_id("import-answer")).to_have_text("2 cards imported from 1 run.")
    expect_no_uploads(empty_desk)
    page.get_by_test_id("review-all").click()

    review = Review(page, empty_desk, f"/?run_id={empty_desk.get('/runs')[0]['run_id']}")
    card = review.first()
    review.press("c", "Alt+4")
    review.write("72")
    review.press("ControlOrMeta+Enter")
    expect(review.toast).to_contain_text("Corrected")
    (row,) = empty_desk.export()
    assert row["avocet_id"] == card["id"]
    assert row["messages"][-1] == {"role": "assistant", "content": "72"}
    assert row["failure_category"] == "wrong_answer"


def test_choices_survive_a_reload(page: Page, empty_desk: Desk) -> None:
    imported = Import(page, empty_desk)
    imported.drop(EVAL)
    page.get_by_test_id("metric").select_option("rubric.quality")
    imported.expect_outcomes(failed=6)
    page.get_by_test_id("prompt-field").select_option("input")
    imported.expect_button("Import 6 failures")
    page.reload()
    imported.expect_outcomes(failed=6)
    expect(page.get_by_test_id("metric")).to_have_value("rubric.quality")
    expect(page.get_by_test_id("prompt-field")).to_have_value("input")
    imported.start()
    expect(page.get_by_test_id("import-answer")).to_contain_text("6 cards imported")
    page.reload()
    expect(page.get_by_test_id("import-answer")).to_contain_text("6 cards imported")


def test_a_folder_is_one_run_a_harness_run(page: Page, empty_desk: Desk) -> None:
    imported = Import(page, empty_desk)
    page.get_by_test_id("folder-files-input").set_input_files(str(LM_EVAL))
    page.wait_for_url("**/import/*")
    expect(page.get_by_test_id("import-run")).to_have_count(1)
    expect(page.get_by_test_id("about-run")).to_contain_text("lm-eval")
    expect(page.get_by_test_id("about-run")).to_contain_text(re.compile(r"\d+ files"))
    page.get_by_test_id("preview-totals").locator("summary").click()
    expect(page.get_by_test_id("totals")).to_contain_text("capitals")
    imported.start()
    expect(page.get_by_test_id("import-answer")).to_contain_text("imported")
    assert empty_desk.get("/runs")[0]["state"] == "imported"


def test_several_runs_are_imported_together(page: Page, empty_desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Nothing that a harness wrote.", "utf-8")
    imported = Import(page, empty_desk)
    imported.choose(EVAL, *LM_EVAL.glob("*.json*"), other)
    expect(page.get_by_test_id("import-run")).to_have_count(2)
    expect(page.get_by_test_id("unrecognised")).to_contain_text("notes.txt")
    expect(page.get_by_test_id("import-all")).to_contain_text(re.compile(r"Import all \d+ failures"))
    page.get_by_test_id("section-toggle").first.click()
    expect(page.get_by_test_id("outcomes")).to_have_count(1)
    expect(page).to_have_url(re.compile("run="))
    imported.start()
    expect(page.get_by_test_id("review-them")).to_have_count(2)
    page.get_by_test_id("import-done").click()
    expect(page.get_by_test_id("run-row")).to_have_count(2)


def test_what_is_not_imported_is_not_thrown_away_unasked(page: Page, empty_desk: Desk) -> None:
    imported = Import(page, empty_desk)
    imported.drop(EVAL)
    page.get_by_test_id("import-done").click()
    expect(page.get_by_test_id("throw-away-question")).to_contain_text("not imported")
    expect(page.get_by_test_id("keep-files")).to_be_focused()
    page.keyboard.press("Enter")
    waiting = page.get_by_test_id("waiting-uploads")
    expect(waiting).to_contain_text("1 run")
    waiting.get_by_role("link").click()
    imported.expect_outcomes(failed=2)
    page.get_by_test_id("import-done").click()
    page.get_by_test_id("throw-away").click()
    expect(page.get_by_test_id("runs-empty")).to_be_visible()
    expect(waiting).to_have_count(0)
    expect_no_uploads(empty_desk)


def test_a_table_is_mapped_and_the_mapping_used_again(page: Page, empty_desk: Desk, tmp_path: Path) -> None:
    imported = Import(page, empty_desk)
    imported.choose(table(tmp_path))
    page.get_by_test_id("map-columns").click()
    expect(page.get_by_test_id("choose-first")).to_be_visible()
    page.get_by_test_id("map-prompt").select_option("what we asked")
    page.get_by_test_id("map-response").select_option("what it said")
    page.get_by_test_id("map-score").select_option("points")
    page.get_by_test_id("mapping-name").fill("ours")
    page.get_by_test_id("save-mapping").click()
    page.get_by_test_id("use-mapping").click()
    imported.expect_outcomes(failed=2, passed=1)
    page.get_by_test_id("threshold").fill("0.5")
    imported.expect_outcomes(failed=1, passed=2)

    again = Import(page, empty_desk)
    again.choose(table(tmp_path, "theirs.csv"))
    page.get_by_test_id("map-columns").click()
    page.get_by_test_id("saved-mapping").select_option("ours")
    expect(page.get_by_test_id("map-score")).to_have_value("points")
    page.get_by_test_id("use-mapping").click()
    again.expect_outcomes(failed=2, passed=1)


def test_what_a_file_leaves_open_is_asked_first(page: Page, empty_desk: Desk) -> None:
    imported = Import(page, empty_desk)
    imported.choose(SAMPLES / "ragas" / "single.csv")
    asked = page.get_by_test_id("choose-first")
    expect(asked).to_contain_text("passes")
    expect(page.get_by_test_id("import-all")).to_have_count(0)
    page.get_by_test_id("threshold").fill("0.7")
    page.get_by_test_id("use-threshold").click()
    expect(page.get_by_test_id("outcomes")).to_be_visible()
    expect(page.get_by_test_id("threshold")).to_have_value("0.7")


def test_the_whole_way_by_keyboard(page: Page, empty_desk: Desk) -> None:
    # listened for from the start: a dialog that opens before the browser is told so is not seen
    page.on("filechooser", lambda chooser: chooser.set_files(EVAL))
    Import(page, empty_desk)
    page.get_by_test_id("choose-files").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/import/*")
    expect(page.get_by_test_id("outcomes")).to_be_visible()
    page.get_by_test_id("threshold-slider").focus()
    page.keyboard.press("Home")
    expect(page.get_by_test_id("outcome-failed")).to_have_text("0")
    page.keyboard.press("End")
    expect(page.get_by_test_id("outcome-failed")).to_have_text("2")
    expect(page.get_by_test_id("import-announcement")).to_contain_text("2 failed, 4 passed")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.testid") == "import-all":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("review-all")).to_be_visible()


def test_sending_is_cancelled_and_a_lost_desk_keeps_the_list(page: Page, empty_desk: Desk) -> None:
    imported = Import(page, empty_desk)

    def never(_route: Route) -> None:
        """The request stays on its way."""

    page.route("**/upload?hold=true", never)
    imported.choose(EVAL)
    expect(page.get_by_test_id("upload-box")).to_have_attribute("data-status", "sending")
    page.get_by_test_id("upload-cancel").click()
    expect(page.get_by_test_id("upload-box")).to_have_attribute("data-status", "idle")
    page.unroute("**/upload?hold=true")
    empty_desk.stop()
    imported.choose(EVAL)
    expect(page.get_by_test_id("error-banner").first).to_contain_text("does not answer")
    expect(page.get_by_test_id("upload-box")).to_contain_text(EVAL.name)
    empty_desk.start()
    page.get_by_role("button", name="Send again").click()
    page.wait_for_url("**/import/*")
    imported.expect_outcomes(failed=2)


def test_an_import_is_stopped_and_what_came_in_stays(page: Page, empty_desk: Desk, tmp_path: Path) -> None:
    imported = Import(page, empty_desk)
    imported.choose(large(tmp_path, 60_000))
    page.wait_for_url("**/import/*")
    expect(page.get_by_test_id("import-all")).to_contain_text("60,000", timeout=60_000)
    imported.start()
    expect(page.get_by_test_id("job-progress")).to_contain_text("imported")
    page.get_by_test_id("stop-all").click()
    expect(page.get_by_test_id("import-stopped")).to_contain_text("stopped")
    assert 0 < empty_desk.get("/stats")["total"] < 60_000


def test_new_runs_in_the_folder_are_told_looked_at_and_imported(page: Page, empty_desk: Desk) -> None:
    page.goto(f"{empty_desk.url}/runs")
    expect(page.get_by_test_id("runs-empty")).to_be_visible()
    shutil.copytree(LM_EVAL, empty_desk.bench_dir / "nightly")
    expect(page.get_by_test_id("new-runs")).to_have_text("1 new run in the results folder")
    expect(page.get_by_test_id("new-runs-badge")).to_contain_text("1")
    expect(page.get_by_test_id("run-row")).to_have_count(1)
    page.get_by_test_id("look-first").click()
    expect(page.get_by_test_id("outcomes")).to_be_visible()
    page.get_by_test_id("import-all").click()
    expect(page.get_by_test_id("review-all")).to_be_visible()
    expect(page.get_by_test_id("new-runs-badge")).to_have_count(0)


def test_a_run_is_taken_back_and_brought_back(page: Page, desk: Desk) -> None:
    card = desk.get("/queue?per_page=1")["items"][0]
    desk.post("/submit", {"id": card["id"], "action": "accept"})
    total = desk.get("/stats")["total"]
    page.goto(f"{desk.url}/runs")
    page.get_by_test_id("run-menu").click()
    page.get_by_test_id("take-back").click()
    dialog = page.get_by_test_id("take-back-dialog")
    expect(dialog).to_contain_text(f"{total - 1} cards")
    page.get_by_test_id("take-all").check()
    expect(page.get_by_test_id("take-back-confirm")).to_be_disabled()
    page.get_by_test_id("sure-box").check()
    page.get_by_test_id("take-back-confirm").click()
    expect(page.get_by_test_id("taken-back")).to_contain_text("1 run")
    assert desk.get("/stats")["total"] == 0
    page.get_by_test_id("toast-undo").click()
    expect(page.get_by_test_id("taken-back")).to_have_count(0)
    assert desk.get("/stats")["total"] == total
    assert desk.get("/stats")["by_status"]["approved"] == 1


def test_a_run_tells_what_it_was_made_from(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/runs")
    page.get_by_test_id("run-toggle").click()
    details = page.get_by_test_id("run-details")
    file = desk.get("/runs")[0]["files"][0]
    expect(details).to_contain_text(file["name"])
    expect(details).to_contain_text(file["sha256"][:12])
    expect(details.get_by_test_id("totals")).to_be_visible()


def test_files_that_are_gone_say_so(page: Page, empty_desk: Desk) -> None:
    page.goto(f"{empty_desk.url}/import/{'0' * 32}")
    expect(page.get_by_test_id("import-gone")).to_be_visible()
