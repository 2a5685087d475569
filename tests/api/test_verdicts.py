"""GET /api/sft/runs/{run_id}/verdicts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet import verdicts
from avocet.db import Database
from tests.api.error_shape import assert_error
from tests.factories import RUN, candidate_line, candidate_lines, import_lines, submit

PATH = f"/api/sft/runs/{RUN}/verdicts"


@pytest.fixture
def _decided(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(2))
    submit(client, candidate_line(0)["id"], "accept", check_fault="check_too_strict")


@pytest.mark.usefixtures("_decided")
@pytest.mark.parametrize(
    ("name", "media", "file"),
    [
        ("jsonl", "application/x-ndjson", "avocet_jsonl.jsonl"),
        ("csv", "text/csv", "avocet_csv.csv"),
        ("report", "text/markdown", "avocet_report.md"),
        ("cases", "application/x-ndjson", "avocet_cases.jsonl"),
    ],
)
def test_a_format_is_a_download(client: TestClient, database: Database, name: str, media: str, file: str) -> None:
    answer = client.get(PATH, params={"format": name})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media
    assert answer.headers["content-disposition"] == f'attachment; filename="{file}"'
    assert answer.content == b"".join(verdicts.stream(database, RUN, name))
    assert answer.content


@pytest.mark.usefixtures("_decided")
def test_json_lines_are_the_default(client: TestClient) -> None:
    (line,) = client.get(PATH).text.splitlines()
    assert json.loads(line)["verdict"] == "right"


def test_a_run_without_verdicts_is_an_empty_file(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(1))
    answer = client.get(PATH)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.usefixtures("_decided")
def test_what_makes_no_sense_is_refused_before_a_file_begins(client: TestClient) -> None:
    assert_error(client.get("/api/sft/runs/another/verdicts"), 404, "unknown_run")
    assert_error(client.get(PATH, params={"format": "xlsx"}), 422, "invalid_request")
    assert_error(client.get(PATH, params={"format": "inspect"}), 422, "invalid_request")
    client.delete(f"/api/sft/runs/{RUN}", params={"decided_too": True})
    assert_error(client.get(PATH), 404, "taken_back")
