"""The report's examples in the documentation are what a desk tells, and the worked example of the method."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scripts.report_example import PAGES, examples, written


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_committed_examples_are_what_a_desk_tells(page: Path) -> None:
    assert page.read_text("utf-8") == written(page), "run: make types"


def test_the_example_is_worked_example_8b() -> None:
    """Failed 412: 100 read, 2 set aside, 12 right; passed 588: 50 read, 49 right."""
    (row,) = json.loads(examples()["report"])["rows"]
    assert row["corrected_score"] == {"value": 0.630878, "low": 0.587165, "high": 0.660384}
    assert (row["read"], row["set_aside"]) == ({"failed": 100, "passed": 50}, {"failed": 2, "passed": 0})
