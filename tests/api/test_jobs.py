"""/api/sft/jobs: imports and previews in the background."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.runs import batches, import_or_preview, importing
from tests.api.error_shape import assert_error
from tests.factories import candidate_lines, get_json, queue_ids, write_run

JOBS = "/api/sft/jobs"


def hold(client: TestClient, count: int = 3) -> str:
    content = b"".join(json.dumps(line).encode() + b"\n" for line in candidate_lines(count))
    response = client.post("/api/sft/upload?hold=true", files=[("files", ("a.jsonl", content))])
    assert response.status_code == 200, response.text
    return str(response.json()["upload_id"])


def start(client: TestClient, **request: Any) -> str:
    response = client.post(JOBS, json=request)
    assert response.status_code == 202, response.text
    return str(response.json()["job_id"])


def ended(client: TestClient, job_id: str) -> Any:
    deadline = time.monotonic() + 30
    while True:
        told = get_json(client, f"/jobs/{job_id}")
        if told["job"]["state"] not in ("queued", "running"):
            return told
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_preview_then_the_import(client: TestClient) -> None:
    upload_id = hold(client)
    told = ended(client, start(client, kind="preview", upload_id=upload_id, name="a"))
    assert (told["job"]["state"], told["result"]["report"]["imported"]) == ("done", 3)
    assert len(told["result"]["cards"]) == 3
    assert get_json(client, "/stats")["total"] == 0
    told = ended(client, start(client, kind="import", upload_id=upload_id, name="a"))
    assert told["job"]["counts"]["imported"] == 3
    assert len(queue_ids(client)) == 3
    assert [job["kind"] for job in get_json(client, "/jobs")] == ["import", "preview"]


def test_a_run_of_the_results_folder(client: TestClient, bench_dir: Path) -> None:
    write_run(bench_dir, candidate_lines(2), "nightly")
    told = ended(client, start(client, kind="import", run_id="nightly"))
    assert told["result"]["report"]["run_id"] == "nightly"
    assert len(queue_ids(client, run_id="nightly")) == 2


def test_a_job_can_be_stopped_and_what_is_here_stays(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH_ROWS", 1)
    reached, go_on = threading.Event(), threading.Event()
    insert = importing._Import._insert

    def wait(self: Any, *arguments: Any) -> Any:
        done = insert(self, *arguments)
        reached.set()
        assert go_on.wait(20)
        return done

    monkeypatch.setattr(importing._Import, "_insert", wait)
    upload_id = hold(client, 5)
    job_id = start(client, kind="import", upload_id=upload_id, name="a")
    assert reached.wait(20)
    assert_error(client.delete(f"/api/sft/uploads/{upload_id}"), 409, "upload_in_use")
    assert client.delete(f"{JOBS}/{job_id}").json()["state"] == "running"
    go_on.set()
    told = ended(client, job_id)
    assert told["job"]["state"] == "cancelled"
    assert told["job"]["error"]["code"] == "cancelled"
    assert len(queue_ids(client)) == 1
    (run,) = get_json(client, "/runs")
    assert run["state"] == "interrupted"


def test_a_job_that_fails_says_why(client: TestClient) -> None:
    upload_id = hold(client)
    told = ended(client, start(client, kind="import", upload_id=upload_id, name="a", format="nothing"))
    assert told["job"]["state"] == "failed"
    assert told["job"]["error"]["code"] == "unrecognised"
    assert told["result"] is None


def test_jobs_go_on_after_any_failure(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real, odd = import_or_preview, RuntimeError("odd")
    failures = iter((odd, odd, KeyError("other"), None, odd))

    def failing(*arguments: Any, **options: Any) -> Any:
        if failure := next(failures):
            raise failure
        return real(*arguments, **options)

    monkeypatch.setattr("avocet.runs.jobs.import_or_preview", failing)
    request = {"kind": "import", "upload_id": hold(client), "name": "a"}
    told = [ended(client, start(client, **request))["job"] for _ in range(5)]
    assert [job["state"] for job in told] == ["failed", "failed", "failed", "done", "failed"]
    assert told[0]["error"]["code"] == "internal_error"
    assert len(queue_ids(client)) == 3
    logged = [str(record.exc_info[1]) for record in caplog.records if record.exc_info]
    assert logged == ["odd", "'other'", "odd"], "one of each kind, and again after it went well"


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"kind": "import"}, 422, "invalid_request"),
        ({"kind": "import", "upload_id": "0" * 32, "name": "a"}, 404, "not_found"),
        ({"kind": "import", "upload_id": "../..", "name": "a"}, 404, "not_found"),
        ({"kind": "import", "upload_id": "0" * 32, "name": "a", "run_id": "b"}, 422, "invalid_request"),
        ({"kind": "import", "run_id": "nowhere"}, 404, "unknown_run"),
        ({"kind": "sing", "run_id": "nowhere"}, 422, "invalid_request"),
    ],
)
def test_what_is_not_there_is_refused(client: TestClient, request_: Any, status: int, code: str) -> None:
    assert_error(client.post(JOBS, json=request_), status, code)


def test_a_run_that_the_upload_does_not_have(client: TestClient) -> None:
    request = {"kind": "import", "upload_id": hold(client), "name": "b"}
    assert_error(client.post(JOBS, json=request), 404, "not_found")


def test_an_unknown_job(client: TestClient) -> None:
    assert_error(client.get(f"{JOBS}/x"), 404, "not_found")
    assert_error(client.delete(f"{JOBS}/x"), 404, "not_found")
