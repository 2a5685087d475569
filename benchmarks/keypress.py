"""Key press to next card painted, in a real Chromium: `python -m benchmarks.keypress [--write docs/performance.md]`.

A discard by D D is timed from the second key's event to the frame after the next card's heading is on the page.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from benchmarks import corpus, section
from benchmarks.grown import grow

AVOCET = (sys.executable, "-m", "avocet")
CARDS = 100
SIZES, IMPORTED = (100, 100_000, 1_000_000), 1_000
CHROMIUM = ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome")
HEADING = "## Key press to next card"
NOTE = (
    "The time from the confirming key of a discard (D D) to the frame that shows the next card, in Chromium at "
    "1440 × 900, once the search index is filled. Of more than 1,000 candidates, 1,000 are imported, and "
    "copies of these as items of their own are the rest. The goal is 50 ms at p95. `python -m benchmarks.keypress` "
    "measures it again."
)
DEMO = Path(__file__).parent.parent / "examples/smollm2/bench_results"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

WATCH = """() => {
  window.times = []
  let pressed = 0
  let before = ''
  const heading = () => document.querySelector('[data-testid=card]')?.dataset.cardId ?? ''
  addEventListener('keydown', (event) => {
    if (document.querySelector('[data-testid=confirm]')) { pressed = event.timeStamp; before = heading() }
  }, true)
  new MutationObserver(() => {
    if (!pressed || !heading() || heading() === before) return
    const start = pressed
    pressed = 0
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => window.times.push(performance.now() - start)
      channel.port2.postMessage(0)
    })
  }).observe(document.body, { subtree: true, childList: true, attributes: true })
}"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    rows = [measure("the demo run, 562 cards", DEMO)]
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = corpus.write(Path(folder) / f"{size}" / "sft_candidates.jsonl", min(size, IMPORTED))
            rows.append(measure(f"{size:,} candidates", path.parent, size))
    table = "\n".join(["| desk | cards | p50, ms | p95, ms |", "|---|--:|--:|--:|", *rows])
    print(table)
    if arguments.write:
        section.write(arguments.write, HEADING, f"{NOTE}\n\n{table}")


def measure(name: str, results: Path, cards: int = 0) -> str:
    """One row: a fresh desk with these results, grown to so many cards, up to 100 of them discarded by keyboard."""
    with served(results, cards) as url:
        times = press(url)
    p95 = statistics.quantiles(times, n=20)[18]
    return f"| {name} | {len(times)} | {statistics.median(times):.1f} | {p95:.1f} |"


@contextmanager
def served(results: Path, cards: int = 0) -> Iterator[str]:
    """A fresh desk with these results, grown to so many cards, its search index filled; its address."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "AVOCET_DATA_DIR": folder}
        command = [*AVOCET, "import", str(results)]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        if cards > IMPORTED:
            with _serving(environment):
                pass
            grow(Path(folder) / "avocet.db", cards)
        with _serving(environment) as url:
            yield url


@contextmanager
def _serving(environment: Mapping[str, str]) -> Iterator[str]:
    """A server whose search index is filled; its address."""
    command = [*AVOCET, "serve", "--no-browser", "--port", "0"]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert server.stderr
    url = re.findall(r"http://\S+", server.stderr.readline())[0]
    try:
        wait_until_indexed(url)
        yield url
    finally:
        server.terminate()
        server.wait()
        server.stderr.close()


def wait_until_indexed(url: str) -> None:
    """The text index of a fresh import is filled in the background, as fast as the machine can."""
    while True:
        with urlopen(f"{url.rstrip('/')}/api/sft/queue?q=a&per_page=1") as response:
            state = json.load(response)["search"]
        if state["indexed"] == state["total"]:
            return
        time.sleep(0.5)


def press(url: str) -> list[float]:
    with opened(url) as page:
        page.evaluate(WATCH)
        for number in range(CARDS - 1):
            _discard(page, number)
        times: list[float] = page.evaluate("window.times")
    return times


@contextmanager
def opened(url: str) -> Iterator[Page]:
    """The review page in Chromium, its first card shown."""
    with sync_playwright() as playwright:
        path = os.environ.get("AVOCET_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
        playwright.selectors.set_test_id_attribute("data-testid")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(url)
        page.get_by_test_id("card").wait_for()
        yield page
        browser.close()


def _discard(page: Page, number: int) -> None:
    page.keyboard.press("d")
    page.get_by_test_id("confirm").wait_for()
    page.keyboard.press("d")
    page.wait_for_function("count => window.times.length > count", arg=number)
    # a person reads before the next key; the prefetch has that time
    page.wait_for_timeout(150)


if __name__ == "__main__":
    main()
