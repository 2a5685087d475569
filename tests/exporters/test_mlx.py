"""`mlx`: what MLX-LM (0.32) makes of a row, which looks at its keys in an order of its own."""

from __future__ import annotations

from avocet.exporters.mlx import Mlx
from tests.exporters.examples import CALL, PROVENANCE, QUESTION, SYSTEM, TOOL_PROMPT, TOOLS, calls, example, made


def kind(row: dict[str, object]) -> str:
    """How MLX reads a file, by its first row."""
    if "prompt" in row and "completion" in row:
        return "completions"
    return "chat" if "messages" in row else "text" if "text" in row else "unsupported"


def test_a_row() -> None:
    (row,) = made("mlx", example([SYSTEM, *QUESTION]))
    assert row == {"messages": [SYSTEM, *QUESTION, {"role": "assistant", "content": "yes"}], **PROVENANCE}
    assert kind(row) == "chat"


def test_tools_are_carried() -> None:
    (row,) = made("mlx", calls())
    assert row["tools"] == TOOLS
    assert row["messages"][-1]["tool_calls"] == [CALL]
    assert made("mlx", example(TOOL_PROMPT))[0]["messages"][:-1] == TOOL_PROMPT


def test_what_is_left_out() -> None:
    assert made("mlx", example(answer="")) == ["The answer is empty: there is nothing to learn from."]
    (why,) = made("mlx", example([*QUESTION, {"role": "assistant", "content": "Well,"}]))
    assert why.startswith("The prompt does not end")


def test_the_files_have_the_names_that_it_looks_for() -> None:
    names = [Mlx().file("", split) for split in (None, "train", "validation", "test")]
    assert names == ["train.jsonl", "train.jsonl", "valid.jsonl", "test.jsonl"]
