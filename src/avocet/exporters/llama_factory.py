"""`llama-factory`: SFT, DPO and KTO files with the `dataset_info.json` that names their columns (0.9.5).

ShareGPT formatting with tags, not `"formatting": "openai"`, whose converter adds words to the system prompt. In a
pair `chosen` and `rejected` are one turn each: a list of turns would be read as a normal example.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from avocet.disk import pretty
from avocet.domain import JsonObject, Message, Status, TrainingExample
from avocet.exporters.base import (
    TOOL_CALLS,
    TRAINERS,
    Converted,
    JsonLines,
    LeftOut,
    Rules,
    Split,
    WrittenPart,
    has_calls,
    pair,
    provenance,
    text_only,
)
from avocet.exporters.sharegpt import answered, conversation, gpt
from avocet.exporters.trl import judgements

_TAGS = {"role_tag": "from", "content_tag": "value", "user_tag": "human", "assistant_tag": "gpt"}
_COLUMNS: dict[str, dict[str, str]] = {
    "sft": {"messages": "conversations", "system": "system"},
    "dpo": {"messages": "conversations", "system": "system", "chosen": "chosen", "rejected": "rejected"},
    "kto": {"messages": "conversations", "system": "system", "kto_tag": "kto_tag"},
}


class LlamaFactory(JsonLines):
    name: ClassVar[str] = "llama-factory"
    group: ClassVar[str] = TRAINERS
    description: ClassVar[str] = "LLaMA-Factory: SFT, DPO and KTO files with dataset_info.json."
    statuses: ClassVar[frozenset[Status]] = frozenset({"approved", "model_rejected"})
    is_folder: ClassVar[bool] = True
    revision: ClassVar[int] = 2

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        sft = {"sft": answered(example), "dpo": _pair(example, rules)} if example.answer is not None else {}
        return {**sft, "kto": _judged(example)}

    def file(self, part: str, split: Split | None) -> str:
        return f"avocet_{part}{f'_{split}' if split else ''}.jsonl"

    def companions(self, written: Sequence[WrittenPart]) -> dict[str, bytes]:
        info: dict[str, Any] = {}
        for one in written:
            entry = {"file_name": one.file, "formatting": "sharegpt", "columns": _COLUMNS[one.part], "tags": _TAGS}
            info[one.file.removesuffix(".jsonl")] = {**entry, "ranking": True} if one.part == "dpo" else entry
        return {"dataset_info.json": pretty(info)}


def _pair(example: TrainingExample, rules: Rules) -> Any:  # noqa: ANN401 (a row, or why there is none)
    question = pair(example, rules) or conversation(example)
    if isinstance(question, LeftOut):
        return question
    return {**question, "chosen": gpt(example.answer), "rejected": gpt(example.response), **provenance(example)}


def _judged(example: TrainingExample) -> Any:  # noqa: ANN401 (rows, or why there are none)
    question = text_only(example) or conversation(example)
    if isinstance(question, LeftOut):
        return question
    turns = question["conversations"]

    def row(judged: tuple[Message, bool] | LeftOut) -> JsonObject | LeftOut:
        if isinstance(judged, LeftOut):
            return judged
        answer, is_good = judged
        if has_calls(answer):
            return TOOL_CALLS
        return {
            **question,
            "conversations": [*turns, gpt(answer["content"])],
            "kto_tag": is_good,
            **provenance(example),
        }

    return [row(judged) for judged in judgements(example)]
