"""Every page and state in both themes: no accessibility violation, no sideways scrolling.

`make screenshots` takes a picture of each into docs/img.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.e2e.desk import Desk, plain_lines

pytestmark = pytest.mark.e2e

PICTURES = os.environ.get("AVOCET_SCREENSHOTS")
WIDTHS = {"1440": (1440, 900), "390": (390, 844)}
SAMPLES = Path(__file__).parent.parent / "samples"
THEMES = ("light", "dark")
EVERY_RULE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# the same document in other colours: what is not about colour has been looked at
COLOUR_RULES = {"runOnly": ["color-contrast", "link-in-text-block"]}
RULES = {"light": EVERY_RULE, "dark": COLOUR_RULES}

SETTLED = """async () => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  const ending = document.getAnimations().filter((one) => one.effect.getTiming().iterations !== Infinity)
  await Promise.allSettled(ending.map((one) => one.finished))
}"""

# header and dock lie over the page, and what one can scroll out from under them is no small target
OVER = "(position) => document.querySelectorAll('header, .dock').forEach((one) => (one.style.position = position))"

State = Callable[[Page, Desk], None]


def review(page: Page, desk: Desk) -> None:
    page.goto(desk.url)
    expect(page.get_by_test_id("card")).to_be_visible()


def discarding(page: Page, desk: Desk) -> None:
    review(page, desk)
    page.keyboard.press("d")
    page.keyboard.press("4")
    expect(page.get_by_test_id("chip-wrong_answer")).to_have_attribute("data-state", "on")


def correcting(page: Page, desk: Desk) -> None:
    review(page, desk)
    page.keyboard.press("c")
    expect(page.get_by_test_id("editor")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("To calculate 503 - 278, subtract 278 from 503.\n\n503 - 278 = 225")
    page.keyboard.press("Alt+4")


def faults(page: Page, desk: Desk) -> None:
    review(page, desk)
    page.keyboard.press("q")
    expect(page.get_by_test_id("faults")).to_be_visible()
    page.keyboard.press("1")


def reference_corrected(page: Page, desk: Desk) -> None:
    discarding(page, desk)
    page.keyboard.press("q")
    expect(page.get_by_test_id("faults")).to_be_visible()
    page.keyboard.press("3")
    page.get_by_test_id("corrected-reference").fill("225")


def rightly_passed(page: Page, desk: Desk) -> None:
    if not desk.get("/queue?outcome=passed")["total"]:
        lines = plain_lines(2, outcome="passed", quality_score=1.0)
        folder = desk.bench_dir / "passes"
        folder.mkdir()
        (folder / "sft_candidates.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
        desk.post("/import", {"run_id": "passes", "keep": {"passed": "all"}})
    page.goto(f"{desk.url}/?outcome=passed")
    expect(page.get_by_test_id("outcome")).to_be_visible()
    page.keyboard.press("d")


def undo_offered(page: Page, desk: Desk) -> None:
    review(page, desk)
    page.keyboard.press("a")
    expect(page.get_by_test_id("toast")).to_contain_text("Accepted")


def keys(page: Page, desk: Desk) -> None:
    review(page, desk)
    page.keyboard.press("?")
    expect(page.get_by_test_id("help-dialog")).to_be_visible()


def runs(page: Page, desk: Desk) -> None:
    folder = desk.bench_dir / "2026-11-20-101500"
    folder.mkdir(exist_ok=True)
    shipped = next(desk.avocet.parent.parent.rglob("avocet/demo/*/sft_candidates.jsonl"))
    lines = shipped.read_text("utf-8").split("\n")[:12]
    bad = '5\n{"prompt_messages": [{"role": "user", "content": "Cut'
    (folder / "sft_candidates.jsonl").write_text("\n".join([*lines, bad]).replace("2026-", "earlier-"), "utf-8")
    desk.post("/import", {"run_id": "2026-11-20-101500"})
    page.goto(f"{desk.url}/runs")
    expect(page.get_by_test_id("run-row")).to_have_count(2)
    page.get_by_test_id("rejected-toggle").filter(visible=True).first.click()
    expect(page.get_by_test_id("rejected-panel")).to_be_visible()


def send(page: Page, desk: Desk, *files: Path) -> None:
    page.goto(f"{desk.url}/runs")
    page.get_by_test_id("files-input").set_input_files(list(files))
    page.wait_for_url("**/import/*")


def dropped(page: Page, desk: Desk) -> None:
    send(page, desk, SAMPLES / "inspect" / "arithmetic-0.3.100.eval")
    expect(page.get_by_test_id("preview-cards")).to_be_visible()


def dropped_many(page: Page, desk: Desk) -> None:
    logs = [SAMPLES / "inspect" / f"{name}-0.3.100.eval" for name in ("mcq", "tooluse")]
    send(
        page,
        desk,
        *logs,
        *(SAMPLES / "lm-eval" / "0.4.13" / "hm047gy8").glob("*.jsonl"),
        SAMPLES / "inspect" / "README.md",
    )
    expect(page.get_by_test_id("import-all")).to_contain_text("failures")
    page.get_by_test_id("section-toggle").last.click()
    expect(page.get_by_test_id("preview-cards")).to_be_visible()


def columns_asked(page: Page, desk: Desk) -> None:
    file = desk.bench_dir.parent / "ours.csv"
    file.write_text("question,our answer,gold,points\n2+2?,5,4,0\nCapital of France?,Lyon,Paris,0.5\n", "utf-8")
    send(page, desk, file)
    page.get_by_test_id("map-columns").click()
    expect(page.get_by_test_id("mapping")).to_be_visible()


def threshold_asked(page: Page, desk: Desk) -> None:
    send(page, desk, SAMPLES / "ragas" / "single.csv")
    expect(page.get_by_test_id("choose-first")).to_be_visible()


def thrown_away_after_asking(page: Page, desk: Desk) -> None:
    dropped(page, desk)
    page.get_by_test_id("import-done").click()
    expect(page.get_by_test_id("throw-away-question")).to_be_visible()
    # a target half behind the dock counts as too small; at the end of the page nothing is behind it
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")


def keeping_passes(page: Page, desk: Desk) -> None:
    dropped(page, desk)
    page.get_by_test_id("keep-passed").check()
    expect(page.get_by_test_id("keep-says")).to_contain_text("become cards")


def imported(page: Page, desk: Desk) -> None:
    send(page, desk, SAMPLES / "inspect" / "mcq-0.3.100.eval")
    page.get_by_test_id("import-all").click()
    expect(page.get_by_test_id("import-run")).to_have_attribute("data-phase", "done")


def not_sent(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/runs")
    page.route("**/upload?hold=true", lambda route: route.abort())
    page.get_by_test_id("files-input").set_input_files([SAMPLES / "inspect" / "mcq-0.3.100.eval"])
    expect(page.get_by_test_id("error-banner")).to_be_visible()


def run_details(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/runs")
    page.get_by_test_id("run-toggle").first.click()
    expect(page.get_by_test_id("run-details")).to_be_visible()


def taking_back(page: Page, desk: Desk) -> None:
    decide_some(desk)
    page.goto(f"{desk.url}/runs")
    page.get_by_test_id("run-menu").first.click()
    page.get_by_test_id("take-back").click()
    page.get_by_test_id("take-all").check()
    expect(page.get_by_test_id("sure")).to_be_visible()


def export(page: Page, desk: Desk) -> None:
    waiting = [] if desk.get("/stats")["export_ready"] else desk.get("/queue?per_page=3")["items"]
    for card, category in zip(waiting, ("scoring_artifact", "wrong_answer", None), strict=False):
        body = {"id": card["id"], "action": "correct", "corrected_response": "x", "failure_category": category}
        desk.post("/submit", body)
    page.goto(f"{desk.url}/export")
    expect(page.get_by_test_id("preview-rows")).to_contain_text("3")


def settings(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/settings")
    page.get_by_test_id("name-input").fill("import")
    page.get_by_test_id("name-save").click()
    expect(page.get_by_test_id("name-error")).to_be_visible()
    page.get_by_test_id("own-key-skip").press("z")
    page.get_by_test_id("own-key-discard").press("a")
    expect(page.get_by_test_id("key-refused")).to_be_visible()
    expect(page.get_by_test_id("reset-keys")).to_be_visible()


def nothing_matches(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/?task_type=none")
    expect(page.get_by_test_id("empty-no-match")).to_be_visible()


def decide_some(desk: Desk) -> None:
    """A few decisions of every kind, once a desk."""
    if desk.get("/decisions")["total"]:
        return
    kinds = (("discard", "wrong_answer"), ("accept", None), ("flag", "hallucination"), ("correct", "partial_answer"))
    for card, (action, category) in zip(desk.get("/queue?per_page=4")["items"], kinds, strict=True):
        body = {"id": card["id"], "action": action, "failure_category": category, "note": "a note"}
        if action != "accept":
            body |= {"check_fault": "reference_wrong", "corrected_reference": ["225", "about 225"]}
        desk.post("/submit", {**body, "corrected_response": "Better."} if action == "correct" else body)


def decided(page: Page, desk: Desk) -> None:
    decide_some(desk)
    page.goto(f"{desk.url}/decided")
    expect(page.get_by_test_id("decided-row")).to_have_count(4)
    for key in ("j", "x", "j", "j", "Shift+X"):
        page.keyboard.press(key)
    expect(page.get_by_test_id("selection-bar")).to_contain_text("3 cards selected")


def listed(page: Page, desk: Desk) -> None:
    review(page, desk)
    page.keyboard.press("l")
    expect(page.get_by_test_id("list-row").first).to_be_visible()
    for key in ("j", "x", "Shift+J"):
        page.keyboard.press(key)
    expect(page.get_by_test_id("list-selected")).to_have_text("2 selected")


def decided_days(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/decided?sort=quality_score")
    page.get_by_test_id("filter-days").click()
    expect(page.get_by_test_id("days-panel")).to_be_visible()


def history(page: Page, desk: Desk) -> None:
    decide_some(desk)
    review(page, desk)
    page.keyboard.press("h")
    expect(page.get_by_test_id("history-item")).to_have_count(4)


def decided_card(page: Page, desk: Desk) -> None:
    decide_some(desk)
    page.goto(f"{desk.url}/cards/{desk.get('/decisions')['items'][0]['id']}")
    expect(page.get_by_test_id("timeline-entry").first).to_be_visible()


def bulk(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/?task_type=facts")
    page.get_by_test_id("queue-menu").click()
    page.get_by_test_id("bulk-open").click()
    page.get_by_test_id("bulk-panel").get_by_test_id("bulk-discard").click()
    expect(page.get_by_test_id("bulk-preview")).to_be_visible()


def score_range(page: Page, desk: Desk) -> None:
    review(page, desk)
    page.get_by_test_id("filter-score").click()
    expect(page.get_by_test_id("score-panel")).to_be_visible()


def asked_before_text_is_lost(page: Page, desk: Desk) -> None:
    correcting(page, desk)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("question")).to_be_visible()


def train(page: Page, desk: Desk) -> None:
    """As on a desk that can train; the wheel is installed without PyTorch."""
    decide_some(desk)
    write_training(desk)

    def installed(route: Route) -> None:
        told = route.fetch().json()
        route.fulfill(json={**told, "installed": True, "missing": None, "bases": ["org/small-model"]})

    page.route("**/api/sft/trainings", installed)
    page.goto(f"{desk.url}/train")
    page.get_by_test_id("advanced").get_by_text("Settings").click()
    expect(page.get_by_test_id("train-rows")).to_contain_text("to learn from")


def train_not_installed(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/train")
    expect(page.get_by_test_id("train-missing")).to_contain_text("pip install 'avocet-desk[train]'")


def one_training(page: Page, desk: Desk) -> None:
    write_training(desk)
    page.goto(f"{desk.url}/train/small-model-sft")
    expect(page.get_by_test_id("loss-plot")).to_contain_text("Validation loss fell")


def write_training(desk: Desk) -> None:
    """A training that was interrupted, in the files that it leaves."""
    folder = Path(desk.environment["AVOCET_DATA_DIR"]) / "trainings" / "small-model-sft"
    folder.mkdir(parents=True, exist_ok=True)
    config = {"base": "org/small-model", "out": str(folder), "method": "sft", "dataset": str(folder / "dataset")}
    at = "2026-11-22T10:00:00.000000Z"
    told = {"pid": 1, "step": 40, "total_steps": 60, "seconds": 80.0, "started_at": at}
    files = {
        "training_config.json": config,
        "process.json": {"pid": 1, "started_at": at},
        "training.json": {"state": "running", "base": config["base"], "method": "sft", **told},
    }
    for name, value in files.items():
        (folder / name).write_text(json.dumps(value), "utf-8")
    points = [{"step": step, "seconds": step * 2.0, "tokens": step, "loss": 1 + 3 / step} for step in range(1, 41)]
    for point in points[9::10]:
        point["eval_loss"] = point["loss"] + 0.3
    (folder / "progress.jsonl").write_text("".join(f"{json.dumps(point)}\n" for point in points), "utf-8")
    (folder / "train.log").write_text("Training on 120 rows (2,306 answer tokens), measuring on 12\n", "utf-8")


def not_found(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/nowhere")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


STATES: tuple[State, ...] = (
    review,
    discarding,
    correcting,
    faults,
    reference_corrected,
    rightly_passed,
    undo_offered,
    keys,
    runs,
    dropped,
    keeping_passes,
    dropped_many,
    columns_asked,
    threshold_asked,
    thrown_away_after_asking,
    imported,
    not_sent,
    run_details,
    taking_back,
    export,
    settings,
    asked_before_text_is_lost,
    nothing_matches,
    score_range,
    bulk,
    listed,
    decided,
    decided_days,
    history,
    decided_card,
    train,
    train_not_installed,
    one_training,
    not_found,
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_a_page_is_accessible_at_every_width_in_both_themes(browser: Browser, desk: Desk, state: State) -> None:
    for width, (pixels, height) in WIDTHS.items():
        context = browser.new_context(viewport={"width": pixels, "height": height}, locale="en-GB")
        page = open_state(context, desk, state)
        for theme in THEMES:
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
            page.evaluate(SETTLED)
            page.evaluate(OVER, "static")
            assert_accessible(page, f"{state.__name__} {width} {theme}", RULES[theme])
            page.evaluate(OVER, "")
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "scrolls sideways"
            picture(page, state.__name__.replace("_", "-"), width, theme)
        context.close()


def picture(page: Page, name: str, width: str, theme: str) -> None:
    """Take a picture for the documentation, if somebody asked for them."""
    if PICTURES:
        narrow = "" if width == "1440" else f"-{width}"
        page.screenshot(path=Path(PICTURES, f"{name}{narrow}-{theme}.png"))


def open_state(context: BrowserContext, desk: Desk, state: State) -> Page:
    page = context.new_page()
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    state(page, desk)
    page.wait_for_load_state("networkidle") if state is not review else page.wait_for_timeout(100)
    return page


def assert_accessible(page: Page, what: str, rules: dict[str, list[str]] = EVERY_RULE) -> None:
    """No violation that axe finds."""
    found = Axe().run(page, options=rules).response["violations"]
    told = [
        {
            "rule": violation["id"],
            "help": violation["help"],
            "where": [node["html"][:200] for node in violation["nodes"]],
        }
        for violation in found
    ]
    assert told == [], f"{what}: {json.dumps(told, indent=2)}"


TOO_SMALL = """() => {
  // a link spread over its row is as large as the row
  const rowOf = (element) => element.className.includes('after:inset-0') && element.closest('tr, li')
  return [...document.querySelectorAll('button, a[href], input, select, [role=option], summary')]
  .filter((element) => element.checkVisibility() && !element.closest('.sr-only, p, [href="#main"]'))
  .map((element) => [element.closest('label') ?? (rowOf(element) || element), element.outerHTML.slice(0, 120)])
  .map(([target, html]) => [target.getBoundingClientRect(), html])
  .filter(([box]) => box.width > 1 && box.height > 1 && (box.width < 43.5 || box.height < 43.5))
  .map(([box, html]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)
}"""


@pytest.mark.parametrize(
    "state",
    [
        review,
        discarding,
        correcting,
        faults,
        reference_corrected,
        rightly_passed,
        listed,
        decided,
        history,
        bulk,
        export,
        runs,
        settings,
        dropped,
        keeping_passes,
        dropped_many,
        taking_back,
        train,
        one_training,
    ],
)
def test_on_a_touch_screen_every_target_has_44_pixels(browser: Browser, desk: Desk, state: State) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    state(page, desk)
    assert page.evaluate(TOO_SMALL) == []
    context.close()


def test_an_empty_desk_says_how_to_fill_it(page: Page, empty_desk: Desk) -> None:
    page.goto(empty_desk.url)
    empty = page.get_by_test_id("empty-no-data")
    expect(empty).to_contain_text("avocet import")
    assert_accessible(page, "empty desk")
    page.goto(f"{empty_desk.url}/runs")
    expect(page.get_by_test_id("runs-empty")).to_be_visible()
    assert_accessible(page, "no runs")
