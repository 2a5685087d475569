"""`mlx`: the folder that MLX-LM reads (0.32): train, valid and test.jsonl with `messages`.

Not TRL's prompt and completion: MLX would train on the Python text of the list. With --mask-prompt MLX learns from
the answer alone.
"""

from __future__ import annotations

from typing import ClassVar

from avocet.domain import JsonObject, TrainingExample
from avocet.exporters.base import (
    TRAINERS,
    Converted,
    JsonLines,
    LeftOut,
    Rules,
    Split,
    answer_turn,
    provenance,
    tools_of,
    turns_of,
    whole,
)
from avocet.exporters.trainable import answer_refused, prompt_refused

_NAMES: dict[Split | None, str] = {None: "train", "train": "train", "validation": "valid", "test": "test"}


class Mlx(JsonLines):
    name: ClassVar[str] = "mlx"
    group: ClassVar[str] = TRAINERS
    description: ClassVar[str] = "MLX-LM: a folder with train.jsonl, valid.jsonl and test.jsonl."
    is_folder: ClassVar[bool] = True
    without_validation: ClassVar[str | None] = (
        "There is no valid.jsonl: mlx_lm.lora measures nothing while it trains, or refuses to (0.29). "
        "Give a validation share, such as 0.9/0.1/0."
    )
    revision: ClassVar[int] = 2

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        prompt, answer, tools = turns_of(example), answer_turn(example), tools_of(example)
        why = answer_refused(answer) or prompt_refused(prompt) or (tools if isinstance(tools, LeftOut) else None)
        if why:
            return {"": why}
        row: JsonObject = {"messages": [*map(whole, prompt), answer], **provenance(example)}
        return {"": {**row, "tools": tools} if tools else row}

    def file(self, part: str, split: Split | None) -> str:
        return f"{_NAMES[split]}.jsonl"
