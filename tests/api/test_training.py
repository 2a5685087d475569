"""/api/sft/trainings: start, follow, stop, resume, and the report."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from avocet.api import create_app
from avocet.api.shapes import shape_of
from avocet.api.training import REPORT_HEADERS, TrainingEvent
from avocet.db import Database
from avocet.errors import DatabaseBusy
from avocet.settings import Settings
from avocet.training.launcher import Trainings
from tests.api.error_shape import assert_error
from tests.conftest import LOOPBACK
from tests.factories import get_json
from tests.processes import wait_until
from tests.training.conftest import decided, trainings
from tests.training.starting import end, until

__all__ = ["decided", "trainings"]
PATH = "/api/sft/trainings"


@pytest.fixture
def app(settings: Settings, database: Database, trainings: Trainings) -> FastAPI:
    app = create_app(settings, database, index_search=False)
    app.state.trainings = trainings
    return app


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=LOOPBACK) as client:
        yield client


def start(client: TestClient, **fields: Any) -> Any:
    response = client.post(PATH, json={"base": "org/tiny", **fields})
    assert response.status_code == 201, response.text
    return response.json()


def events(client: TestClient, name: str) -> list[Any]:
    """Every event until the training's end."""
    response = client.get(f"{PATH}/{name}/events")
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    told = [
        json.loads(line.removeprefix("data: ")) for line in response.text.split("\n") if line.startswith("data: ")
    ]
    for one in told:
        shape_of(TrainingEvent).model_validate(one, extra="forbid")
    return told


def test_nothing_was_trained_yet(client: TestClient) -> None:
    told = get_json(client, "/trainings")
    assert (told["installed"], told["missing"], told["trainings"]) == (True, None, [])


def test_start_stop_resume_and_report(client: TestClient, trainings: Trainings) -> None:
    view = start(client, name="one", method="dpo", epochs=2, exclude_category=["wrong_answer"])
    assert view["config"]["epochs"] == 2
    assert view["used_by_category"] == {"format_error": 3}
    until(trainings, "one", "running")
    assert_error(client.post(PATH, json={"base": "org/tiny"}), 409, "already_training")
    assert_error(client.post(f"{PATH}/one/resume"), 409, "already_training")
    assert_error(client.get(f"{PATH}/one/report"), 404, "not_found")
    assert client.post(f"{PATH}/one/stop").json()["name"] == "one"
    until(trainings, "one", "stopped")
    assert_error(client.post(f"{PATH}/one/stop"), 409, "nothing_to_stop")
    assert client.post(f"{PATH}/one/resume").json()["state"] == "starting"
    end(trainings, "one", "done")
    assert_error(client.post(f"{PATH}/one/resume"), 409, "nothing_to_resume")
    assert [one["state"] for one in get_json(client, "/trainings")["trainings"]] == ["done"]
    assert get_json(client, "/trainings/one")["points"][-1] == {
        "step": 4,
        "seconds": 4.0,
        "tokens": 40,
        "loss": 0.5,
        "eval_loss": 0.75,
    }
    assert "Training on 3 rows" in get_json(client, "/trainings/one/log")["text"]


def test_the_report_runs_nothing_and_fetches_nothing(client: TestClient, trainings: Trainings) -> None:
    start(client, name="one")
    end(trainings, "one", "done")
    response = client.get(f"{PATH}/one/report")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    for name, value in REPORT_HEADERS.items():
        assert response.headers[name] == value
    assert REPORT_HEADERS["Content-Security-Policy"].startswith("sandbox; default-src 'none'; ")
    assert "script" not in REPORT_HEADERS["Content-Security-Policy"]


def test_events_tell_all_points_first_and_the_end_last(client: TestClient, trainings: Trainings) -> None:
    start(client, name="one")
    until(trainings, "one", "running")
    told: list[Any] = []
    listening = threading.Thread(target=lambda: told.extend(events(client, "one")))
    listening.start()
    end(trainings, "one", "done")
    listening.join(30)
    assert not listening.is_alive()
    first, last = told[0], told[-1]
    assert first["points_from"] == 0
    assert [point["step"] for point in first["points"]] == [1, 2]
    assert last["training"]["state"] == "done"
    assert sum(len(one["points"]) for one in told) == 2


def test_events_go_on_after_any_failure(
    client: TestClient, trainings: Trainings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    start(client, name="one")
    until(trainings, "one", "running")
    read, asked = trainings.follow, 0
    failures: list[Exception] = [OSError("odd"), OSError("odd"), DatabaseBusy("It is busy.")]

    def failing(name: str) -> Any:
        nonlocal asked
        asked += 1
        # the first answer is the request's own, the second one begins the stream
        if asked > 2 and failures:
            raise failures.pop()
        return read(name)

    monkeypatch.setattr(trainings, "follow", failing)
    monkeypatch.setattr("avocet.api.following.ASK_EVERY_S", 0.01)
    with ThreadPoolExecutor(1) as pool:
        listening = pool.submit(events, client, "one")
        wait_until(lambda: not failures, "every failure")
        end(trainings, "one", "done")
        told = listening.result()
    assert (told[0]["training"]["state"], told[-1]["training"]["state"]) == ("running", "done")
    logged = [record.levelname for record in caplog.records if "following the training one" in record.message]
    assert logged == ["WARNING", "ERROR"]


def test_events_of_one_that_has_ended(client: TestClient, trainings: Trainings) -> None:
    start(client, name="one")
    end(trainings, "one", "failed")
    (told,) = events(client, "one")
    assert told["training"]["error"] == "ValueError: no"


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"base": ""},
        {"base": "org/tiny", "chat_template": "/etc/passwd"},
        {"base": "org/tiny", "dataset": "/etc"},
        {"base": "org/tiny", "out": "/tmp/x"},
        {"base": "org/tiny", "method": "ppo"},
        {"base": "org/tiny", "validation": 1},
        {"base": "org/tiny", "name": "../x"},
        {"base": "../x/y"},
        {"base": "org/tiny", "method": "kto", "batch_size": 1},
    ],
)
def test_what_a_page_may_not_say(client: TestClient, request_: Any) -> None:
    assert_error(client.post(PATH, json=request_), 422, "invalid_request")
    assert get_json(client, "/trainings")["trainings"] == []


@pytest.mark.parametrize("name", ["x", "a%2Fb", ".lock", "x" * 300])
def test_what_is_not_there(client: TestClient, name: str) -> None:
    for method, path in (("GET", ""), ("GET", "/log"), ("GET", "/report"), ("GET", "/events"), ("POST", "/stop")):
        response = client.request(method, f"{PATH}/{name}{path}")
        # a name that is no segment is another address
        assert response.status_code in (404, 405)
        assert response.headers["content-type"] == "application/json"


def test_without_the_packages(settings: Settings, database: Database, app: FastAPI, tmp_path: Path) -> None:
    told = "avocet train needs torch: pip install 'avocet-desk[train]'"
    app.state.trainings = Trainings(database, settings, find_missing=lambda: told)
    with TestClient(app, base_url=LOOPBACK) as client:
        overview = get_json(client, "/trainings")
        assert (overview["installed"], overview["missing"]) == (False, told)
        body = assert_error(client.post(PATH, json={"base": "org/tiny"}), 409, "not_installed")
    assert "pip install 'avocet-desk[train]'" in body["detail"]
