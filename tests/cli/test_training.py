"""avocet train where its packages aren't, and on bad input."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tests.command import Avocet


def test_the_extra_is_named_where_it_is_missing(
    avocet: Avocet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "trl" else found(name))
    monkeypatch.setattr("avocet.training.running.PACKAGES", ("trl",))
    answer = avocet("train", "--base", "base", "--recipe", "mine", "--out", tmp_path / "out")
    assert answer.code == 1
    assert "pip install 'avocet-desk[train]'" in answer.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--recipe", "mine", "--out", "out"], "Give --base"),
        (["--base", "base", "--out", "out"], "either --recipe NAME or --dataset FOLDER"),
        (["--base", "base", "--out", "out", "--recipe", "mine", "--method", "ppo"], "method"),
        (["--base", "base", "--out", "out", "--recipe", "mine", "--exclude-category", "x"], "no category 'x'"),
        (["--config", "absent.toml"], "absent.toml can't be read"),
    ],
)
def test_bad_options_end_in_a_sentence(avocet: Avocet, options: list[Any], told: str) -> None:
    answer = avocet("train", *options)
    assert answer.code == 1
    assert told in answer.err
