"""GET and POST /api/sft/config: which results folder is in force, and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet import __version__
from avocet.api import create_app
from avocet.db import Database
from avocet.settings import Settings
from tests.api.error_shape import assert_error
from tests.conftest import LOOPBACK
from tests.factories import Line, candidate_lines, get_json, write_run


@pytest.fixture
def free_client(settings: Settings, database: Database) -> Iterator[TestClient]:
    """A desk whose environment names no folder."""
    settings = settings.model_copy(update={"bench_results_dir": None})
    with TestClient(create_app(settings, database, index_search=False), base_url=LOOPBACK) as client:
        yield client


def store(client: TestClient, folder: str | None) -> Line:
    response = client.post("/api/sft/config", json={"bench_results_dir": folder})
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_nothing_is_set_at_first(free_client: TestClient) -> None:
    assert get_json(free_client, "/config") == {
        "bench_results_dir": None,
        "source": "unset",
        "state": "unset",
        "reviewer": "rowan",
        "usual_reviewer": "rowan",
        "takes_name": True,
        "version": __version__,
    }
    assert get_json(free_client, "/runs") == []


def test_a_stored_folder_is_in_force_at_once(free_client: TestClient, bench_dir: Path) -> None:
    write_run(bench_dir, candidate_lines(1))
    answer = store(free_client, str(bench_dir))
    assert (answer["bench_results_dir"], answer["source"], answer["state"]) == (str(bench_dir), "stored", "ok")
    assert get_json(free_client, "/config") == answer
    assert len(get_json(free_client, "/runs")) == 1


def test_it_can_be_changed_and_forgotten(free_client: TestClient, bench_dir: Path, tmp_path: Path) -> None:
    store(free_client, str(bench_dir))
    assert store(free_client, f"  {tmp_path}\n")["bench_results_dir"] == str(tmp_path)
    assert store(free_client, None)["source"] == "unset"
    assert store(free_client, None)["source"] == "unset"


def test_a_folder_that_goes_away_is_shown_as_missing(free_client: TestClient, bench_dir: Path) -> None:
    store(free_client, str(bench_dir))
    bench_dir.rmdir()
    assert get_json(free_client, "/config")["state"] == "missing"
    assert get_json(free_client, "/runs") == []


def test_the_environment_beats_what_is_stored(client: TestClient, bench_dir: Path, tmp_path: Path) -> None:
    assert get_json(client, "/config")["source"] == "environment"
    answer = store(client, str(tmp_path))
    assert (answer["bench_results_dir"], answer["source"]) == (str(bench_dir), "environment")
    bench_dir.rmdir()
    assert get_json(client, "/config")["state"] == "missing"


def test_what_is_stored_comes_into_force_without_the_environment(
    client: TestClient, free_client: TestClient, tmp_path: Path
) -> None:
    store(client, str(tmp_path))
    assert get_json(free_client, "/config")["bench_results_dir"] == str(tmp_path)


def test_home_is_understood(free_client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "results").mkdir()
    assert store(free_client, "~/results")["bench_results_dir"] == str(tmp_path / "results")


@pytest.mark.parametrize(
    "folder", ["", "  ", "results", "./results", "~nobody-of-that-name/results", "/nowhere/at/all", "/" + "x" * 5000]
)
def test_a_folder_that_cannot_be_is_refused(free_client: TestClient, folder: str) -> None:
    response = free_client.post("/api/sft/config", json={"bench_results_dir": folder})
    assert_error(response, 422, "folder_invalid")
    assert get_json(free_client, "/config")["source"] == "unset"


def test_a_file_is_no_folder(free_client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    response = free_client.post("/api/sft/config", json={"bench_results_dir": str(tmp_path / "file")})
    assert_error(response, 422, "folder_invalid")


@pytest.mark.parametrize("body", [{}, {"bench_results_dir": 5}, {"bench_results_dir": "/a\x00"}, {"reviewer": "x"}])
def test_a_body_of_another_shape_is_refused(free_client: TestClient, body: Line) -> None:
    assert_error(free_client.post("/api/sft/config", json=body), 422, "invalid_request")
