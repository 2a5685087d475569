"""POST /api/sft/submit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.domain import FAILURE_CATEGORIES
from tests.factories import candidate_lines, export_rows, import_lines, queue_ids, submit


@pytest.fixture
def card(database: Database, bench_dir: Path, client: TestClient) -> str:
    import_lines(database, bench_dir, candidate_lines(3))
    return queue_ids(client)[0]


@pytest.mark.parametrize("category", FAILURE_CATEGORIES)
def test_a_chip_chosen_before_correcting_appears_in_the_exported_jsonl(
    client: TestClient, card: str, category: str
) -> None:
    submit(client, card, "correct", corrected_response="It is 1.", failure_category=category)
    (row,) = export_rows(client)
    assert row["failure_category"] == category
    assert row["messages"][-1] == {"role": "assistant", "content": "It is 1."}
    assert row["avocet_id"] == card


def test_a_correction_without_a_category_exports_null(client: TestClient, card: str) -> None:
    submit(client, card, "correct", corrected_response="It is 1.")
    (row,) = export_rows(client)
    assert "failure_category" in row
    assert row["failure_category"] is None


def test_failure_category_nonsense_is_answered_422(client: TestClient, card: str) -> None:
    body = {"id": card, "action": "discard", "failure_category": "nonsense"}
    response = client.post("/api/sft/submit", json=body)
    assert response.status_code == 422
    assert response.json()["code"] == "invalid_request"
    assert "failure_category" in response.json()["detail"]
    assert card in queue_ids(client)


@pytest.mark.parametrize("category", [None, "wrong_answer"])
@pytest.mark.parametrize(("action", "status"), [("discard", "discarded"), ("flag", "model_rejected")])
def test_the_category_is_stored_on_discard_and_flag(
    client: TestClient, card: str, action: str, status: str, category: str | None
) -> None:
    answer = submit(client, card, action, failure_category=category)
    assert (answer["status"], answer["failure_category"]) == (status, category)
    stored = client.get(f"/api/sft/candidates/{card}").json()
    assert (stored["status"], stored["failure_category"]) == (status, category)
    (entry,) = client.get(f"/api/sft/candidates/{card}/history").json()
    assert (entry["action"], entry["failure_category"], entry["reviewer"]) == (action, category, "rowan")


@pytest.mark.parametrize("sent", [{}, {"failure_category": None}])
def test_accept_keeps_the_models_text_and_counts_as_scoring_artifact(
    client: TestClient, card: str, sent: dict[str, Any]
) -> None:
    answer = submit(client, card, "accept", **sent)
    assert (answer["status"], answer["failure_category"]) == ("approved", "scoring_artifact")
    (row,) = export_rows(client)
    assert row["messages"][-1]["content"] == "It is 0."


@pytest.mark.parametrize("text", [None, "", "  \n\t "])
def test_a_blank_correction_is_refused(client: TestClient, card: str, text: str | None) -> None:
    body = {"id": card, "action": "correct", "corrected_response": text}
    response = client.post("/api/sft/submit", json=body)
    assert response.status_code == 422
    assert response.json()["code"] == "blank_correction"
    assert card in queue_ids(client)
