"""GET /api/sft/events, on a real server: a test client would wait for the end of the stream."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import IO, Any

import pytest
from fastapi.testclient import TestClient

from avocet.api import events as api_events
from avocet.api.shapes import shape_of
from avocet.db import Database
from avocet.errors import DatabaseBusy
from avocet.events import DeskEvent, desk_state
from avocet.review import bulk, decisions
from avocet.review.bulk_step import BulkStep
from avocet.review.queue import QueueFilter
from avocet.runs import ResultsFolder
from avocet.runs.jobs import Jobs
from avocet.settings import Settings
from tests.factories import candidate_lines, import_lines, write_run
from tests.processes import PATIENCE_S

Json = dict[str, Any]


@pytest.fixture
def port(database_url: str, tmp_path: Path) -> Iterator[int]:
    environment = {**os.environ, "AVOCET_DATA_DIR": str(tmp_path / "data"), "AVOCET_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "avocet", "serve", "--no-browser", "--port", "0"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    with process:
        yield _told_port(process.stderr)
        process.terminate()
        assert process.wait(PATIENCE_S) in (0, -15)


def _told_port(stderr: IO[str]) -> int:
    said = []
    for line in stderr:
        said.append(line)
        if told := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
            return int(told[1])
    raise AssertionError(f"The server told no address: {said}")


@contextmanager
def listening(port: int, **headers: str) -> Iterator[Iterator[Json]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    connection.request("GET", "/api/sft/events", headers=headers)
    response = connection.getresponse()
    assert response.getheader("content-type") == "text/event-stream; charset=utf-8"
    yield _events(response)
    connection.close()


def _events(response: HTTPResponse) -> Iterator[Json]:
    while line := response.readline():
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def test_a_decision_and_an_import_of_another_process_are_told(port: int, database: Database, bench_dir: Path) -> None:
    with listening(port) as events:
        assert next(events)["total"] == 0
        import_lines(database, bench_dir, candidate_lines(3))
        told = next(event for event in events if event["total"] == 3 and event["imports"][0]["state"] == "imported")
        assert told["by_status"]["needs_review"] == 3
        card = candidate_lines(1)[0]["id"]
        decisions.submit(database, decisions.Submission(id=card, action="discard"), "wren")
        told = next(event for event in events if event["decisions"])
        (made,) = told["decisions"]
        assert (made["id"], made["status"], made["reviewer"]) == (card, "discarded", "wren")
        assert made["batch_id"] is None
        shape_of(DeskEvent).model_validate(told, extra="forbid")
        assert told["by_status"] == {"needs_review": 2, "approved": 0, "discarded": 1, "model_rejected": 0}


def test_a_new_run_in_the_results_folder_is_told(port: int, client: TestClient, bench_dir: Path) -> None:
    client.post("/api/sft/config", json={"bench_results_dir": str(bench_dir)})
    with listening(port) as events:
        assert next(events)["new_runs"] == 0
        write_run(bench_dir, candidate_lines(1), "nightly")
        assert next(event for event in events if event["new_runs"])["new_runs"] == 1


def test_decisions_made_as_one_step_name_it(port: int, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(2))
    with listening(port) as events:
        next(events)
        done = bulk.decide(database, BulkStep(action="discard", queue=QueueFilter()), "wren")
        told = next(event for event in events if event["decisions"])
        assert [made["batch_id"] for made in told["decisions"]] == [done.batch_id] * 2


def test_a_page_that_comes_back_hears_what_it_missed(port: int, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(2))
    for line in candidate_lines(2):
        made = decisions.submit(database, decisions.Submission(id=line["id"], action="flag"), "wren")
    with listening(port, **{"Last-Event-ID": str(made.decision_id - 1)}) as events:
        assert [decision["decision_id"] for decision in next(events)["decisions"]] == [made.decision_id]


def test_an_open_stream_does_not_keep_the_server_from_stopping(port: int) -> None:
    with listening(port) as events:
        next(events)


def test_a_failure_does_not_end_the_stream(
    settings: Settings,
    database: Database,
    bench_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The poller, asked in this process: every way to read the desk fails once, twice in the same way."""
    read, failures = desk_state, [RuntimeError("odd"), RuntimeError("odd"), DatabaseBusy("It is busy.")]

    def failing(desk: Database, since: int | None = None) -> DeskEvent:
        if since is not None and failures:
            raise failures.pop()
        return read(desk, since)

    monkeypatch.setattr(api_events, "desk_state", failing)
    monkeypatch.setattr(api_events, "ASK_EVERY_S", 0.01)
    hub = api_events.EventHub(database, settings, Jobs(database), ResultsFolder(), lambda: False)

    async def listen() -> list[bytes]:
        stream = hub.listen(None)
        told = [await anext(stream)]
        await asyncio.to_thread(import_lines, database, bench_dir, candidate_lines(3))
        while b'"total":3' not in told[-1]:
            told.append(await anext(stream))
        return told

    assert len(asyncio.run(listen())) > 1
    assert not failures
    assert [record.levelname for record in caplog.records if "live updates" in record.message] == ["WARNING", "ERROR"]
