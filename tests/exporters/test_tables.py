"""`parquet`, `hf`, `csv`."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import yaml

from avocet.categories import CATEGORY_MEANINGS
from avocet.exporters.base import WrittenPart
from avocet.exporters.tables import COLUMNS, Csv, HuggingFace
from tests.exporters.examples import PROVENANCE, QUESTION, TOOL_PROMPT, calls, example, made

YES, NO = {"role": "assistant", "content": "yes"}, {"role": "assistant", "content": "no"}


def test_rows() -> None:
    sft = {"messages": [*QUESTION, YES], **PROVENANCE}
    assert made("parquet", example()) == made("hf", example(), "sft") == [sft]
    assert made("hf", example(), "preference") == [
        {"prompt": QUESTION, "chosen": [YES], "rejected": [NO], **PROVENANCE}
    ]


def test_what_is_left_out() -> None:
    for part in ("sft", "preference"):
        assert made("hf", example(TOOL_PROMPT), part) == ["The format has no tool turns."]
    assert made("parquet", calls()) == ["The answer is tool calls, which the format can't carry."]
    assert made("parquet", example(answer="")) == ["The answer is empty: there is nothing to learn from."]


def test_the_card_has_configurations_licence_and_provenance() -> None:
    written = [
        WrittenPart("preference", "train", "data/preference-train.parquet", 2),
        WrittenPart("sft", "train", "data/sft-train.parquet", 5),
        WrittenPart("sft", "test", "data/sft-test.parquet", 0),
    ]
    card = HuggingFace().companions(written)["README.md"].decode()
    _, head, text = card.split("---\n", 2)
    told = yaml.safe_load(head)
    assert told["configs"] == [
        {
            "config_name": "sft",
            "default": True,
            "data_files": [{"split": "train", "path": "data/sft-train.parquet"}],
        },
        {
            "config_name": "preference",
            "data_files": [{"split": "train", "path": "data/preference-train.parquet"}],
        },
    ]
    assert (told["license"], told["size_categories"]) == ("other", ["n<1K"])
    assert "## Provenance" in text
    assert all(meaning in text for meaning in CATEGORY_MEANINGS.values())


class TestCsv:
    def row(self, **changes: Any) -> dict[str, Any]:
        record = dict.fromkeys(COLUMNS)
        prompt = msgspec.Raw(msgspec.json.encode([{"role": "system", "content": "Be brief."}, *QUESTION]))
        return dict(Csv().row_of_record({**record, "prompt_messages": prompt, **changes}))

    def test_a_prompt_is_text(self) -> None:
        assert self.row()["prompt"] == f"system: Be brief.\n\nuser: {QUESTION[0]['content']}"

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
    def test_no_text_is_a_formula(self, text: str) -> None:
        assert self.row(model_response=text)["model_response"] == f"'{text}"

    @pytest.mark.parametrize(("reference", "cell"), [('["a","b"]', "a; b"), ('"a"', "a"), ("42", 42), (None, None)])
    def test_a_reference_is_readable(self, reference: str | None, cell: Any) -> None:
        raw = None if reference is None else msgspec.Raw(reference.encode())
        assert self.row(reference=raw)["reference"] == cell
