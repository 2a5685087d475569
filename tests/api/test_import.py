"""POST /api/sft/import: a run of the results folder becomes candidates. The lines' own rules: tests/importers."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete

from avocet.db import Database
from avocet.models import Base
from avocet.runs import ImportCounts, example
from tests.api.error_shape import assert_error
from tests.factories import (
    RUN,
    Line,
    assert_counted,
    candidate_line,
    candidate_lines,
    export_rows,
    get_card,
    get_history,
    get_json,
    queue_ids,
    submit,
    undo,
    write_jsonl,
    write_run,
)

PARTS = ("imported", "skipped", "rejected", "passed", "errored", "unscored")


def do_import(client: TestClient, run_id: str = RUN) -> Line:
    response = client.post("/api/sft/import", json={"run_id": run_id})
    assert response.status_code == 200, response.text
    counts = dict(response.json())
    assert counts["read"] == sum(counts[part] for part in PARTS)
    return counts


def rejected(client: TestClient, run_id: str = RUN) -> list[Line]:
    return list(get_json(client, f"/runs/{run_id}/rejected"))


def test_every_line_is_accounted_for(client: TestClient, database: Database, bench_dir: Path) -> None:
    lines: list[Line | str | bytes] = [
        candidate_line(0),
        "",
        "  \t\r",
        "5",
        candidate_line(1),
        '{"cut": ',
        candidate_line(0),
        candidate_line(0, model_response="another text"),
    ]
    write_run(bench_dir, lines)
    counts = do_import(client)
    assert {name: counts[name] for name in ImportCounts.__struct_fields__} == {
        "run_id": RUN,
        "read": 6,
        "imported": 2,
        "skipped": 1,
        "rejected": 3,
        "passed": 0,
        "errored": 0,
        "unscored": 0,
        "kept": 0,
        "replaced_characters": 0,
    }
    assert [(line["line_number"], line["code"]) for line in rejected(client)] == [
        (4, "not_an_object"),
        (6, "invalid_json"),
        (8, "id_conflict"),
    ]
    assert queue_ids(client) == [f"{RUN}/item-0", f"{RUN}/item-1"]
    assert_counted(database)


class TestIdentity:
    def test_the_same_line_again_is_skipped(self, client: TestClient, database: Database, bench_dir: Path) -> None:
        write_run(bench_dir, candidate_lines(3))
        assert do_import(client)["imported"] == 3
        again = do_import(client)
        assert (again["read"], again["skipped"], again["imported"]) == (3, 3, 0)
        assert len(queue_ids(client)) == 3
        assert_counted(database)

    def test_a_known_card_keeps_its_decision(self, client: TestClient, bench_dir: Path) -> None:
        write_run(bench_dir, candidate_lines(2))
        do_import(client)
        submit(client, f"{RUN}/item-0", "discard", failure_category="format_error")
        do_import(client)
        card = get_card(client, f"{RUN}/item-0")
        assert (card["status"], card["failure_category"]) == ("discarded", "format_error")
        assert len(get_history(client, card["id"])) == 1

    def test_other_fields_do_not_make_another_card(self, client: TestClient, bench_dir: Path) -> None:
        write_run(bench_dir, [candidate_line(0), candidate_line(0, quality_score=0.9, status="approved")])
        assert do_import(client)["skipped"] == 1
        assert get_card(client, f"{RUN}/item-0")["quality_score"] == 0.33

    @pytest.mark.parametrize(
        "other",
        [
            {"model_response": "It is 0"},
            {"prompt_messages": [{"role": "user", "content": "what is 0 + 1?"}]},
            {"prompt_messages": [{"role": "system", "content": "What is 0 + 1?"}]},
        ],
    )
    def test_the_same_id_with_another_text_is_a_conflict(
        self, client: TestClient, bench_dir: Path, other: Line
    ) -> None:
        write_run(bench_dir, [candidate_line(0)])
        do_import(client)
        changed: Line = {**candidate_line(0), **other}
        write_run(bench_dir, [changed], "2026-02-02-020202")
        assert do_import(client, "2026-02-02-020202")["rejected"] == 1
        (line,) = rejected(client, "2026-02-02-020202")
        assert (line["line_number"], line["code"]) == (1, "id_conflict")
        assert f"{RUN}/item-0" in line["reason"]
        assert line["text_start"]
        assert get_card(client, f"{RUN}/item-0")["model_response"] == "It is 0."

    def test_an_id_that_is_known_from_another_run_is_skipped(self, client: TestClient, bench_dir: Path) -> None:
        write_run(bench_dir, [candidate_line(0)])
        write_run(bench_dir, [candidate_line(0)], "2026-02-02-020202")
        assert do_import(client)["imported"] == 1
        assert do_import(client, "2026-02-02-020202")["skipped"] == 1
        assert get_card(client, f"{RUN}/item-0")["run_id"] == RUN

    def test_lines_without_an_id_get_a_stable_one(self, client: TestClient, bench_dir: Path) -> None:
        write_run(bench_dir, candidate_lines(3, id=...))
        assert do_import(client)["imported"] == 3
        ids = queue_ids(client)
        assert len(set(ids)) == 3
        assert do_import(client)["skipped"] == 3
        # another order, and one more line before them
        write_run(bench_dir, [candidate_line(9, id=...), *reversed(candidate_lines(3, id=...))])
        assert (counts := do_import(client))["skipped"] == 3, counts
        assert set(ids) < set(queue_ids(client))

    def test_the_id_does_not_depend_on_the_order_of_keys(self, client: TestClient, bench_dir: Path) -> None:
        line = candidate_line(0, id=...)
        write_run(bench_dir, [line, dict(reversed(line.items()))])
        counts = do_import(client)
        assert (counts["imported"], counts["skipped"]) == (1, 1)

    def test_a_null_id_is_no_id(self, client: TestClient, bench_dir: Path) -> None:
        write_run(bench_dir, [candidate_line(0, id=None), candidate_line(1, id=None)])
        assert do_import(client)["imported"] == 2

    @pytest.mark.parametrize("named", [True, False])
    def test_the_same_text_in_another_run_is_another_card(
        self, client: TestClient, bench_dir: Path, named: bool
    ) -> None:
        for run_id in (RUN, "2026-02-02-020202"):
            changes = {"benchmark_run_id": run_id if named else ...}
            write_run(bench_dir, candidate_lines(2, id=..., **changes), run_id)
            assert do_import(client, run_id)["imported"] == 2
        assert len(set(queue_ids(client))) == 4
        assert len(queue_ids(client, run_id=RUN)) == 2

    @pytest.mark.parametrize("number", [0, 7, -1, 2**63 - 1, 2**63, 10**30])
    def test_an_integer_id_becomes_text(self, client: TestClient, bench_dir: Path, number: int) -> None:
        write_run(bench_dir, [candidate_line(0, id=number), candidate_line(0, id=str(number))])
        counts = do_import(client)
        assert (counts["imported"], counts["skipped"]) == (1, 1)
        assert queue_ids(client) == [str(number)]


class TestEarlierWork:
    @pytest.mark.parametrize(
        ("line", "action", "text"),
        [
            ({"status": "approved", "corrected_response": "It is 1."}, "correct", "It is 1."),
            ({"status": "approved", "corrected_response": "It is 0."}, "accept", "It is 0."),
            ({"status": "approved", "corrected_response": None}, "accept", "It is 0."),
            ({"status": "approved", "corrected_response": ...}, "accept", "It is 0."),
            ({"status": "discarded", "corrected_response": "half"}, "discard", "half"),
            ({"status": "discarded"}, "discard", None),
            ({"status": "model_rejected"}, "flag", None),
        ],
    )
    @pytest.mark.parametrize("category", [None, "partial_answer"])
    def test_a_decided_line_writes_a_decision_by_import(
        self,
        client: TestClient,
        database: Database,
        bench_dir: Path,
        line: Line,
        action: str,
        text: str | None,
        category: str | None,
    ) -> None:
        write_run(bench_dir, [candidate_line(0, failure_category=category, note="n", **line)])
        do_import(client)
        assert queue_ids(client) == []
        card = get_card(client, f"{RUN}/item-0")
        (entry,) = get_history(client, card["id"])
        assert entry["decision_id"] == card["decision_id"]
        assert (entry["action"], entry["status_after"], entry["reviewer"], entry["undone"]) == (
            action,
            line["status"],
            "import",
            False,
        )
        for said in (card, entry):
            assert (said["corrected_response"], said["failure_category"], said["note"]) == (text, category, "n")
        assert len(export_rows(client)) == (line["status"] == "approved")
        assert_counted(database)

    def test_an_undecided_line_keeps_what_it_brought(self, client: TestClient, bench_dir: Path) -> None:
        write_run(bench_dir, [candidate_line(0, corrected_response="a draft", failure_category="wrong_answer")])
        do_import(client)
        card = get_card(client, f"{RUN}/item-0")
        assert (card["status"], card["corrected_response"], card["failure_category"]) == (
            "needs_review",
            "a draft",
            "wrong_answer",
        )
        assert get_history(client, card["id"]) == []

    def test_each_card_gets_its_own_decision(self, client: TestClient, bench_dir: Path) -> None:
        statuses = ["approved", "needs_review", "discarded", "model_rejected", "approved"]
        write_run(bench_dir, [candidate_line(number, status=status) for number, status in enumerate(statuses)])
        do_import(client)
        for number, status in enumerate(statuses):
            card = get_card(client, f"{RUN}/item-{number}")
            history = get_history(client, card["id"])
            assert [entry["status_after"] for entry in history] == [status] * (status != "needs_review")
            assert card["decision_id"] == (history[0]["decision_id"] if history else None)

    def test_undo_and_revision_hold_for_it(self, client: TestClient, database: Database, bench_dir: Path) -> None:
        write_run(bench_dir, [candidate_line(0, status="discarded", failure_category="format_error")])
        do_import(client)
        card = get_card(client, f"{RUN}/item-0")
        submit(client, card["id"], "accept", revises=card["decision_id"])
        assert undo(client, card["id"])["status"] == "discarded"
        assert get_card(client, card["id"]) == card
        assert undo(client, card["id"])["status"] == "needs_review"
        assert_counted(database)


class TestAsExported:
    def test_a_second_desk_holds_the_same_records(
        self, client: TestClient, database: Database, bench_dir: Path, tmp_path: Path
    ) -> None:
        lines = [
            candidate_line(0),
            candidate_line(1, id=..., extra={"kept": 1}, their_key=[1, {"a": None}], details={"d": "\u2028"}),
            candidate_line(2, quality_score=None, tokens_per_sec=None, task_type=None, model_name=None),
            candidate_line(3, corrected_response="draft", failure_category="hallucination", note="undecided"),
            candidate_line(4),
            candidate_line(5),
            candidate_line(6),
        ]
        write_run(bench_dir, lines)
        do_import(client)
        submit(client, f"{RUN}/item-4", "correct", corrected_response="fünf\n", failure_category="wrong_answer")
        submit(client, f"{RUN}/item-5", "discard", note="no use")
        submit(client, f"{RUN}/item-6", "accept")
        first = client.get("/api/sft/export", params={"format": "candidates"}).content
        training = export_rows(client)
        # the second, empty desk
        for path in bench_dir.glob("*/*.jsonl"):
            path.unlink()
        target = tmp_path / "moved" / "sft_candidates.jsonl"
        target.parent.mkdir()
        target.write_bytes(first)
        _forget_everything(database)
        os.renames(target, bench_dir / "moved" / "sft_candidates.jsonl")
        counts = do_import(client, "moved")
        assert (counts["imported"], counts["rejected"]) == (7, 0)
        assert client.get("/api/sft/export", params={"format": "candidates"}).content == first
        assert export_rows(client) == training
        assert_counted(database)


class TestRefused:
    @pytest.mark.parametrize(
        "run_id",
        ["nowhere", "", "..", "../outside", "a/../..", "/etc", "2026-01-02-030405/", ".", "x" * 5000, "ä\u2028"],
    )
    def test_a_run_that_is_not_in_the_folder_is_404(
        self, client: TestClient, bench_dir: Path, tmp_path: Path, run_id: str
    ) -> None:
        write_run(bench_dir, candidate_lines(1))
        write_jsonl(tmp_path / "outside" / "sft_candidates.jsonl", candidate_lines(1))
        response = client.post("/api/sft/import", json={"run_id": run_id})
        assert assert_error(response, 404, "unknown_run")["run_id"] == run_id
        assert queue_ids(client) == []

    def test_a_link_out_of_the_folder_is_no_run(self, client: TestClient, bench_dir: Path, tmp_path: Path) -> None:
        outside = write_jsonl(tmp_path / "outside" / "sft_candidates.jsonl", candidate_lines(1))
        (bench_dir / "linked-folder").symlink_to(outside.parent)
        (bench_dir / "linked-file").mkdir()
        (bench_dir / "linked-file" / "sft_candidates.jsonl").symlink_to(outside)
        assert get_json(client, "/runs") == []
        for run_id in ("linked-folder", "linked-file", "outside"):
            response = client.post("/api/sft/import", json={"run_id": run_id})
            assert_error(response, 404, "unknown_run")

    @pytest.mark.parametrize("body", [{}, {"run_id": None}, {"run_id": 5}, {"run_id": "a\x00"}, {"path": "/etc"}])
    def test_a_body_of_another_shape_is_refused(self, client: TestClient, body: Line) -> None:
        assert_error(client.post("/api/sft/import", json=body), 422, "invalid_request")

    @pytest.mark.parametrize(
        "content", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\xff\xfe{\x00}\x00", b"PK\x03\x04\x00\x00"]
    )
    def test_a_file_of_another_kind_is_refused(self, client: TestClient, bench_dir: Path, content: bytes) -> None:
        write_run(bench_dir, []).write_bytes(content)
        body = assert_error(client.post("/api/sft/import", json={"run_id": RUN}), 422, "unrecognised")
        assert "sft_candidates.jsonl" in body["detail"]
        assert get_json(client, "/runs")[0]["state"] == "new"

    def test_an_empty_file_is_an_empty_run(self, client: TestClient, bench_dir: Path) -> None:
        write_run(bench_dir, [])
        assert do_import(client)["read"] == 0
        assert get_json(client, "/runs")[0]["state"] == "imported"


class TestRejectedLines:
    def test_they_can_be_downloaded(self, client: TestClient, bench_dir: Path) -> None:
        write_run(bench_dir, ["5", candidate_line(0), '{"model_response": "\u2028cut'])
        do_import(client)
        response = client.get(f"/api/sft/runs/{RUN}/rejected.jsonl")
        assert response.headers["content-type"] == "application/x-ndjson"
        assert "attachment" in response.headers["content-disposition"]
        lines = [json.loads(line) for line in response.content.decode().split("\n")[:-1]]
        assert lines == rejected(client)
        assert lines[0] == {
            "file": f"{RUN}/sft_candidates.jsonl",
            "line_number": 1,
            "code": "not_an_object",
            "reason": "The line is a number, not a JSON object.",
            "text_start": "5",
        }
        assert lines[1]["text_start"] == '{"model_response": "\u2028cut'

    def test_they_are_those_of_the_last_import(self, client: TestClient, bench_dir: Path) -> None:
        write_run(bench_dir, ["5", "6"])
        do_import(client)
        do_import(client)
        assert [line["line_number"] for line in rejected(client)] == [1, 2]
        write_run(bench_dir, [candidate_line(0)])
        do_import(client)
        assert rejected(client) == []

    @pytest.mark.parametrize("suffix", ["rejected", "rejected.jsonl"])
    @pytest.mark.parametrize("run_id", ["nowhere", "a/b", "a%00b"])
    def test_an_unknown_run_is_404(self, client: TestClient, run_id: str, suffix: str) -> None:
        assert_error(client.get(f"/api/sft/runs/{run_id}/{suffix}"), 404, "unknown_run")

    def test_a_run_without_any_has_an_empty_list(self, client: TestClient, bench_dir: Path) -> None:
        write_run(bench_dir, candidate_lines(1))
        do_import(client)
        assert rejected(client) == []
        assert client.get(f"/api/sft/runs/{RUN}/rejected.jsonl").content == b""


def test_a_response_of_20_mb_goes_all_the_way(client: TestClient, bench_dir: Path) -> None:
    text = "long 🦤" * 2_000_000
    assert len(text.encode()) > 17_000_000
    text += "x" * (20_000_000 - len(text.encode()))
    write_run(bench_dir, [candidate_line(0, model_response=text)])
    assert do_import(client)["imported"] == 1
    assert get_card(client, f"{RUN}/item-0")["model_response"] == text
    submit(client, f"{RUN}/item-0", "accept")
    (row,) = export_rows(client)
    assert row["messages"][-1]["content"] == text


def test_many_lines_are_more_than_one_batch(client: TestClient, database: Database, bench_dir: Path) -> None:
    lines: list[Any] = candidate_lines(1203)
    lines[700:700] = ["5", candidate_line(3)]
    write_run(bench_dir, lines)
    counts = do_import(client)
    assert (counts["read"], counts["imported"], counts["skipped"], counts["rejected"]) == (1205, 1203, 1, 1)
    assert get_json(client, "/queue")["total"] == 1203
    assert_counted(database)


def _forget_everything(database: Database) -> None:
    with database.write() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(delete(table))


def test_the_example_run_is_imported_on_request_and_only_once(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(example, "EXAMPLE", tmp_path / "demo")
    assert_error(client.post("/api/sft/example"), 404, "not_found")
    write_run(tmp_path / "demo", candidate_lines(2))
    first, again = (client.post("/api/sft/example").json() for _ in range(2))
    assert [(report["imported"], report["skipped"]) for report in (*first, *again)] == [(2, 0), (0, 2)]
