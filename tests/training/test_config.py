"""A training's configuration: file and options, and every value that makes no sense refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from avocet.errors import InvalidRequest, Prerequisite
from avocet.training import read_config

GIVEN: dict[str, Any] = {"base": "some/model", "out": "out", "recipe": "all"}


def test_options_beat_the_file(tmp_path: Path) -> None:
    file = tmp_path / "train.toml"
    file.write_text('base = "a/model"\nrecipe = "all"\nepochs = 2\nexclude_category = ["scoring_artifact"]\n')
    config = read_config(file, {"out": str(tmp_path / "out"), "epochs": 5})
    assert (config.base, config.epochs, config.exclude_category) == ("a/model", 5, ("scoring_artifact",))
    assert config.out == str(tmp_path / "out")


def test_what_is_written_down_can_be_given_again(tmp_path: Path) -> None:
    config = read_config(None, {**GIVEN, "method": "dpo", "lora_targets": ["q_proj"]})
    file = tmp_path / "training_config.json"
    file.write_bytes(msgspec.json.encode(config))
    assert read_config(file, {}) == config


@pytest.mark.parametrize(("method", "rate"), [("sft", 2e-4), ("dpo", 5e-5), ("kto", 5e-5)])
def test_each_method_has_its_learning_rate(method: str, rate: float) -> None:
    assert read_config(None, {**GIVEN, "method": method}).learning_rate == rate
    assert read_config(None, {**GIVEN, "method": method, "learning_rate": 0.5}).learning_rate == 0.5


def test_paths_are_whole_and_names_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model").mkdir()
    config = read_config(None, {"base": "model", "out": "out", "dataset": "data.jsonl"})
    assert config.base == str(tmp_path / "model")
    assert config.dataset == str(tmp_path / "data.jsonl")
    assert read_config(None, GIVEN).base == "some/model"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"base": ...}, "Give --base"),
        ({"base": ..., "out": ...}, "Give --base and --out"),
        ({"recipe": ...}, "either --recipe NAME or --dataset FOLDER"),
        ({"dataset": "here"}, "either --recipe NAME or --dataset FOLDER"),
        ({"method": "ppo"}, "method"),
        ({"epoch": 3}, "epoch"),
        ({"epochs": 0}, "must be more than 0"),
        ({"epochs": float("nan")}, "must be more than 0"),
        ({"max_steps": 0}, "max_steps must be 1 or more"),
        ({"batch_size": 0}, "batch_size must be 1 or more"),
        ({"validation": 1.0}, "less than 1"),
        ({"patience": -1}, "patience"),
        ({"method": "kto", "batch_size": 1}, "2 or more"),
        ({"include_category": ["wrong"]}, "There is no category 'wrong'. Known: scoring_artifact"),
        ({"exclude_category": ["none"]}, "There is no category 'none'"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_in_a_sentence(wrong: dict[str, Any], told: str) -> None:
    given = {name: value for name, value in {**GIVEN, **wrong}.items() if value is not ...}
    with pytest.raises(InvalidRequest, match=told):
        read_config(None, given)


@pytest.mark.parametrize("content", [b"base = ", b"\xff\xfe", b"[]"])
def test_a_file_that_is_no_configuration_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / ("train.json" if content == b"[]" else "train.toml")
    file.write_bytes(content)
    with pytest.raises(InvalidRequest, match=file.name):
        read_config(file, GIVEN)
    with pytest.raises(Prerequisite, match=r"absent\.toml can't be read"):
        read_config(tmp_path / "absent.toml", GIVEN)
