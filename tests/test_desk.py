"""`avocet.Desk`: the same exports from Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import avocet
from avocet import exports
from avocet.db import Database
from avocet.errors import InvalidRequest, NothingToDraw, Prerequisite, UnknownFormat, UnknownRecipe, UnknownRun
from avocet.exports import Recipe, Splits, made, recipe
from avocet.review import samples
from tests.exports.deciding import decide, rows_of, varied
from tests.factories import RUN, candidate_line, import_lines


@pytest.fixture
def desk(database: Database, database_url: str, bench_dir: Path) -> Any:
    varied(database, bench_dir)
    with avocet.Desk(database_url) as desk:
        yield desk


def test_rows(desk: avocet.Desk, database: Database) -> None:
    assert desk.export() == rows_of(database)
    chosen = desk.export("trl-dpo", exclude_category=["scoring_artifact"], action=["correct"])
    assert chosen == rows_of(database, "trl-dpo", action=("correct",))
    assert len(desk.export(as_of=5)) == 3


def test_passes_and_outcomes(desk: avocet.Desk, database: Database, bench_dir: Path) -> None:
    failed = len(desk.export())
    import_lines(database, bench_dir, [candidate_line(n, outcome="passed") for n in (70, 71, 72)], "passed")
    decide(database, 70, "correct", "right")
    decide(database, 71, "accept")
    assert len(desk.export(passes="none")) == len(desk.export()) == failed
    assert len(desk.export(passes="corrected")) == failed + 1
    assert len(desk.export(passes="confirmed")) == failed + 2
    assert len(desk.export(passes="confirmed", outcome="passed")) == 2
    assert len(desk.export("candidates", outcome="passed")) == 3
    assert len(desk.to_datasets("trl-sft", passes="corrected", outcome="passed")["train"]) == 1


def test_verdicts_of_a_run(desk: avocet.Desk) -> None:
    """Of each four cards one was corrected and one flagged (wrong), one accepted (right), one discarded as wrong."""
    assert [row["verdict"] for row in desk.verdicts(RUN)[:4]] == ["wrong", "right", "wrong", "wrong"]
    assert [row["should"] for row in desk.verdicts(RUN, "cases")[:4]] == ["fail", "pass", "fail", "fail"]
    with pytest.raises(UnknownRun):
        desk.verdicts("another")


def test_files_are_listed_in_the_desk(desk: avocet.Desk, database: Database, tmp_path: Path) -> None:
    one = desk.export("sft", tmp_path / "a.jsonl")
    several = desk.export("hf", str(tmp_path / "set"), splits={"train": 0.8, "test": 0.2})
    assert [entry.manifest for entry in made.read_all(database)] == [several, one]
    assert exports.verify(tmp_path / "set", database).problems == []
    desk.export("candidates", tmp_path / "all.jsonl")
    assert len(made.read_all(database)) == 2


def test_a_recipe_of_the_desk(desk: avocet.Desk, database: Database) -> None:
    recipe.save(database, "mine", Recipe(format="trl-kto"))
    assert desk.export(desk.recipe("mine")) == rows_of(database, "trl-kto")
    with pytest.raises(UnknownRecipe):
        desk.recipe("yours")


def test_samples(desk: avocet.Desk, database: Database, bench_dir: Path) -> None:
    lines = [candidate_line(n, id=f"s-{n}", task_type="ab"[n % 2]) for n in range(8)]
    import_lines(database, bench_dir, lines, "waiting")
    assert desk.samples() == []
    drawn = desk.sample("s", 2, per=["task"], seed=7, outcome="any", run_id="waiting")
    assert drawn == samples.get(database, "s")
    assert (drawn.per, drawn.seed, drawn.filter) == (["task"], 7, {"outcome": "any", "run_id": "waiting"})
    assert (drawn.members, desk.sample("s", 3).members) == (4, 6)
    assert [one.name for one in desk.samples()] == ["s"]
    with pytest.raises(InvalidRequest, match="failure_category"):
        desk.sample("t", 3, failure_category="wrong_answer")
    with pytest.raises(InvalidRequest, match="outcome"):
        desk.sample("t", 3, outcome="lost")
    with pytest.raises(NothingToDraw):
        desk.sample("t", 3, model_name="another")


def test_datasets_by_split_and_by_name(desk: avocet.Desk) -> None:
    by_split = desk.to_datasets("trl-dpo", splits=Splits(train=0.5, validation=0.25, test=0.25))
    assert set(by_split) <= {"train", "validation", "test"}
    by_name = desk.to_datasets()
    assert {name: len(one["train"]) for name, one in by_name.items()} == {"sft": 30, "preference": 15}
    assert set(desk.to_datasets("llama-factory", splits={"train": 0.5, "test": 0.5})) == {"sft", "dpo", "kto"}
    assert set(desk.to_datasets("mlx", splits={"train": 0.5, "validation": 0.5})) == {"train", "validation"}
    assert desk.to_datasets(since="2999-01-01") == {}


@pytest.mark.parametrize(
    ("format_name", "choices", "error"),
    [
        ("xlsx", {}, UnknownFormat),
        ("sft", {"category": ["wrong_answer"]}, InvalidRequest),
        ("sft", {"include_category": 3}, InvalidRequest),
        ("sft", {"splits": {"train": "most"}}, InvalidRequest),
        ("sft", {"passes": "all"}, InvalidRequest),
        ("sft", {"outcome": "passed"}, InvalidRequest),
        ("hf", {}, InvalidRequest),
        ("csv", {}, InvalidRequest),
    ],
)
def test_what_is_refused(desk: avocet.Desk, format_name: str, choices: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        desk.export(format_name, **choices)


def test_records_are_no_datasets(desk: avocet.Desk) -> None:
    with pytest.raises(InvalidRequest, match="no training data"):
        desk.to_datasets("candidates")


def test_a_folder_without_a_desk(tmp_path: Path) -> None:
    with pytest.raises(Prerequisite, match="no desk"):
        avocet.Desk(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_package_is_light_until_somebody_asks() -> None:
    code = (
        "import avocet, sys; assert 'sqlalchemy' not in sys.modules; avocet.Desk; assert 'sqlalchemy' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(AttributeError, match="has no attribute 'Bench'"):
        avocet.Bench  # noqa: B018
