"""What differs on cards that did not fail: they were kept to audit the check, or could not be scored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.categories import FAILURE_CATEGORIES
from avocet.db import Database
from tests.api.error_shape import assert_error
from tests.consistency import assert_consistent
from tests.factories import Line, candidate_line, get_card, import_lines, queue_ids, submit, undo

API = "/api/sft"
FAILED, PASSED, ERRORED, UNSCORED = (
    candidate_line(number, outcome=outcome)
    for number, outcome in enumerate(("failed", "passed", "errored", "unscored"))
)
PASS = PASSED["id"]


@pytest.fixture(autouse=True)
def _cards(database: Database, bench_dir: Path, client: TestClient) -> None:
    import_lines(database, bench_dir, [FAILED, PASSED, ERRORED, UNSCORED])


def refused(client: TestClient, path: str, **body: Any) -> Line:
    return assert_error(client.post(f"{API}/{path}", json=body), 422, "invalid_request")


def test_the_queue_means_failed_ones_unless_asked(client: TestClient) -> None:
    assert queue_ids(client) == [FAILED["id"]]
    for line in (FAILED, PASSED, ERRORED, UNSCORED):
        assert queue_ids(client, outcome=line["outcome"]) == [line["id"]]
    assert queue_ids(client, outcome="any") == [FAILED["id"], PASS, ERRORED["id"], UNSCORED["id"]]


def test_accept_is_rightly_passed_and_stores_no_category(client: TestClient, database: Database) -> None:
    answer = submit(client, PASS, "accept")
    assert (answer["status"], answer["failure_category"]) == ("approved", None)
    assert get_card(client, PASS)["corrected_response"] == "It is 1."
    undo(client, PASS)
    assert queue_ids(client, outcome="passed") == [PASS]
    assert_consistent(database)


@pytest.mark.parametrize("line", [ERRORED, UNSCORED], ids=lambda line: line["outcome"])
def test_an_accepted_answer_that_no_check_judged_is_no_artifact(client: TestClient, line: Line) -> None:
    assert submit(client, line["id"], "accept")["failure_category"] is None


@pytest.mark.parametrize("category", FAILURE_CATEGORIES)
def test_accept_takes_no_category_on_a_pass(client: TestClient, category: str) -> None:
    refused(client, "submit", id=PASS, action="accept", failure_category=category)
    refused(client, "bulk", action="accept", ids=[PASS], failure_category=category)
    refused(client, "bulk", action="accept", ids=[PASS], failure_category=category, dry_run=True)
    assert queue_ids(client, outcome="passed") == [PASS]


@pytest.mark.parametrize("action", ["correct", "accept", "discard", "flag"])
def test_no_action_takes_scoring_artifact_on_a_pass(client: TestClient, action: str) -> None:
    said = {"action": action, "corrected_response": "x", "failure_category": "scoring_artifact"}
    if action == "accept":
        del said["corrected_response"]
    refused(client, "submit", id=PASS, **said)
    refused(client, "bulk", queue={"like": PASS, "outcome": "passed"}, **said)
    assert queue_ids(client, outcome="passed") == [PASS]


@pytest.mark.parametrize("category", [one for one in FAILURE_CATEGORIES if one != "scoring_artifact"])
def test_a_wrong_answer_that_passed_takes_the_other_categories(client: TestClient, category: str) -> None:
    said = {"failure_category": category, "check_fault": "check_too_lax"}
    answer = submit(client, PASS, "correct", corrected_response="It is 2.", **said)
    assert (answer["failure_category"], answer["check_fault"]) == (category, "check_too_lax")


class TestBulk:
    def test_mixed_outcomes_are_refused_with_both_counts(self, client: TestClient) -> None:
        for dry_run in (False, True):
            body = refused(client, "bulk", action="flag", queue={"outcome": "any"}, dry_run=dry_run)
            assert body["counts"] == {"failed": 1, "passed": 1, "errored": 1, "unscored": 1}
            assert "1 failed, 1 passed, 1 errored, 1 unscored" in body["detail"]
        body = refused(client, "bulk", action="discard", ids=[FAILED["id"], PASS])
        assert body["counts"] == {"failed": 1, "passed": 1}
        assert len(queue_ids(client, outcome="any")) == 4

    def test_recategorise_over_mixed_outcomes_is_refused(self, client: TestClient) -> None:
        for line in (FAILED, PASSED):
            submit(client, line["id"], "discard")
        body = refused(client, "bulk", action="recategorise", decided={}, failure_category="wrong_answer")
        assert body["counts"] == {"failed": 1, "passed": 1}

    def test_passes_are_accepted_together_without_a_category(self, client: TestClient, database: Database) -> None:
        body = {"action": "accept", "queue": {"outcome": "passed"}, "expected": 1}
        assert client.post(f"{API}/bulk", json=body).json()["count"] == 1
        card = get_card(client, PASS)
        assert (card["status"], card["failure_category"]) == ("approved", None)
        assert_consistent(database)

    def test_the_queue_of_a_step_means_failed_ones_unless_asked(self, client: TestClient) -> None:
        body = {"action": "discard", "queue": {}, "dry_run": True}
        assert client.post(f"{API}/bulk", json=body).json()["count"] == 1

    def test_recategorise_gives_an_accepted_pass_no_category(self, client: TestClient) -> None:
        submit(client, PASS, "accept")
        refused(client, "bulk", action="recategorise", ids=[PASS], failure_category="wrong_answer")
        refused(client, "bulk", action="recategorise", ids=[PASS], failure_category="scoring_artifact")
        assert get_card(client, PASS)["failure_category"] is None
        step = {"action": "recategorise", "ids": [PASS], "check_fault": "reference_wrong", "expected": 1}
        assert client.post(f"{API}/bulk", json=step).json()["count"] == 1
        card = get_card(client, PASS)
        assert (card["status"], card["failure_category"], card["check_fault"]) == (
            "approved",
            None,
            "reference_wrong",
        )
