"""The desk trains in earnest: from a request to the adapter, and from a stop to the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.settings import Settings
from avocet.training.launcher import Trainings
from tests.factories import get_json
from tests.processes import wait_until
from tests.training.conftest import decided, end_all
from tests.training.starting import until

__all__ = ["decided"]
TRAININGS = "/api/sft/trainings"
# the libraries alone may take as long to load on a busy machine
PATIENCE_S = 300.0


@pytest.fixture
def trainings(client: TestClient, database: Database, settings: Settings, decided: None) -> Iterator[Trainings]:
    yield Trainings(database, settings)
    end_all(settings)


def start(client: TestClient, model: Path, **fields: Any) -> str:
    body = {"base": str(model), "device": "cpu", "validation": 0, "batch_size": 2, "save_steps": 1, **fields}
    response = client.post(TRAININGS, json=body)
    assert response.status_code == 201, response.text
    return str(response.json()["name"])


@pytest.mark.parametrize("method", ["sft", "dpo"])
def test_from_the_request_to_the_adapter(
    client: TestClient, trainings: Trainings, model_folder: Path, method: str
) -> None:
    name = start(client, model_folder, method=method, max_steps=2, exclude_category=["format_error"])
    view = until(trainings, name, "done", "failed", patience_s=PATIENCE_S)
    assert (view.state, view.error, view.step) == ("done", None, 2)
    assert (Path(view.folder) / "adapter" / "adapter_model.safetensors").is_file()
    told = get_json(client, f"/trainings/{name}")
    assert told["used_by_category"] == {"wrong_answer": 3}
    assert told["train_rows"] == 3
    assert told["outcomes"]["failed"]["trained"] == told["categories"]["wrong_answer"]["trained"] == 3
    assert [point["step"] for point in told["points"]] == [1, 2]
    page = client.get(f"{TRAININGS}/{name}/report")
    assert "<h2>Rows by failure category</h2>" in page.text
    assert page.headers["content-security-policy"].startswith("sandbox; default-src 'none'")


def test_stopped_it_goes_on_where_it_was(client: TestClient, trainings: Trainings, model_folder: Path) -> None:
    name = start(client, model_folder, max_steps=2000)
    trained_once(trainings, name)
    client.post(f"{TRAININGS}/{name}/stop").raise_for_status()
    stopped = until(trainings, name, "stopped", "failed", patience_s=PATIENCE_S)
    assert (stopped.state, stopped.error) == ("stopped", None)
    resumed = until_resumed(client, trainings, name)
    assert resumed.step > stopped.step
    assert [point.step for point in resumed.points[: stopped.step]] == [*range(1, stopped.step + 1)]
    client.post(f"{TRAININGS}/{name}/stop").raise_for_status()
    until(trainings, name, "stopped", patience_s=PATIENCE_S)


def trained_once(trainings: Trainings, name: str, after: int = 0) -> Any:
    def look() -> Any:
        view = trainings.get(name)
        assert view.state in ("starting", "running"), (view.error, trainings.log(name))
        return view if view.step > after else None

    return wait_until(look, f"a step of {name} after {after}", PATIENCE_S)


def until_resumed(client: TestClient, trainings: Trainings, name: str) -> Any:
    step = trainings.get(name).step
    response = client.post(f"{TRAININGS}/{name}/resume")
    assert response.status_code == 200, response.text
    return trained_once(trainings, name, after=step)
