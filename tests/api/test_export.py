"""GET /api/sft/export."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from avocet import exports
from avocet.categories import FAILURE_CATEGORIES
from avocet.db import Database
from avocet.domain import OUTCOMES
from avocet.models import Decision
from tests.api.error_shape import assert_error
from tests.factories import (
    RUN,
    Line,
    candidate_line,
    candidate_lines,
    export_rows,
    get_card,
    get_json,
    import_lines,
    submit,
    undo,
)

SFT_KEYS = ["messages", "failure_category", "avocet_id", "task_type", "model_name", "benchmark_run_id"]
MISREAD = {"prompt", "completion", "chosen", "rejected", "conversations", "labels", "input_ids", "image", "text"}
CATEGORIES = (*FAILURE_CATEGORIES, None)
VALUES = (*FAILURE_CATEGORIES, "uncategorised")


@pytest.fixture
def decided(database: Database, bench_dir: Path) -> list[Line]:
    """Two runs of earlier work with every category and none, one of it accepted; and three cards that wait."""
    lines = [
        candidate_line(
            number,
            model_name=f"model-{number % 2}",
            task_type=("facts", "spelling", None)[number % 3],
            status="approved",
            corrected_response="It is 8." if number == 8 else f"right {number}",
            failure_category=CATEGORIES[number % 7],
        )
        for number in range(14)
    ]
    import_lines(database, bench_dir, lines[:9], "first")
    import_lines(database, bench_dir, lines[9:], "second")
    import_lines(database, bench_dir, candidate_lines(3, id=...), "undecided")
    for number, line in enumerate(lines):
        line |= {"action": "accept" if number == 8 else "correct", "run": "first" if number < 9 else "second"}
    return lines


def exported(client: TestClient, **query: Any) -> list[str]:
    return [row["avocet_id"] for row in export_rows(client, **query)]


class TestTheLine:
    def test_is_exactly_this(self, client: TestClient, database: Database, bench_dir: Path) -> None:
        prompt = [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Grüße 🦤 \u2028 \u0085 </x>?"},
        ]
        import_lines(database, bench_dir, [candidate_line(0, prompt_messages=prompt)])
        submit(client, f"{RUN}/item-0", "correct", corrected_response='"日本"\n', failure_category="wrong_answer")
        content = client.get("/api/sft/export").content
        assert (
            content
            == (
                '{"messages":[{"role":"system","content":"Be brief."},'
                '{"role":"user","content":"Grüße 🦤 \u2028 \u0085 </x>?"},'
                '{"role":"assistant","content":"\\"日本\\"\\n"}],'
                '"failure_category":"wrong_answer","avocet_id":"2026-01-02-030405/item-0","task_type":"arithmetic",'
                '"model_name":"small-model","benchmark_run_id":"2026-01-02-030405"}\n'
            ).encode()
        )

    def test_has_the_same_keys_in_every_row(self, client: TestClient, decided: list[Line]) -> None:
        rows = export_rows(client)
        assert [list(row) for row in rows] == [SFT_KEYS] * 14
        assert not MISREAD & set(SFT_KEYS)
        types = {(key, type(row[key])) for row in rows for key in SFT_KEYS if row[key] is not None}
        assert len(types) == len(SFT_KEYS)

    def test_null_stays_null(self, client: TestClient, database: Database, bench_dir: Path) -> None:
        nothing = dict.fromkeys(("task_type", "model_name", "benchmark_run_id"))
        import_lines(database, bench_dir, [candidate_line(0, id="a", **nothing)])
        submit(client, "a", "correct", corrected_response="x")
        (row,) = export_rows(client)
        assert {key: row[key] for key in SFT_KEYS[3:]} == nothing

    def test_stands_in_the_order_of_the_candidates(self, client: TestClient, decided: list[Line]) -> None:
        ids = [line["id"] for line in decided]
        assert exported(client) == ids
        undo(client, ids[0])
        submit(client, ids[0], "accept")
        assert exported(client) == ids

    def test_is_written_for_approved_cards_only(
        self, client: TestClient, database: Database, bench_dir: Path
    ) -> None:
        import_lines(database, bench_dir, candidate_lines(5))
        ids = [f"{RUN}/item-{number}" for number in range(5)]
        submit(client, ids[0], "correct", corrected_response="x")
        submit(client, ids[1], "accept")
        submit(client, ids[2], "discard", corrected_response="typed, then discarded")
        submit(client, ids[3], "flag")
        assert exported(client) == ids[:2]
        assert get_json(client, "/stats")["export_ready"] == 2

    def test_keeps_tool_turns_whole(self, client: TestClient, database: Database, bench_dir: Path) -> None:
        call = {"id": "1", "type": "function", "function": {"name": "add", "arguments": "{}"}}
        prompt = [
            {"role": "user", "content": "?"},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "content": "2", "tool_call_id": "1"},
        ]
        import_lines(database, bench_dir, [candidate_line(0, prompt_messages=prompt)])
        submit(client, f"{RUN}/item-0", "correct", corrected_response="x")
        (row,) = export_rows(client)
        assert row["messages"] == [*prompt, {"role": "assistant", "content": "x"}]


class TestTheFile:
    def test_is_an_attachment_with_format_and_time_in_its_name(self, client: TestClient) -> None:
        for name in ("sft", "candidates"):
            response = client.get("/api/sft/export", params={"format": name})
            assert response.headers["content-type"] == "application/x-ndjson"
            disposition = response.headers["content-disposition"]
            assert re.fullmatch(rf'attachment; filename="avocet_{name}_\d{{8}}T\d{{6}}Z\.jsonl"', disposition)

    def test_is_empty_when_nothing_is_approved(self, client: TestClient, database: Database, bench_dir: Path) -> None:
        import_lines(database, bench_dir, candidate_lines(2))
        assert client.get("/api/sft/export").content == b""

    def test_is_the_same_again(self, client: TestClient, decided: list[Line]) -> None:
        assert client.get("/api/sft/export").content == client.get("/api/sft/export").content

    def test_is_whole_beyond_one_chunk(self, client: TestClient, database: Database, bench_dir: Path) -> None:
        texts = [str(number) * 2000 for number in range(700)]
        lines = [
            candidate_line(number, status="approved", corrected_response=text) for number, text in enumerate(texts)
        ]
        import_lines(database, bench_dir, lines)
        rows = export_rows(client)
        assert [row["messages"][-1]["content"] for row in rows] == texts


class TestCategoryFilters:
    @pytest.mark.parametrize("kind", ["include_category", "exclude_category"])
    def test_one_value(self, client: TestClient, decided: list[Line], kind: str) -> None:
        for value in VALUES:
            has = [(line["failure_category"] or "uncategorised") == value for line in decided]
            wanted = has if kind == "include_category" else [not one for one in has]
            expected = [line["id"] for line, one in zip(decided, wanted, strict=True) if one]
            assert exported(client, **{kind: value}) == expected
            assert len(expected) == (2 if kind == "include_category" else 12)

    @pytest.mark.parametrize(
        ("include", "exclude"),
        [
            (["wrong_answer", "uncategorised"], []),
            (["wrong_answer", "hallucination"], ["hallucination"]),
            (["uncategorised"], ["uncategorised"]),
            ([], ["scoring_artifact", "uncategorised"]),
            (list(VALUES), []),
            ([], list(VALUES)),
            (["format_error", "format_error"], []),
        ],
    )
    def test_several_values(
        self, client: TestClient, decided: list[Line], include: list[str], exclude: list[str]
    ) -> None:
        expected = [
            line["id"]
            for line in decided
            if (not include or (line["failure_category"] or "uncategorised") in include)
            and (line["failure_category"] or "uncategorised") not in exclude
        ]
        assert exported(client, include_category=include, exclude_category=exclude) == expected


KINDS: tuple[tuple[str, str, list[str]], ...] = (
    ("action", "action", ["correct"]),
    ("run_id", "run", ["second"]),
    ("model_name", "model_name", ["model-1"]),
    ("task_type", "task_type", ["facts", "spelling"]),
    ("include_category", "failure_category", ["wrong_answer", "hallucination", "partial_answer"]),
)


class TestOtherFilters:
    @pytest.mark.parametrize("size", [1, 2, 3, 5])
    def test_each_and_together(self, client: TestClient, decided: list[Line], size: int) -> None:
        for chosen in combinations(KINDS, size):
            expected = [line["id"] for line in decided if all(line[key] in values for _, key, values in chosen)]
            assert exported(client, **{name: values for name, _, values in chosen}) == expected, chosen

    def test_the_action_is_the_one_that_stands(self, client: TestClient, decided: list[Line]) -> None:
        card = decided[0]["id"]
        submit(client, card, "accept", revises=get_card(client, card)["decision_id"])
        assert exported(client, action="accept") == [card, decided[8]["id"]]
        undo(client, card)
        assert exported(client, action="accept") == [decided[8]["id"]]


class TestSince:
    @pytest.fixture
    def dated(self, database: Database, decided: list[Line]) -> list[Line]:
        with database.write() as connection:
            for number in range(14):
                at = f"2026-03-{number + 1:02}T12:00:00.000000Z"
                connection.execute(update(Decision).where(Decision.candidate_seq == number + 1).values(at=at))
        return decided

    @pytest.mark.parametrize(
        ("since", "count"),
        [
            ("2026-03-01", 14),
            ("2026-03-02", 13),
            ("2026-03-02T12:00:00", 13),
            ("2026-03-02T12:00:00Z", 13),
            ("2026-03-02T12:00:00.000001Z", 12),
            ("2026-03-02T13:00:00+01:00", 13),
            ("2026-03-02T12:00:00+01:00", 13),
            ("2026-03-02T12:00:00-01:00", 12),
            ("2026-03-03T01:59:59+14:00", 13),
            ("20260314T120000Z", 1),
            ("2026-03-15", 0),
            ("9999-12-31", 0),
            ("0001-01-01", 14),
            ("0999-12-31", 14),
        ],
    )
    def test_takes_what_was_decided_then_or_later(
        self, client: TestClient, dated: list[Line], since: str, count: int
    ) -> None:
        assert exported(client, since=since) == [line["id"] for line in dated][14 - count :]

    @pytest.mark.parametrize(
        "since", ["yesterday", "", "2026-13-01", "2026-03-02 25:00", "0001-01-01T00:00:00+05:00", "1e9"]
    )
    def test_a_moment_that_is_none_is_refused(self, client: TestClient, since: str) -> None:
        response = client.get("/api/sft/export", params={"since": since})
        assert "since" in assert_error(response, 422, "unknown_filter_value")["detail"]

    def test_goes_with_the_other_filters(self, client: TestClient, dated: list[Line]) -> None:
        ids = [line["id"] for line in dated]
        assert exported(client, since="2026-03-08", action="accept") == [ids[8]]
        assert exported(client, since="2026-03-10", run_id="second", model_name="model-0") == [ids[10], ids[12]]

    def test_does_not_depend_on_where_the_reader_lives(self, client: TestClient, dated: list[Line]) -> None:
        moment = datetime(2026, 3, 5, 12, tzinfo=ZoneInfo("UTC"))
        for zone in ("Asia/Tokyo", "America/New_York", "Asia/Kathmandu"):
            assert len(exported(client, since=moment.astimezone(ZoneInfo(zone)).isoformat())) == 10


class TestRefused:
    @pytest.mark.parametrize(
        ("query", "named"),
        [
            ("include_category=nonsense", "nonsense"),
            ("exclude_category=Wrong_Answer", "Wrong_Answer"),
            ("include_category=wrong_answer&include_category=", "''"),
            ("exclude_category=null", "null"),
            ("action=undo", "undo"),
            ("action=approved", "approved"),
            ("run_id=nowhere", "nowhere"),
            ("model_name=big-model", "big-model"),
            ("task_type=arithmetik", "arithmetik"),
        ],
    )
    @pytest.mark.parametrize("path", ["/export", "/export/preview"])
    def test_an_unknown_value_is_named_with_what_is_known(
        self, client: TestClient, database: Database, bench_dir: Path, path: str, query: str, named: str
    ) -> None:
        import_lines(database, bench_dir, candidate_lines(2))
        body = assert_error(client.get(f"/api/sft{path}?{query}"), 422, "unknown_filter_value")
        assert named in body["detail"]
        assert body["known"]

    @pytest.mark.only("sqlite")
    @pytest.mark.parametrize("name", ["xlsx", "", "SFT", "../sft"])
    @pytest.mark.parametrize("path", ["/export", "/export/preview"])
    def test_an_unknown_format(self, client: TestClient, path: str, name: str) -> None:
        body = assert_error(client.get(f"/api/sft{path}", params={"format": name}), 422, "unknown_format")
        assert {"sft", "candidates"} <= set(body["known"])

    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ("validation=0.1", "invalid_request"),
            ("salt=x", "invalid_request"),
            ("train=0.8", "invalid_request"),
            ("train=nan", "invalid_request"),
            ("format=csv&train=1", "invalid_request"),
            ("split=train", "invalid_request"),
            ("as_of=1", "invalid_request"),
            ("format=candidates&as_of=0", "invalid_request"),
            ("min_score=nan", "unknown_filter_value"),
            ("text=", "unknown_filter_value"),
            ("min_score=1&max_score=0", "unknown_filter_value"),
            ("since=2026-02-01&until=2026-01-01", "unknown_filter_value"),
        ],
    )
    @pytest.mark.parametrize("path", ["/export", "/export/preview"])
    def test_what_can_not_be_meant(self, client: TestClient, path: str, query: str, code: str) -> None:
        if (path, query) != ("/export/preview", "split=train"):
            assert_error(client.get(f"/api/sft{path}?{query}"), 422, code)

    @pytest.mark.parametrize("query", ["category=wrong_answer", "include_categories=x", "limit=5"])
    @pytest.mark.parametrize("path", ["/export", "/export/preview"])
    def test_an_unknown_parameter_would_leave_too_much_in(self, client: TestClient, path: str, query: str) -> None:
        body = assert_error(client.get(f"/api/sft{path}?{query}"), 422, "invalid_request")
        assert query.split("=")[0] in body["detail"]


class TestCandidates:
    def test_every_record_whatever_its_status(self, client: TestClient, decided: list[Line]) -> None:
        rows = export_rows(client, format="candidates")
        assert len(rows) == 17
        assert [row["id"] for row in rows[:14]] == [line["id"] for line in decided]
        assert [row["status"] for row in rows[14:]] == ["needs_review"] * 3

    def test_a_record_is_its_line_as_it_stands_now(
        self, client: TestClient, database: Database, bench_dir: Path
    ) -> None:
        line = candidate_line(0, their_own={"key": [None, "\u2028"]}, details={"a": 1})
        import_lines(database, bench_dir, [line])
        submit(client, line["id"], "correct", corrected_response="x", failure_category="format_error", note="n")
        (row,) = export_rows(client, format="candidates")
        said = {
            "status": "approved",
            "corrected_response": "x",
            "failure_category": "format_error",
            "note": "n",
        }
        more = ("harness", "item_id", "reference", "scores", "explanation", "extracted_answer", "reasoning", "tools")
        assert row == {**dict.fromkeys(more), **line, **said}

    def test_a_filter_narrows_it_too(self, client: TestClient, decided: list[Line]) -> None:
        rows = export_rows(client, format="candidates", run_id="undecided", exclude_category="wrong_answer")
        assert [row["status"] for row in rows] == ["needs_review"] * 3
        assert len(export_rows(client, format="candidates", action="accept")) == 1

    def test_a_line_break_of_another_kind_stays_inside_its_line(
        self, client: TestClient, database: Database, bench_dir: Path
    ) -> None:
        text = "a\u2028b\u2029c\u0085d\x0be\x0cf\x1cg\r\n"
        import_lines(database, bench_dir, [candidate_line(0, model_response=text), candidate_line(1)])
        content = client.get("/api/sft/export", params={"format": "candidates"}).content.decode()
        assert content.count("\n") == 2
        assert "\u2028" in content
        assert json.loads(content.split("\n")[0])["model_response"] == text


def test_is_made_by_threads_that_no_reader_waits_for(
    client: TestClient, decided: list[Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[str] = []

    def note() -> None:
        used.append(threading.current_thread().name.rpartition("_")[0])

    def noting(work: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*arguments: Any, **options: Any) -> Any:
            note()
            return work(*arguments, **options)

        return noted

    def in_pieces(*arguments: Any) -> Iterator[bytes]:
        for line in b"".join(stream(*arguments)).splitlines(keepends=True):
            note()
            yield line

    stream = exports.stream
    monkeypatch.setattr(exports, "stream", in_pieces)
    for name in ("preview", "write_folder"):
        monkeypatch.setattr(exports, name, noting(getattr(exports, name)))
    assert len(export_rows(client)) == len(used) == len(decided)
    get_json(client, "/export/preview")
    assert client.get("/api/sft/export", params={"train": 0.5, "test": 0.5}).status_code == 200
    assert len(used) == len(decided) + 2
    assert set(used) == {"avocet-long"}


@pytest.fixture
def outcomes(client: TestClient, database: Database, bench_dir: Path) -> list[str]:
    """A corrected card of each outcome, and an accepted pass."""
    lines = [candidate_line(n, outcome=one) for n, one in enumerate((*OUTCOMES, "passed"))]
    import_lines(database, bench_dir, lines)
    ids = [line["id"] for line in lines]
    for card in ids[:4]:
        submit(client, card, "correct", corrected_response="x")
    submit(client, ids[4], "accept")
    return ids


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [0]),
        ({"outcome": "failed"}, [0]),
        ({"outcome": "errored"}, [2]),
        ({"passes": "none"}, [0]),
        ({"passes": "corrected"}, [0, 1]),
        ({"passes": "confirmed"}, [0, 1, 4]),
        ({"passes": "confirmed", "outcome": "any"}, [0, 1, 2, 3, 4]),
        ({"passes": "corrected", "outcome": "passed"}, [1]),
    ],
)
def test_outcome_and_passes(client: TestClient, outcomes: list[str], query: Line, found: list[int]) -> None:
    assert [row["avocet_id"] for row in export_rows(client, **query)] == [outcomes[n] for n in found]
    assert get_json(client, "/export/preview", **query)["rows"] == len(found)


@pytest.mark.usefixtures("outcomes")
def test_whole_records_take_any_outcome_when_asked(client: TestClient) -> None:
    assert len(export_rows(client, format="candidates")) == 5
    assert len(export_rows(client, format="candidates", outcome="failed")) == 1
    assert get_json(client, "/export/preview", format="csv")["rows"] == 1
    assert get_json(client, "/export/preview", format="csv", outcome="any")["rows"] == 5


@pytest.mark.usefixtures("outcomes")
@pytest.mark.parametrize("path", ["/export", "/export/preview"])
@pytest.mark.parametrize("query", [{"outcome": "any"}, {"outcome": "passed"}, {"outcome": "x"}, {"passes": "all"}])
def test_which_passes_has_to_be_said(client: TestClient, path: str, query: Line) -> None:
    assert_error(client.get(f"/api/sft{path}", params=query), 422, "invalid_request")


def test_a_recipe_says_which_passes(client: TestClient, outcomes: list[str]) -> None:
    saved = client.put("/api/sft/recipes/mine", json={"passes": "confirmed", "filter": {"outcome": "passed"}}).json()
    assert (saved["recipe"]["passes"], saved["recipe"]["filter"]) == ("confirmed", {"outcome": "passed"})
    assert [row["avocet_id"] for row in export_rows(client, recipe="mine")] == [outcomes[1], outcomes[4]]
    for beside in ({"passes": "corrected"}, {"outcome": "any"}):
        assert_error(client.get("/api/sft/export", params={"recipe": "mine", **beside}), 422, "invalid_request")
    made = client.post("/api/sft/exports", json={"recipe": {"passes": "corrected"}}).json()
    assert (made["manifest"]["rows"], made["manifest"]["recipe"]["passes"]) == (2, "corrected")
    plain = client.post("/api/sft/exports", json={"recipe": {"passes": "none"}}).json()
    assert "passes" not in plain["manifest"]["recipe"]
