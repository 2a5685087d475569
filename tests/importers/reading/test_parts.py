"""Turns and answers as the services write them, read alike in every importer that meets them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from avocet.importers import IMPORTERS
from avocet.importers.openai_evals import OpenaiEvals
from avocet.importers.promptfoo.output import read_output
from avocet.importers.ragas import Ragas
from avocet.importers.reading.messages import InvalidMessages
from avocet.importers.reading.parts import parts_in_text, read_parts
from avocet.importers.reading.turns import FOLLOWED, answer_in, said_in
from tests.importers.expected import drafts, outcome
from tests.importers.files import read_content

USER = {"role": "user", "content": "q"}
OPENAI = {"id": "c1", "type": "function", "function": {"name": "add", "arguments": '{"a":1}'}}
ANTHROPIC = {"type": "tool_use", "id": "c1", "name": "add", "input": {"a": 1}}
GEMINI = {"functionCall": {"id": "c1", "name": "add", "args": {"a": 1}}, "thoughtSignature": "QUJD"}
RESPONSES = {"type": "function_call", "call_id": "c1", "name": "add", "arguments": '{"a":1}'}
BEDROCK = {"toolUse": {"toolUseId": "c1", "name": "add", "input": {"a": 1}}}
CALLS: dict[str, Any] = {
    "openai": [OPENAI],
    "openai turn": {"role": "assistant", "content": None, "tool_calls": [OPENAI]},
    "openai turn without a role": {"content": None, "tool_calls": [OPENAI]},
    "openai answer": {"choices": [{"message": {"role": "assistant", "content": None, "tool_calls": [OPENAI]}}]},
    "openai responses": [{"type": "reasoning", "summary": []}, RESPONSES],
    "openai response": {"object": "response", "output": [RESPONSES]},
    "anthropic": [ANTHROPIC],
    "anthropic turn": {"role": "assistant", "content": [ANTHROPIC]},
    "gemini": [GEMINI],
    "gemini turn": {"role": "model", "parts": [GEMINI]},
    "gemini answer": {"candidates": [{"content": {"role": "model", "parts": [GEMINI]}}]},
    "bedrock": [BEDROCK],
}
TEXTS: dict[str, Any] = {
    "openai parts": [{"type": "output_text", "text": "a"}],
    "openai message": [{"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "a"}]}],
    "openai refusal": [{"type": "refusal", "refusal": "a"}],
    "anthropic": [{"type": "thinking", "thinking": "hm", "signature": "x"}, {"type": "text", "text": "a"}],
    "anthropic turn": {"role": "assistant", "content": [{"type": "text", "text": "a"}], "stop_reason": "end_turn"},
    "gemini": [{"text": "hm", "thought": True}, {"text": "a", "thoughtSignature": "x"}],
    "gemini answer": {"candidates": [{"content": {"role": "model", "parts": [{"text": "a"}]}}]},
}


@pytest.mark.parametrize("answer", CALLS.values(), ids=CALLS)
def test_a_call_is_a_call_whoever_writes_it(answer: Any) -> None:
    for said in (answer_in(answer, "x"), read_output({"output": answer})):
        assert said is not None
        assert said.details["response_type"] == "tool_calls"
        assert json.loads(said.response) == [OPENAI]


@pytest.mark.parametrize("answer", TEXTS.values(), ids=TEXTS)
def test_a_text_in_parts_is_a_text(answer: Any) -> None:
    said = answer_in(answer, "x")
    assert said is not None
    assert said.response == "a"
    assert said.details.get("reasoning") in (None, "hm")


@pytest.mark.parametrize("answer", [["a"], ["a", "b"], [], {}, {"a": 1}, [1], [{"name": "n", "value": 1}], "a", None])
def test_what_is_no_answer_of_a_service_stays_what_it_is(answer: Any) -> None:
    assert answer_in(answer, "x") is None


@pytest.mark.parametrize(
    "part",
    [{"type": "image_url", "image_url": {"url": "x"}}, {"inlineData": {"mimeType": "image/png"}}, {"type": "image"}],
)
def test_another_medium_in_an_answer_is_refused(part: Any) -> None:
    with pytest.raises(InvalidMessages) as error:
        read_parts([{"type": "text", "text": "a"}, part])
    assert error.value.code == "media_not_supported"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (json.dumps(ANTHROPIC), [ANTHROPIC]),
        (json.dumps([GEMINI]), [GEMINI]),
        (f"Let me.\n\n{json.dumps(ANTHROPIC)}", [{"type": "text", "text": "Let me."}, ANTHROPIC]),
        (f"{json.dumps(ANTHROPIC)}\n\n{json.dumps(ANTHROPIC)}", [ANTHROPIC, ANTHROPIC]),
        *((text, None) for text in ("", "a", '{"a": 1}', '[{"name": "Ada"}]', 'As {"type": "tool_use"}', "{", "[1]")),
    ],
)
def test_calls_that_were_written_into_a_text(text: str, parts: Any) -> None:
    assert parts_in_text(text) == parts


TURNS: dict[str, Any] = {
    "gemini": [{"role": "user", "parts": [{"text": "q"}]}, {"role": "model", "parts": [{"text": "a"}]}],
    "sharegpt": [{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}],
    "langchain": [{"type": "human", "content": "q"}, {"type": "ai", "content": "a"}],
    "capital letters": [{"role": "User", "content": "q"}, {"role": "Assistant", "content": "a"}],
    "parts": [{"role": "user", "content": ["q"]}, {"role": "assistant", "content": [{"type": "text", "text": "a"}]}],
}


@pytest.mark.parametrize("turns", TURNS.values(), ids=TURNS)
def test_turns_by_other_names(turns: Any) -> None:
    row = json.dumps({"chat": turns, "score": 0})
    items = read_content(IMPORTERS["generic"], row.encode(), mapping={"messages": "chat", "score": "score"})
    (card,) = drafts(items)
    assert (card.prompt_messages, card.model_response) == ([USER], "a")


def test_earlier_calls_and_what_tools_returned_stay_in_the_prompt() -> None:
    returned = {"type": "tool_result", "tool_use_id": "c1", "content": [{"type": "text", "text": "3"}]}
    turns = [USER, {"role": "assistant", "content": [{"type": "text", "text": "Let me."}, ANTHROPIC]}]
    said = said_in([*turns, {"role": "user", "content": [returned]}, {"role": "assistant", "content": "3"}], "x")
    assert said.response == "3"
    assert said.before == [
        USER,
        {"role": "assistant", "content": "Let me.", "tool_calls": [OPENAI]},
        {"role": "tool", "tool_call_id": "c1", "content": "3"},
    ]


def test_a_turn_in_which_the_model_said_nothing_is_an_empty_answer() -> None:
    assert said_in([USER, {"role": "assistant", "content": None}], "x").response == ""
    assert said_in([USER, {"role": "assistant"}], "x").response == ""


def test_a_conversation_of_ragas_ends_with_the_models_last_turn() -> None:
    turns = [{"type": "human", "content": "q"}, {"type": "ai", "content": "a"}]
    rows = [
        {"user_input": [*turns, *after], "reference": "b", "goal": 0}
        for after in ([], [{"type": "human", "content": "no"}], [{"type": "tool", "content": "3"}])
    ]
    items = read_content(
        Ragas(), "\n".join(map(json.dumps, [*rows, {**rows[0], "user_input": []}])).encode(), threshold=1
    )
    assert [outcome(item) for item in items] == ["failed", "failed", "failed", "rejected"]
    assert {card.model_response for card in drafts(items)} == {"a"}
    assert [FOLLOWED in item.notes for item in items] == [False, True, True, False]


def test_a_turn_that_evals_recorded_whole_may_call() -> None:
    spec = {"spec": {"run_id": "r", "eval_name": "e.dev", "completion_fns": ["m"]}}
    event = {"run_id": "r", "event_id": 0, "sample_id": "s"}
    sampling = {"prompt": [USER], "sampled": {"role": "assistant", "content": None, "tool_calls": [OPENAI]}}
    rows = [
        spec,
        {**event, "type": "sampling", "data": sampling},
        {**event, "type": "match", "data": {"correct": False, "expected": "b"}},
    ]
    (card,) = drafts(read_content(OpenaiEvals(), "\n".join(map(json.dumps, rows)).encode()))
    assert json.loads(card.model_response) == [OPENAI]
