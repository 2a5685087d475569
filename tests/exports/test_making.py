"""An export is written and remembered by one function, which asks once for its exporter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet import exporters, exports
from avocet.db import Database
from avocet.errors import ReadOnly
from avocet.exporters import Exporter
from avocet.exports import AsOf, Recipe, Splits, made
from tests.exports.deciding import varied


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    varied(database, bench_dir)
    return database


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The formats that were asked for, one entry each time."""
    names: list[str] = []
    choose: Callable[[str], Exporter] = exporters.choose

    def noted(name: str) -> Exporter:
        names.append(name)
        return choose(name)

    monkeypatch.setattr(exporters, "choose", noted)
    return names


def test_it_is_remembered_under_its_path_or_a_name(desk: Database, tmp_path: Path) -> None:
    target = tmp_path / "a.jsonl"
    by_path = exports.make(desk, Recipe(), target, reviewer="ann")
    named = exports.make(desk, Recipe(), target, reviewer="ann", name="b.jsonl", recipe_name="weekly")
    assert by_path.export_id is not None
    assert named.export_id is not None
    assert made.read(desk, by_path.export_id).target == str(target)
    last = made.read(desk, named.export_id)
    assert (last.target, last.recipe_name, last.manifest) == ("b.jsonl", "weekly", named.manifest)


@pytest.mark.parametrize(("format_name", "state"), [("candidates", None), ("sft", AsOf(3))])
def test_what_is_of_a_moment_is_not_remembered(
    desk: Database, tmp_path: Path, format_name: str, state: AsOf | None
) -> None:
    done = exports.make(desk, Recipe(format=format_name), tmp_path / "a.jsonl", reviewer="ann", as_of=state)
    assert done.export_id is None
    assert made.read_all(desk) == []


def test_a_desk_that_can_only_be_looked_at_remembers_nothing(
    desk: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "is_read_only", True)
    with pytest.raises(ReadOnly):
        exports.make(desk, Recipe(), tmp_path / "a.jsonl", reviewer="ann")
    done = exports.make(desk, Recipe(), tmp_path / "b.jsonl", reviewer="ann", may_be_forgotten=True)
    assert done.export_id is None
    assert (tmp_path / "b.jsonl").is_file()


@pytest.mark.parametrize("format_name", ["sft", "hf"])
def test_it_asks_once_for_its_exporter(desk: Database, tmp_path: Path, asked: list[str], format_name: str) -> None:
    done = exports.make(desk, Recipe(format=format_name), tmp_path / "set", reviewer="ann")
    assert asked == [format_name]
    exports.again(desk, done.manifest, tmp_path / "again")
    assert asked == [format_name] * 2
    exports.preview(desk, Recipe(format=format_name))
    assert asked == [format_name] * 3


@pytest.mark.parametrize("recipe", [Recipe(), Recipe(splits=Splits(train=0.8, test=0.2))])
def test_the_page_asks_once_too(client: TestClient, desk: Database, asked: list[str], recipe: Recipe) -> None:
    splits = {"train": 0.8, "test": 0.2} if recipe.splits else {}
    assert client.get("/api/sft/export", params={"format": "sft", **splits}).status_code == 200
    assert asked == ["sft"]
    assert client.get("/api/sft/export/preview", params={"format": "sft", **splits}).status_code == 200
    assert asked == ["sft"] * 2
    sent = client.post(
        "/api/sft/exports", json={"recipe": {"format": "sft", **({"splits": splits} if splits else {})}}
    )
    assert sent.status_code == 201
    assert asked == ["sft"] * 3
    assert client.get(f"/api/sft/exports/{sent.json()['export_id']}/download").status_code == 200
    assert asked == ["sft"] * 4
