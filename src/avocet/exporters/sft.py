"""`sft`: chat messages that end in the approved answer, with the failure category beside them.

The same keys stand in every row, one type a column; none of them is a name that a trainer misreads beside
`messages` (`prompt`, `completion`, `chosen`, `conversations`, `labels`, `input_ids`, `image`).
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from avocet.domain import FailureCategory, TrainingExample
from avocet.exporters.base import Converted, JsonLines, Rules

_encode = msgspec.json.Encoder().encode


class SftLine(msgspec.Struct, frozen=True):
    messages: msgspec.Raw
    failure_category: FailureCategory | None
    avocet_id: str
    task_type: str | None
    model_name: str | None
    benchmark_run_id: str | None


class Sft(JsonLines):
    name: ClassVar[str] = "sft"
    description: ClassVar[str] = (
        "Chat messages ending in the approved answer, one line each, with the failure category."
    )
    # the contract: one row for every approved candidate
    writes_once: ClassVar[bool] = False

    def convert(self, example: TrainingExample, rules: Rules) -> Converted:
        # the stored prompt is JSON already: it is not taken apart only to be put together again
        answer = _encode(example.answer_message)
        return {
            "": SftLine(
                messages=msgspec.Raw(b"".join((memoryview(example.prompt_json)[:-1], b",", answer, b"]"))),
                failure_category=example.failure_category,
                avocet_id=example.avocet_id,
                task_type=example.task_type,
                model_name=example.model_name,
                benchmark_run_id=example.benchmark_run_id,
            )
        }
