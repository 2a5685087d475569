"""GET /api/sft/export/preview: what an export would write, counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.exporters import EXPORTERS
from tests.factories import RUN, candidate_line, candidate_lines, export_rows, get_json, import_lines, submit


@pytest.fixture
def _decided(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(7))
    for number, category in enumerate(["wrong_answer", "wrong_answer", None, "format_error"]):
        submit(client, f"{RUN}/item-{number}", "correct", corrected_response="x", failure_category=category)
    submit(client, f"{RUN}/item-4", "discard", failure_category="hallucination")


def test_an_empty_desk(client: TestClient) -> None:
    preview = get_json(client, "/export/preview")
    assert (preview["rows"], preview["left_out"], preview["by_category"]) == (0, {}, {})
    formats = {entry["name"]: entry["description"] for entry in preview["formats"]}
    assert list(formats) == list(EXPORTERS)
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
    assert (preview["decided"], preview["read"], preview["left_out"]) == (4, preview["rows"], {})


@pytest.mark.usefixtures("_decided")
def test_it_counts_from_what_is_decided(client: TestClient) -> None:
    submit(client, f"{RUN}/item-5", "flag")
    preview = get_json(client, "/export/preview", include_category="wrong_answer")
    assert preview["by_status"] == {"approved": 4, "discarded": 1, "model_rejected": 1}
    assert (preview["statuses"], preview["decided"]) == (["approved"], 4)
    assert "model_rejected" in get_json(client, "/export/preview", format="csv")["statuses"]


@pytest.mark.usefixtures("_decided")
def test_records_are_counted_whatever_their_status(client: TestClient) -> None:
    preview = get_json(client, "/export/preview", format="candidates", include_category="hallucination")
    assert (preview["rows"], preview["decided"], preview["by_category"]) == (1, 7, {"hallucination": 1})


def test_what_drops_is_told_with_its_reason(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line(number, task_id=f"t{number % 2}") for number in range(4)])
    submit(client, f"{RUN}/item-0", "correct", corrected_response="x")
    submit(client, f"{RUN}/item-1", "accept")
    submit(client, f"{RUN}/item-2", "flag")
    preview = get_json(client, "/export/preview", format="trl-dpo")
    assert preview["left_out"] == {"The model was right (scoring artifact): its answer is no bad example.": 1}
    assert (preview["decided"], preview["read"], preview["used"], preview["rows"], preview["items"]) == (
        2,
        2,
        1,
        1,
        1,
    )
    assert (preview["by_task_type"], preview["by_model"]) == ({"arithmetic": 1}, {"small-model": 1})
    assert get_json(client, "/export/preview", format="trl-kto")["rows"] == 4


def test_the_first_rows_stand_as_they_will_be_written(
    client: TestClient, database: Database, bench_dir: Path
) -> None:
    import_lines(database, bench_dir, [candidate_line(0, model_response="y" * 30_000)])
    submit(client, f"{RUN}/item-0", "correct", corrected_response="äöü")
    for format_ in ("sft", "csv"):
        (first,) = get_json(client, "/export/preview", format=format_)["first"]
        written = client.get("/api/sft/export", params={"format": format_}).content.decode("utf-8-sig")
        assert first["text"] == written.rstrip("\n")[:20_000]


@pytest.mark.usefixtures("_decided")
def test_lengths_are_bins_that_double(client: TestClient, database: Database, bench_dir: Path) -> None:
    lengths = get_json(client, "/export/preview")["lengths"]
    assert lengths == [{"least": 1, "most": 1, "rows": 4}]


@pytest.mark.usefixtures("_decided")
def test_a_past_state_is_counted_as_it_was(client: TestClient) -> None:
    preview = get_json(client, "/export/preview", as_of=2)
    assert (preview["decided"], preview["rows"]) == (2, 2)
