"""/api/sft/benches and /api/sft/task-files: preview, start, follow, stop, resume; upload and delete."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from avocet.api import create_app
from avocet.api.benches import BenchesOverview
from avocet.api.shapes import shape_of
from avocet.benches import Benches, BenchSummary, BenchView, TaskFiles
from avocet.db import Database
from avocet.settings import Settings
from tests.api.error_shape import assert_error
from tests.benches.conftest import benches, files, model
from tests.benches.starting import keep_tasks, until
from tests.benching.making import task_line
from tests.benching.server import Model, answer
from tests.conftest import LOOPBACK
from tests.factories import get_json
from tests.processes import wait_until

__all__ = ["benches", "files", "model"]
PATH = "/api/sft/benches"
FILES = "/api/sft/task-files"
TASKS = {"kind": "file", "file": "tasks.jsonl"}


@pytest.fixture
def app(settings: Settings, database: Database, benches: Benches, files: TaskFiles) -> FastAPI:
    app = create_app(settings, database, index_search=False)
    app.state.benches, app.state.task_files = benches, files
    return app


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=LOOPBACK) as client:
        yield client


def start(client: TestClient, server: Model, **fields: Any) -> Any:
    body = {"tasks": TASKS, "base": server.url, "model": "org/small", **fields}
    response = client.post(PATH, json=body)
    assert response.status_code == 201, response.text
    shape_of(BenchView).model_validate(response.json(), extra="forbid")
    return response.json()


def test_nothing_was_asked_yet(client: TestClient) -> None:
    told = get_json(client, "/benches")
    shape_of(BenchesOverview).model_validate(told, extra="forbid")
    assert (told["benches"], told["task_files"], told["adapters"]) == ([], [], [])
    assert (told["holds_out"], told["held_out_items"]) == (False, 0)


def test_from_the_upload_to_the_end(client: TestClient, benches: Benches, model: Model) -> None:
    lines = "\n".join(json.dumps(task_line(number)) for number in range(4))
    response = client.post(FILES, params={"name": "tasks.jsonl"}, content=lines)
    assert (response.status_code, response.json()["tasks"]) == (201, 4)
    assert_error(client.post(FILES, params={"name": "tasks.jsonl"}, content=lines), 409, "task_file_exists")
    preview = client.post(f"{PATH}/preview", json={"tasks": TASKS, "limit": 1}).json()
    assert preview == {
        "tasks": 2,
        "task_types": {"facts": 1, "arithmetic": 1},
        "unscored": 0,
        "left_out": [],
        "references": 0,
    }
    model.reply = lambda _: answer("x")
    assert start(client, model, name="one", limit=1)["total"] == 2
    until(benches, "one", "done")
    view = get_json(client, "/benches/one")
    assert (view["models"][0]["imported"], view["models"][0]["failed"]) == (True, 2)
    assert "2 tasks" in get_json(client, "/benches/one/log")["text"]
    assert [one["run_id"] for one in get_json(client, "/runs")] == [view["models"][0]["run"]]
    assert_error(client.post(f"{PATH}/one/resume"), 409, "nothing_to_resume")
    assert_error(client.post(f"{PATH}/one/stop"), 409, "nothing_to_stop")
    assert client.delete(f"{FILES}/tasks.jsonl").status_code == 204
    assert_error(client.delete(f"{FILES}/tasks.jsonl"), 404, "not_found")
    (told,) = events(client, "one")
    assert told["state"] == "done"


def events(client: TestClient, name: str) -> list[Any]:
    """Every event until the bench's end."""
    response = client.get(f"{PATH}/{name}/events")
    told = [
        json.loads(line.removeprefix("data: ")) for line in response.text.split("\n") if line.startswith("data: ")
    ]
    for one in told:
        shape_of(BenchSummary).model_validate(one, extra="forbid")
    return told


def test_stopped_followed_and_resumed(client: TestClient, benches: Benches, files: TaskFiles, model: Model) -> None:
    keep_tasks(files)
    go = threading.Event()

    def reply(_: str) -> Any:
        go.wait(60)
        return answer("x")

    model.reply = reply
    start(client, model, name="one", concurrency=2)
    wait_until(lambda: len(model.asked) == 2, "two questions")
    assert_error(client.post(PATH, json={"tasks": TASKS, "base": model.url, "model": "m"}), 409, "already_benching")
    told: list[Any] = []
    listening = threading.Thread(target=lambda: told.extend(events(client, "one")))
    listening.start()
    assert client.post(f"{PATH}/one/stop").json()["state"] == "stopping"
    go.set()
    until(benches, "one", "stopped")
    listening.join(30)
    assert told[-1]["state"] == "stopped"
    assert client.post(f"{PATH}/one/resume").status_code == 200
    until(benches, "one", "done")
    assert [one["state"] for one in get_json(client, "/benches")["benches"]] == ["done"]


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    "changes",
    [
        {"tasks": None},
        {"tasks": {"kind": "no such"}},
        {"tasks": {"kind": "file"}},
        {"tasks": {"kind": "cards", "filter": {}}},
        {"tasks": {"kind": "cards", "filter": {"queue": {}, "ids": ["a"]}}},
        {"tasks": {"kind": "cards", "filter": {"queue": {"no_such": 1}}}},
        {"tasks": {"kind": "held-out"}},
        {"base": ""},
        {"model": None},
        {"max_new_tokens": 0},
        {"temperature": -1},
        {"keep": -1},
        {"judge": {"url": "http://h/v1"}},
        {"out": "/tmp/x"},
        {"name": "../x"},
    ],
)
def test_what_a_page_may_not_say(client: TestClient, files: TaskFiles, changes: dict[str, Any]) -> None:
    keep_tasks(files)
    body = {"tasks": TASKS, "base": "http://127.0.0.1:1/v1", "model": "m", **changes}
    assert_error(client.post(PATH, json=body), 422, "invalid_request")
    assert get_json(client, "/benches")["benches"] == []


def test_a_wrong_file_is_told_line_by_line(client: TestClient) -> None:
    body = assert_error(client.post(FILES, params={"name": "x.jsonl"}, content=b"{}\n[]"), 422, "invalid_request")
    assert [one.partition(": ")[0] for one in body["problems"]] == ["x.jsonl:1", "x.jsonl:2"]
    assert_error(client.post(FILES, params={"name": "../x.jsonl"}, content=b"{}"), 422, "invalid_request")


@pytest.mark.parametrize("name", ["x", "a%2Fb", ".lock", "x" * 300])
def test_what_is_not_there(client: TestClient, name: str) -> None:
    for method, path in (("GET", ""), ("GET", "/log"), ("GET", "/events"), ("POST", "/stop"), ("POST", "/resume")):
        assert client.request(method, f"{PATH}/{name}{path}").status_code in (404, 405)
