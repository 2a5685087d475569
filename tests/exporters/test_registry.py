"""The exporters by name, and those that other packages add."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from typing import ClassVar

import pytest

from avocet import exporters, plugins
from avocet.domain import TrainingExample
from avocet.errors import UnknownFormat
from avocet.exporters import EXPORTERS, Records, choose
from avocet.exporters.base import Converted, JsonLines, Rules
from avocet.exporters.sft import Sft

MISREAD = {"labels", "input_ids", "image", "images", "chat_template_kwargs"}


class Shouted(JsonLines):
    name: ClassVar[str] = "shouted"
    description: ClassVar[str] = "Answers in capitals."

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        return {"": {"answer": (example.answer or "").upper()}}


@pytest.fixture
def _installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    points = [EntryPoint(name, f"{__name__}:Shouted", exporters.ENTRY_POINTS) for name in ("shouted", "sft")]
    monkeypatch.setattr(plugins, "entry_points", lambda **_: points)
    exporters.registry.cache_clear()
    yield
    exporters.registry.cache_clear()


def test_every_exporter_stands_under_its_own_name() -> None:
    for name, exporter in EXPORTERS.items():
        assert exporter.name == name
        assert exporter.description.endswith(".")
        assert hasattr(exporter, "row_of_record") == isinstance(exporter, Records)


def test_the_formats_of_the_contract() -> None:
    assert set(EXPORTERS) == {
        *("sft", "trl-sft", "trl-dpo", "trl-kto", "openai-chat", "openai-dpo", "sharegpt", "llama-factory"),
        *("axolotl", "mlx", "alpaca", "parquet", "hf", "candidates", "csv", "cleaned"),
    }


def test_an_unknown_one_is_refused_with_what_is_known() -> None:
    with pytest.raises(UnknownFormat) as refused:
        choose("xlsx")
    assert refused.value.extra["known"] == list(exporters.registry())


@pytest.mark.usefixtures("_installed")
def test_another_package_adds_one_and_takes_no_name_of_ours() -> None:
    assert isinstance(choose("shouted"), Shouted)
    assert isinstance(choose("sft"), Sft)


def test_a_record_is_its_own_row() -> None:
    exporter = choose("candidates")
    assert isinstance(exporter, Records)
    record = {"z": 1, "a": [None, "ü\u2028"], "m": {"b": 1.5}}
    assert exporter.row_of_record(record) is record
