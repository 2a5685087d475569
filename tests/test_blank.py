"""A text with nothing to see in it is blank, on every way into the desk. The web app is held to the same cases."""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from avocet.db import Database
from avocet.domain import is_blank
from avocet.errors import BlankCorrection
from avocet.review import bulk, decisions
from avocet.review.bulk_step import BulkStep
from avocet.review.queue import QueueFilter
from avocet.runs import ingest
from tests.factories import candidate_lines, import_lines

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "samples/cases/text/blank-texts.json").read_text("utf-8")
)
BLANK: list[str] = [case["text"] for case in CASES if case["blank"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_blank(case: dict[str, Any]) -> None:
    assert is_blank(case["text"]) is case["blank"]


def test_no_text_is_blank() -> None:
    assert is_blank(None)


def test_whatever_this_python_knows_as_white_space_control_or_format_is_blank() -> None:
    categories = {"Cc", "Cf", "Zs", "Zl", "Zp"}
    missed = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if (unicodedata.category(chr(code)) in categories or chr(code).isspace()) and not is_blank(chr(code))
    ]
    assert missed == []


def test_a_blank_correction_comes_in_no_way(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(1))
    for text in BLANK:
        with pytest.raises(BlankCorrection):
            decisions.submit(
                database, decisions.Submission(id="bench-1/0", action="correct", corrected_response=text), "rowan"
            )
        like = QueueFilter(like="bench-1/0")
        with pytest.raises(BlankCorrection):
            bulk.decide(database, BulkStep(action="correct", queue=like, corrected_response=text), "rowan")
        given = ingest.Ingestion(source="desk", task_type="reply", prompt=[], response="No.", correction=text)
        with pytest.raises(BlankCorrection):
            ingest.ingest(database, given)
