"""Small inputs that ended a training once (tests/samples/cases): rows are left out by card, and calls are learned."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from avocet import exports, training
from avocet.db import Database
from avocet.errors import InvalidRequest
from avocet.exports import Recipe, recipe
from avocet.training import TrainConfig
from avocet.training.report import TrainingReport
from tests.factories import import_file

pytestmark = pytest.mark.filterwarnings("default")
SAMPLES = Path(__file__).parents[1] / "samples/cases"


def config_of(model_folder: Path, tmp_path: Path, **more: Any) -> TrainConfig:
    given = {"base": str(model_folder), "out": str(tmp_path / "out"), "batch_size": 2, "device": "cpu"}
    return training.read_config(None, {**given, "max_steps": 1, "validation": 0, **more})


def run(desk: Database, config: TrainConfig) -> TrainingReport:
    return training.run(config, lambda: nullcontext(desk), reviewer="rowan")


def test_roles(database: Database, model_folder: Path, tmp_path: Path) -> None:
    """`sft` writes every approved card; the trainer leaves out what `trl-sft` leaves out."""
    import_file(database, SAMPLES / "loaders/roles.jsonl", "roles")
    exports.write(database, Recipe(format="sft"), tmp_path / "all.jsonl")
    trl = exports.preview(database, Recipe(format="trl-sft"))
    made = run(database, config_of(model_folder, tmp_path, dataset=str(tmp_path / "all.jsonl")))
    assert made.train_rows == 1
    assert made.left_out == trl.left_out
    assert made.left_out_ids == trl.left_out_ids
    assert any("r1" in note and "system's turn" in note for note in made.notes)


def test_a_training_that_was_refused_blocks_nothing(database: Database, model_folder: Path, tmp_path: Path) -> None:
    import_file(database, SAMPLES / "loaders/roles.jsonl", "roles")
    recipe.save(database, "mine", Recipe())
    refused = config_of(model_folder, tmp_path, recipe="mine", include_category=["hallucination"])
    with pytest.raises(InvalidRequest, match="leave no row to train on"):
        run(database, refused)
    assert not (tmp_path / "out" / "dataset").exists()
    assert run(database, config_of(model_folder, tmp_path, recipe="mine")).train_rows == 1


@pytest.mark.parametrize(("method", "rows"), [("sft", 5), ("dpo", 5), ("kto", 10)])
def test_calls_are_learned(database: Database, model_folder: Path, tmp_path: Path, method: str, rows: int) -> None:
    for name in ("text-and-object", "answer-is-a-call"):
        import_file(database, SAMPLES / f"tool-calls/{name}.jsonl", name)
    recipe.save(database, "mine", Recipe())
    made = run(database, config_of(model_folder, tmp_path, recipe="mine", method=method))
    assert (made.train_rows, made.left_out) == (rows, {})
