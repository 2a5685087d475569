"""DELETE /api/sft/runs/{run_id} and POST /api/sft/runs/{run_id}/restore."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from tests.api.error_shape import assert_error
from tests.consistency import assert_consistent
from tests.factories import (
    RUN,
    Line,
    candidate_lines,
    export_rows,
    get_json,
    import_lines,
    queue_ids,
    submit,
    write_run,
)

IDS = [line["id"] for line in candidate_lines(3)]


@pytest.fixture
def desk(client: TestClient, database: Database, bench_dir: Path) -> TestClient:
    """A run of three cards, the first one accepted."""
    import_lines(database, bench_dir, candidate_lines(3))
    submit(client, IDS[0], "accept")
    return client


def take_back(client: TestClient, run_id: str = RUN, **query: Any) -> Line:
    response = client.delete(f"/api/sft/runs/{quote(run_id)}", params=query)
    assert response.status_code == 200, response.text
    return dict(response.json())


def restore(client: TestClient, run_id: str = RUN) -> Line:
    response = client.post(f"/api/sft/runs/{quote(run_id)}/restore")
    assert response.status_code == 200, response.text
    return dict(response.json())


def listed(client: TestClient) -> Line:
    (run,) = get_json(client, "/runs")
    return dict(run)


def test_it_says_what_would_go_does_it_and_brings_it_back(desk: TestClient, database: Database) -> None:
    would = take_back(desk, dry_run=True)
    assert would == {"run_id": RUN, "undecided": 2, "decided": 1, "hidden": 2, "dry_run": True}
    assert queue_ids(desk) == IDS[1:]
    assert take_back(desk) == {**would, "dry_run": False}
    assert queue_ids(desk) == []
    assert get_json(desk, "/decisions")["total"] == 1
    assert (listed(desk)["state"], listed(desk)["hidden"], listed(desk)["remaining"]) == ("imported", 2, 0)
    assert restore(desk) == {"run_id": RUN, "restored": 2}
    assert queue_ids(desk) == IDS[1:]
    assert_consistent(database)


def test_the_whole_run(desk: TestClient, database: Database) -> None:
    assert take_back(desk, decided_too=True)["hidden"] == 3
    run = listed(desk)
    assert (run["state"], run["already_imported"], run["hidden"], run["importable"]) == ("removed", True, 3, True)
    assert export_rows(desk) == export_rows(desk, format="candidates") == []
    assert get_json(desk, "/decisions")["total"] == 0
    assert get_json(desk, "/stats")["total"] == 0
    assert restore(desk)["restored"] == 3
    assert listed(desk)["state"] == "imported"
    assert len(export_rows(desk)) == 1
    assert_consistent(database)


def test_its_cards_are_404_with_a_code_of_their_own(desk: TestClient) -> None:
    batch = desk.post("/api/sft/bulk", json={"action": "flag", "queue": {}}).json()["batch_id"]
    take_back(desk, decided_too=True)
    card = quote(IDS[0])
    for response in (
        desk.get(f"/api/sft/candidates/{card}"),
        desk.get(f"/api/sft/candidates/{card}/history"),
        desk.post("/api/sft/submit", json={"id": IDS[1], "action": "flag"}),
        desk.post("/api/sft/undo", json={"id": IDS[0]}),
        desk.post(f"/api/sft/bulk/{batch}/undo"),
    ):
        body = assert_error(response, 404, "taken_back")
        assert "Runs page" in body["detail"]
        assert body.get("run_id", RUN) == RUN


def test_a_batch_is_undone_but_for_hidden_cards(desk: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [{**candidate_lines(1)[0], "id": "elsewhere"}], "other")
    batch = desk.post("/api/sft/bulk", json={"action": "flag", "queue": {}}).json()["batch_id"]
    take_back(desk, decided_too=True)
    assert desk.post(f"/api/sft/bulk/{batch}/undo").json() == {"ok": True, "count": 1, "left": 2}
    assert queue_ids(desk) == ["elsewhere"]


def test_importing_it_again_brings_it_back(desk: TestClient) -> None:
    take_back(desk, decided_too=True)
    report = desk.post("/api/sft/import", json={"run_id": RUN}).json()
    assert (report["imported"], report["skipped"]) == (0, 3)
    assert list(report["notes"].values()) == [3]
    assert (listed(desk)["state"], queue_ids(desk)) == ("imported", IDS[1:])


def test_a_run_whose_name_holds_a_slash(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(1), "a/b")
    name = listed(client)["run_id"]
    assert take_back(client, name)["hidden"] == 1
    assert restore(client, name)["restored"] == 1


class TestRefused:
    def test_unknown_runs(self, desk: TestClient, bench_dir: Path) -> None:
        write_run(bench_dir, candidate_lines(1), "only-on-disk")
        for run_id in ("nowhere", "only-on-disk", "a%00b"):
            path = f"/api/sft/runs/{run_id}"
            assert_error(desk.delete(path), 404, "unknown_run")
            assert_error(desk.delete(path, params={"dry_run": True}), 404, "unknown_run")
            assert_error(desk.post(f"{path}/restore"), 404, "unknown_run")

    def test_twice(self, desk: TestClient) -> None:
        path = f"/api/sft/runs/{RUN}"
        assert_error(desk.post(f"{path}/restore"), 409, "nothing_to_restore")
        take_back(desk, decided_too=True)
        body = assert_error(desk.delete(path, params={"decided_too": True}), 409, "nothing_to_hide")
        assert body["run_id"] == RUN
        assert take_back(desk, dry_run=True)["hidden"] == 0

    def test_while_it_is_imported(self, desk: TestClient, database: Database) -> None:
        path = f"/api/sft/runs/{RUN}"
        with database.hold(f"import:{RUN}"):
            for response in (desk.delete(path), desk.delete(path, params={"dry_run": True})):
                assert_error(response, 409, "already_importing")
            assert_error(desk.post(f"{path}/restore"), 409, "already_importing")
        assert queue_ids(desk) == IDS[1:]

    @pytest.mark.parametrize("query", [{"decided_too": "perhaps"}, {"dry_run": "2"}])
    def test_a_value_of_another_type(self, desk: TestClient, query: Line) -> None:
        assert_error(desk.delete(f"/api/sft/runs/{RUN}", params=query), 422, "invalid_request")
