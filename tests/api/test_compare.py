"""GET /api/sft/compare, as JSON and as the files that CI takes."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from fastapi.testclient import TestClient

from avocet import exports
from avocet.db import Database
from avocet.exports import Recipe
from tests.api.error_shape import assert_error
from tests.exports.deciding import corrected
from tests.factories import candidate_line, get_json
from tests.runs.listed import Listed, import_listed

PATH = "/api/sft/compare"
SIDES = {"before": "old", "after": "new"}


@pytest.fixture(autouse=True)
def _runs(database: Database, tmp_path: Path) -> None:
    for run, signs in (("old", "fffppppp"), ("new", "fppppppf")):
        items = [Listed(str(n), "passed" if sign == "p" else "failed") for n, sign in enumerate(signs)]
        import_listed(database, tmp_path, items, run=run)


def test_json_has_the_comparison_and_what_the_gate_says(client: TestClient) -> None:
    found = get_json(client, "/compare", **SIDES, gate="regressions <= 0")
    assert (found["compared"]["fixed"], found["compared"]["broken"], found["gate"]["verdict"]) == (2, 1, "failed")
    assert get_json(client, "/compare", **SIDES)["gate"] is None


def test_files_for_ci(client: TestClient) -> None:
    told = client.get(PATH, params={**SIDES, "format": "md", "gate": "regressions <= 0"})
    assert told.headers["content-type"].startswith("text/markdown")
    assert told.headers["content-disposition"] == 'attachment; filename="comparison.md"'
    assert "**Gate fails**" in told.text
    assert "**Gate" not in client.get(PATH, params={**SIDES, "format": "md"}).text
    suite = ET.fromstring(client.get(PATH, params={**SIDES, "format": "junit", "gate": "regressions <= 0"}).text)
    assert (suite.get("name"), suite.get("failures")) == ("old → new", "1")


def test_what_a_side_was_trained_on_is_told_apart(client: TestClient, database: Database, tmp_path: Path) -> None:
    corrected(database, tmp_path, [candidate_line(7, item_id="7", task_type="sums")])
    exports.make(database, Recipe(format="sft"), tmp_path / "made.jsonl", reviewer="rowan")
    assert get_json(client, "/compare", **SIDES)["compared"]["exposure"] is None
    found = get_json(client, "/compare", **SIDES, trained_on="1", before_trained_on="1", gate="regressions <= 0")
    told = found["compared"]["exposure"]
    assert (told["before"]["items"], told["after"]["items"], told["rest"]["items"]) == (1, 1, 7)
    assert found["gate"]["note"] == found["compared"]["notes"][0]
    path = tmp_path / "made.jsonl"
    assert_error(client.get(PATH, params={**SIDES, "trained_on": str(path)}), 422, "invalid_request")


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"after": "old"}, 422, "invalid_request"),
        ({"after": "nowhere"}, 404, "unknown_run"),
        ({"trained_on": "7"}, 404, "unknown_export"),
        ({"trained_on": "nowhere"}, 422, "invalid_request"),
        ({"gate": "nonsense"}, 422, "invalid_request"),
        ({"format": "junit"}, 422, "invalid_request"),
        ({"format": "pdf"}, 422, "invalid_request"),
    ],
)
def test_what_it_refuses(client: TestClient, asked: dict[str, Any], status: int, code: str) -> None:
    assert_error(client.get(PATH, params={**SIDES, **asked}), status, code)


def test_several_sides(client: TestClient, database: Database, tmp_path: Path) -> None:
    import_listed(database, tmp_path, [Listed(str(n), "passed") for n in range(8)], run="third")
    found = get_json(client, "/compare/several", side=["old", "new", "third"])
    assert [side["name"] for side in found["sides"]] == ["old", "new", "third"]
    assert [(pair["fixed"], pair["broken"]) for pair in found["pairs"]] == [(2, 1), (3, 0)]
    first = found["items"][0]
    assert (first["item"], first["values"], first["cards"][1:]) == ("0", [0, 0, 1], [ANY, None])
    assert_error(client.get(f"{PATH}/several", params={"side": ["old"]}), 422, "invalid_request")
    assert_error(client.get(f"{PATH}/several", params={"side": ["old", "nowhere"]}), 404, "unknown_run")
