"""POST /api/sft/bulk with `as_proposed`: each of the cards gets what the rules propose for it."""

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
    get_card,
    get_history,
    get_json,
    import_lines,
    queue_ids,
    submit,
    undo,
)

ACCEPTED = {"action": "accept", "category": "scoring_artifact", "count": 2}
CORRECTED = {"action": "correct", "category": "wrong_answer", "count": 1}


def line(number: int, response: str, reference: str | None = "Lima", **fields: Any) -> dict[str, Any]:
    asked = [{"role": "user", "content": "What is the capital of Peru?" if reference == "Lima" else "How many?"}]
    return candidate_line(
        number, prompt_messages=asked, model_response=response, reference=reference, failure_reason=None, **fields
    )


@pytest.fixture
def ids(database: Database, bench_dir: Path, client: TestClient) -> list[str]:
    """Two that are equal but for their form, one with another number, one without a proposal, and a pass."""
    number = line(2, "It is\r\n12.", "It\nis 225.")
    lines = [line(0, "LIMA."), line(1, "limA"), number, line(3, "Quito", None), line(4, "LIMA", outcome="passed")]
    import_lines(database, bench_dir, lines)
    return queue_ids(client, outcome="any")


def bulk(client: TestClient, ids: list[str], **fields: Any) -> Any:
    return client.post("/api/sft/bulk", json={"action": "as_proposed", "ids": ids, **fields})


def test_each_card_gets_its_own_proposal_and_one_undo_brings_all_back(
    client: TestClient, database: Database, ids: list[str]
) -> None:
    before = {card: get_card(client, card) for card in ids}
    offered = [before[card]["proposal"] for card in ids]
    told = 3
    dry = bulk(client, ids, dry_run=True).json()
    assert (dry["batch_id"], dry["count"]) == (None, told)
    assert dry["verdicts"] == [ACCEPTED, CORRECTED]
    assert {card: get_card(client, card) for card in ids} == before

    done = bulk(client, ids, expected=told, opened=[ids[0]]).json()
    assert (done["count"], done["verdicts"]) == (told, dry["verdicts"])
    for card, one in zip(ids, offered, strict=True):
        [*entry] = get_history(client, card)
        if one is None:
            assert (entry, get_card(client, card)) == ([], before[card])
            continue
        stored = get_card(client, card)
        text = one["corrected_response"] or before[card]["model_response"]
        assert (entry[0]["action"], stored["failure_category"]) == (one["action"], one["category"])
        assert stored["corrected_response"] == text.replace("\n", "\r\n")
        shown = {name: one[name] for name in ("rule", "action", "category")}
        assert entry[0]["proposed"] == {**shown, "taken": True, "after_action": False}
    assert [one["id"] for one in get_json(client, "/decisions", reading="any")["items"]] == [ids[0]]
    assert_counted(database)

    undone = client.post(f"/api/sft/bulk/{done['batch_id']}/undo").json()
    assert undone == {"ok": True, "count": told, "left": 0}
    assert {card: get_card(client, card) for card in ids} == before
    assert_counted(database)


def test_what_changed_since_the_preview_is_refused(client: TestClient, ids: list[str]) -> None:
    submit(client, ids[0], "discard")
    assert_error(bulk(client, ids[:2], expected=2), 409, "preview_stale")
    assert_error(bulk(client, [ids[0], ids[3]]), 409, "nothing_matches")
    assert get_card(client, ids[1])["status"] == "needs_review"


def test_the_cards_of_a_sample_are_left(client: TestClient, ids: list[str]) -> None:
    assert client.post("/api/sft/samples", json={"name": "s", "size": 1, "seed": 1}).status_code == 201
    [sampled] = queue_ids(client, sample="s")
    undecided = [card for card in ids if card != sampled]
    left = sum(get_card(client, card)["proposal"] is not None for card in undecided)
    assert bulk(client, ids).json()["count"] == left
    assert get_card(client, sampled)["status"] == "needs_review"


@pytest.mark.parametrize(
    "fields",
    [
        {"ids": None, "queue": {}},
        {"ids": None, "decided": {}},
        {"failure_category": "wrong_answer"},
        {"note": "n"},
        {"check_fault": "harness_fault"},
        {"corrected_response": "t"},
        {"corrected_reference": "t"},
    ],
)
def test_it_takes_chosen_cards_and_nothing_else(client: TestClient, ids: list[str], fields: dict[str, Any]) -> None:
    body = {"action": "as_proposed", "ids": ids, **fields}
    assert_error(client.post("/api/sft/bulk", json=body), 422, "invalid_request")
    assert undecided(client, ids)


def undecided(client: TestClient, ids: list[str]) -> bool:
    return all(get_card(client, card)["status"] == "needs_review" for card in ids)


class TestRedo:
    def test_says_again_what_an_undo_took_back(self, client: TestClient, database: Database, ids: list[str]) -> None:
        first = submit(client, ids[0], "correct", corrected_response="Lima!", note="n", check_fault="reference_wrong")
        second = submit(client, ids[0], "discard", revises=first["decision_id"], failure_category="wrong_answer")
        after = get_card(client, ids[0])
        undo(client, ids[0])
        body = {"id": ids[0], "decision_id": second["decision_id"]}
        redone = client.post("/api/sft/redo", json=body, headers={"Idempotency-Key": "k"}).json()
        assert redone == {**second, "decision_id": redone["decision_id"]}
        assert client.post("/api/sft/redo", json=body, headers={"Idempotency-Key": "k"}).json() == redone
        assert get_card(client, ids[0]) == {**after, "decision_id": redone["decision_id"]}
        assert get_history(client, ids[0])[-1]["replaces"] == first["decision_id"]
        assert_counted(database)
        assert_error(client.post("/api/sft/redo", json=body), 409, "nothing_to_redo")
        undo(client, ids[0])
        undo(client, ids[0])
        assert_error(client.post("/api/sft/redo", json=body), 409, "nothing_to_redo")
        client.post("/api/sft/redo", json={"id": ids[0], "decision_id": first["decision_id"]})
        assert get_card(client, ids[0])["note"] == "n"
        assert_counted(database)

    def test_of_a_batch_leaves_what_was_decided_since(
        self, client: TestClient, database: Database, ids: list[str]
    ) -> None:
        done = bulk(client, ids, opened=ids[:1]).json()
        after = {card: get_card(client, card) for card in ids}
        assert_error(client.post(f"/api/sft/bulk/{done['batch_id']}/redo"), 409, "nothing_to_redo")
        client.post(f"/api/sft/bulk/{done['batch_id']}/undo")
        submit(client, ids[1], "flag")
        redone = client.post(f"/api/sft/bulk/{done['batch_id']}/redo").json()
        assert (redone["count"], redone["left"]) == (done["count"] - 1, 1)
        for card in (ids[0], *ids[2:]):
            stood, stands = after[card], get_card(client, card)
            assert stands == {**stood, "decision_id": stands["decision_id"]}
        assert get_history(client, ids[0])[-1]["proposed"]["taken"] is True
        assert [one["id"] for one in get_json(client, "/decisions", reading="any")["items"]] == ids[:2]
        assert_counted(database)
        assert_error(client.post("/api/sft/bulk/none/redo"), 409, "nothing_to_redo")
        assert client.post(f"/api/sft/bulk/{redone['batch_id']}/undo").json()["count"] == redone["count"]
        assert get_card(client, ids[0])["status"] == "needs_review"
