"""Samples: GET, POST and DELETE /api/sft/samples[/{name}[/grow]]."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from avocet.db import Database
from tests.api.error_shape import assert_error
from tests.factories import candidate_line, get_json, import_lines, queue_ids, submit


@pytest.fixture(autouse=True)
def _cards(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line(n, task_type="ab"[n % 2]) for n in range(10)])


def post(client: TestClient, **body: Any) -> Response:
    return client.post("/api/sft/samples", json={"name": "s", "size": 4, "seed": 7, **body})


def test_one_that_is_drawn_comes_back(client: TestClient) -> None:
    drawn = post(client, filter={"run_id": "2026-01-02-030405", "max_score": 0.5}, per=["task"])
    assert drawn.status_code == 201, drawn.text
    sample = drawn.json()
    counts = {"cards": 5, "size": 5, "unopened": 0, "members": 4, "waiting": 4, "decided": 0, "unread": 0}
    assert sample.pop("parts") == [
        {"part": {"outcome": "failed", "task_type": task}, **counts, "prefix": 0} for task in "ab"
    ]
    assert sample.pop("at").startswith("20")
    assert sample == {
        "name": "s",
        "filter": {"run_id": "2026-01-02-030405", "max_score": 0.5, "outcome": "failed"},
        "per": ["task"],
        "seed": 7,
        "reviewer": "rowan",
        "last_card": 10,
        "last_decision": 0,
        "cards": 10,
        "size": 10,
        "unopened": 0,
        "members": 8,
        "waiting": 8,
        "decided": 0,
        "unread": 0,
        "prefix": 0,
    }
    assert get_json(client, "/samples/s") == drawn.json()
    assert get_json(client, "/samples") == [drawn.json()]


def test_newest_first(client: TestClient) -> None:
    assert get_json(client, "/samples") == []
    post(client)
    post(client, name="ein Zweiter ½")
    assert [sample["name"] for sample in get_json(client, "/samples")] == ["ein Zweiter ½", "s"]
    assert get_json(client, "/samples/ein%20Zweiter%20½")["members"] == 4


def test_reading_it_in_order(client: TestClient) -> None:
    post(client)
    ids = queue_ids(client, sample="s")
    assert len(ids) == 4
    submit(client, ids[0], "discard")
    submit(client, ids[2], "discard")
    sample = get_json(client, "/samples/s")
    assert (sample["prefix"], sample["decided"], sample["waiting"]) == (1, 2, 2)
    assert queue_ids(client, sample="s") == [ids[1], ids[3]]
    assert queue_ids(client, sample="s", after=ids[1]) == [ids[3]]
    assert {one["id"] for one in get_json(client, "/decisions", sample="s")["items"]} == {ids[0], ids[2]}


def test_growing(client: TestClient) -> None:
    post(client, size=2)
    first = queue_ids(client, sample="s")
    grown = client.post("/api/sft/samples/s/grow", json={"size": 5})
    assert (grown.status_code, grown.json()["members"]) == (200, 5)
    assert queue_ids(client, sample="s")[:2] == first
    assert_error(client.post("/api/sft/samples/s/grow", json={"size": 3}), 422, "invalid_request")
    assert_error(client.post("/api/sft/samples/t/grow", json={"size": 3}), 404, "unknown_sample")


def test_an_allocation(client: TestClient) -> None:
    share = {"outcome": "failed", "task_type": "a", "model_name": "small-model", "cards": 2}
    drawn = post(client, size=None, allocation=[share])
    assert (drawn.status_code, drawn.json()["members"], drawn.json()["per"]) == (201, 2, ["outcome", "task", "model"])
    grown = client.post("/api/sft/samples/s/grow", json={"allocation": [{**share, "task_type": "b"}]})
    assert (grown.status_code, grown.json()["members"]) == (200, 4)


@pytest.mark.parametrize("path", ["", "/s/grow"])
def test_the_same_key_is_answered_once(client: TestClient, path: str) -> None:
    post(client, name="s" if path else "other")
    body = {"size": 9} if path else {"name": "s", "size": 9}
    answers = [
        client.post(f"/api/sft/samples{path}", json=body, headers={"Idempotency-Key": "k"}).json() for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert answers[0]["members"] == 9


def test_a_name_that_is_taken(client: TestClient) -> None:
    post(client)
    assert_error(post(client), 409, "sample_exists")


def test_nothing_to_draw(client: TestClient) -> None:
    assert_error(post(client, filter={"task_type": "c"}), 422, "nothing_to_draw")
    assert get_json(client, "/samples") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " s"},
        {"name": "a/b"},
        {"name": "x" * 81},
        {"name": "\x00"},
        {"size": 0},
        {"size": 100_001},
        {"size": None},
        {"allocation": []},
        {"allocation": [{"outcome": "failed", "task_type": "a", "model_name": "small-model", "cards": 2}]},
        {"per": ["category"]},
        {"seed": -1},
        {"filter": {"failure_category": "wrong_answer"}},
        {"filter": {"like": "a"}},
        {"filter": {"sample": "a"}},
        {"filter": {"order": "random"}},
        {"filter": {"outcome": "lost"}},
    ],
)
def test_what_cannot_be(client: TestClient, wrong: dict[str, Any]) -> None:
    assert_error(post(client, **wrong), 422, "invalid_request")
    assert get_json(client, "/samples") == []


def test_deleting(client: TestClient) -> None:
    post(client)
    deleted = client.delete("/api/sft/samples/s")
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert_error(client.delete("/api/sft/samples/s"), 404, "unknown_sample")
    assert_error(client.get("/api/sft/samples/s"), 404, "unknown_sample")
    post(client)
    submit(client, queue_ids(client, sample="s")[1], "accept")
    assert_error(client.delete("/api/sft/samples/s"), 409, "sample_read")
    assert get_json(client, "/samples/s")["members"] == 4


def test_a_bulk_step_on_it_is_refused(client: TestClient) -> None:
    post(client)
    step = {"action": "discard", "queue": {"sample": "s"}, "dry_run": True}
    error = assert_error(client.post("/api/sft/bulk", json=step), 422, "invalid_request")
    assert "read" in error["detail"]
    assert len(queue_ids(client, sample="s")) == 4


def test_an_order_without_its_sample(client: TestClient) -> None:
    assert_error(client.get("/api/sft/queue", params={"order": "sample"}), 422, "invalid_request")
