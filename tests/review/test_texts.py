"""What of a card is JSON, as texts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from avocet.review.texts import CardTexts, Told, ToolCall, card_texts


def texts(harness: str | None = None, response: str = "", **values: str) -> CardTexts:
    nothing = dict.fromkeys(("prompt_messages", "reference", "scores", "tools", "details"))
    return card_texts({**nothing, **values}, harness, response)


@pytest.mark.parametrize(
    ("reference", "first"),
    [
        ('"tac"', "tac"),
        ('["tac","TAC"]', "tac"),
        ("9007199254740993", "9007199254740993"),
        ("-0.0", "-0.0"),
        ("1.0", "1.0"),
        ("1.10", "1.10"),
        ("1E5", "1E5"),
        ("true", "true"),
        ("[9007199254740993,0.1]", "[\n  9007199254740993,\n  0.1\n]"),
        ('["a",1.0]', '[\n  "a",\n  1.0\n]'),
        ('{"total":1.0}', '{\n  "total": 1.0\n}'),
        ('"\\u00e9 \\"x\\""', 'é "x"'),
    ],
)
def test_a_correction_starts_with_the_reference_as_it_stands(reference: str, first: str) -> None:
    assert texts(reference=reference).references[0] == first


@pytest.mark.parametrize("reference", ["null", '""', '" "', "[]", '["", " "]'])
def test_a_blank_reference_is_none(reference: str) -> None:
    assert texts(reference=reference).references == []


def test_any_of_several_will_do() -> None:
    assert texts(reference='["a", "", "b"]').references == ["a", "b"]


def test_scores_keep_their_digits() -> None:
    assert texts(scores='{"exact": 1.0, "big": 9007199254740993, "parts": {"f1":0.50}}').scores == [
        Told("exact", "1.0"),
        Told("big", "9007199254740993"),
        Told("parts", '{"f1":0.50}'),
    ]
    assert texts(scores="0.0").scores == [Told("score", "0.0")]
    assert texts(scores="{}").scores == []


def test_facts_are_told_in_words_and_in_their_order() -> None:
    details = """{"harness_version": "0.3.285", "epoch": 2, "subset": "algebra", "sample_uuid": "x", "limit": null,
        "parameters": {"temperature": 0.0, "seed": 9007199254740993, "stop": null, "bias": {"a":1.0}},
        "choices": ["A", 1.0, "B"], "filter": ""}"""
    assert texts("inspect", details=details).facts == [
        Told("Harness", "inspect 0.3.285"),
        Told("Subset", "algebra"),
        Told("Epoch", "2"),
        Told("Parameters", 'temperature 0.0, seed 9007199254740993, bias {"a":1.0}'),
        Told("Choices", "A, 1.0, B"),
    ]
    assert texts(details="[1]").facts == []
    assert texts().facts == []


CALLS: list[Any] = [
    {"type": "function", "function": {"name": "add", "arguments": '{"a":9007199254740993,"b":1.0}'}},
    {"name": "pay", "input": {"amount": 114.00}},
    {"function": {"name": "now"}},
    {"function": {"name": "say", "arguments": "just words"}},
    {"function": 5},
    7,
]
READ = [
    ToolCall("add", '{\n  "a": 9007199254740993,\n  "b": 1.0\n}'),
    ToolCall("pay", '{\n  "amount": 114.00\n}'),
    ToolCall("now", ""),
    ToolCall("say", "just words"),
    ToolCall("Tool call", '{\n  "function": 5\n}'),
    ToolCall("Tool call", "7"),
]


def test_tool_calls_keep_the_digits_of_their_arguments_in_whatever_shape() -> None:
    calls = json.dumps(CALLS).replace("114.0", "114.00")
    prompt = f'[{{"role": "user", "content": "?"}}, {{"role": "assistant", "content": null, "tool_calls": {calls}}}]'
    assert texts(prompt_messages=prompt).turn_calls == [[], READ]
    assert texts(prompt_messages='[{"role": "user", "content": "tool calls?"}]').turn_calls == []
    details = '{"response_type": "tool_calls"}'
    assert texts(details=details, response=calls).response_calls == READ
    assert texts(details=details, response="no JSON").response_calls is None
    assert texts(response=calls).response_calls is None


def test_tools_are_set_out_with_their_digits() -> None:
    assert texts(tools='[{"maximum":1.0}]').tools == '[\n  {\n    "maximum": 1.0\n  }\n]'


@pytest.mark.parametrize(
    ("judge", "told"),
    [
        ('{"model":"m","verdict":"failed","reason":"Off by 1.","prompt":"9b"}', ["m: failed. Off by 1."]),
        ('{"model":"m","verdict":null,"reason":null,"prompt":"9b"}', ["m: no verdict"]),
        ('{"verdict":"failed"}', []),
        ('"failed"', []),
        ("null", []),
    ],
)
def test_what_a_judge_said_is_told_in_words(judge: str, told: list[str]) -> None:
    assert texts(details=f'{{"judge":{judge}}}').facts == [Told("Judge", value) for value in told]
