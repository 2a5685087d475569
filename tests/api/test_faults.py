"""The fault of a check and the corrected reference, on every way that a decision is made and undone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.faults import CHECK_FAULTS
from avocet.review import counters
from tests.api.error_shape import assert_error
from tests.consistency import assert_consistent
from tests.factories import (
    RUN,
    Line,
    candidate_line,
    candidate_lines,
    get_card,
    get_history,
    get_json,
    import_lines,
    queue_ids,
    submit,
    undo,
)

API = "/api/sft"
SAID = ("status", "failure_category", "check_fault", "corrected_reference")
NOTHING = ("needs_review", None, None, None)
REFERENCES: list[Any] = ["4", "", 0, False, [], {"any": ["of", 4, None, {"ü": 1.5}]}, 2**63 - 1]


@pytest.fixture
def cards(database: Database, bench_dir: Path, client: TestClient) -> list[str]:
    import_lines(database, bench_dir, candidate_lines(4, reference="5"))
    return queue_ids(client)


def said(client: TestClient, card: str) -> tuple[Any, ...]:
    found = get_card(client, card)
    return tuple(found[name] for name in SAID)


def bulk(client: TestClient, status: int = 200, /, **step: Any) -> Line:
    response = client.post(f"{API}/bulk", json=step)
    assert response.status_code == status, response.text
    return dict(response.json())


def read_as(database: Database) -> list[tuple[str, bool, str]]:
    """Reading, whether somebody read it, and fault of every decided card, as they are counted."""
    with database.read() as connection:
        found = counters.readings(connection)
    return sorted((key.reading, key.is_read, key.check_fault) for key, n in found.items() for _ in range(n))


@pytest.mark.parametrize("fault", CHECK_FAULTS)
@pytest.mark.parametrize(
    ("action", "fields", "category"),
    [
        ("correct", {"corrected_response": "It is 1."}, None),
        ("accept", {}, "scoring_artifact"),
        ("discard", {}, None),
        ("flag", {"failure_category": "wrong_answer"}, "wrong_answer"),
    ],
)
def test_a_fault_stands_beside_any_category_or_none(
    client: TestClient, database: Database, cards: list[str], action: str, fields: Line, category: str, fault: str
) -> None:
    answer = submit(client, cards[0], action, check_fault=fault, corrected_reference="6", **fields)
    assert (answer["check_fault"], answer["failure_category"]) == (fault, category)
    card = get_card(client, cards[0])
    assert (card["check_fault"], card["corrected_reference"], card["reference"]) == (fault, "6", "5")
    assert_consistent(database)
    undone = undo(client, cards[0])["undone"]
    assert (undone["check_fault"], undone["corrected_reference"]) == (fault, "6")
    assert said(client, cards[0]) == NOTHING
    assert_consistent(database)


@pytest.mark.parametrize("reference", REFERENCES, ids=json.dumps)
def test_a_corrected_reference_is_any_json(
    client: TestClient, database: Database, cards: list[str], reference: object
) -> None:
    submit(client, cards[0], "discard", corrected_reference=reference)
    assert get_card(client, cards[0])["corrected_reference"] == reference
    assert undo(client, cards[0])["undone"]["corrected_reference"] == reference
    assert_consistent(database)


@pytest.mark.parametrize(
    "text",
    ['"a\\u0000"', '{"\\ud800": 1}', '["\\udfff"]', "[NaN]", "Infinity", "18446744073709551616", "[" * 66 + "]" * 66],
)
def test_what_no_json_can_carry_is_refused(client: TestClient, cards: list[str], text: str) -> None:
    body = f'{{"id": "{cards[0]}", "action": "discard", "corrected_reference": {text}}}'
    response = client.post(f"{API}/submit", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422), response.text
    assert said(client, cards[0]) == NOTHING


@pytest.mark.parametrize("fault", ["", "wrong", "scoring_artifact", 1])
def test_an_unknown_fault_is_refused(client: TestClient, cards: list[str], fault: object) -> None:
    body = {"id": cards[0], "action": "discard", "check_fault": fault}
    assert "check_fault" in assert_error(client.post(f"{API}/submit", json=body), 422, "invalid_request")["detail"]


def test_a_revision_says_all_anew_and_its_undo_brings_all_back(
    client: TestClient, database: Database, cards: list[str]
) -> None:
    first = submit(client, cards[0], "discard", check_fault="question_broken", corrected_reference=["a"])
    assert read_as(database) == [("set_aside", True, "question_broken")]
    submit(client, cards[0], "flag", revises=first["decision_id"])
    assert said(client, cards[0]) == ("model_rejected", None, None, None)
    assert read_as(database) == [("wrong", True, "")]
    undo(client, cards[0])
    assert said(client, cards[0]) == ("discarded", None, "question_broken", ["a"])
    assert read_as(database) == [("set_aside", True, "question_broken")]
    undo(client, cards[0])
    assert read_as(database) == []
    assert_consistent(database)


def test_a_card_goes_back_to_what_its_line_brought(client: TestClient, database: Database, bench_dir: Path) -> None:
    line = candidate_line(check_fault="reference_wrong", corrected_reference={"answer": 1.50})
    import_lines(database, bench_dir, [line])
    before = said(client, line["id"])
    assert before == ("needs_review", None, "reference_wrong", {"answer": 1.5})
    submit(client, line["id"], "discard")
    assert said(client, line["id"]) == ("discarded", None, None, None)
    undo(client, line["id"])
    assert said(client, line["id"]) == before
    done = bulk(client, action="flag", queue={}, check_fault="harness_fault")
    client.post(f"{API}/bulk/{done['batch_id']}/undo")
    assert said(client, line["id"]) == before
    assert_consistent(database)


def test_a_bulk_step_says_a_fault_and_its_undo_takes_it_back(
    client: TestClient, database: Database, cards: list[str]
) -> None:
    done = bulk(client, action="discard", queue={}, check_fault="question_broken", corrected_reference=0)
    assert {said(client, card) for card in cards} == {("discarded", None, "question_broken", 0)}
    assert read_as(database) == [("set_aside", False, "question_broken")] * 4
    assert_consistent(database)
    client.post(f"{API}/bulk/{done['batch_id']}/undo")
    assert {said(client, card) for card in cards} == {NOTHING}
    assert read_as(database) == []
    assert_consistent(database)


def test_of_a_bulk_step_only_the_cards_that_were_open_count_as_read(
    client: TestClient, database: Database, cards: list[str]
) -> None:
    bulk(client, action="flag", queue={}, opened=cards[1:3])
    assert read_as(database) == [("wrong", False, "")] * 2 + [("wrong", True, "")] * 2
    undo(client, cards[1])
    assert read_as(database) == [("wrong", False, "")] * 2 + [("wrong", True, "")]
    assert_consistent(database)


def test_opening_a_card_to_recategorise_many_reads_that_one(
    client: TestClient, database: Database, cards: list[str]
) -> None:
    bulk(client, action="flag", queue={})
    bulk(client, action="recategorise", decided={}, failure_category="format_error", opened=[cards[0]])
    assert read_as(database) == [("wrong", False, "")] * 3 + [("wrong", True, "")]
    assert_consistent(database)


def test_the_history_says_what_was_wrong_and_what_was_proposed(client: TestClient, cards: list[str]) -> None:
    proposal = {"rule": "equal", "action": "accept", "category": "scoring_artifact", "taken": True}
    first = submit(client, cards[0], "accept", check_fault="check_too_strict", proposed=proposal)
    submit(client, cards[0], "discard", corrected_reference=[2], revises=first["decision_id"])
    undo(client, cards[0])
    entries = get_history(client, cards[0])
    assert [(one["check_fault"], one["corrected_reference"], one["proposed"]) for one in entries] == [
        ("check_too_strict", None, {**proposal, "after_action": False}),
        (None, [2], None),
        ("check_too_strict", None, None),
    ]


def test_a_long_corrected_reference_is_whole_in_its_own_entry(client: TestClient, cards: list[str]) -> None:
    reference = ["ü" * 5_000, "x" * 5_000]
    number = submit(client, cards[0], "discard", corrected_reference=reference)["decision_id"]
    (listed,) = get_history(client, cards[0])
    assert (listed["corrected_reference"], listed["shortened"]) == (None, {"corrected_reference": 10_007})
    (whole,) = get_json(client, "/card/history", id=cards[0], decision_id=number)
    assert (whole["corrected_reference"], whole["shortened"]) == (reference, {})


def test_a_decided_line_brings_its_fault_into_its_decision(
    client: TestClient, database: Database, bench_dir: Path
) -> None:
    lines = [
        candidate_line(0, status="discarded", check_fault="question_broken", corrected_reference=["a", 1.50]),
        candidate_line(1, status="approved", outcome="passed"),
        candidate_line(2, status="approved", outcome="passed", failure_category="style_violation"),
        candidate_line(3, status="model_rejected", outcome="passed", check_fault="check_too_lax"),
        candidate_line(4, status="discarded", outcome="passed", failure_category="scoring_artifact"),
    ]
    counts = import_lines(database, bench_dir, lines)
    assert (counts.imported, counts.passed, counts.rejected) == (1, 3, 1)
    (entry,) = get_history(client, lines[0]["id"])
    assert (entry["reviewer"], entry["action"]) == ("import", "discard")
    assert (entry["check_fault"], entry["corrected_reference"]) == ("question_broken", ["a", 1.5])
    actions = [get_history(client, line["id"])[0]["action"] for line in lines[1:4]]
    # an accepted pass has no category, so whoever gave it one corrected it
    assert actions == ["accept", "correct", "flag"]
    assert read_as(database) == [
        ("right", True, ""),
        ("set_aside", True, "question_broken"),
        ("wrong", True, ""),
        ("wrong", True, "check_too_lax"),
    ]
    assert_consistent(database)
    assert undo(client, lines[0]["id"])["undone"]["check_fault"] == "question_broken"
    assert said(client, lines[0]["id"]) == NOTHING
    (rejected,) = get_json(client, f"/runs/{RUN}/rejected")
    assert (rejected["line_number"], rejected["code"]) == (5, "invalid_category")


class TestRecategorise:
    @pytest.fixture
    def decided(self, client: TestClient, cards: list[str]) -> str:
        submit(client, cards[0], "discard", note="n", check_fault="check_too_lax", corrected_reference="6")
        return cards[0]

    @pytest.mark.parametrize(
        ("fields", "fault", "reference"),
        [
            ({}, "check_too_lax", "6"),
            ({"check_fault": "question_broken"}, "question_broken", "6"),
            ({"check_fault": None}, None, "6"),
            ({"corrected_reference": ["7"]}, "check_too_lax", ["7"]),
            ({"corrected_reference": None}, "check_too_lax", None),
            ({"check_fault": None, "corrected_reference": None}, None, None),
        ],
        ids=str,
    )
    def test_keeps_sets_and_clears(
        self,
        client: TestClient,
        database: Database,
        decided: str,
        fields: Line,
        fault: str | None,
        reference: object,
    ) -> None:
        before = said(client, decided)
        step: Line = {"action": "recategorise", "decided": {}, "failure_category": "format_error", **fields}
        done = bulk(client, **step, expected=1)
        assert said(client, decided) == ("discarded", "format_error", fault, reference)
        assert get_card(client, decided)["note"] == "n"
        assert_consistent(database)
        client.post(f"{API}/bulk/{done['batch_id']}/undo")
        assert said(client, decided) == before
        assert_consistent(database)

    def test_changes_the_fault_alone_and_what_the_desk_counts_of_it(
        self, client: TestClient, database: Database, cards: list[str]
    ) -> None:
        for card, category in zip(cards, ("wrong_answer", None, "scoring_artifact", None), strict=True):
            submit(client, card, "discard", failure_category=category)
        submit(
            client,
            cards[3],
            "discard",
            check_fault="harness_fault",
            revises=get_card(client, cards[3])["decision_id"],
        )
        before = [said(client, card) for card in cards]
        assert [one[0] for one in read_as(database)] == ["right", "set_aside", "undecided", "wrong"]
        step: Line = {"action": "recategorise", "decided": {}, "check_fault": "harness_fault"}
        assert bulk(client, **step, dry_run=True)["count"] == 3
        left_out = client.get(f"{API}/decisions", params={"not_check_fault": "harness_fault"}).json()
        assert left_out["total"] == 3
        done = bulk(client, **step, expected=3)
        assert [said(client, card)[1:3] for card in cards] == [(one[1], "harness_fault") for one in before]
        assert {one[0] for one in read_as(database)} == {"set_aside"}
        assert_consistent(database)
        client.post(f"{API}/bulk/{done['batch_id']}/undo")
        assert [said(client, card) for card in cards] == before
        cleared = bulk(client, action="recategorise", ids=cards, check_fault=None)
        assert (cleared["count"], said(client, cards[3])[1:3]) == (1, (None, None))
        assert_consistent(database)

    def test_says_something_or_is_refused(self, client: TestClient, decided: str) -> None:
        response = client.post(f"{API}/bulk", json={"action": "recategorise", "ids": [decided]})
        assert "changes nothing" in assert_error(response, 422, "invalid_request")["detail"]

    def test_leaves_out_cards_that_say_it_already(self, client: TestClient, decided: str) -> None:
        same: Line = {"action": "recategorise", "ids": [decided], "failure_category": None}
        assert bulk(client, **same, dry_run=True)["count"] == 0
        assert bulk(client, **same, check_fault="check_too_lax", dry_run=True)["count"] == 0
        assert bulk(client, **same, check_fault=None, dry_run=True)["count"] == 1
        assert bulk(client, **same, corrected_reference="6", dry_run=True)["count"] == 0
        assert bulk(client, **same, corrected_reference="7", dry_run=True)["count"] == 1
