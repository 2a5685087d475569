"""GET /api/sft/candidates/{id} and its history."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from tests.api.error_shape import assert_error
from tests.factories import Line, candidate_line, get_card, get_history, get_json, import_lines, submit, undo

CARD_KEYS = {
    *("id", "run_id", "source", "benchmark_run_id", "timestamp", "status", "prompt_messages", "model_response"),
    *("corrected_response", "quality_score", "failure_reason", "task_id", "task_type", "task_name", "model_id"),
    *("model_name", "node_id", "gpu_id", "tokens_per_sec", "failure_category", "note", "harness", "item_id"),
    *(
        "reference",
        "scores",
        "explanation",
        "extracted_answer",
        "reasoning",
        "tools",
        "details",
        "decision_id",
        "outcome",
        "check",
        "check_fault",
        "corrected_reference",
        "tags",
        "must",
        "must_not",
        "reason_shape",
        "source_file",
        "source_line",
        "likeness",
        "proposal",
        "is_withheld",
        "texts",
    ),
}


def test_a_card_has_every_key_whatever_the_line_had(client: TestClient, database: Database, bench_dir: Path) -> None:
    minimal = {"id": "m", "prompt_messages": [{"role": "user", "content": "?"}], "model_response": "!"}
    import_lines(database, bench_dir, [minimal])
    card = get_card(client, "m")
    assert card.keys() == CARD_KEYS
    assert {name for name, value in card.items() if value is not None} == {
        *("id", "run_id", "source", "status", "prompt_messages", "model_response", "outcome", "texts"),
        *("source_file", "source_line", "tags", "must", "must_not", "is_withheld"),
    }


def test_a_card_says_what_its_line_said(client: TestClient, database: Database, bench_dir: Path) -> None:
    line = candidate_line(
        harness="mini",
        item_id=7,
        reference={"answer": [1, 2.5, None]},
        scores=[{"name": "f1", "value": 0.5}],
        explanation="why",
        extracted_answer="1",
        reasoning="hm",
        tools=[{"type": "function", "function": {"name": "calculator"}}],
        details={"nested": {"deep": ["ü", "\u2028"]}},
        note="n",
        their_own_key={"kept": [True, 1]},
        outcome="failed",
        check={"kind": "exact", "expected": "2"},
        check_fault="reference_wrong",
        corrected_reference={"answer": [1, "ü"]},
        tags=["units"],
        must=["2"],
        must_not=["3"],
    )
    import_lines(database, bench_dir, [line])
    card = get_card(client, line["id"])
    for name in ("texts", "reason_shape", "source_file", "source_line", "likeness", "proposal", "is_withheld"):
        del card[name]
    assert card == {**line, "item_id": "7", "run_id": "2026-01-02-030405", "decision_id": None}


def test_a_key_of_the_line_never_hides_the_desks_own(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line(id="a", run_id="forged", decision_id=99)])
    card = get_card(client, "a")
    assert (card["run_id"], card["decision_id"]) == ("2026-01-02-030405", None)


ODD = [
    "a/b/c",
    "100%",
    "a?b=c#d",
    "ü 日本",
    "a+b",
    "//",
    "…",
    "x" * 512,
    "a/history",
    "/history",
    "history",
    "a\nb\n",
]


@pytest.mark.parametrize("odd", ODD)
def test_any_id_can_be_asked_for(client: TestClient, database: Database, bench_dir: Path, odd: str) -> None:
    import_lines(database, bench_dir, [candidate_line(id=odd)])
    assert get_card(client, odd)["id"] == odd
    submit(client, odd, "discard")
    assert len(get_history(client, odd)) == 1


@pytest.mark.parametrize("odd", [*ODD, "a/../b", "..", ".", "../../api", "/a/", "a\r\n/history", "%2e%2e"])
def test_every_id_has_an_address_that_reaches_it(
    client: TestClient, database: Database, bench_dir: Path, odd: str
) -> None:
    others = [candidate_line(id="a"), candidate_line(1, id="b")]
    import_lines(database, bench_dir, [*others, candidate_line(2, id=odd)])
    assert get_json(client, "/card", id=odd)["id"] == odd
    submit(client, odd, "discard")
    (entry,) = get_json(client, "/card/history", id=odd)
    assert entry["action"] == "discard"
    assert get_json(client, "/card/history", id="a") == []


def test_a_slash_before_history_belongs_to_the_id_when_it_is_escaped(
    client: TestClient, database: Database, bench_dir: Path
) -> None:
    import_lines(database, bench_dir, [candidate_line(id="a"), candidate_line(1, id="a/history")])
    assert client.get("/api/sft/candidates/a/history").json() == []
    assert client.get("/api/sft/candidates/a%2Fhistory").json()["id"] == "a/history"
    assert client.get("/api/sft/candidates/a%2Fhistory/history").json() == []
    assert client.get("/api/sft/candidates/a/history/history").json() == []


@pytest.mark.parametrize(
    "path",
    [
        "/api/sft/candidates/{}",
        "/api/sft/candidates/{}/history",
        "/api/sft/card?id={}",
        "/api/sft/card/history?id={}",
    ],
)
def test_an_unknown_id_is_404(client: TestClient, path: str) -> None:
    for unknown in ("nowhere", "a/b", "a\x00b", "%", "ü"):
        body = assert_error(client.get(path.format(quote(unknown, safe=""))), 404, "not_found")
        assert body["id"] == unknown


def test_a_card_that_waits_has_no_history(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line(id="a")])
    assert get_history(client, "a") == []


def test_the_history_keeps_all_oldest_first(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line(id="a"), candidate_line(1, id="b")])
    first = submit(client, "a", "correct", corrected_response="one", failure_category="wrong_answer", note="n")[
        "decision_id"
    ]
    submit(client, "b", "discard")
    second = submit(client, "a", "flag", revises=first)["decision_id"]
    undo(client, "a")
    history = get_history(client, "a")
    times = [entry.pop("at") for entry in history]
    assert times == sorted(times)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", at) for at in times)
    undo_number = history[2].pop("decision_id")
    assert first < second < undo_number
    text = {"corrected_response": "one", "failure_category": "wrong_answer", "note": "n", "reviewer": "rowan"}
    nothing = {"corrected_response": None, "failure_category": None, "note": None, "reviewer": "rowan"}
    unsaid: Line = {"check_fault": None, "corrected_reference": None, "proposed": None, "shortened": {}}
    unsaid |= {"tags": [], "must": [], "must_not": []}
    approved = {"status_after": "approved", **unsaid}
    rejected = {"status_after": "model_rejected", **unsaid}
    assert history == [
        {"decision_id": first, "action": "correct", "replaces": None, "undone": False, **approved, **text},
        {"decision_id": second, "action": "flag", "replaces": first, "undone": True, **rejected, **nothing},
        {"action": "undo", "replaces": second, "undone": False, **approved, **text},
    ]
