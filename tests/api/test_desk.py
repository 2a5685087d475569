"""GET /desk: what the page would otherwise have to say again, and the same in the page itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from scripts.openapi import FACTS, desk_facts

from avocet.api import web
from avocet.categories import CATEGORIES, FAILURE_CATEGORIES
from avocet.exporters import EXPORTERS
from avocet.faults import CHECK_FAULTS
from avocet.importers import IMPORTERS
from avocet.training.config import FORMATS, TrainConfig

PAGE = Path(__file__).parents[2] / "web" / "index.html"


def test_every_category_fault_format_and_importer_is_there(client: TestClient) -> None:
    facts = client.get("/api/sft/desk").json()
    assert tuple(one["value"] for one in facts["categories"]) == FAILURE_CATEGORIES
    assert all(one["label"] and one["meaning"] for one in facts["categories"])
    assert tuple(one["value"] for one in facts["faults"]) == CHECK_FAULTS
    assert all(one["label"] and one["meaning"] for one in facts["faults"])
    assert [one["name"] for one in facts["formats"]] == list(EXPORTERS)
    assert [one["name"] for one in facts["importers"]] == list(IMPORTERS)
    by_name = {one["name"]: one for one in facts["formats"]}
    assert {name for name, one in by_name.items() if not one["can_split"]} == {"csv", "candidates", "cleaned"}
    assert {name for name, one in by_name.items() if not one["is_kept"]} == {"candidates", "cleaned"}
    assert {name for name, one in by_name.items() if one["needs_split"]} == {"mlx"}
    for method, formats in FORMATS.items():
        assert {name for name, one in by_name.items() if one["method"] == method} == set(formats)


def test_the_defaults_are_those_that_a_training_takes(client: TestClient) -> None:
    defaults = TrainConfig(base="x", out="y")
    numbers = client.get("/api/sft/desk").json()["training"]["numbers"]
    assert numbers == {name: getattr(defaults, name) for name in numbers}
    assert {"epochs", "batch_size", "lora_rank", "max_steps", "seed"} < numbers.keys()


def test_the_page_holds_the_same(client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(PAGE.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(web, "STATIC", tmp_path)
    page = client.get("/").text
    held = re.search(r'<script type="application/json" id="desk-facts">(.*?)</script>', page, re.DOTALL)
    assert held
    assert json.loads(held[1]) == client.get("/api/sft/desk").json()
    assert "<" not in held[1]


def test_the_web_app_is_tested_with_what_the_server_says() -> None:
    assert FACTS.read_text("utf-8") == desk_facts()
    assert len(CATEGORIES) == 6
