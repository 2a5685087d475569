"""GET /api/sft/insights and /api/sft/overview."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from tests.factories import candidate_line, get_json, import_lines, submit


@pytest.fixture(autouse=True)
def _two_cards(database: Database, tmp_path: Path) -> None:
    import_lines(database, tmp_path, [candidate_line(1), candidate_line(2, model_name="large", task_type="facts")])


def test_insights_are_of_all_or_of_one(client: TestClient) -> None:
    submit(client, candidate_line(1)["id"], "discard", failure_category="wrong_answer")
    found = get_json(client, "/insights")
    assert (found["all"]["failed"], found["all"]["read"], found["decision_id"]) == (2, 1, 1)
    assert found["all"]["by_category"] == {"wrong_answer": {"read": 1, "value": None, "low": None, "high": None}}
    assert [row["name"] for row in found["by_model"]] == ["large", "small-model"]
    large = get_json(client, "/insights", model_name="large")
    assert (large["all"]["read"], [row["name"] for row in large["by_task"]]) == (0, ["facts"])
    assert get_json(client, "/insights", run_id="nowhere")["all"]["failed"] == 0
    assert get_json(client, "/insights", task_type="arithmetic")["all"]["read"] == 1


def test_an_empty_filter_is_an_error(client: TestClient) -> None:
    assert client.get("/api/sft/insights", params={"run_id": ""}).status_code == 422


def test_the_overview_names_the_next_step(client: TestClient) -> None:
    found = get_json(client, "/overview")
    assert (found["next"], found["waiting"]["failed"], found["came_in"]["items"]["failed"]) == ("review", 2, 2)
    for number in (1, 2):
        submit(client, candidate_line(number)["id"], "correct", corrected_response="2")
    found = get_json(client, "/overview")
    assert (found["next"], found["ready"], found["last_training"]) == ("train", {"rows": 2, "new": 2}, None)
