"""GET /api/sft/stats."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from avocet import runs
from avocet.db import Database
from avocet.faults import CHECK_FAULTS
from tests.factories import (
    RUN,
    Line,
    assert_counted,
    candidate_line,
    export_rows,
    get_json,
    import_lines,
    submit,
    undo,
)

CATEGORIES = [
    *("scoring_artifact", "style_violation", "partial_answer", "wrong_answer", "format_error", "hallucination"),
    "uncategorised",
]
STATUSES = ["needs_review", "approved", "discarded", "model_rejected"]


def stats(client: TestClient, **query: str) -> Line:
    """The numbers, each of which adds up to the total."""
    read = dict(get_json(client, "/stats", **query))
    for name in ("by_status", "by_model", "by_task_type", "by_category"):
        assert sum(read[name].values()) == read["total"], name
    by_model = {model: sum(counts.values()) for model, counts in read["by_model_category"].items()}
    assert by_model == read["by_model"]
    return read


def test_an_empty_desk(client: TestClient) -> None:
    assert stats(client) == {
        "total": 0,
        "by_status": dict.fromkeys(STATUSES, 0),
        "by_model": {},
        "by_task_type": {},
        "by_category": dict.fromkeys(CATEGORIES, 0),
        "by_model_category": {},
        "by_fault": dict.fromkeys(CHECK_FAULTS, 0),
        "export_ready": 0,
    }


def test_the_numbers_follow_every_verdict(client: TestClient, database: Database, bench_dir: Path) -> None:
    lines = [
        candidate_line(number, model_name=("a", "b", None)[number % 3], task_type=("x", None)[number % 2])
        for number in range(6)
    ]
    import_lines(database, bench_dir, lines)
    ids = [f"{RUN}/item-{number}" for number in range(6)]
    first = stats(client)
    assert (first["total"], first["by_model"], first["by_task_type"]) == (
        6,
        {"a": 2, "b": 2, "unknown": 2},
        {"x": 3, "unknown": 3},
    )
    submit(client, ids[0], "correct", corrected_response="x", failure_category="wrong_answer")
    submit(client, ids[1], "accept")
    submit(client, ids[2], "discard")
    flagged = submit(client, ids[3], "flag", failure_category="hallucination")
    read = stats(client)
    assert read["by_status"] == {"needs_review": 2, "approved": 2, "discarded": 1, "model_rejected": 1}
    assert read["by_category"] == {
        **dict.fromkeys(CATEGORIES, 0),
        "wrong_answer": 1,
        "scoring_artifact": 1,
        "hallucination": 1,
        "uncategorised": 3,
    }
    assert read["by_model_category"]["a"] == {"wrong_answer": 1, "hallucination": 1}
    submit(client, ids[3], "discard", failure_category="format_error", revises=flagged["decision_id"])
    assert stats(client)["by_model_category"]["a"] == {"wrong_answer": 1, "format_error": 1}
    undo(client, ids[3])
    assert stats(client) == read
    for candidate_id in ids[:4]:
        undo(client, candidate_id)
    assert stats(client) == first
    assert_counted(database)


def test_export_ready_is_the_number_of_rows(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line(0, status="approved"), candidate_line(1)])
    assert stats(client)["export_ready"] == len(export_rows(client)) == 1
    submit(client, f"{RUN}/item-1", "accept")
    assert stats(client)["export_ready"] == len(export_rows(client)) == 2
    undo(client, f"{RUN}/item-0")
    assert stats(client)["export_ready"] == len(export_rows(client)) == 1


def test_the_numbers_are_those_of_an_outcome(client: TestClient, database: Database, bench_dir: Path) -> None:
    outcomes = ("failed", "failed", "passed", "errored")
    import_lines(database, bench_dir, [candidate_line(n, outcome=one) for n, one in enumerate(outcomes)])
    ids = [f"{RUN}/item-{number}" for number in range(4)]
    submit(client, ids[0], "accept", check_fault="check_too_strict")
    submit(client, ids[2], "accept")
    assert stats(client) == stats(client, outcome="failed")
    totals = {one: stats(client, outcome=one)["total"] for one in (*outcomes, "unscored", "any")}
    assert totals == {"failed": 2, "passed": 1, "errored": 1, "unscored": 0, "any": 4}
    assert stats(client, outcome="passed")["by_status"]["approved"] == 1
    assert {stats(client, outcome=one)["export_ready"] for one in totals} == {1}
    assert client.get("/api/sft/stats", params={"outcome": "all"}).status_code == 422


def test_faults_are_counted_while_their_cards_are_in_sight(
    client: TestClient, database: Database, bench_dir: Path
) -> None:
    def faults(outcome: str = "failed") -> dict[str, int]:
        return {fault: n for fault, n in stats(client, outcome=outcome)["by_fault"].items() if n}

    import_lines(database, bench_dir, [*(candidate_line(n) for n in range(3)), candidate_line(3, outcome="passed")])
    ids = [f"{RUN}/item-{number}" for number in range(4)]
    for card, fault in zip(
        ids, ("question_broken", "question_broken", "reference_wrong", "check_too_lax"), strict=True
    ):
        submit(client, card, "discard", check_fault=fault)
    assert faults() == {"question_broken": 2, "reference_wrong": 1}
    assert faults("passed") == {"check_too_lax": 1}
    assert faults("any") == {"question_broken": 2, "reference_wrong": 1, "check_too_lax": 1}
    undo(client, ids[0])
    assert faults() == {"question_broken": 1, "reference_wrong": 1}
    runs.take_back(database, RUN, "rowan")
    assert faults() == {"question_broken": 1, "reference_wrong": 1}
    runs.restore(database, RUN)
    runs.take_back(database, RUN, "rowan", decided_too=True)
    assert faults("any") == {}
    runs.restore(database, RUN)
    assert faults() == {"question_broken": 1, "reference_wrong": 1}
