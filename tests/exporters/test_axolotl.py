"""`axolotl`: golden rows, and configurations that name their keys (0.19)."""

from __future__ import annotations

import pytest
import yaml

from avocet.exporters.axolotl import Axolotl
from avocet.exporters.base import WrittenPart
from tests.exporters.examples import PROVENANCE, QUESTION, SYSTEM, TOOL_PROMPT, example, made

WRITTEN = [
    WrittenPart("dpo", "train", "dpo-train.jsonl", 3),
    WrittenPart("sft", "train", "sft-train.jsonl", 3),
    WrittenPart("sft", "validation", "sft-validation.jsonl", 2),
    WrittenPart("sft", "test", "sft-test.jsonl", 1),
]


def test_only_the_answer_is_trained_on() -> None:
    asked = [{**turn, "train": False} for turn in (SYSTEM, *QUESTION)]
    assert made("axolotl", example([SYSTEM, *QUESTION]), "sft") == [
        {"messages": [*asked, {"role": "assistant", "content": "yes", "train": True}], **PROVENANCE}
    ]


def test_a_pair() -> None:
    better, worse = {"role": "assistant", "content": "yes"}, {"role": "assistant", "content": "no"}
    assert made("axolotl", example(), "dpo") == [
        {"messages": QUESTION, "chosen": better, "rejected": worse, **PROVENANCE}
    ]


@pytest.mark.parametrize("part", ["sft", "dpo"])
def test_what_is_left_out(part: str) -> None:
    assert made("axolotl", example(TOOL_PROMPT), part) == ["The format has no tool turns."]
    (why,) = made("axolotl", example([*QUESTION, {"role": "assistant", "content": "Well,"}]), part)
    assert why.startswith("The prompt does not end")


def test_a_configuration_reads_its_files_and_names_keys_that_are_there() -> None:
    made_of = Axolotl().companions(WRITTEN)
    assert set(made_of) == {"sft.yaml", "dpo.yaml"}
    for part in ("sft", "dpo"):
        config = yaml.safe_load(made_of[f"{part}.yaml"])
        assert [entry["path"] for entry in config["datasets"]] == [f"{part}-train.jsonl"]
        (row,) = made("axolotl", example(), part)
        entry = config["datasets"][0]
        assert {entry[key] for key in ("field_messages", "field_chosen", "field_rejected") if key in entry} <= set(
            row
        )
        assert config.get("rl") == ("dpo" if part == "dpo" else None)
    sft = yaml.safe_load(made_of["sft.yaml"])
    assert [entry["path"] for entry in sft["test_datasets"]] == ["sft-validation.jsonl"]
    entry = sft["datasets"][0]
    (row,) = made("axolotl", example(), "sft")
    assert set(row["messages"][0]) == {*entry["message_property_mappings"], entry["message_field_training"]}
