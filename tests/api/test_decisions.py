"""GET /api/sft/decisions and its summary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.review import search
from tests.factories import candidate_line, candidate_lines, import_lines, submit

API = "/api/sft"
IDS = [line["id"] for line in candidate_lines(5)]


@pytest.fixture
def decided(client: TestClient, database: Database, bench_dir: Path) -> None:
    arrived = candidate_line(9, status="discarded", failure_category="format_error", task_type="facts")
    import_lines(database, bench_dir, [*candidate_lines(5), arrived])
    submit(
        client, IDS[0], "correct", corrected_response="It is 1.", failure_category="wrong_answer", note="off by one"
    )
    submit(client, IDS[1], "discard")
    submit(client, IDS[2], "flag", failure_category="hallucination")
    submit(client, IDS[3], "accept")
    client.post(f"{API}/undo", json={"id": IDS[3]})


def listed(client: TestClient, **query: Any) -> list[str]:
    response = client.get(f"{API}/decisions", params=query)
    assert response.status_code == 200, response.text
    assert response.json()["total"] == len(response.json()["items"])
    return [item["id"] for item in response.json()["items"]]


ARRIVED = candidate_line(9)["id"]


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [IDS[2], IDS[1], IDS[0], ARRIVED]),
        ({"status": "approved"}, [IDS[0]]),
        ({"failure_category": "uncategorised"}, [IDS[1]]),
        ({"failure_category": "hallucination"}, [IDS[2]]),
        ({"exclude_category": "hallucination"}, [IDS[1], IDS[0], ARRIVED]),
        ({"exclude_category": "uncategorised", "reviewer": "rowan"}, [IDS[2], IDS[0]]),
        ({"reviewer": "import"}, [ARRIVED]),
        ({"reviewer": "rowan", "action": "flag"}, [IDS[2]]),
        ({"task_type": "facts"}, [ARRIVED]),
        ({"model_name": "nobody"}, []),
        ({"since": "2999-01-01"}, []),
        ({"since": "2020-01-01T00:00:00+02:00", "status": "discarded"}, [IDS[1], ARRIVED]),
    ],
)
def test_what_stands_is_listed_newest_first(client: TestClient, query: dict[str, str], found: list[str]) -> None:
    assert listed(client, **query) == found


@pytest.mark.usefixtures("decided")
def test_an_item_says_what_was_decided(client: TestClient) -> None:
    (item,) = client.get(f"{API}/decisions", params={"action": "correct"}).json()["items"]
    assert item["corrected_response"] == "It is 1."
    assert item["note"] == "off by one"
    assert item["model_response"] == "It is 0."
    assert (item["status"], item["failure_category"], item["reviewer"]) == ("approved", "wrong_answer", "rowan")


@pytest.mark.usefixtures("decided")
def test_an_item_says_how_many_were_decided_together_and_still_stand(client: TestClient) -> None:
    step = {"action": "discard", "ids": [IDS[3], IDS[4]]}
    client.post(f"{API}/bulk", json=step)
    newest, older, *alone = client.get(f"{API}/decisions").json()["items"]
    assert [(item["batch_count"], item["batch_first"]) for item in (newest, older)] == [(2, older["decision_id"])] * 2
    assert {(item["batch_count"], item["batch_first"]) for item in alone} == {(None, None)}
    client.post(f"{API}/undo", json={"id": older["id"]})
    left = client.get(f"{API}/decisions").json()["items"][0]
    assert (left["batch_count"], left["batch_first"]) == (1, newest["decision_id"])


@pytest.mark.usefixtures("decided")
def test_pages_go_on_before_a_decision(client: TestClient) -> None:
    first = client.get(f"{API}/decisions", params={"per_page": 2}).json()
    rest = client.get(f"{API}/decisions", params={"per_page": 2, "before": first["items"][-1]["decision_id"]}).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == [IDS[2], IDS[1], IDS[0], ARRIVED]
    assert first["total"] == rest["total"] == 4
    assert first["reviewers"] == ["import", "rowan"]


@pytest.mark.usefixtures("decided")
def test_the_summary_counts_what_stands(client: TestClient) -> None:
    body = client.get(f"{API}/decisions/summary", params={"reviewer": "rowan"}).json()
    assert body == {
        "total": 3,
        "by_action": {"correct": 1, "discard": 1, "flag": 1},
        "by_category": {"wrong_answer": 1, "uncategorised": 1, "hallucination": 1},
    }


@pytest.mark.usefixtures("decided")
def test_decisions_are_searched(client: TestClient, database: Database) -> None:
    search.index_all(database)
    assert listed(client, q='"is 2"') == [IDS[2]]


@pytest.mark.parametrize("query", [{"status": "x"}, {"failure_category": "x"}, {"since": "soon"}, {"colour": "red"}])
def test_unknown_values_are_422(client: TestClient, query: dict[str, str]) -> None:
    assert client.get(f"{API}/decisions", params=query).status_code == 422
