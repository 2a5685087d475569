"""`openai-chat`, `openai-dpo`: no key but those that OpenAI lists, checked by a schema that allows no other."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from tests.exporters.examples import CALL, QUESTION, SYSTEM, TOOL_PROMPT, TOOLS, calls, example, made


def strict(required: list[str], **properties: Any) -> Any:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


TEXT = {"type": "string", "minLength": 1}
TOOL_CALL = strict(
    ["id", "type", "function"],
    id=TEXT,
    type={"const": "function"},
    function=strict(["name", "arguments"], name=TEXT, arguments={"type": "string"}),
)
ASKED = strict(["role", "content"], role={"enum": ["system", "user"]}, content=TEXT, name=TEXT)
RETURNED = strict(["role", "content", "tool_call_id"], role={"const": "tool"}, content=TEXT, tool_call_id=TEXT)
ANSWER = {
    **strict(
        ["role"],
        role={"const": "assistant"},
        content=TEXT,
        tool_calls={"type": "array", "minItems": 1, "items": TOOL_CALL},
        weight={"enum": [0, 1]},
    ),
    "anyOf": [{"required": ["content"]}, {"required": ["tool_calls"]}],
}
MESSAGES = {"type": "array", "minItems": 1, "items": {"anyOf": [ASKED, RETURNED, ANSWER]}}
TOOL = strict(
    ["type", "function"],
    type={"const": "function"},
    function=strict(["name"], name=TEXT, description=TEXT, parameters={"type": "object"}),
)
CHAT = strict(["messages"], messages=MESSAGES, tools={"type": "array", "items": TOOL})
OUTPUT = {
    "type": "array",
    "minItems": 1,
    "maxItems": 1,
    "items": strict(["role", "content"], role={"const": "assistant"}, content=TEXT),
}
DPO = strict(
    ["input", "preferred_output", "non_preferred_output"],
    input=strict(["messages"], messages=MESSAGES),
    preferred_output=OUTPUT,
    non_preferred_output=OUTPUT,
)
LONG = [SYSTEM, *QUESTION, {"role": "assistant", "content": "Well?"}, *QUESTION]
OTHER_KEYS = [{"role": "user", "content": "?", "name": "ann", "their_own": 1}]
DEVELOPER = [{"role": "developer", "content": "Be brief."}, *QUESTION]


def test_a_chat_row() -> None:
    assert made("openai-chat", example([SYSTEM, *QUESTION])) == [
        {"messages": [SYSTEM, *QUESTION, {"role": "assistant", "content": "yes"}]}
    ]


def test_only_the_approved_answer_is_learnt() -> None:
    (row,) = made("openai-chat", example(LONG))
    assert [turn.get("weight") for turn in row["messages"]] == [None, None, 0, None, None]


def test_tool_calls_and_tools_are_carried() -> None:
    (row,) = made("openai-chat", calls())
    assert row["messages"][-1] == {"role": "assistant", "tool_calls": [CALL]}
    assert row["tools"] == TOOLS


def test_a_dpo_row() -> None:
    assert made("openai-dpo", example()) == [
        {
            "input": {"messages": QUESTION},
            "preferred_output": [{"role": "assistant", "content": "yes"}],
            "non_preferred_output": [{"role": "assistant", "content": "no"}],
        }
    ]


@pytest.mark.parametrize("prompt", [QUESTION, LONG, OTHER_KEYS, DEVELOPER, TOOL_PROMPT])
def test_the_schema_of_chat_holds(prompt: Any) -> None:
    for one in (example(prompt), calls(), calls("It is 2.")):
        for row in made("openai-chat", one):
            jsonschema.validate(row, CHAT)


@pytest.mark.parametrize("prompt", [QUESTION, LONG, OTHER_KEYS, DEVELOPER])
def test_the_schema_of_dpo_holds(prompt: Any) -> None:
    (row,) = made("openai-dpo", example(prompt))
    jsonschema.validate(row, DPO)


def test_a_call_without_an_id_gets_one() -> None:
    nameless = {key: CALL[key] for key in ("type", "function")}
    prompt = [TOOL_PROMPT[0], {"role": "assistant", "content": None, "tool_calls": [nameless]}, TOOL_PROMPT[2]]
    (row,) = made("openai-chat", example(prompt))
    jsonschema.validate(row, CHAT)


@pytest.mark.parametrize("format_name", ["openai-chat", "openai-dpo"])
@pytest.mark.parametrize(
    ("prompt", "why"),
    [
        ([{"role": "system", "content": ""}, *QUESTION], "A turn of the prompt has no text"),
        ([*QUESTION, {"role": "assistant", "content": "Well,"}], "The prompt does not end"),
        ([*QUESTION, *[{"role": "assistant", "content": "a"}] * 2, *QUESTION], "Two assistant's turns"),
    ],
)
def test_what_is_left_out(format_name: str, prompt: Any, why: str) -> None:
    (reason,) = made(format_name, example(prompt))
    assert reason.startswith(why)


def test_what_chat_leaves_out_of_tools() -> None:
    old = [*QUESTION, {"role": "assistant", "content": None, "function_call": {"name": "add"}, "tool_calls": [CALL]}]
    (reason,) = made("openai-chat", example([*old, {"role": "function", "content": "2", "name": "add"}]))
    assert reason.startswith("The prompt calls functions")
    (reason,) = made("openai-chat", example([*TOOL_PROMPT[:2], {"role": "tool", "content": "2"}]))
    assert reason.startswith("A tool's turn")
    (reason,) = made("openai-chat", example(tools_json='{"add":1}'))
    assert reason == "The tools are not in OpenAI's shape."


def test_an_empty_side_is_no_pair() -> None:
    for one in (example(response=""), example(answer="")):
        assert made("openai-dpo", one) == ["The answer is empty: there is nothing to learn from."]
