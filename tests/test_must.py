"""Must lines are looked for, and told apart, by one rule. The web app is held to the same cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from avocet import must
from avocet.checks import lines_met
from avocet.errors import InvalidRequest

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "samples/cases/text/must-lines.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES["contained"], ids=lambda case: case["name"])
def test_what_contains_a_line(case: dict[str, Any]) -> None:
    (wanted,), (unwanted,) = lines_met(case["text"], [case["line"]], [case["line"]])
    assert (wanted.met, unwanted.met) == (case["contained"], not case["contained"])


@pytest.mark.parametrize("case", CASES["kept"], ids=lambda case: repr(case["given"]))
def test_which_lines_are_kept(case: dict[str, Any]) -> None:
    kept, _ = must.checked(case["given"], [])
    assert list(kept) == case["kept"]


@pytest.mark.parametrize("case", CASES["kept"], ids=lambda case: repr(case["given"]))
def test_no_line_stands_in_both(case: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest, match="in must and in must_not"):
        must.checked(case["kept"], case["given"])
