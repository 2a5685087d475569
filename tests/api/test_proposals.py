"""What the rules say of a card, and what of it is kept with the decision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from tests.api.error_shape import assert_error
from tests.factories import candidate_line, get_card, get_history, get_json, import_lines, queue_ids, submit, undo

EQUAL = {
    "rule": "equal_but_for_case",
    "action": "accept",
    "category": "scoring_artifact",
    "corrected_response": None,
    "why": "equal but for stop, case",
}
LIKE = {
    "reference": 0,
    "differences": ["punctuation", "case"],
    "says": "Equals the reference but for a full stop and case.",
}
SHOWN = {
    "rule": "equal_but_for_case",
    "action": "accept",
    "category": "scoring_artifact",
    "taken": True,
    "after_action": False,
}


@pytest.fixture(autouse=True)
def _cards(database: Database, bench_dir: Path) -> None:
    fields: dict[str, Any] = {
        "prompt_messages": [{"role": "user", "content": "What is the capital of Peru?"}],
        "model_response": "LIMA.",
    }
    lines = [
        candidate_line(0, reference="Lima", **fields),
        candidate_line(1, reference="Lima", outcome="passed", **fields),
        candidate_line(2, reference=None, **fields),
    ]
    import_lines(database, bench_dir, lines)


def test_the_queue_and_the_card_have_what_the_rules_say(client: TestClient) -> None:
    [like, other] = get_json(client, "/queue")["items"]
    assert (like["likeness"], like["proposal"]) == (LIKE, EQUAL)
    assert (other["likeness"], other["proposal"]) == (None, None)
    assert get_card(client, like["id"])["proposal"] == EQUAL
    assert not like["is_withheld"]


def test_nothing_is_proposed_on_a_pass(client: TestClient) -> None:
    [passed] = get_json(client, "/queue", outcome="passed")["items"]
    assert (passed["likeness"], passed["proposal"]) == (LIKE, None)


def test_nothing_is_proposed_on_a_card_of_a_sample(client: TestClient) -> None:
    assert client.post("/api/sft/samples", json={"name": "s", "size": 2, "seed": 1}).status_code == 201
    found = [*get_json(client, "/queue", sample="s")["items"], *get_json(client, "/queue")["items"]]
    assert [(one["likeness"], one["proposal"]) for one in found] == [(None, None)] * 4
    card = get_card(client, queue_ids(client)[0])
    assert (card["proposal"], card["is_withheld"]) == (None, True)


def test_what_the_rules_say_of_a_card_of_a_sample_is_asked_for_once_an_action_has_begun(client: TestClient) -> None:
    card = queue_ids(client)[0]
    assert get_json(client, "/card/proposal", id=card) == {"likeness": LIKE, "proposal": EQUAL}
    assert client.post("/api/sft/samples", json={"name": "s", "size": 2, "seed": 1}).status_code == 201
    assert get_json(client, "/card/proposal", id=card) == {"likeness": LIKE, "proposal": EQUAL}
    submit(client, card, "discard", proposed={**SHOWN, "taken": False, "after_action": True})
    assert get_history(client, card)[0]["proposed"] == {**SHOWN, "taken": False, "after_action": True}
    assert get_json(client, "/card/proposal", id=card) == {"likeness": LIKE, "proposal": None}
    assert get_card(client, card)["is_withheld"] is False
    assert_error(client.get("/api/sft/card/proposal", params={"id": "none"}), 404, "not_found")


def test_nothing_is_proposed_on_a_decided_card_until_it_is_undone(client: TestClient) -> None:
    card = queue_ids(client)[0]
    submit(client, card, "accept", proposed=SHOWN)
    assert get_card(client, card)["proposal"] is None
    assert get_history(client, card)[0]["proposed"] == SHOWN
    undo(client, card)
    assert get_card(client, card)["proposal"] == EQUAL


@pytest.mark.parametrize(
    "proposed",
    [
        {},
        "equal",
        {**SHOWN, "rule": "guess"},
        {**SHOWN, "action": "undo"},
        {**SHOWN, "category": "misc"},
        {**SHOWN, "taken": None},
        {**SHOWN, "why": "equal"},
        {key: value for key, value in SHOWN.items() if key != "taken"},
        {**SHOWN, "after_action": None},
    ],
)
def test_what_was_proposed_has_one_shape(client: TestClient, proposed: Any) -> None:
    body = {"id": queue_ids(client)[0], "action": "accept", "proposed": proposed}
    assert_error(client.post("/api/sft/submit", json=body), 422, "invalid_request")
