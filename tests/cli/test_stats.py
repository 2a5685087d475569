"""avocet stats."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from tests.command import Avocet
from tests.factories import candidate_lines, import_lines, queue_ids, submit


@pytest.fixture
def _desk(database: Database, bench_dir: Path, client: TestClient) -> None:
    import_lines(database, bench_dir, candidate_lines(3))
    submit(client, queue_ids(client)[0], "discard", failure_category="wrong_answer")
    submit(client, queue_ids(client)[0], "accept", check_fault="check_too_strict")


@pytest.mark.usefixtures("_desk")
def test_json_is_what_http_answers(avocet: Avocet, client: TestClient) -> None:
    assert avocet("stats", "--json").json() == client.get("/api/sft/stats").json()
    asked = client.get("/api/sft/stats", params={"outcome": "passed"}).json()
    assert avocet("stats", "--json", "--outcome", "passed").json() == asked
    assert asked["total"] == 0


@pytest.mark.usefixtures("_desk")
def test_every_count_stands_in_the_tables(avocet: Avocet) -> None:
    out = avocet.done("stats")
    for heading in ("status", "failure category", "fault of the check", "model", "task type"):
        assert heading in out
    lines = [line.split() for line in out.splitlines()]
    assert ["needs_review", "1"] in lines
    assert ["wrong_answer", "1"] in lines
    assert ["check_too_strict", "1"] in lines
    assert ["small-model", "3"] in lines
    assert ["arithmetic", "3"] in lines
    assert "3 candidates, 1 ready to export" in out


def test_an_empty_desk_has_zeros(avocet: Avocet) -> None:
    assert "0 candidates, 0 ready to export" in avocet.done("stats")
