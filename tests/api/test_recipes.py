"""Recipes and the hold-out over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from tests.api.error_shape import assert_error
from tests.factories import RUN, candidate_line, export_rows, get_json, import_lines, submit

RECIPE = {"format": "trl-dpo", "filter": {"include_category": ["wrong_answer"]}}


@pytest.fixture(autouse=True)
def _decided(client: TestClient, database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line(number) for number in range(8)])
    for number in range(8):
        category = "wrong_answer" if number % 2 else None
        submit(client, f"{RUN}/item-{number}", "correct", corrected_response="x", failure_category=category)


def save(client: TestClient, name: str = "mine", recipe: Any = RECIPE) -> Any:
    response = client.put(f"/api/sft/recipes/{name}", json=recipe)
    assert response.status_code == 200, response.text
    return response.json()


def test_a_recipe_is_used_by_its_name(client: TestClient) -> None:
    assert save(client)["recipe"]["format"] == "trl-dpo"
    spelt_out = export_rows(client, format="trl-dpo", include_category="wrong_answer")
    assert export_rows(client, recipe="mine") == spelt_out
    assert len(spelt_out) == 4
    assert get_json(client, "/export/preview", recipe="mine")["rows"] == 4
    made = client.post("/api/sft/exports", json={"recipe_name": "mine"}).json()
    assert (made["recipe_name"], made["manifest"]["rows"]) == ("mine", 4)


def test_is_listed_and_forgotten(client: TestClient) -> None:
    save(client)
    (listed,) = get_json(client, "/recipes")
    assert (listed["name"], listed["recipe"]["filter"]) == ("mine", RECIPE["filter"])
    assert client.delete("/api/sft/recipes/mine").status_code == 204
    assert get_json(client, "/recipes") == []
    assert_error(client.delete("/api/sft/recipes/mine"), 404, "unknown_recipe")


def test_nothing_is_chosen_beside_it(client: TestClient) -> None:
    save(client)
    response = client.get("/api/sft/export", params={"recipe": "mine", "action": "correct"})
    assert_error(response, 422, "invalid_request")
    assert_error(client.get("/api/sft/export", params={"recipe": "yours"}), 404, "unknown_recipe")


@pytest.mark.parametrize("name", ["%20", "x" * 81])
def test_a_name_that_is_none(client: TestClient, name: str) -> None:
    assert_error(client.put(f"/api/sft/recipes/{name}", json=RECIPE), 422, "invalid_request")


def test_the_hold_out_stays_out_and_is_counted(client: TestClient) -> None:
    assert get_json(client, "/hold-out") == {"share": 0.0, "salt": ""}
    set_ = client.put("/api/sft/hold-out", json={"share": 0.5, "salt": "1"})
    assert set_.json() == get_json(client, "/hold-out") == {"share": 0.5, "salt": "1"}
    preview = get_json(client, "/export/preview")
    assert preview["held_out"] + preview["rows"] == 8
    assert 0 < preview["rows"] == len(export_rows(client)) < 8


@pytest.mark.parametrize("body", [{"share": 1}, {"share": -0.1}, {"share": "some"}, {}, {"share": 0.1, "of": "x"}])
def test_a_hold_out_that_is_none(client: TestClient, body: Any) -> None:
    assert_error(client.put("/api/sft/hold-out", json=body), 422, "invalid_request")
