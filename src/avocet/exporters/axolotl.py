"""`axolotl`: SFT and DPO files, each with a configuration that reads it (0.19)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from avocet.domain import TrainingExample
from avocet.exporters.base import (
    TRAINERS,
    Converted,
    JsonLines,
    Rules,
    Split,
    WrittenPart,
    asks,
    no_answer,
    pair,
    plain,
    provenance,
    text_only,
    turns_of,
)

_DATASETS = {
    "sft": """    type: chat_template
    field_messages: messages
    message_property_mappings:
      role: role
      content: content
    message_field_training: train
""",
    "dpo": """    type: chat_template.default
    field_messages: messages
    field_chosen: chosen
    field_rejected: rejected
""",
}
_HEAD = """# Written by Avocet beside its data. Set base_model, then: axolotl preprocess {file}; axolotl train {file}
base_model: MODEL
chat_template: tokenizer_default
{mode}datasets:
{datasets}"""


class Axolotl(JsonLines):
    name: ClassVar[str] = "axolotl"
    group: ClassVar[str] = TRAINERS
    description: ClassVar[str] = "Axolotl: SFT and DPO files with a configuration each."
    is_folder: ClassVar[bool] = True
    revision: ClassVar[int] = 2

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        turns = [plain(message) for message in turns_of(example)]
        why = no_answer(example) or text_only(example) or asks(turns)
        messages = [{**turn, "train": False} for turn in turns]
        answer = {"role": "assistant", "content": example.answer, "train": True}
        worse = {"role": "assistant", "content": example.response}
        better = {"role": "assistant", "content": example.answer}
        return {
            "sft": why or {"messages": [*messages, answer], **provenance(example)},
            "dpo": pair(example, rules)
            or why
            or {"messages": turns, "chosen": better, "rejected": worse, **provenance(example)},
        }

    def companions(self, written: Sequence[WrittenPart]) -> dict[str, bytes]:
        parts = sorted({one.part for one in written})
        return {f"{part}.yaml": _configuration(part, written) for part in parts}


def _configuration(part: str, written: Sequence[WrittenPart]) -> bytes:
    def entries(*splits: Split | None) -> str:
        files = [one.file for one in written if one.part == part and one.split in splits and one.rows]
        return "".join(f"  - path: {file}\n    ds_type: json\n{_DATASETS[part]}" for file in files)

    mode = "rl: dpo\n" if part == "dpo" else ""
    text = _HEAD.format(file=f"{part}.yaml", mode=mode, datasets=entries(None, "train"))
    tests = entries("validation")
    return (text + (f"test_datasets:\n{tests}" if tests else "")).encode()
