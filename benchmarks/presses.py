"""Presses a card on the example run: `python -m benchmarks.presses [--write docs/performance.md]`.

The verdicts of `examples/flywheel` are made again in a real Chromium with the fewest presses that the page allows,
with proposals and without. Typed text counts as no press.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from playwright.sync_api import Page

from avocet.categories import FAILURE_CATEGORIES
from benchmarks import section
from benchmarks.keypress import DEMO, opened, served

CARDS = 100
DECIDED = Path(__file__).parent.parent / "examples/flywheel/decisions.jsonl"
HEADING = "## Presses a card"
NOTE = (
    "The first 100 cards of the example run in a random order, decided again as a person decided them, with the same "
    "action, category and text and the fewest presses, in Chromium at 1440 × 900. Typed text counts as no press, and "
    "neither does a failure that is decided together with others. `python -m benchmarks.presses` measures it again."
)
Line = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    rows = [row("without proposals", False), row("with proposals", True)]
    table = "\n".join(
        ["| | cards | by a proposal | presses | a card | seconds |", "|---|--:|--:|--:|--:|--:|", *rows]
    )
    print(table)
    if arguments.write:
        section.write(arguments.write, HEADING, f"{NOTE}\n\n{table}")


def row(name: str, takes_proposals: bool) -> str:
    decided = {line["id"]: line for line in map(json.loads, DECIDED.read_text("utf-8").splitlines())}
    with served(DEMO) as url, opened(f"{url.rstrip('/')}/?order=random&seed=7") as page:
        started = time.perf_counter()
        presses, taken = 0, 0
        for _ in range(CARDS):
            card = _shown(page, url)
            wanted = decided[card["id"]]
            is_taken = takes_proposals and _is_proposed(card, wanted)
            presses += _take(page) if is_taken else _decide(page, card, wanted)
            taken += is_taken
            _until_gone(page, card)
        seconds = time.perf_counter() - started
        _check(url, page, decided)
    return f"| {name} | {CARDS} | {taken} | {presses} | {presses / CARDS:.2f} | {seconds:.0f} |"


def _shown(page: Page, url: str) -> Line:
    card_id = page.get_by_test_id("card").get_attribute("data-card-id") or ""
    card: Line = _get(url, f"/card?id={quote(card_id)}")
    return card


def _is_accept(wanted: Line) -> bool:
    return bool(wanted["corrected_response"] == wanted["model_response"])


def _is_proposed(card: Line, wanted: Line) -> bool:
    """Whether the proposal is the person's verdict, to the letter."""
    proposal = card["proposal"]
    if proposal is None or proposal["category"] != wanted["failure_category"]:
        return False
    text = card["model_response"] if proposal["action"] == "accept" else proposal["corrected_response"]
    return bool(text == wanted["corrected_response"])


def _take(page: Page) -> int:
    page.get_by_test_id("proposal").wait_for()
    page.keyboard.press("p")
    return 1


def _decide(page: Page, card: Line, wanted: Line) -> int:
    if _is_accept(wanted):
        page.keyboard.press("a")
        return 1
    is_reference = card["texts"]["references"][0] == wanted["corrected_response"]
    page.keyboard.press("r" if is_reference else "c")
    page.locator(".cm-editor.cm-focused").wait_for()
    if not is_reference:
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(wanted["corrected_response"])
    page.keyboard.press(f"Alt+{FAILURE_CATEGORIES.index(wanted['failure_category']) + 1}")
    page.keyboard.press("ControlOrMeta+Enter")
    return 3


def _until_gone(page: Page, card: Line) -> None:
    page.wait_for_function(
        "id => document.querySelector('[data-testid=card]')?.dataset.cardId !== id", arg=card["id"]
    )
    # the second of two like presses is taken for a slip of the hand
    page.wait_for_timeout(260)


def _check(url: str, page: Page, decided: dict[str, Line]) -> None:
    """Every verdict that was stored is the person's."""
    page.wait_for_load_state("networkidle")
    found = _get(url, f"/decisions?per_page={CARDS}")["items"]
    assert len(found) == CARDS, len(found)
    for one in found:
        wanted = decided[one["id"]]
        assert one["failure_category"] == wanted["failure_category"], one["id"]
        assert (one["action"] == "accept") == _is_accept(wanted), one["id"]


def _get(url: str, path: str) -> Any:  # noqa: ANN401 (JSON)
    with urlopen(f"{url.rstrip('/')}/api/sft{path}") as response:
        return json.load(response)


if __name__ == "__main__":
    main()
