"""`alpaca`: instruction, input, output, and the system prompt if there is one."""

from __future__ import annotations

from typing import ClassVar

from avocet.domain import TrainingExample
from avocet.exporters.base import (
    TRAINERS,
    Converted,
    JsonLines,
    LeftOut,
    Rules,
    no_answer,
    plain,
    provenance,
    text_only,
    turns_of,
)

SEVERAL_TURNS = LeftOut("The prompt has several turns; the format has one instruction.")


class Alpaca(JsonLines):
    name: ClassVar[str] = "alpaca"
    group: ClassVar[str] = TRAINERS
    description: ClassVar[str] = "Alpaca: one instruction and its output; prompts of several turns are left out."
    revision: ClassVar[int] = 2

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        if why := no_answer(example) or text_only(example):
            return {"": why}
        turns = [plain(message) for message in turns_of(example)]
        system = turns.pop(0)["content"] if turns[0]["role"] == "system" else ""
        if [turn["role"] for turn in turns] != ["user"]:
            return {"": SEVERAL_TURNS}
        row = {"instruction": turns[0]["content"], "input": "", "output": example.answer, "system": system}
        return {"": {**row, **provenance(example)}}
