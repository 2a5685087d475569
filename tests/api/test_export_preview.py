"""GET /api/sft/export/preview: what an export would write, counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from tests.factories import RUN, candidate_lines, export_rows, get_json, import_lines, submit


@pytest.fixture
def _decided(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(7))
    for number, category in enumerate(["wrong_answer", "wrong_answer", None, "format_error"]):
        submit(client, f"{RUN}/item-{number}", "correct", corrected_response="x", failure_category=category)
    submit(client, f"{RUN}/item-4", "discard", failure_category="hallucination")


def test_an_empty_desk(client: TestClient) -> None:
    preview = get_json(client, "/export/preview")
    assert (preview["rows"], preview["left_out"], preview["by_category"]) == (0, 0, {})
    formats = {entry["name"]: entry["description"] for entry in preview["formats"]}
    assert {"sft", "candidates"} <= formats.keys()
    assert all(formats.values())


@pytest.mark.usefixtures("_decided")
@pytest.mark.parametrize(
    ("query", "by_category"),
    [
        ({}, {"wrong_answer": 2, "format_error": 1, "uncategorised": 1}),
        ({"include_category": "wrong_answer"}, {"wrong_answer": 2}),
        ({"exclude_category": ["wrong_answer", "uncategorised"]}, {"format_error": 1}),
        ({"include_category": "hallucination"}, {}),
        ({"since": "2999-01-01"}, {}),
    ],
)
def test_it_counts_what_the_export_writes(
    client: TestClient, query: dict[str, Any], by_category: dict[str, int]
) -> None:
    preview = get_json(client, "/export/preview", **query)
    assert preview["by_category"] == by_category
    assert preview["rows"] == sum(by_category.values()) == len(export_rows(client, **query))
    assert preview["rows"] + preview["left_out"] == 4


@pytest.mark.usefixtures("_decided")
def test_records_are_counted_whatever_their_status(client: TestClient) -> None:
    preview = get_json(client, "/export/preview", format="candidates", include_category="hallucination")
    assert (preview["rows"], preview["left_out"], preview["by_category"]) == (1, 6, {"hallucination": 1})
