"""POST /api/sft/bulk and /api/sft/bulk/{batch_id}/undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.review import counters, search
from tests.factories import candidate_line, candidate_lines, export_rows, import_lines, queue_ids, submit

API = "/api/sft"
Json = dict[str, Any]


@pytest.fixture
def cards(database: Database, bench_dir: Path, client: TestClient) -> list[str]:
    lines = [*candidate_lines(4), *(candidate_line(number, task_type="facts") for number in range(4, 8))]
    import_lines(database, bench_dir, lines)
    return queue_ids(client)


def bulk(client: TestClient, status: int = 200, /, **step: Any) -> Json:
    response = client.post(f"{API}/bulk", json=step)
    assert response.status_code == status, response.text
    return dict(response.json())


def card(client: TestClient, candidate_id: str) -> Json:
    return dict(client.get(f"{API}/candidates/{candidate_id}").json())


def assert_counters_are_right(database: Database) -> None:
    with database.read() as connection:
        assert dict(counters.read(connection)) == counters.recount(connection)


@pytest.mark.parametrize(
    ("action", "category", "status", "stored"),
    [
        ("accept", None, "approved", "scoring_artifact"),
        ("accept", "style_violation", "approved", "style_violation"),
        ("discard", "format_error", "discarded", "format_error"),
        ("discard", None, "discarded", None),
        ("flag", "hallucination", "model_rejected", "hallucination"),
    ],
)
def test_everything_that_matches_is_decided_and_one_undo_brings_it_back(
    client: TestClient,
    database: Database,
    cards: list[str],
    action: str,
    category: str | None,
    status: str,
    stored: str,
) -> None:
    before = {candidate_id: card(client, candidate_id) for candidate_id in cards}
    step: Json = {"action": action, "queue": {"task_type": "facts"}, "failure_category": category, "note": "in bulk"}
    assert bulk(client, **step, dry_run=True) == {"ok": True, "batch_id": None, "count": 4, "verdicts": []}
    assert queue_ids(client) == cards

    done = bulk(client, **step, expected=4)
    assert done["count"] == 4
    assert queue_ids(client) == cards[:4]
    for candidate_id in cards[4:]:
        decided = card(client, candidate_id)
        assert (decided["status"], decided["failure_category"]) == (status, stored)
        assert decided["note"] == "in bulk"
        assert decided["corrected_response"] == (decided["model_response"] if action == "accept" else None)
        (entry,) = client.get(f"{API}/candidates/{candidate_id}/history").json()
        assert (entry["action"], entry["reviewer"], entry["replaces"]) == (action, "rowan", None)
    assert_counters_are_right(database)

    undone = client.post(f"{API}/bulk/{done['batch_id']}/undo").json()
    assert undone == {"ok": True, "count": 4, "left": 0}
    assert {candidate_id: card(client, candidate_id) for candidate_id in cards} == before
    assert_counters_are_right(database)
    again = client.post(f"{API}/bulk/{done['batch_id']}/undo")
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_undo")


def test_the_undo_of_a_batch_leaves_what_was_revised_since(client: TestClient, cards: list[str]) -> None:
    done = bulk(client, action="discard", queue={}, failure_category="wrong_answer")
    standing = card(client, cards[0])["decision_id"]
    submit(client, cards[0], "correct", corrected_response="It is 1.", revises=standing)
    client.post(f"{API}/undo", json={"id": cards[1]})
    undone = client.post(f"{API}/bulk/{done['batch_id']}/undo").json()
    assert (undone["count"], undone["left"]) == (6, 2)
    assert card(client, cards[0])["status"] == "approved"
    assert queue_ids(client) == cards[1:]


def test_decided_cards_are_recategorised_and_keep_all_else(
    client: TestClient, database: Database, cards: list[str]
) -> None:
    submit(client, cards[0], "correct", corrected_response="It is 1.", failure_category="wrong_answer", note="why")
    submit(client, cards[1], "discard", failure_category="wrong_answer")
    submit(client, cards[2], "flag")
    step: Json = {"action": "recategorise", "decided": {"failure_category": "wrong_answer"}}
    assert bulk(client, **step, failure_category="partial_answer", dry_run=True)["count"] == 2
    done = bulk(client, **step, failure_category="partial_answer", expected=2)
    first = card(client, cards[0])
    assert (first["failure_category"], first["corrected_response"], first["note"]) == (
        "partial_answer",
        "It is 1.",
        "why",
    )
    (row,) = export_rows(client)
    assert row["failure_category"] == "partial_answer"
    actions = [entry["action"] for entry in client.get(f"{API}/candidates/{cards[1]}/history").json()]
    assert actions == ["discard", "discard"]
    assert_counters_are_right(database)
    client.post(f"{API}/bulk/{done['batch_id']}/undo")
    assert card(client, cards[0])["failure_category"] == "wrong_answer"
    assert card(client, cards[1])["failure_category"] == "wrong_answer"
    assert_counters_are_right(database)


def test_the_category_can_be_taken_away_in_bulk(client: TestClient, cards: list[str]) -> None:
    submit(client, cards[0], "discard", failure_category="wrong_answer")
    submit(client, cards[1], "discard")
    done = bulk(client, action="recategorise", decided={"status": "discarded"}, failure_category=None)
    assert done["count"] == 1
    assert card(client, cards[0])["failure_category"] is None


def test_cards_that_say_the_same_are_corrected_together(
    client: TestClient, database: Database, bench_dir: Path, cards: list[str]
) -> None:
    same = [
        candidate_line(
            number,
            id=f"same/{number}",
            prompt_messages=[{"role": "user", "content": "What is  2 + 2?" if number % 2 else "what is 2 + 2?"}],
            model_response="FIVE\n" if number % 2 else "five",
        )
        for number in range(5)
    ]
    import_lines(database, bench_dir, same, "other-run")
    assert queue_ids(client, like="same/0") == [f"same/{number}" for number in range(5)]
    step: Json = {"action": "correct", "queue": {"like": "same/0"}, "corrected_response": "four"}
    done = bulk(client, **step, failure_category="wrong_answer", expected=5)
    rows = export_rows(client)
    assert [row["messages"][-1]["content"] for row in rows] == ["four"] * 5
    client.post(f"{API}/bulk/{done['batch_id']}/undo")
    assert queue_ids(client, like="same/3") == [f"same/{number}" for number in range(5)]


def test_ids_choose_among_the_cards_that_wait(client: TestClient, cards: list[str]) -> None:
    submit(client, cards[0], "discard")
    done = bulk(client, action="flag", ids=cards[:3])
    assert done["count"] == 2
    assert card(client, cards[0])["status"] == "discarded"


def test_selected_cards_are_decided_all_or_none(client: TestClient, database: Database, cards: list[str]) -> None:
    step: Json = {"action": "accept", "ids": cards[:3], "opened": cards[:2], "expected": 3}
    submit(client, cards[1], "discard")
    refused = bulk(client, 409, **step)
    assert (refused["code"], refused["count"]) == ("preview_stale", 2)
    assert queue_ids(client) == [cards[0], *cards[2:]]
    client.post(f"{API}/undo", json={"id": cards[1]})

    done = bulk(client, **step)
    assert queue_ids(client) == cards[3:]
    rows = client.get(f"{API}/decisions", params={"batch_id": done["batch_id"]}).json()["items"]
    assert sorted(row["id"] for row in rows) == sorted(cards[:3])
    read = client.get(f"{API}/decisions", params={"reading": "any"}).json()["items"]
    assert sorted(row["id"] for row in read) == sorted(cards[:2])
    assert client.post(f"{API}/bulk/{done['batch_id']}/undo").json()["count"] == 3
    assert queue_ids(client) == cards
    assert_counters_are_right(database)


def test_a_bulk_step_can_follow_a_search(client: TestClient, database: Database, cards: list[str]) -> None:
    search.index_all(database)
    assert bulk(client, action="discard", queue={"q": '"is 3."'})["count"] == 1
    assert card(client, cards[3])["status"] == "discarded"


def test_a_stale_preview_changes_nothing(client: TestClient, cards: list[str]) -> None:
    body = bulk(client, 409, action="discard", queue={}, expected=7)
    assert (body["code"], body["count"]) == ("preview_stale", 8)
    assert queue_ids(client) == cards


def test_nothing_that_matches_is_said(client: TestClient, cards: list[str]) -> None:
    body = bulk(client, 409, action="discard", queue={"task_type": "none"})
    assert body["code"] == "nothing_matches"


def test_an_unknown_batch_is_404(client: TestClient) -> None:
    response = client.post(f"{API}/bulk/none/undo")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "step",
    [
        {"action": "discard"},
        {"action": "discard", "queue": {}, "ids": ["a"]},
        {"action": "discard", "decided": {}},
        {"action": "recategorise", "queue": {}},
        {"action": "correct", "queue": {}, "corrected_response": "x"},
        {"action": "correct", "queue": {"like": "a"}, "corrected_response": " \u200b"},
        {"action": "undo", "queue": {}},
        {"action": "discard", "queue": {}, "failure_category": "nonsense"},
        {"action": "discard", "queue": {"colour": "red"}},
    ],
)
def test_a_step_that_makes_no_sense_is_422(client: TestClient, cards: list[str], step: Json) -> None:
    bulk(client, 422, **step)
    assert queue_ids(client) == cards
