"""The default export line, from the neutral shape alone."""

from __future__ import annotations

import msgspec

from avocet.exporters.base import Rules
from avocet.exporters.sft import Sft
from tests.exporters.examples import CALL, TOOL_PROMPT, accepted, calls, example, made


def test_the_line_is_exactly_this() -> None:
    row = Sft().convert(example(answer='"yes"\n', failure_category=None, task_type=None), Rules())[""]
    assert msgspec.json.encode(row).decode() == (
        '{"messages":[{"role":"user","content":"Grüße 🦤 \u2028?"},{"role":"assistant","content":"\\"yes\\"\\n"}],'
        '"failure_category":null,"avocet_id":"a/1","task_type":null,"model_name":"m","benchmark_run_id":null}'
    )


def test_every_approved_answer_has_a_row_even_an_empty_one() -> None:
    for one in (accepted(), example(answer=""), example(TOOL_PROMPT)):
        (row,) = made("sft", one)
        assert row["messages"][-1] == {"role": "assistant", "content": one.answer}
        assert row["messages"][:-1] == one.prompt


def test_tool_calls_are_a_turn_that_calls_tools() -> None:
    (row,) = made("sft", calls())
    assert row["messages"][-1] == {"role": "assistant", "content": None, "tool_calls": [CALL]}


def test_corrected_tool_calls_are_calls_and_a_text_instead_of_calls_is_text() -> None:
    other = {"type": "function", "function": {"name": "sub", "arguments": "{}"}}
    (row,) = made("sft", calls(msgspec.json.encode([other]).decode()))
    assert row["messages"][-1]["tool_calls"] == [other]
    for text in ("It is 2.", "[]", '{"name":"add"}', "[1]", "[" * 5000):
        (row,) = made("sft", calls(text))
        assert row["messages"][-1] == {"role": "assistant", "content": text}
