"""Which rows a base model is shown: none is cut, and every one left out has a reason."""

from __future__ import annotations

from typing import Any

import pytest

from avocet.errors import InvalidRequest
from avocet.training import fitting
from avocet.training.rows import Row


class Words:
    """A tokenizer of one token a word."""

    def __init__(self, *, takes_system: bool = True, template: str | None = "words") -> None:
        self.chat_template = template
        self._takes_system = takes_system

    def apply_chat_template(
        self, turns: list[Any], tools: Any = None, tokenize: bool = True, add_generation_prompt: bool = False
    ) -> str:
        if turns[0]["role"] == "system" and not self._takes_system:
            raise ValueError("System role not supported")
        written = "".join(f"<{turn['role']}> {turn['content']} <end> " for turn in turns)
        return written + ("<assistant> " if add_generation_prompt else "")

    def __call__(self, texts: list[str], add_special_tokens: bool) -> dict[str, list[list[str]]]:
        return {"input_ids": [text.split() for text in texts]}


def row(answer: str, *, system: bool = False) -> Row:
    prompt = [{"role": "system", "content": "Be brief."}] if system else []
    prompt += [{"role": "user", "content": "what is it"}]
    value = {"prompt": prompt, "completion": [{"role": "assistant", "content": answer}]}
    return Row(where="", category="wrong_answer", value=value)


def test_tokens_are_counted_and_too_long_rows_are_left_out_whole() -> None:
    short, long = row("four"), row("word " * 20)
    fitted = fitting.fit(Words(), [short, long], "sft", 10)
    assert fitted.rows == [short]
    assert fitted.left_out == {fitting.TOO_LONG: 1}
    # <user> what is it <end> <assistant> four <end>
    assert (fitted.tokens, fitted.answer_tokens) == (8, 2)


def test_a_pair_is_as_long_as_its_longer_answer() -> None:
    value = row("four").value
    pair = {
        "prompt": value["prompt"],
        "chosen": value["completion"],
        "rejected": row("word " * 20).value["completion"],
    }
    fitted = fitting.fit(Words(), [Row(where="", category="wrong_answer", value=pair)], "dpo", 10)
    assert fitted.left_out == {fitting.TOO_LONG: 1}


def test_a_template_that_refuses_a_system_turn_leaves_out_its_rows_and_says_so() -> None:
    rows = [row("four", system=True), row("four")]
    fitted = fitting.fit(Words(takes_system=False), rows, "sft", 100)
    assert fitted.rows == rows[1:]
    assert fitted.left_out == {fitting.NO_SYSTEM: 1}
    assert fitting.fit(Words(), rows, "sft", 100).rows == rows


def test_a_base_model_without_a_template_is_told() -> None:
    with pytest.raises(InvalidRequest, match="no chat template"):
        fitting.fit(Words(template=None), [row("four")], "sft", 100)


def test_a_template_that_writes_the_prompt_otherwise_is_told() -> None:
    class Thinking(Words):
        def apply_chat_template(self, turns: list[Any], *rest: Any, **named: Any) -> str:
            is_asking = named.get("add_generation_prompt", False)
            return super().apply_chat_template(turns, *rest, **named) + ("<think> " if is_asking else "")

    assert fitting.fit(Thinking(), [row("four")], "sft", 100).unlike_prefix == 1
