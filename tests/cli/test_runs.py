"""avocet runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.command import Avocet
from tests.factories import RUN, candidate_lines, write_run


def test_found_and_imported_runs_are_listed(avocet: Avocet, bench_dir: Path) -> None:
    avocet.done("import", write_run(bench_dir, [*candidate_lines(2), "5"]))
    write_run(bench_dir, candidate_lines(3), "2026-02-03-040506")
    lines = [line.split() for line in avocet.done("runs").splitlines()]
    assert lines[1:] == [
        ["2026-02-03-040506", "new", "3", "0", "0", "0"],
        [RUN, "imported", "small-model", "3", "1", "2", "0"],
    ]


def test_json_is_what_http_answers(avocet: Avocet, bench_dir: Path, client: TestClient) -> None:
    avocet.done("import", write_run(bench_dir, candidate_lines(2)))
    assert avocet("runs", "--json").json() == client.get("/api/sft/runs").json()


def test_no_runs_says_what_to_do(avocet: Avocet) -> None:
    said = avocet("runs")
    assert (said.code, said.out) == (0, "")
    assert said.err == "No runs yet: avocet import PATH, or set AVOCET_BENCH_RESULTS_DIR.\n"


def test_a_missing_results_folder_is_told(avocet: Avocet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AVOCET_BENCH_RESULTS_DIR", str(tmp_path / "gone"))
    said = avocet("runs")
    assert said.code == 0
    assert f"The results folder {tmp_path / 'gone'} is missing." in said.err
