"""What a decision says of the model's answer: every cell of the table of action, category and fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from avocet.categories import FAILURE_CATEGORIES, FailureCategory
from avocet.domain import VERDICTS, Verdict
from avocet.faults import CHECK_FAULTS, FAULTS, READINGS, CheckFault, Reading, reading_of

# the order of the columns: no fault, too strict, too lax, reference wrong, question broken, harness fault
TABLE = """
    correct  none               wrong     wrong wrong wrong set_aside set_aside
    correct  scoring_artifact   right     right right right set_aside set_aside
    correct  style_violation    wrong     wrong wrong wrong set_aside set_aside
    correct  partial_answer     wrong     wrong wrong wrong set_aside set_aside
    correct  wrong_answer       wrong     wrong wrong wrong set_aside set_aside
    correct  format_error       wrong     wrong wrong wrong set_aside set_aside
    correct  hallucination      wrong     wrong wrong wrong set_aside set_aside
    accept   none               right     right right right set_aside set_aside
    accept   scoring_artifact   right     right right right set_aside set_aside
    accept   style_violation    right     right right right set_aside set_aside
    accept   partial_answer     right     right right right set_aside set_aside
    accept   wrong_answer       right     right right right set_aside set_aside
    accept   format_error       right     right right right set_aside set_aside
    accept   hallucination      right     right right right set_aside set_aside
    discard  none               undecided wrong wrong wrong set_aside set_aside
    discard  scoring_artifact   right     right right right set_aside set_aside
    discard  style_violation    wrong     wrong wrong wrong set_aside set_aside
    discard  partial_answer     wrong     wrong wrong wrong set_aside set_aside
    discard  wrong_answer       wrong     wrong wrong wrong set_aside set_aside
    discard  format_error       wrong     wrong wrong wrong set_aside set_aside
    discard  hallucination      wrong     wrong wrong wrong set_aside set_aside
    flag     none               wrong     wrong wrong wrong set_aside set_aside
    flag     scoring_artifact   right     right right right set_aside set_aside
    flag     style_violation    wrong     wrong wrong wrong set_aside set_aside
    flag     partial_answer     wrong     wrong wrong wrong set_aside set_aside
    flag     wrong_answer       wrong     wrong wrong wrong set_aside set_aside
    flag     format_error       wrong     wrong wrong wrong set_aside set_aside
    flag     hallucination      wrong     wrong wrong wrong set_aside set_aside
"""


def cells() -> Iterator[tuple[Any, Any, Any, Any]]:
    """Action, category, fault and reading of every cell."""
    for line in TABLE.strip().splitlines():
        action, category, *readings = line.split()
        for fault, reading in zip((None, *CHECK_FAULTS), readings, strict=True):
            yield action, None if category == "none" else category, fault, reading


@pytest.mark.parametrize(("action", "category", "fault", "reading"), list(cells()))
def test_each_cell(
    action: Verdict, category: FailureCategory | None, fault: CheckFault | None, reading: Reading
) -> None:
    assert reading_of(action, category, fault) == reading


def test_the_table_is_whole() -> None:
    every = {(a, c, f) for a in VERDICTS for c in (None, *FAILURE_CATEGORIES) for f in (None, *CHECK_FAULTS)}
    assert {cell[:3] for cell in cells()} == every
    assert {cell[3] for cell in cells()} == set(READINGS)


def test_every_fault_is_shown_with_a_meaning() -> None:
    assert tuple(fault.value for fault in FAULTS) == CHECK_FAULTS
    assert all(fault.label and fault.meaning for fault in FAULTS)
