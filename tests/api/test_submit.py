"""POST /api/sft/submit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from avocet.categories import FAILURE_CATEGORIES
from avocet.db import Database
from avocet.review import candidates
from tests.api.error_shape import assert_error
from tests.factories import (
    assert_counted,
    candidate_line,
    candidate_lines,
    export_rows,
    get_card,
    get_history,
    import_lines,
    queue_ids,
    submit,
    undo,
)


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


@pytest.mark.parametrize("text", [None, "", "  \n\t ", "\u200b", "\ufeff\u202e\u3164"])
def test_a_blank_correction_is_refused(client: TestClient, card: str, text: str | None) -> None:
    body = {"id": card, "action": "correct", "corrected_response": text}
    response = client.post("/api/sft/submit", json=body)
    assert response.status_code == 422
    assert response.json()["code"] == "blank_correction"
    assert card in queue_ids(client)


def post(client: TestClient, **body: Any) -> Response:
    return client.post("/api/sft/submit", json=body)


@pytest.mark.parametrize(
    ("action", "fields", "status"),
    [
        ("correct", {"corrected_response": "It is 1."}, "approved"),
        ("accept", {}, "approved"),
        ("discard", {}, "discarded"),
        ("flag", {}, "model_rejected"),
    ],
)
def test_each_action_leads_to_its_status(
    client: TestClient, card: str, action: str, fields: dict[str, str], status: str
) -> None:
    answer = submit(client, card, action, **fields)
    assert answer.keys() == {"ok", "id", "status", "failure_category", "decision_id", "check_fault"}
    assert (answer["ok"], answer["id"], answer["status"]) == (True, card, status)
    stored = get_card(client, card)
    assert (stored["status"], stored["decision_id"]) == (status, answer["decision_id"])
    assert card not in queue_ids(client)


@pytest.mark.parametrize("action", ["Correct", "undo", "skip", "", None, 1])
def test_an_unknown_action_is_refused(client: TestClient, card: str, action: object) -> None:
    body = assert_error(post(client, id=card, action=action), 422, "invalid_request")
    assert "action" in body["detail"]
    assert card in queue_ids(client)


def test_an_unknown_id_is_404(client: TestClient, card: str) -> None:
    for unknown in ("nowhere", "a/b/c", "a\x7fb", "ä ö", "' OR 1=1 --", "%", "x" * 5000):
        body = assert_error(post(client, id=unknown, action="discard"), 404, "not_found")
        assert body["id"] == unknown
    assert card in queue_ids(client)


def test_a_decided_card_is_409_and_says_what_stands(client: TestClient, database: Database, card: str) -> None:
    first = submit(client, card, "discard", failure_category="wrong_answer")
    body = assert_error(post(client, id=card, action="accept"), 409, "already_decided")
    assert {name: body[name] for name in ("status", "failure_category", "decision_id", "reviewer")} == {
        "status": "discarded",
        "failure_category": "wrong_answer",
        "decision_id": first["decision_id"],
        "reviewer": "rowan",
    }
    assert len(get_history(client, card)) == 1
    assert_counted(database)


def test_accept_with_another_category_keeps_it(client: TestClient, card: str) -> None:
    assert submit(client, card, "accept", failure_category="style_violation")["failure_category"] == "style_violation"


def test_accept_may_repeat_the_models_text_but_not_change_it(client: TestClient, card: str) -> None:
    body = assert_error(post(client, id=card, action="accept", corrected_response="Other"), 422, "invalid_request")
    assert "correct" in body["detail"]
    submit(client, card, "accept", corrected_response="It is 0.")
    assert get_card(client, card)["corrected_response"] == "It is 0."


def test_an_empty_response_can_be_accepted(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line(model_response="")])
    (card,) = queue_ids(client)
    submit(client, card, "accept")
    (row,) = export_rows(client)
    assert row["messages"][-1] == {"role": "assistant", "content": ""}


AS_TYPED = [
    "  kept as typed \n",
    "two\r\nlines\ttab",
    "naïve 🦤 日本語 \u2028 \u0085 \ufeff \x7f \x01",
    "</script>",
    "x" * 200_000,
]


@pytest.mark.parametrize("text", AS_TYPED, ids=range(len(AS_TYPED)))
def test_a_correction_is_kept_character_for_character(client: TestClient, card: str, text: str) -> None:
    submit(client, card, "correct", corrected_response=text, note=text)
    stored = get_card(client, card)
    assert (stored["corrected_response"], stored["note"]) == (text, text)
    (row,) = export_rows(client)
    assert row["messages"][-1]["content"] == text


@pytest.mark.parametrize("note", ["", "  ", None])
def test_a_blank_note_is_no_note(client: TestClient, card: str, note: str | None) -> None:
    submit(client, card, "flag", note=note)
    assert get_card(client, card)["note"] is None


def test_a_text_typed_before_discarding_is_kept(client: TestClient, card: str) -> None:
    submit(client, card, "discard", corrected_response="half a corr", note="unclear task")
    (entry,) = get_history(client, card)
    assert (entry["corrected_response"], entry["note"]) == ("half a corr", "unclear task")


@pytest.mark.parametrize(
    ("field", "escape"),
    [("id", r"\u0000"), ("id", r"\ud800"), ("corrected_response", r"\udfff"), ("note", r"\u0000")],
)
def test_characters_that_nothing_can_carry_are_refused(
    client: TestClient, card: str, field: str, escape: str
) -> None:
    fields = {"id": card, "action": "correct", "corrected_response": "x", field: "MARK"}
    body = json.dumps(fields).replace("MARK", f"a{escape}b")
    response = client.post("/api/sft/submit", content=body, headers={"Content-Type": "application/json"})
    assert field in assert_error(response, 422, "invalid_request")["detail"]
    assert card in queue_ids(client)


@pytest.mark.parametrize("body", [{}, {"action": "discard"}, {"id": 7, "action": "discard"}, [], "x", None, 5])
def test_a_body_of_another_shape_is_refused(client: TestClient, body: object) -> None:
    assert_error(client.post("/api/sft/submit", json=body), 422, "invalid_request")


def test_a_misspelt_key_is_refused(client: TestClient, card: str) -> None:
    response = post(client, id=card, action="discard", failure_categroy="wrong_answer")
    assert "failure_categroy" in assert_error(response, 422, "invalid_request")["detail"]
    assert card in queue_ids(client)


class TestRevises:
    def test_replaces_the_standing_decision(self, client: TestClient, database: Database, card: str) -> None:
        first = submit(client, card, "discard", failure_category="format_error")["decision_id"]
        second = submit(
            client,
            card,
            "correct",
            corrected_response="It is 1.",
            failure_category="wrong_answer",
            revises=first,
        )["decision_id"]
        stored = get_card(client, card)
        assert (stored["status"], stored["failure_category"], stored["decision_id"]) == (
            "approved",
            "wrong_answer",
            second,
        )
        assert [(entry["decision_id"], entry["replaces"]) for entry in get_history(client, card)] == [
            (first, None),
            (second, first),
        ]
        assert_counted(database)

    def test_says_everything_anew(self, client: TestClient, card: str) -> None:
        first = submit(client, card, "correct", corrected_response="a", failure_category="wrong_answer", note="n")
        submit(client, card, "discard", revises=first["decision_id"])
        stored = get_card(client, card)
        assert (stored["corrected_response"], stored["failure_category"], stored["note"]) == (None, None, None)

    def test_is_refused_when_another_decision_stands(self, client: TestClient, database: Database, card: str) -> None:
        first = submit(client, card, "discard")["decision_id"]
        second = submit(client, card, "flag", revises=first, failure_category="hallucination")["decision_id"]
        response = post(client, id=card, action="accept", revises=first)
        body = assert_error(response, 409, "stale_revision")
        assert (body["status"], body["decision_id"], body["failure_category"]) == (
            "model_rejected",
            second,
            "hallucination",
        )
        assert get_card(client, card)["decision_id"] == second
        assert_counted(database)

    def test_is_refused_on_a_card_that_waits(self, client: TestClient, card: str) -> None:
        assert_error(post(client, id=card, action="discard", revises=1), 409, "stale_revision")
        first = submit(client, card, "discard")["decision_id"]
        undo(client, card)
        assert_error(post(client, id=card, action="discard", revises=first), 409, "stale_revision")
        assert card in queue_ids(client)

    def test_is_refused_with_another_cards_decision(self, client: TestClient, card: str) -> None:
        other = queue_ids(client)[1]
        theirs = submit(client, other, "discard")["decision_id"]
        submit(client, card, "discard")
        assert_error(post(client, id=card, action="flag", revises=theirs), 409, "stale_revision")
        assert get_card(client, card)["status"] == "discarded"

    @pytest.mark.parametrize("number", [-1, 2**63, "first", 1.5])
    def test_is_a_decision_number(self, client: TestClient, card: str, number: object) -> None:
        assert_error(post(client, id=card, action="flag", revises=number), 422, "invalid_request")


def test_it_is_durable_when_it_answers(client: TestClient, database_url: str, card: str) -> None:
    submit(client, card, "flag", failure_category="hallucination")
    other = Database(database_url)
    try:
        stored = candidates.get(other, card)
    finally:
        other.close()
    assert (stored["status"], stored["failure_category"]) == ("model_rejected", "hallucination")


@pytest.mark.parametrize(
    "odd", ["a/b/c", "100%", "a?b=c#d", "ü 日本", "..", "a\nb", '"quoted"', "history", "x" * 512]
)
def test_any_id_can_be_decided_and_undone(client: TestClient, database: Database, bench_dir: Path, odd: str) -> None:
    import_lines(database, bench_dir, [candidate_line(id=odd)])
    assert submit(client, odd, "discard")["id"] == odd
    assert undo(client, odd)["id"] == odd
    assert queue_ids(client) == [odd]
