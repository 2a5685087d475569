"""`sft`: chat messages that end in the approved answer, with the failure category beside them.

The same keys stand in every row, one type a column; none of them is a name that a trainer misreads beside
`messages` (`prompt`, `completion`, `chosen`, `conversations`, `labels`, `input_ids`, `image`).
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from avocet.domain import FailureCategory, JsonObject, TrainingExample

_encoder = msgspec.json.Encoder()


class SftLine(msgspec.Struct, frozen=True):
    messages: list[JsonObject]
    failure_category: FailureCategory | None
    avocet_id: str
    task_type: str | None
    model_name: str | None
    benchmark_run_id: str | None


class Sft:
    name: ClassVar[str] = "sft"
    description: ClassVar[str] = (
        "Chat messages ending in the approved answer, one line each, with the failure category."
    )

    def line(self, example: TrainingExample) -> bytes:
        return (
            _encoder.encode(
                SftLine(
                    messages=[*example.prompt, {"role": "assistant", "content": example.answer}],
                    failure_category=example.failure_category,
                    avocet_id=example.avocet_id,
                    task_type=example.task_type,
                    model_name=example.model_name,
                    benchmark_run_id=example.benchmark_run_id,
                )
            )
            + b"\n"
        )
