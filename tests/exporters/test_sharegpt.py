"""`sharegpt`: two text keys a turn (Unsloth), turns that alternate (LLaMA-Factory)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.exporters.examples import PROVENANCE, QUESTION, SYSTEM, TOOL_PROMPT, calls, example, made

LONG = [SYSTEM, *QUESTION, {"role": "assistant", "content": "Well?"}, *QUESTION]


def test_a_row() -> None:
    asked = {"from": "human", "value": QUESTION[0]["content"]}
    assert made("sharegpt", example(LONG)) == [
        {
            "conversations": [asked, {"from": "gpt", "value": "Well?"}, asked, {"from": "gpt", "value": "yes"}],
            "system": "Be brief.",
            **PROVENANCE,
        }
    ]


@pytest.mark.parametrize("prompt", [QUESTION, LONG, [{"role": "user", "content": "?", "name": "ann"}]])
def test_every_turn_has_two_text_keys(prompt: Any) -> None:
    (row,) = made("sharegpt", example(prompt))
    for turn in row["conversations"]:
        assert list(turn) == ["from", "value"]
        assert all(isinstance(value, str) for value in turn.values())


@pytest.mark.parametrize(
    "prompt",
    [
        [*QUESTION, *QUESTION],
        [*QUESTION, SYSTEM, *QUESTION],
        [{"role": "assistant", "content": "Hello."}, *QUESTION],
        [*QUESTION, {"role": "assistant", "content": "Well,"}],
        [SYSTEM],
    ],
)
def test_turns_that_do_not_alternate_are_left_out(prompt: Any) -> None:
    assert made("sharegpt", example(prompt)) == ["The turns do not alternate between user and assistant."]


def test_tools_are_left_out() -> None:
    assert made("sharegpt", example(TOOL_PROMPT)) == ["The format has no tool turns."]
    assert made("sharegpt", calls()) == ["The answer is tool calls, which the format can't carry."]
