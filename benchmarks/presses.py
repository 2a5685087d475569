"""Presses a card on the example run: `python -m benchmarks.presses [--write docs/performance.md]`.

The verdicts of `examples/flywheel` are made again in a real Chromium with the fewest presses that the page allows:
card by card, with proposals and without, and as an expert would.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections.abc import Callable
from functools import partial
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
    "100 cards of the example run (the first of a random order, seed 7), decided again as a person decided "
    "them: with the same action, category and text, compared card by card at the end, in Chromium at 1440 × "
    "900. Each key and each click counts as one press, also a key with Ctrl, Alt or Shift. Typed text counts "
    "as none, nor does the Ctrl+A before a text that replaces all.\n\n"
    "From the list, L, ⇧P and P take the proposals together, after a preview in which the wrong ones lose "
    "their tick. Those cards were read in the preview and not opened, so the desk counts them as unread. All "
    "others are decided one by one: a digit begins the correction with its category, from the reference if "
    "there is one, and Ctrl+Enter sends it. The 100 cards have 94 different reasons, so that deciding a group "
    "together saves nothing here. `python -m benchmarks.presses` measures it again."
)
HEAD = ["| | cards | by a proposal | presses | a card | seconds |", "|---|--:|--:|--:|--:|--:|"]
Line = dict[str, Any]
Pass = Callable[[Page, str, dict[str, Line]], tuple[int, int]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    decided = {line["id"]: line for line in map(json.loads, DECIDED.read_text("utf-8").splitlines())}
    with tempfile.TemporaryDirectory() as folder:
        results = _first_cards(Path(folder))
        rows = [
            row("card by card", results, decided, partial(_card_by_card, takes_proposals=False)),
            row("card by card, with proposals", results, decided, partial(_card_by_card, takes_proposals=True)),
            row("list, proposals together, digits", results, decided, _as_an_expert),
        ]
    table = "\n".join([*HEAD, *rows])
    print(table)
    if arguments.write:
        section.write(arguments.write, HEADING, f"{NOTE}\n\n{table}")


def _first_cards(folder: Path) -> Path:
    """The run with the cards of the pass alone."""
    with served(DEMO) as url:
        wanted = {card["id"] for card in _get(url, f"/queue?order=random&seed=7&per_page={CARDS}")["items"]}
    [source] = DEMO.glob("**/sft_candidates.jsonl")
    lines = source.read_text("utf-8").splitlines()
    target = folder / source.parent.name / source.name
    target.parent.mkdir()
    target.write_text("\n".join(line for line in lines if json.loads(line)["id"] in wanted), "utf-8")
    return folder


def row(name: str, results: Path, decided: dict[str, Line], decide: Pass) -> str:
    with served(results) as url, opened(f"{url.rstrip('/')}/?order=random&seed=7") as page:
        started = time.perf_counter()
        presses, taken = decide(page, url, decided)
        seconds = time.perf_counter() - started
        _check(url, page, decided)
    return f"| {name} | {CARDS} | {taken} | {presses} | {presses / CARDS:.2f} | {seconds:.0f} |"


def _card_by_card(page: Page, url: str, decided: dict[str, Line], *, takes_proposals: bool) -> tuple[int, int]:
    presses = taken = 0
    for _ in range(CARDS):
        card = _shown(page, url)
        wanted = decided[card["id"]]
        is_taken = takes_proposals and _is_proposed(card, wanted)
        presses += _take(page) if is_taken else _decide(page, card, wanted)
        taken += is_taken
        _until_gone(page, card)
    return presses, taken


def _as_an_expert(page: Page, url: str, decided: dict[str, Line]) -> tuple[int, int]:
    presses, taken = _take_together(page, url, decided)
    for _ in range(CARDS - taken):
        card = _shown(page, url)
        presses += _begin_with_digit(page, card, decided[card["id"]])
        _until_gone(page, card)
    return presses, taken


def _take_together(page: Page, url: str, decided: dict[str, Line]) -> tuple[int, int]:
    """All proposals but the wrong ones, from the list."""
    cards = _get(url, f"/queue?per_page={CARDS}")["items"]
    proposed = {card["id"]: card for card in cards if card["proposal"]}
    wrong = [card for card in proposed.values() if not _is_proposed(card, decided[card["id"]])]
    page.keyboard.press("l")
    page.get_by_test_id("select-proposed").filter(has_text=re.compile(rf"\b{len(proposed)}\b")).wait_for()
    page.keyboard.press("Shift+P")
    page.get_by_test_id("take-proposals").wait_for()
    page.keyboard.press("p")
    page.get_by_test_id("proposed-verdicts").locator("b").first.wait_for()
    for card in wrong:
        page.locator(f'[data-testid=proposed-row][data-id="{card["id"]}"] input').click()
    taken = len(proposed) - len(wrong)
    confirm = page.get_by_test_id("bulk-confirm").filter(has_text=f"{taken} cards")
    confirm.wait_for()
    presses = 3 + len(wrong)
    if wrong:
        confirm.click()
    else:
        page.keyboard.press("Enter")
    page.get_by_test_id("proposed-panel").wait_for(state="detached")
    return presses + 1, taken


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


def _begin_with_digit(page: Page, card: Line, wanted: Line) -> int:
    if _is_accept(wanted):
        page.keyboard.press("a")
        return 1
    page.keyboard.press(str(FAILURE_CATEGORIES.index(wanted["failure_category"]) + 1))
    page.locator(".cm-editor.cm-focused").wait_for()
    if card["texts"]["references"] != [wanted["corrected_response"]]:
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(wanted["corrected_response"])
    page.keyboard.press("ControlOrMeta+Enter")
    return 2


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
        wanted, stored = decided[one["id"]], _get(url, f"/card?id={quote(one['id'])}")
        assert one["failure_category"] == wanted["failure_category"], one["id"]
        assert (one["action"] == "accept") == _is_accept(wanted), one["id"]
        assert stored["corrected_response"] == wanted["corrected_response"], one["id"]


def _get(url: str, path: str) -> Any:  # noqa: ANN401 (JSON)
    with urlopen(f"{url.rstrip('/')}/api/sft{path}") as response:
        return json.load(response)


if __name__ == "__main__":
    main()
