"""From a run folder to a training file, in the browser."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk
from tests.e2e.review import Review

pytestmark = pytest.mark.e2e


@pytest.fixture
def run_on_disk(empty_desk: Desk) -> Desk:
    """A desk whose results folder holds the real run, with two lines that nobody can read."""
    shipped = next(empty_desk.avocet.parent.parent.rglob("avocet/demo/*/sft_candidates.jsonl"))
    folder = empty_desk.bench_dir / shipped.parent.name
    shutil.copytree(shipped.parent, folder)
    with (folder / "sft_candidates.jsonl").open("a", encoding="utf-8") as out:
        out.write('5\n{"prompt_messages": [')
    return empty_desk


def test_the_installed_command_serves_the_page(page: Page, run_on_disk: Desk, tmp_path: Path) -> None:
    """As a person starts it: all other tests fork a process that has loaded the package already."""
    command: list[str | Path] = [run_on_disk.avocet, "serve", "--no-browser", "--port", "0"]
    environment = {**run_on_disk.environment, "AVOCET_DATA_DIR": str(tmp_path / "own")}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as served:
        assert served.stderr
        page.goto(f"{served.stderr.readline().split()[-1]}runs")
        expect(page.get_by_test_id("run-row").first).to_contain_text("564")
        served.terminate()


def test_a_run_becomes_a_filtered_training_file(page: Page, run_on_disk: Desk, tmp_path: Path) -> None:
    page.goto(f"{run_on_disk.url}/runs")
    row = page.get_by_test_id("run-row").first
    expect(row).to_contain_text("564")
    row.get_by_test_id("import-button").click()
    expect(page.get_by_test_id("run-state").first).to_contain_text("Imported")
    page.get_by_test_id("rejected-toggle").filter(visible=True).first.click()
    panel = page.get_by_test_id("rejected-panel")
    expect(panel).to_contain_text("563")
    expect(panel).to_contain_text("not a JSON object")
    with page.expect_download() as rejected:
        panel.get_by_test_id("rejected-download").click()
    assert len(rejected.value.path().read_text("utf-8").split()) > 0

    review = Review(page, run_on_disk)
    artifact = review.first()
    review.press("a")
    review.expect_done(artifact)
    wrong = review.first()
    review.press("c", "Alt+4")
    review.write("The right answer")
    review.press("ControlOrMeta+Enter")
    review.expect_done(wrong)

    page.goto(f"{run_on_disk.url}/export")
    expect(page.get_by_test_id("preview-rows")).to_contain_text("2")
    page.get_by_test_id("take-scoring_artifact-without").check(force=True)
    expect(page.get_by_test_id("preview-rows")).to_contain_text("1")
    expect(page.get_by_test_id("export-command")).to_contain_text("--exclude-category scoring_artifact")
    with page.expect_download() as download:
        page.get_by_test_id("export-write").click()
    file = tmp_path / "export.jsonl"
    download.value.save_as(file)
    (row_written,) = [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]
    assert row_written["failure_category"] == "wrong_answer"
    assert row_written["avocet_id"] == wrong["id"]
    assert download.value.suggested_filename.startswith("avocet_sft_")


def test_choices_become_a_recipe_and_a_file(page: Page, desk: Desk, tmp_path: Path) -> None:
    wrong, artifact, accepted = desk.get("/queue?per_page=3")["items"]
    for card, category in ((wrong, "wrong_answer"), (artifact, "scoring_artifact")):
        correction = {"action": "correct", "corrected_response": "Better", "failure_category": category}
        desk.post("/submit", {"id": card["id"], **correction})
    desk.post("/submit", {"id": accepted["id"], "action": "accept"})

    page.goto(f"{desk.url}/export")
    page.get_by_test_id("format-trl-dpo").check()
    expect(page.get_by_test_id("funnel-rows")).to_have_text("1")
    expect(page.get_by_test_id("left-out")).to_contain_text("scoring artifact")
    page.get_by_test_id("take-scoring_artifact-without").check(force=True)
    expect(page.get_by_test_id("funnel-match")).to_have_text("1")
    expect(page.get_by_test_id("left-out")).to_contain_text("The filter leaves it out")
    expect(page.get_by_test_id("exposure-items")).to_contain_text("1 task item")
    preview = json.loads(page.get_by_test_id("first-row").first.inner_text())

    page.get_by_test_id("recipe-name-it").click()
    page.get_by_test_id("recipe-name").fill("genuine errors")
    page.get_by_test_id("recipe-name").press("Enter")
    expect(page).to_have_url(f"{desk.url}/export?recipe=genuine+errors")
    expect(page.get_by_test_id("export-command").first).to_have_text("avocet export --recipe 'genuine errors'")
    with page.expect_download() as download:
        page.get_by_test_id("export-write").click()
    file = tmp_path / "pairs.jsonl"
    download.value.save_as(file)
    (pair,) = [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]
    assert pair == preview
    assert pair["avocet_id"] == wrong["id"]
    made = page.get_by_test_id("made-export")
    expect(made).to_have_count(1)
    expect(made).to_contain_text("recipe genuine errors")
    expect(made).to_contain_text("as of decision 3")

    desk.post("/undo", {"id": wrong["id"]})
    page.reload()
    expect(page.get_by_test_id("funnel-rows")).to_have_text("0")
    with page.expect_download() as again:
        page.get_by_test_id("download-again").click()
    assert again.value.path().read_bytes() == file.read_bytes()


def test_a_split_is_downloaded_as_a_zip(page: Page, desk: Desk, tmp_path: Path) -> None:
    for card in desk.get("/queue?per_page=20")["items"]:
        desk.post("/submit", {"id": card["id"], "action": "correct", "corrected_response": f"Better {card['id']}"})
    page.goto(f"{desk.url}/export")
    page.get_by_test_id("split-shares").check()
    expect(page).to_have_url(f"{desk.url}/export?train=0.8&validation=0.1&test=0.1")
    page.get_by_test_id("share-test").fill("40")
    page.get_by_test_id("share-test").press("Tab")
    expect(page).to_have_url(f"{desk.url}/export?train=0.5&validation=0.1&test=0.4")
    expect(page.get_by_test_id("export-dock")).to_contain_text("zip")
    with page.expect_download() as download:
        page.get_by_test_id("export-write").click()
    file = tmp_path / "split.zip"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        written = {name: archive.read(name) for name in archive.namelist()}
    lines = {Path(path).stem: content.count(b"\n") for path, content in written.items() if path.endswith(".jsonl")}
    assert sum(lines.values()) == 20
    for name in ("train", "validation", "test"):
        expect(page.get_by_test_id(f"rows-{name}")).to_have_text(str(lines.get(name, 0)))
    assert any(Path(path).name == "manifest.json" for path in written)


def test_importing_again_skips_what_is_there(page: Page, run_on_disk: Desk) -> None:
    (run,) = run_on_disk.get("/runs")
    first = run_on_disk.post("/import", {"run_id": run["run_id"]})
    again = run_on_disk.post("/import", {"run_id": run["run_id"]})
    assert (first["imported"], again["imported"], again["skipped"]) == (562, 0, 562)
    page.goto(f"{run_on_disk.url}/runs")
    expect(page.get_by_test_id("run-state").first).to_contain_text("Imported")


def test_a_folder_that_is_not_there_is_said(page: Page, empty_desk: Desk) -> None:
    shutil.rmtree(empty_desk.bench_dir)
    page.goto(f"{empty_desk.url}/runs")
    expect(page.get_by_test_id("folder-state")).to_contain_text("does not exist")
