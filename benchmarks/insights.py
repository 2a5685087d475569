"""Insights of a large desk, in a real Chromium: `python -m benchmarks.insights [--write docs/performance.md]`.

The server's processor time of the first answer after its start and of the next ones, beside what a floor takes to
read the same counts of the same file with sqlite3; and the time from opening the page until its plots can be used.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import text

from avocet import runs
from avocet.categories import FailureCategory
from avocet.db import Database
from avocet.review import decisions
from avocet.review.decisions import Submission
from benchmarks import corpus, section
from benchmarks.desks import AVOCET, serving, wait_for_index
from benchmarks.keypress import ARGUMENTS, CHROMIUM

HEADING = "## Insights"
CARDS, READ, SHAPES, ROUNDS = 100_000, 1_000, 60, 5
CATEGORIES: tuple[FailureCategory | None, ...] = ("wrong_answer", "format_error", "hallucination", None)
FLOOR = (
    "SELECT model_name, task_type, outcome, failure_category, count(*) FROM candidates GROUP BY 1, 2, 3, 4",
    "SELECT reason_shape, count(*) FROM candidates GROUP BY 1",
    "SELECT quality_score, count(*) FROM candidates GROUP BY 1",
)
INTERACTIVE = """() => {
  const pane = document.querySelector('[data-testid=kinds-pane]')
  if (!pane) return null
  return new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => done(performance.now())
    channel.port2.postMessage(0)
  }))
}"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.insights", description=__doc__)
    parser.add_argument("--cards", type=int, default=CARDS)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="Write the section of this page.")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), arguments.cards)
        told = measure(Path(folder), arguments.cards)
    print(told)
    if arguments.write:
        section.write(arguments.write, HEADING, told)


def fill(data: Path, cards: int) -> None:
    """A desk with a run of which some cards were read, as a person reads them."""
    database = Database(f"sqlite:///{data}/avocet.db")
    database.migrate()
    for source in runs.find(corpus.write(data / "results" / "lines.jsonl", cards)):
        runs.import_run(database, source)
    with database.write() as connection:
        for number in range(SHAPES):
            shape = {"hash": f"{number:016}", "shape": f"missing: {number}"}
            connection.execute(text("INSERT INTO reason_shapes (hash, shape) VALUES (:hash, :shape)"), shape)
        shaped = "UPDATE candidates SET reason_shape = printf('%016d', (seq * 7) % :shapes)"
        connection.execute(text(shaped), {"shapes": SHAPES})
    chance = random.Random(1)
    for number in chance.sample(range(cards), READ):
        said = Submission(
            id=corpus.candidate_id(number), action="discard", failure_category=chance.choice(CATEGORIES)
        )
        decisions.submit(database, said, "bench")
    database.close()


def measure(data: Path, cards: int) -> str:
    floor = min(_floor(data / "avocet.db") for _ in range(ROUNDS))
    with serving(AVOCET, data, data / "none") as server:
        wait_for_index(AVOCET, server)
    with serving(AVOCET, data, data / "none") as server, sync_playwright() as playwright:
        url = f"http://127.0.0.1:{server.port}"
        cold, *warm = (_answer(url, server.pid) for _ in range(ROUNDS + 1))
        path = os.environ.get("AVOCET_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        opened = [_open(browser, url) for _ in range(ROUNDS)]
        browser.close()
    return (
        f"A desk of {cards:,} cards, {len(corpus.MODELS)} models, {len(corpus.TASKS)} tasks, {SHAPES} shapes of "
        f"reasons, {READ:,} of them decided (SQLite). The floor reads the counts of the same file with sqlite3, by "
        f"category, shape and score. The fastest of {ROUNDS}, but for the first answer. The goal is 1 s until the "
        "page can be used.\n\n"
        "| measure | ms | × floor |\n|---|--:|--:|\n"
        + "\n".join(
            f"| {what} | {seconds * 1000:.0f} | {seconds / floor:.1f} |"
            for what, seconds in (
                ("the floor, processor time", floor),
                ("the first answer of a server, processor time", cold),
                ("an answer, processor time", min(warm)),
                ("the page in Chromium until its plots can be used, the best", min(opened)),
                ("the same, the median", statistics.median(opened)),
            )
        )
        + f"\n\nThe machine's load during all of this: {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores.\n\n"
        "`python -m benchmarks.insights` measures it again."
    )


def _floor(file: Path) -> float:
    began = time.process_time()
    connection = sqlite3.connect(file)
    for query in FLOOR:
        connection.execute(query).fetchall()
    connection.close()
    return time.process_time() - began


def _answer(url: str, pid: int) -> float:
    """The server's processor time of one answer."""
    began = _processor_seconds(pid)
    with urlopen(f"{url}/api/sft/insights") as response:
        response.read()
    return _processor_seconds(pid) - began


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _open(browser: Browser, url: str) -> float:
    """The seconds from the start of the navigation to the frame after the last pane is there, nothing cached."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(f"{url}/insights")
    shown = page.wait_for_function(INTERACTIVE, polling="raf").json_value()
    context.close()
    return float(shown) / 1000


if __name__ == "__main__":
    main()
