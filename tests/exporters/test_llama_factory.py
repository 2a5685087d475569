"""`llama-factory`: golden rows, and its rules (0.9.5), which drop a row with no more than a warning in the log."""

from __future__ import annotations

import json
from typing import Any

import pytest

from avocet.exporters.base import WrittenPart
from avocet.exporters.llama_factory import LlamaFactory
from tests.exporters.examples import PROVENANCE, QUESTION, SYSTEM, accepted, example, made

HUMAN = {"from": "human", "value": QUESTION[0]["content"]}
YES, NO = {"from": "gpt", "value": "yes"}, {"from": "gpt", "value": "no"}
PROMPTS = [QUESTION, [SYSTEM, *QUESTION], [*QUESTION, {"role": "assistant", "content": "Well?"}, *QUESTION]]


def is_kept(row: dict[str, Any], *, ranking: bool) -> bool:
    """The converter's rule: human and gpt in turn; an even number of turns, an odd one before a ranking."""
    turns = row["conversations"]
    in_turn = all(turn["from"] == ("human", "gpt")[number % 2] for number, turn in enumerate(turns))
    return in_turn and len(turns) % 2 == int(ranking) and isinstance(row["system"], str)


def test_a_row_of_each_kind() -> None:
    assert made("llama-factory", example(), "sft") == [{"conversations": [HUMAN, YES], "system": "", **PROVENANCE}]
    assert made("llama-factory", example(), "dpo") == [
        {"conversations": [HUMAN], "system": "", "chosen": YES, "rejected": NO, **PROVENANCE}
    ]
    assert made("llama-factory", example(), "kto") == [
        {"conversations": [HUMAN, YES], "system": "", "kto_tag": True, **PROVENANCE},
        {"conversations": [HUMAN, NO], "system": "", "kto_tag": False, **PROVENANCE},
    ]


@pytest.mark.parametrize("prompt", PROMPTS)
def test_its_rules_keep_every_row(prompt: Any) -> None:
    for part in ("sft", "dpo", "kto"):
        for row in made("llama-factory", example(prompt), part):
            assert is_kept(row, ranking=part == "dpo")
            # a list here would be read as a normal example
            assert all(isinstance(row.get(side, {}), dict) for side in ("chosen", "rejected"))


def test_flagged_answers_are_in_kto_alone() -> None:
    assert list(LlamaFactory().convert(example(answer=None), None)) == ["kto"]  # type: ignore[arg-type]


def test_accepted_answers_are_no_pair() -> None:
    (why,) = made("llama-factory", accepted(), "dpo")
    assert "scoring artifact" in why


def test_dataset_info_names_files_and_columns() -> None:
    written = [
        WrittenPart("dpo", "train", "avocet_dpo_train.jsonl", 1),
        WrittenPart("sft", None, "avocet_sft.jsonl", 2),
    ]
    info = json.loads(LlamaFactory().companions(written)["dataset_info.json"])
    assert set(info) == {"avocet_dpo_train", "avocet_sft"}
    assert info["avocet_dpo_train"]["ranking"] is True
    assert "ranking" not in info["avocet_sft"]
    for entry in info.values():
        # "openai" would add words to the system prompt
        assert entry["formatting"] == "sharegpt"
    (row,) = made("llama-factory", example(), "dpo")
    assert set(info["avocet_dpo_train"]["columns"].values()) <= set(row)
