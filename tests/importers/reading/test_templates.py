"""Rendered prompts: taken apart where it is certain, else one user turn."""

from __future__ import annotations

from typing import Any

import pytest

from avocet.importers.reading.messages import InvalidMessages
from avocet.importers.reading.templates import CONTINUED, KEPT_WHOLE, prompt_of

Turns = list[tuple[str, str]]
TALK: Turns = [("system", "Be brief."), ("user", "1 + 1?"), ("assistant", "2"), ("user", "2 + 2?\n\nThink.")]


def chatml(turns: Turns, begun: str = "") -> str:
    told = "".join(f"<|im_start|>{role}\n{text}<|im_end|>\n" for role, text in turns)
    return f"{told}<|im_start|>assistant\n{begun}"


def llama3(turns: Turns, begun: str = "") -> str:
    told = "".join(f"<|start_header_id|>{role}<|end_header_id|>\n\n{text}<|eot_id|>" for role, text in turns)
    return f"<|begin_of_text|>{told}<|start_header_id|>assistant<|end_header_id|>\n\n{begun}"


def gemma(turns: Turns, begun: str = "") -> str:
    names = {"assistant": "model"}
    told = "".join(f"<start_of_turn>{names.get(role, role)}\n{text}<end_of_turn>\n" for role, text in turns)
    return f"<bos>{told}<start_of_turn>model\n{begun}"


def messages(turns: Turns) -> list[dict[str, str]]:
    return [{"role": role, "content": text} for role, text in turns]


RENDERERS = [(chatml, TALK, "ChatML"), (llama3, TALK, "Llama 3"), (gemma, TALK[1:], "Gemma")]


@pytest.mark.parametrize(("render", "turns", "name"), RENDERERS)
def test_a_rendering_is_taken_apart(render: Any, turns: Turns, name: str) -> None:
    prompt = prompt_of(render(turns))
    assert prompt.messages == messages(turns)
    assert (prompt.template, prompt.begun, prompt.notes) == (name, "", ())


@pytest.mark.parametrize(("render", "turns", "name"), RENDERERS)
def test_an_answer_that_was_begun_is_no_prompt(render: Any, turns: Turns, name: str) -> None:
    prompt = prompt_of(render(turns, "The answer is"))
    assert prompt.messages == messages(turns)
    assert (prompt.template, prompt.begun, prompt.notes) == (name, "The answer is", (CONTINUED,))


def test_an_empty_thought_that_the_template_wrote_is_no_beginning() -> None:
    prompt = prompt_of(chatml(TALK, "<think>\n\n</think>\n\n"))
    assert (prompt.messages, prompt.begun, prompt.notes) == (messages(TALK), "", ())


@pytest.mark.parametrize(
    "text",
    [
        "Hello " + chatml(TALK),
        chatml(TALK).removesuffix("<|im_start|>assistant\n"),
        chatml([("user", "a <|im_end|> b")]),
        chatml([("user", "a <|endoftext|> b")]),
        chatml([("user", "a"), ("tool", "b")]),
        chatml([("user", "a"), ("user", "<tool_response>\n3\n</tool_response>")]),
        chatml([("user", "a"), ("system", "b"), ("user", "c")]),
        chatml([("user", "a"), ("assistant", "b")]),
        chatml([("user", "a")]).replace("<|im_end|>\n", "<|im_end|>"),
        chatml([]),
        "<|im_start|>",
        llama3([("ipython", "3")]),
        gemma([("system", "a")]),
        "<s>[INST] Hi [/INST]",
        "<|user|>\nHi<|end|>\n<|assistant|>",
        "<｜User｜>Hi<｜Assistant｜>",
    ],
)
def test_in_doubt_it_stays_one_user_turn_and_is_told(text: str) -> None:
    prompt = prompt_of(text)
    assert prompt.messages == [{"role": "user", "content": text}]
    assert prompt.notes == (KEPT_WHOLE,)


@pytest.mark.parametrize("text", ["", "Is 1 < 2?\nAnswer:", "a <| b |> c", "Use `<|` in F#", "[INST", "[]", "[{"])
def test_plain_text_is_a_user_turn(text: str) -> None:
    assert prompt_of(text) == ([{"role": "user", "content": text}], "", None, ())


def test_messages_stay_messages_whether_written_out_or_not() -> None:
    written = '[{"role": "system", "content": "Be brief."}, {"role": "user", "content": "1 + 1?"}]'
    assert prompt_of(written).messages == prompt_of(messages(TALK[:2])).messages == messages(TALK[:2])
    assert prompt_of('[{"name": "x"}]').messages[0]["content"] == '[{"name": "x"}]'


def test_an_assistant_turn_at_the_end_of_messages_is_a_beginning() -> None:
    prompt = prompt_of(messages([*TALK, ("assistant", "```python")]))
    assert (prompt.messages, prompt.begun) == (messages(TALK), "```python")


@pytest.mark.parametrize("value", [None, 5, [], ["text"], [[1, 2]], {"role": "user"}])
def test_what_is_no_prompt_is_said(value: object) -> None:
    with pytest.raises(InvalidMessages):
        prompt_of(value)


def test_a_picture_is_refused() -> None:
    part = '[{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:"}}]}]'
    with pytest.raises(InvalidMessages) as refused:
        prompt_of(part)
    assert refused.value.code == "media_not_supported"
