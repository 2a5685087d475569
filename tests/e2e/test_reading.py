"""Answers as they are read: formulas, tables and code."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk, add_run

CASE = Path(__file__).parent.parent / "samples/cases/text/math-and-code.jsonl"


def test_math_and_code(empty_desk: Desk, page: Page) -> None:
    """The page fixture fails on any breach of the content security policy, a table cell's alignment included."""
    lines = [json.loads(line) for line in CASE.read_text("utf-8").split("\n") if line]
    add_run(empty_desk, "maths", lines)
    page.goto(f"{empty_desk.url}/cards/{lines[0]['id']}")
    page.get_by_test_id("toggle-rendered").click()
    rendered = page.get_by_test_id("rendered")
    expect(rendered.locator("math")).to_have_count(3)
    expect(rendered.locator(".math-block math mfrac")).to_have_count(1)
    sources = rendered.locator("[data-source]").evaluate_all("found => found.map((one) => one.dataset.source)")
    assert sources == [r"\[ x = \frac{-b \pm \sqrt{d}}{2a} \]", r"\(e^{i\pi}+1=0\)", "$a_1 * b_1$"]
    expect(rendered.locator("strong")).to_have_text("$5")
    alignments = rendered.locator("td").evaluate_all("cells => cells.map((cell) => getComputedStyle(cell).textAlign)")
    assert [alignment.removeprefix("-webkit-") for alignment in alignments] == ["right", "center"]

    page.goto(f"{empty_desk.url}/cards/{lines[1]['id']}")
    code = page.get_by_test_id("rendered").locator("pre")
    expect(code).to_have_text(lines[1]["model_response"])
    expect(code.locator(".hljs-keyword").first).to_have_text("def")
    page.get_by_test_id("toggle-rendered").click()
    raw = page.get_by_test_id("response").locator(".text-mono")
    expect(raw).to_have_text(lines[1]["model_response"])
