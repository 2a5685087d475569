"""An import that is killed in the middle shows as interrupted and finishes by importing again, no line twice."""

from __future__ import annotations

import json
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from avocet import runs
from avocet.db import Database
from avocet.models import Candidate
from avocet.settings import Settings
from tests.consistency import assert_consistent, lines_read
from tests.factories import RUN, candidate_line, write_run
from tests.processes import COMMAND, environment, serving, wait_until

LINES = 20_000
REJECTED = LINES // 100


@pytest.fixture
def run_file(bench_dir: Path) -> Path:
    """A long run; each hundredth line is no candidate."""
    lines = ("5" if number % 100 == 50 else candidate_line(number) for number in range(LINES))
    return write_run(bench_dir, lines)


def interrupted(database: Database, bench_dir: Path) -> runs.RunSummary | None:
    """The run, once nobody imports it; a server takes a moment to see that a client died."""
    (run,) = runs.list_runs(database, bench_dir)
    return None if run.state == "importing" else run


def candidates(database: Database) -> tuple[int, int]:
    with database.read() as connection:
        rows = connection.execute(select(func.count(), func.count(Candidate.id.distinct()))).one()
    return rows[0], rows[1]


def assert_cut_off(database: Database, bench_dir: Path) -> runs.RunSummary:
    run = wait_until(lambda: interrupted(database, bench_dir), "the dead importer's lock")
    assert (run.state, run.already_imported) == ("interrupted", False)
    assert 0 < run.read < LINES
    assert (run.imported, run.imported) == candidates(database)
    assert run.read == run.imported + run.skipped + run.rejected
    assert len(runs.rejected_lines(database, RUN)) == run.rejected
    assert_consistent(database)
    return run


def assert_finished(database: Database, counts: dict[str, Any], before: runs.RunSummary) -> None:
    assert (counts["read"], counts["rejected"]) == (LINES, REJECTED)
    assert counts["skipped"] == before.imported
    assert counts["imported"] == LINES - REJECTED - before.imported
    assert candidates(database) == (LINES - REJECTED, LINES - REJECTED)
    assert len(runs.rejected_lines(database, RUN)) == REJECTED
    assert_consistent(database)


def test_a_killed_command(settings: Settings, database: Database, bench_dir: Path, run_file: Path) -> None:
    command = [*COMMAND, "import", "--json", str(run_file)]
    with subprocess.Popen(command, env=environment(settings), stdout=subprocess.DEVNULL) as process:
        wait_until(lambda: lines_read(database), "the first batch")
        process.kill()
    assert process.returncode == -signal.SIGKILL
    before = assert_cut_off(database, bench_dir)
    listed = subprocess.run([*COMMAND, "runs"], env=environment(settings), capture_output=True, text=True, check=True)
    assert "interrupted" in listed.stdout
    again = subprocess.run(command, env=environment(settings), capture_output=True, check=True)
    (counts,) = json.loads(again.stdout)["runs"]
    assert_finished(database, counts, before)
    (run,) = runs.list_runs(database, bench_dir)
    assert (run.state, run.already_imported) == ("imported", True)


def test_a_killed_server(
    settings: Settings, database: Database, bench_dir: Path, run_file: Path, tmp_path: Path
) -> None:
    with (
        ThreadPoolExecutor(1) as pool,
        serving(environment(settings), tmp_path / "first.log") as server,
        server.client() as client,
    ):
        importing = pool.submit(client.post, "/api/sft/import", json={"run_id": RUN})
        wait_until(lambda: lines_read(database), "the first batch")
        server.stop(signal.SIGKILL)
        with pytest.raises(httpx2.TransportError):
            importing.result()
    before = assert_cut_off(database, bench_dir)
    with serving(environment(settings), tmp_path / "second.log") as server, server.client() as client:
        (listed,) = client.get("/api/sft/runs").json()
        assert (listed["state"], listed["imported"]) == ("interrupted", before.imported)
        # what was committed can be worked on before the rest is there
        card = client.get("/api/sft/queue").json()["items"][0]["id"]
        client.post("/api/sft/submit", json={"id": card, "action": "discard"}).raise_for_status()
        counts = client.post("/api/sft/import", json={"run_id": RUN}).raise_for_status().json()
        assert_finished(database, counts, before)
        assert client.get(f"/api/sft/candidates/{card}").json()["status"] == "discarded"
        (listed,) = client.get("/api/sft/runs").json()
        assert (listed["state"], listed["already_imported"]) == ("imported", True)
