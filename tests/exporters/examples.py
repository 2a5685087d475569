"""Decided candidates as exporters see them, and what they make of them."""

from __future__ import annotations

from typing import Any

import msgspec

from avocet.domain import Message, TrainingExample
from avocet.exporters import Items, Records, choose
from avocet.exporters.base import LeftOut, Rules

QUESTION: list[Message] = [{"role": "user", "content": "Grüße 🦤 \u2028?"}]
SYSTEM: Message = {"role": "system", "content": "Be brief."}
CALL = {"id": "c1", "type": "function", "function": {"name": "add", "arguments": '{"a":1}'}}
TOOL_PROMPT: list[Message] = [
    {"role": "user", "content": "1+1?"},
    {"role": "assistant", "content": None, "tool_calls": [CALL]},
    {"role": "tool", "content": "2", "tool_call_id": "c1"},
]
TOOLS = [{"type": "function", "function": {"name": "add", "parameters": {"type": "object"}}}]
OWN = {"failure_category": "wrong_answer", "avocet_id": "a/1", "task_type": "facts", "model_name": "m"}
PROVENANCE = {**OWN, "benchmark_run_id": None}
"""The columns of our own that every row of `example` ends with."""


def example(prompt: list[Message] | None = None, answer: str | None = "yes", **changes: Any) -> TrainingExample:
    """A correction of "no" to "yes", a wrong answer."""
    values: dict[str, Any] = {
        "avocet_id": "a/1",
        "prompt_json": msgspec.json.encode(prompt or QUESTION),
        "answer": answer,
        "response": "no",
        "failure_category": "wrong_answer",
        "task_type": "facts",
        "model_name": "m",
    }
    return TrainingExample(**{**values, **changes})


def accepted(prompt: list[Message] | None = None) -> TrainingExample:
    return example(prompt, "no", failure_category="scoring_artifact")


def calls(answer: str | None = None, **changes: Any) -> TrainingExample:
    """The model called a tool; by default that was approved."""
    response = msgspec.json.encode([CALL]).decode()
    return example(
        [{"role": "user", "content": "1+1?"}],
        response if answer is None else answer,
        response=response,
        response_is_tool_calls=True,
        tools_json=msgspec.json.encode(TOOLS).decode(),
        **changes,
    )


def made(format_name: str, one: TrainingExample, part: str = "", rules: Rules | None = None) -> list[Any]:
    """What a format makes of an example in one of its parts: rows as they will be read back, and reasons as text."""
    exporter = choose(format_name)
    assert not isinstance(exporter, Records | Items)
    converted = exporter.convert(one, rules or Rules())[part]
    several = converted if isinstance(converted, list) else [converted]
    return [
        row.reason if isinstance(row, LeftOut) else msgspec.json.decode(msgspec.json.encode(row)) for row in several
    ]
