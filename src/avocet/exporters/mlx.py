"""`mlx`: the folder that MLX-LM reads (0.32): train, valid and test.jsonl with `messages`.

Not TRL's prompt and completion: MLX would train on the Python text of the list. Use --mask-prompt to learn from the
answer alone.
"""

from __future__ import annotations

from typing import ClassVar

from avocet.domain import JsonObject, TrainingExample
from avocet.exporters.base import (
    EMPTY_ANSWER,
    Converted,
    JsonLines,
    Rules,
    Split,
    asks,
    other_tools,
    provenance,
    whole,
)

_NAMES: dict[Split | None, str] = {None: "train", "train": "train", "validation": "valid", "test": "test"}


class Mlx(JsonLines):
    name: ClassVar[str] = "mlx"
    description: ClassVar[str] = "MLX-LM: a folder with train.jsonl, valid.jsonl and test.jsonl."
    is_folder: ClassVar[bool] = True

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        if why := (asks(example) or other_tools(example)) if example.answer else EMPTY_ANSWER:
            return {"": why}
        turns = [whole(message) for message in example.prompt]
        row: JsonObject = {"messages": [*turns, example.answer_message], **provenance(example)}
        return {"": {**row, "tools": example.tools} if example.tools else row}

    def file(self, part: str, split: Split | None) -> str:
        return f"{_NAMES[split]}.jsonl"
