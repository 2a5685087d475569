"""POST /api/sft/check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.worker.checking import MAX_TEXT
from tests.api.error_shape import assert_error
from tests.factories import candidate_line, import_lines, queue_ids

PATH = "/api/sft/check"
ENDLESS, LONG = "(a|a)*$", "a" * 34 + "!"


@pytest.fixture
def ask(database: Database, bench_dir: Path, client: TestClient) -> Any:
    """Import a card with these fields, and ask for the check of a text."""

    def asked(text: str, **fields: Any) -> Any:
        import_lines(database, bench_dir, [candidate_line(**fields)])
        return client.post(PATH, json={"id": queue_ids(client)[0], "text": text})

    return asked


def test_a_card_s_own_check_says_what_holds_and_what_does_not(ask: Any) -> None:
    check = {"kind": "patterns", "required": ["tide", "moon", "twice"], "forbidden": ["sorry"]}
    answer = ask("The moon makes the tide. Sorry!", check=check)
    assert answer.status_code == 200
    assert answer.json() == {
        "is_slow": False,
        "passed": False,
        "is_partial": False,
        "sentence": "2 of 3 patterns matched, 1 forbidden pattern found.",
        "parts": [
            {"kind": "required", "wanted": "tide", "holds": True, "says": None},
            {"kind": "required", "wanted": "moon", "holds": True, "says": None},
            {"kind": "required", "wanted": "twice", "holds": False, "says": None},
            {"kind": "forbidden", "wanted": "sorry", "holds": False, "says": None},
        ],
        "must": [],
        "must_not": [],
    }


@pytest.mark.parametrize("known", [{"check": {"kind": "exact", "expected": ["x"]}}, {"failure_reason": None}])
def test_lines_of_the_decision_are_looked_for_too(
    client: TestClient, database: Database, bench_dir: Path, known: dict[str, Any]
) -> None:
    import_lines(database, bench_dir, [candidate_line(**known)])
    body = {"id": queue_ids(client)[0], "text": "It is  Cafe\u0301\n42 KM away."}
    lines = {"must": ["café 42 km", "43"], "must_not": ["away.", "sorry"]}
    answer = client.post(PATH, json={**body, **lines}).json()
    assert answer["must"] == [{"line": "café 42 km", "met": True}, {"line": "43", "met": False}]
    assert answer["must_not"] == [{"line": "away.", "met": False}, {"line": "sorry", "met": True}]
    assert answer["passed"] is (False if "check" in known else None)
    assert client.post(PATH, json={**body, "must": ["a\nb"]}).status_code == 422


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    ("check", "text", "passed"),
    [
        ({"kind": "patterns", "required": ["a", "b", "c"]}, "a b c", True),
        ({"kind": "exact", "expected": ["Paris"], "ignore_case": True}, "PARIS", True),
        ({"kind": "exact", "expected": ["Paris"]}, "PARIS", False),
        ({"kind": "includes", "expected": ["Paris"], "at": "end"}, "in Paris", True),
        ({"kind": "number", "value": 42, "tolerance": 0.5}, "42.4", True),
        ({"kind": "number", "value": 42, "tolerance": 0.5}, "42.6", False),
        ({"kind": "json_schema", "schema": {"type": "object"}}, "{}", True),
        ({"kind": "json_schema", "schema": {"type": "object"}}, "[]", False),
        ({"kind": "promptfoo", "assertions": [{"type": "not-contains", "value": "x"}]}, "x", False),
        ({"kind": "all", "checks": [{"kind": "number", "value": 1}, {"kind": "patterns"}]}, "1", True),
    ],
)  # fmt: skip
def test_each_kind_is_run(ask: Any, check: dict[str, Any], text: str, passed: bool) -> None:
    assert ask(text, check=check).json()["passed"] is passed


def test_an_older_card_says_only_what_was_missing(ask: Any) -> None:
    reason = 'pattern_match: 1/3 required patterns matched; missing: ["b", "c"]'
    answer = ask("b", failure_reason=reason).json()
    assert (answer["passed"], answer["is_partial"]) == (False, True)
    assert [(part["wanted"], part["holds"]) for part in answer["parts"]] == [("b", True), ("c", False)]
    assert "of 3" not in answer["sentence"]
    assert answer["sentence"] == (
        "1 pattern still missing, 1 missing pattern now found. The rest of the check is not known and may still fail."
    )


def test_a_check_that_does_not_end_takes_too_long_and_the_next_one_works(ask: Any, client: TestClient) -> None:
    answer = ask(LONG, check={"kind": "patterns", "required": [ENDLESS]})
    assert answer.status_code == 200
    assert answer.json() == {
        "is_slow": True,
        "passed": None,
        "is_partial": False,
        "sentence": "The check takes too long for this text: it was stopped after 200 ms.",
        "parts": [],
        "must": [],
        "must_not": [],
    }
    again = client.post(PATH, json={"id": queue_ids(client)[0], "text": "b"})
    assert (again.json()["is_slow"], again.json()["passed"]) == (False, True)


def test_an_unknown_card_is_not_found(client: TestClient) -> None:
    answer = client.post(PATH, json={"id": "nothing", "text": ""})
    assert_error(answer, 404, "not_found")


@pytest.mark.parametrize("reason", [None, "wrong", 'exact_match 0 (passes at 1): answered "a", expected "b"'])
def test_without_a_check_that_is_told_in_a_sentence(ask: Any, reason: str | None) -> None:
    answer = ask("a", failure_reason=reason)
    assert_error(answer, 409, "check_unknown")
    assert answer.json()["detail"].startswith("The desk does not know this card's check")


@pytest.mark.parametrize(
    ("check", "told"),
    [
        ("judge", "of a kind that this version can't run"),
        ({"kind": "judge"}, "of a kind that this version can't run"),
        ({"kind": "patterns", "required": ["a"], "at_least": 1}, "of a kind that this version can't run"),
        ({"kind": "patterns", "required": ["("]}, "The pattern '(' does not compile"),
        ({"kind": "json_schema", "schema": {"type": "thing"}}, "is no JSON schema"),
        ({"kind": "promptfoo", "assertions": [{"type": "similar", "value": "a"}]}, "'similar' can't be run"),
    ],
)
def test_a_check_that_can_not_be_run_says_why(ask: Any, check: Any, told: str) -> None:
    answer = ask("a", check=check)
    assert_error(answer, 422, "check_unusable")
    assert told in answer.json()["detail"]


@pytest.mark.parametrize(
    "body", [{}, {"id": "a"}, {"id": "a", "text": "a" * (MAX_TEXT + 1)}, {"id": "a", "text": "", "x": 1}]
)
def test_what_is_no_question_is_refused(client: TestClient, body: Any) -> None:
    assert_error(client.post(PATH, json=body), 422, "invalid_request")


def test_nothing_is_changed(ask: Any, client: TestClient) -> None:
    ask("a")
    before = client.get("/api/sft/stats").json()
    client.post(PATH, json={"id": queue_ids(client)[0], "text": "b c"})
    assert client.get("/api/sft/stats").json() == before
