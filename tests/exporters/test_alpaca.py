"""`alpaca`: one instruction, its output, and the system prompt beside them."""

from __future__ import annotations

from tests.exporters.examples import PROVENANCE, QUESTION, SYSTEM, TOOL_PROMPT, example, made


def test_a_row() -> None:
    row = {"instruction": QUESTION[0]["content"], "input": "", "output": "yes", "system": "Be brief."}
    assert made("alpaca", example([SYSTEM, *QUESTION])) == [{**row, **PROVENANCE}]
    assert made("alpaca", example()) == [{**row, "system": "", **PROVENANCE}]


def test_what_is_left_out() -> None:
    several = [*QUESTION, {"role": "assistant", "content": "Well?"}, *QUESTION]
    for prompt in (several, [SYSTEM], [SYSTEM, SYSTEM, *QUESTION]):
        (why,) = made("alpaca", example(prompt))
        assert why.startswith("The prompt has several turns")
    assert made("alpaca", example(TOOL_PROMPT)) == ["The format has no tool turns."]
    assert made("alpaca", example(answer="")) == ["The answer is empty: there is nothing to learn from."]
