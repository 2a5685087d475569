"""GET /api/sft/decisions and its summary."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.importers.base import ImportOptions
from avocet.review import search
from avocet.runs import RunSource, import_run
from tests.factories import RUN, candidate_line, candidate_lines, import_lines, submit, write_run

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
        ({"not_failure_category": ["hallucination", "uncategorised"], "reviewer": "rowan"}, [IDS[0]]),
        ({"action": ["flag", "discard"], "not_reviewer": "import"}, [IDS[2], IDS[1]]),
        ({"not_action": "flag", "min_length": 1, "has_reference": "false"}, [IDS[1], IDS[0], ARRIVED]),
        ({"reviewer": "import"}, [ARRIVED]),
        ({"reviewer": "rowan", "action": "flag"}, [IDS[2]]),
        ({"task_type": "facts"}, [ARRIVED]),
        ({"model_name": "nobody"}, []),
        ({"since": "2999-01-01"}, []),
        ({"until": "2020-01-01"}, []),
        ({"until": "2999-01-01", "status": "approved"}, [IDS[0]]),
        ({"ascending": "true"}, [ARRIVED, IDS[0], IDS[1], IDS[2]]),
        ({"sort": "action"}, [IDS[2], IDS[1], ARRIVED, IDS[0]]),
        ({"sort": "action", "ascending": "true"}, [IDS[0], IDS[1], ARRIVED, IDS[2]]),
        ({"sort": "failure_category"}, [IDS[0], IDS[2], ARRIVED, IDS[1]]),
        ({"sort": "reviewer", "ascending": "true"}, [ARRIVED, IDS[2], IDS[1], IDS[0]]),
        ({"sort": "task_type"}, [ARRIVED, IDS[2], IDS[1], IDS[0]]),
        ({"sort": "quality_score", "ascending": "true"}, [IDS[2], IDS[1], IDS[0], ARRIVED]),
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
        "by_fault": {"none": 3},
        "accepted_uncategorised": 0,
    }


@pytest.mark.usefixtures("decided")
def test_decisions_are_searched(client: TestClient, database: Database) -> None:
    search.index_all(database)
    assert listed(client, q='"is 2"') == [IDS[2]]


@pytest.fixture
def faulty(client: TestClient, database: Database, bench_dir: Path) -> None:
    outcomes = ("failed", "passed", "failed", "errored", "failed")
    lines = [candidate_line(number, outcome=outcome) for number, outcome in enumerate(outcomes)]
    options = ImportOptions(keep={"passed": "all", "errored": "all"})
    source = RunSource(write_run(bench_dir, lines), RUN, "2026-01-02T03:04:05")
    import_run(database, source, options=options)
    submit(client, IDS[0], "discard", check_fault="question_broken", corrected_reference=["4", 4.0])
    submit(client, IDS[1], "flag", check_fault="check_too_lax")
    submit(client, IDS[2], "accept", check_fault="check_too_strict")
    submit(client, IDS[3], "discard")


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [IDS[3], IDS[2], IDS[1], IDS[0]]),
        ({"outcome": "any"}, [IDS[3], IDS[2], IDS[1], IDS[0]]),
        ({"outcome": "failed"}, [IDS[2], IDS[0]]),
        ({"outcome": "passed"}, [IDS[1]]),
        ({"outcome": "unscored"}, []),
        ({"check_fault": "none"}, [IDS[3]]),
        ({"check_fault": "check_too_lax"}, [IDS[1]]),
        ({"check_fault": "check_too_lax", "outcome": "failed"}, []),
        ({"check_fault": "harness_fault"}, []),
        ({"reading": "right"}, [IDS[2]]),
        ({"reading": "wrong", "outcome": "passed"}, [IDS[1]]),
        ({"reading": "set_aside"}, [IDS[0]]),
        ({"reading": "undecided"}, [IDS[3]]),
        ({"reading": "any"}, [IDS[3], IDS[2], IDS[1], IDS[0]]),
        ({"reading": "aside"}, [IDS[3], IDS[0]]),
        ({"reading": "none"}, []),
        ({"not_check_fault": "check_too_lax"}, [IDS[3], IDS[2], IDS[0]]),
        ({"not_check_fault": "none", "outcome": "failed"}, [IDS[2], IDS[0]]),
    ],
)
def test_what_stands_is_found_by_outcome_fault_and_reading(
    client: TestClient, query: dict[str, str], found: list[str]
) -> None:
    assert listed(client, **query) == found


@pytest.mark.usefixtures("faulty")
def test_an_item_says_what_is_wrong_with_the_check(client: TestClient) -> None:
    items = client.get(f"{API}/decisions").json()["items"]
    assert [(item["outcome"], item["check_fault"], item["corrected_reference"]) for item in items] == [
        ("errored", None, None),
        ("failed", "check_too_strict", None),
        ("passed", "check_too_lax", None),
        ("failed", "question_broken", ["4", 4.0]),
    ]


@pytest.mark.usefixtures("faulty")
def test_the_summary_counts_faults(client: TestClient) -> None:
    def by_fault(**query: str) -> Any:
        return client.get(f"{API}/decisions/summary", params=query).json()["by_fault"]

    assert by_fault() == {"question_broken": 1, "check_too_lax": 1, "check_too_strict": 1, "none": 1}
    assert by_fault(outcome="failed") == {"question_broken": 1, "check_too_strict": 1}
    assert by_fault(check_fault="none") == {"none": 1}


@pytest.mark.usefixtures("faulty")
def test_what_is_found_by_a_fault_is_recategorised(client: TestClient) -> None:
    step = {"action": "recategorise", "decided": {"check_fault": "check_too_lax"}, "failure_category": "wrong_answer"}
    assert client.post(f"{API}/bulk", json=step).json()["count"] == 1
    assert listed(client, failure_category="wrong_answer") == [IDS[1]]


@pytest.mark.usefixtures("decided")
def test_a_corrected_reference_too_long_for_a_list_is_left_out(client: TestClient) -> None:
    longest, longer = "x" * 7_998, "x" * 7_999
    submit(client, IDS[3], "discard", corrected_reference=longest)
    submit(client, IDS[4], "discard", corrected_reference=longer)
    items = client.get(f"{API}/decisions", params={"action": "discard"}).json()["items"]
    said = {item["id"]: (item["corrected_reference"], item["shortened"]) for item in items}
    # with its quotes, in characters
    assert said[IDS[4]] == (None, {"corrected_reference": 8_001})
    assert said[IDS[3]] == (longest, {})


@pytest.mark.parametrize(
    "query",
    [
        {"outcome": "x"},
        {"check_fault": "x"},
        {"reading": "x"},
        {"min_score": "2"},
        {"score": "0"},
        {"until": "late"},
        {"sort": "note"},
        {"sort": "action", "before": "9"},
        {"ascending": "true", "before": "9"},
        {"status": "x"},
        {"failure_category": "x"},
        {"since": "soon"},
        {"colour": "red"},
    ],
)
def test_unknown_values_are_422(client: TestClient, query: dict[str, str]) -> None:
    assert client.get(f"{API}/decisions", params=query).status_code == 422
