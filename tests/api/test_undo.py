"""POST /api/sft/undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from tests.api.error_shape import assert_error
from tests.factories import (
    assert_counted,
    candidate_line,
    candidate_lines,
    export_rows,
    get_card,
    get_history,
    get_json,
    import_lines,
    queue_ids,
    submit,
    undo,
)

SAID = ("status", "corrected_response", "failure_category", "note", "decision_id")
WAITING = ("needs_review", None, None, None, None)


@pytest.fixture
def card(database: Database, bench_dir: Path, client: TestClient) -> str:
    import_lines(database, bench_dir, candidate_lines(3))
    return queue_ids(client)[0]


def state(client: TestClient, candidate_id: str) -> tuple[Any, ...]:
    card = get_card(client, candidate_id)
    return tuple(card[name] for name in SAID)


@pytest.mark.parametrize("category", [None, "wrong_answer"])
@pytest.mark.parametrize("action", ["correct", "accept", "discard", "flag"])
def test_undo_works_whether_or_not_a_category_was_set(
    client: TestClient, database: Database, card: str, action: str, category: str | None
) -> None:
    fields = {"corrected_response": "It is 1."} if action == "correct" else {}
    before = queue_ids(client)
    submitted = submit(client, card, action, failure_category=category, note="why", **fields)
    answer = undo(client, card)
    text = {"correct": "It is 1.", "accept": "It is 0."}.get(action)
    assert answer == {
        "ok": True,
        "id": card,
        "status": "needs_review",
        "undone": {
            "action": action,
            "corrected_response": text,
            "failure_category": submitted["failure_category"],
            "note": "why",
            "check_fault": None,
            "corrected_reference": None,
            "tags": [],
            "must": [],
            "must_not": [],
        },
    }
    assert state(client, card) == WAITING
    assert queue_ids(client) == before
    assert export_rows(client) == []
    assert_counted(database)


def test_an_undone_card_can_be_decided_again(client: TestClient, card: str) -> None:
    submit(client, card, "discard", failure_category="format_error")
    undo(client, card)
    submit(client, card, "flag")
    assert state(client, card)[:3] == ("model_rejected", None, None)
    assert [(entry["action"], entry["undone"]) for entry in get_history(client, card)] == [
        ("discard", True),
        ("undo", False),
        ("flag", False),
    ]


def test_undo_goes_back_to_any_depth_with_text_category_and_note(
    client: TestClient, database: Database, card: str
) -> None:
    chain: list[dict[str, Any]] = [
        {"action": "correct", "corrected_response": "one", "failure_category": "wrong_answer", "note": "a"},
        {"action": "discard", "failure_category": "format_error"},
        {"action": "correct", "corrected_response": "two", "note": "b"},
        {"action": "accept"},
        {"action": "flag", "failure_category": "hallucination", "note": "c"},
    ]
    states = [state(client, card)]
    for said in chain:
        revises = {"revises": states[-1][-1]} if states[-1][-1] else {}
        submit(client, card, **said, **revises)
        states.append(state(client, card))
        assert_counted(database)
    assert len(set(states)) == len(states)
    for said, before in zip(reversed(chain), reversed(states[:-1]), strict=True):
        assert undo(client, card)["undone"]["action"] == said["action"]
        assert state(client, card) == before
        assert_counted(database)
    assert states[0] == WAITING
    assert_error(client.post("/api/sft/undo", json={"id": card}), 409, "nothing_to_undo")
    history = get_history(client, card)
    assert [entry["undone"] for entry in history] == [True] * 5 + [False] * 5
    numbers = [entry["decision_id"] for entry in history]
    assert numbers == sorted(set(numbers))
    assert [entry["replaces"] for entry in history[5:]] == numbers[4::-1]


def test_undoing_a_revision_brings_its_text_back_to_the_export(client: TestClient, card: str) -> None:
    first = submit(client, card, "correct", corrected_response="first", failure_category="partial_answer")
    submit(client, card, "correct", corrected_response="second", revises=first["decision_id"])
    answer = undo(client, card)
    assert (answer["status"], answer["undone"]["corrected_response"]) == ("approved", "second")
    (row,) = export_rows(client)
    assert (row["messages"][-1]["content"], row["failure_category"]) == ("first", "partial_answer")
    # the first decision stands again, under its own number
    submit(client, card, "discard", revises=first["decision_id"])


def test_a_waiting_card_goes_back_to_what_its_line_brought(
    client: TestClient, database: Database, bench_dir: Path
) -> None:
    brought: dict[str, Any] = {
        "corrected_response": "a draft",
        "failure_category": "partial_answer",
        "note": "look again",
    }
    import_lines(database, bench_dir, [candidate_line(**brought)])
    (card,) = queue_ids(client)
    before = state(client, card)
    assert before == ("needs_review", "a draft", "partial_answer", "look again", None)
    submit(client, card, "correct", corrected_response="final", failure_category="wrong_answer")
    undo(client, card)
    assert state(client, card) == before
    assert get_history(client, card)[-1]["failure_category"] == "partial_answer"
    assert_counted(database)


def test_earlier_work_that_was_imported_can_be_undone(
    client: TestClient, database: Database, bench_dir: Path
) -> None:
    line = candidate_line(status="approved", corrected_response="It is 1.", failure_category="wrong_answer", note="n")
    import_lines(database, bench_dir, [line])
    answer = undo(client, line["id"])
    assert answer["undone"] == {
        "action": "correct",
        "corrected_response": "It is 1.",
        "failure_category": "wrong_answer",
        "note": "n",
        "check_fault": None,
        "corrected_reference": None,
        "tags": [],
        "must": [],
        "must_not": [],
    }
    assert state(client, line["id"]) == WAITING
    assert queue_ids(client) == [line["id"]]
    assert get_json(client, "/stats")["by_status"]["needs_review"] == 1
    assert_counted(database)


def test_nothing_to_undo_is_409(client: TestClient, card: str) -> None:
    assert_error(client.post("/api/sft/undo", json={"id": card}), 409, "nothing_to_undo")
    assert get_history(client, card) == []


def test_an_unknown_id_is_404(client: TestClient) -> None:
    assert assert_error(client.post("/api/sft/undo", json={"id": "a/b"}), 404, "not_found")["id"] == "a/b"


@pytest.mark.parametrize("body", [{}, {"id": None}, {"id": 5}, {"id": "a", "all": True}, {"id": "a\x00"}])
def test_a_body_of_another_shape_is_refused(client: TestClient, body: dict[str, Any]) -> None:
    assert_error(client.post("/api/sft/undo", json=body), 422, "invalid_request")


def test_only_the_named_card_is_undone(client: TestClient, card: str) -> None:
    other = queue_ids(client)[1]
    submit(client, card, "discard")
    submit(client, other, "flag")
    undo(client, card)
    assert get_card(client, other)["status"] == "model_rejected"
