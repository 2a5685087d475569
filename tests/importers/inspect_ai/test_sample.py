"""Samples of Inspect logs: what became of each, and the candidate it makes."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.errors import InvalidRequest
from avocet.importers.inspect_ai import InspectAi
from avocet.importers.inspect_ai.sample import ABOVE_ONE, INVALIDATED
from avocet.importers.reading.scores import NO_WORTH
from tests.examples import examples
from tests.importers.expected import drafts, outcome, rejected
from tests.importers.files import read_content, read_files
from tests.importers.inspect_ai.logs import ARITHMETIC, USER, Json, answered, log, read, sample

NO_IDS: list[Any] = [..., None, "", True, 1.5, [], {}]
NO_ROLES: list[Any] = [None, 5, []]


class TestScores:
    def test_the_person_may_choose_the_scorer(self) -> None:
        info, items = read_files(InspectAi(), ARITHMETIC, metric="rubric.quality", threshold=0.9)
        assert [metric.name for metric in info.metrics] == ["match", "rubric.quality", "rubric.has_digit"]
        assert (info.metric, info.threshold) == ("rubric.quality", 0.9)
        assert Counter(map(outcome, items)) == {"failed": 2, "passed": 4}
        first = drafts(items)[0]
        assert first.quality_score == 0.25
        assert first.explanation == "It says that it is wrong."
        assert first.failure_reason is not None
        assert first.failure_reason.startswith("rubric.quality 0.25 (passes at 0.9)")

    def test_the_id_is_the_same_whatever_was_chosen(self) -> None:
        by_default, chosen = (
            [item.key for item in read_files(InspectAi(), ARITHMETIC, **options)[1] if item.key]
            for options in ({}, {"metric": "rubric.quality", "prompt_field": "metadata.topic"})
        )
        assert by_default == chosen

    def test_an_unknown_metric_lists_those_there_are(self) -> None:
        with pytest.raises(InvalidRequest, match=r"'accuracy'.*match, rubric\.quality, rubric\.has_digit"):
            read_files(InspectAi(), ARITHMETIC, metric="accuracy")

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            *((value, "passed") for value in ("C", "yes", True, 1, "1.0", 7)),
            *((value, "failed") for value in ("P", "I", "N", "No", False, 0.99, "0.3", -1)),
            *((value, "unscored") for value in (None, float("nan"), "good", "nan", "")),
            *((value, "failed") for value in (float("inf"), "inf", -float("inf"))),
        ],
    )
    def test_a_value_is_what_inspect_makes_of_it(self, value: Any, expected: str) -> None:
        (item,) = read(sample(scores={"judge": {"value": value}}))
        assert outcome(item) == expected

    def test_a_word_that_is_no_grade_is_told(self) -> None:
        (item,) = read(sample(scores={"judge": {"value": "good"}}))
        assert item.notes == (NO_WORTH,)

    def test_a_list_of_values_and_a_score_beyond_one(self) -> None:
        (item,) = read(sample(scores={"pair": {"value": [3, 0]}}), metric="pair.0")
        assert outcome(item) == "passed"
        assert item.notes == (ABOVE_ONE,)
        (item,) = read(sample(scores={"pair": {"value": [3, 0]}}), metric="pair.0", threshold=5)
        assert item.notes == ()
        (draft,) = drafts([item])
        assert (draft.quality_score, draft.scores) == (None, {"pair.0": 3, "pair.1": 0})

    @pytest.mark.parametrize(
        "scores", [..., None, {}, [], "I", {"other": {"value": "I"}}, {"match": "I"}, {"match": {}}]
    )
    def test_without_the_deciding_score_a_sample_is_unscored(self, scores: Any) -> None:
        items = read(sample(), sample(2, scores=scores))
        assert [outcome(item) for item in items] == ["failed", "unscored"]

    def test_an_old_log_has_one_score_without_a_name(self) -> None:
        (item,) = read(sample(scores=..., score={"value": "I"}))
        assert drafts([item])[0].scores == {"score": "I"}

    def test_an_error_and_an_invalidated_sample(self) -> None:
        items = read(sample(error={"message": "timeout"}), sample(2, invalidation={"author": "me"}))
        assert [outcome(item) for item in items] == ["errored", "unscored"]
        assert items[1].notes == (INVALIDATED,)


class TestPrompt:
    @pytest.mark.parametrize(("field", "text"), [("input", "2 + 2?"), ("metadata.topic", "sums")])
    def test_the_person_may_choose_a_field(self, field: str, text: str) -> None:
        chat = [{"role": "system", "content": "Be brief."}, USER]
        (item,) = read(answered("5", *chat), prompt_field=field)
        assert drafts([item])[0].prompt_messages == [{"role": "user", "content": text}]

    def test_an_unknown_field_lists_those_there_are(self) -> None:
        with pytest.raises(InvalidRequest, match=r"'doc'.*input, metadata\.topic"):
            read(sample(), prompt_field="doc")

    def test_a_sample_without_the_field_is_rejected(self) -> None:
        items = read(sample(), sample(2, metadata={}), prompt_field="metadata.topic")
        assert [outcome(item) for item in items] == ["failed", "rejected"]

    def test_reasoning_of_earlier_turns_is_left_out(self) -> None:
        thought = {"type": "reasoning", "reasoning": "Hm."}
        earlier = {"role": "assistant", "content": [thought, {"type": "text", "text": "Which?"}]}
        (item,) = read(answered([thought, {"type": "text", "text": "5"}], USER, earlier, USER))
        (draft,) = drafts([item])
        assert draft.prompt_messages[1] == {"role": "assistant", "content": "Which?"}
        assert (draft.model_response, draft.reasoning) == ("5", "Hm.")
        assert item.notes == ("Reasoning in earlier turns is left out of the prompt.",)

    def test_redacted_reasoning_is_its_summary(self) -> None:
        thought = {"type": "reasoning", "reasoning": "x9f", "redacted": True, "summary": "It adds."}
        assert drafts(read(answered([thought, {"type": "text", "text": "5"}])))[0].reasoning == "It adds."

    def test_think_blocks_stay_in_the_text(self) -> None:
        assert drafts(read(answered("<think>2</think>5")))[0].model_response == "<think>2</think>5"

    def test_a_tool_that_failed_tells_the_model_its_error(self) -> None:
        calls = [{"id": "1", "function": "add", "arguments": {"x": 1}, "type": "function"}]
        error = {"type": "timeout", "message": "too slow"}
        turns: list[Json] = [USER, {"role": "assistant", "content": "", "tool_calls": calls}]
        turns += [{"role": "tool", "content": "", "tool_call_id": "1", "function": "add", "error": error}]
        (draft,) = drafts(read(answered("5", *turns)))
        assert draft.prompt_messages[1:] == [
            {
                "role": "assistant",
                "content": "",
                "tool_calls": [{"id": "1", "type": "function", "function": {"name": "add", "arguments": '{"x":1}'}}],
            },
            {"role": "tool", "content": "Error: too slow", "tool_call_id": "1", "name": "add"},
        ]

    def test_tools_of_the_provider_are_left_out_and_told(self) -> None:
        (item,) = read(answered([{"type": "tool_use", "name": "web_search"}, {"type": "text", "text": "5"}]))
        assert drafts([item])[0].model_response == "5"
        assert any("web search" in note for note in item.notes)

    def test_an_attachment_is_put_back(self) -> None:
        mark = "attachment://" + "a" * 32
        long = {**answered("5", {"role": "user", "content": mark}), "attachments": {"a" * 32: "A long question?"}}
        assert drafts(read(long))[0].prompt_messages == [{"role": "user", "content": "A long question?"}]
        (line,) = rejected(read({**long, "attachments": {}}))
        assert "attachment that the log doesn't hold" in line.reason
        (line,) = rejected(read({**long, "attachments": {"a" * 32: "data:image/png;base64,AA"}}))
        assert line.code == "media_not_supported"

    @pytest.mark.parametrize("kind", ["image", "audio", "video", "document", "data"])
    @pytest.mark.parametrize("is_response", [False, True])
    def test_other_media_are_refused_by_name(self, kind: str, is_response: bool) -> None:
        part = [{"type": "text", "text": "look"}, {"type": kind, kind: "x"}]
        (line,) = rejected(read(answered(part) if is_response else answered("5", {"role": "user", "content": part})))
        assert line.code == "media_not_supported"
        assert kind in line.reason
        assert "Sample 1, epoch 1" in line.reason


class TestAnswer:
    def test_an_empty_one_is_an_answer(self) -> None:
        assert drafts(read(answered("")))[0].model_response == ""

    def test_tool_calls_are_json_text(self) -> None:
        calls = [{"id": "1", "function": "add", "arguments": {"x": 1}}]
        (draft,) = drafts(read(answered("I call.", tool_calls=calls)))
        function = {"name": "add", "arguments": '{"x":1}'}
        assert json.loads(draft.model_response) == [{"id": "1", "type": "function", "function": function}]
        assert draft.details["response_type"] == "tool_calls"
        assert draft.details["response_text"] == "I call."

    def test_what_was_scored_is_the_answer_even_if_a_tool_said_it(self) -> None:
        value = answered("", tool_calls=[{"id": "1", "function": "submit", "arguments": {"answer": "5"}}])
        value["output"]["completion"] = "5"
        (draft,) = drafts(read(value))
        assert draft.model_response == "5"
        assert draft.prompt_messages == [USER]

    def test_a_sample_without_a_turn_of_the_model(self) -> None:
        few_shot = [USER, {"role": "assistant", "content": "4"}, USER]
        (draft,) = drafts(read(sample(messages=few_shot, output={"choices": [], "completion": ""})))
        assert (draft.prompt_messages, draft.model_response) == (few_shot, "")


class TestBadSamples:
    @pytest.mark.parametrize(
        "changes",
        [
            *({"id": value} for value in NO_IDS),
            *({"messages": value} for value in ([1, USER, 2], [{"role": "robot", "content": "x"}, USER])),
            *({"messages": [{"role": role, "content": "x"}], "output": {}} for role in NO_ROLES),
            {"messages": [{"role": "user", "content": 5}, {"role": "assistant", "content": "x"}]},
            {"messages": [{"role": "assistant", "content": "x"}], "input": 5},
            {"messages": [USER, {"role": "assistant", "content": "x", "tool_calls": "x"}]},
            {"messages": [USER, {"role": "assistant", "content": [{"type": "hologram"}]}]},
        ],
    )
    def test_one_costs_no_other(self, changes: Json) -> None:
        items = read(sample(), sample(2, **changes), sample(3))
        assert [outcome(item) for item in items] == ["failed", "rejected", "failed"]
        assert rejected(items)[0].line_number == 2
        assert rejected(items)[0].code == "invalid_item"

    @pytest.mark.parametrize("key", list(sample()))
    @pytest.mark.parametrize("value", [None, 5, "x", [], {}, [None], {"a": 1}, float("nan"), [[]], True])
    def test_wrong_types_anywhere_never_raise(self, key: str, value: Any) -> None:
        items = read(sample(), sample(2, **{key: value}))
        assert len(items) == 2
        assert outcome(items[0]) == "failed"

    @pytest.mark.parametrize("value", [5, None, "x", [], [sample()]])
    def test_what_is_no_sample_at_all(self, value: Any) -> None:
        items = read(value, sample())
        assert [outcome(item) for item in items] == ["rejected", "failed"]

    def test_what_no_file_can_carry_is_replaced_and_counted(self) -> None:
        text = json.dumps(log(sample(), sample(2))).replace('"5"', '"5\\ud800\\u0000"', 3)
        items = read_content(InspectAi(), text.encode(), "log.json")
        assert [item.replaced for item in items] == [True, False]
        assert drafts(items)[0].prompt_messages == [USER]
        assert "\ufffd\ufffd" in drafts(items)[0].model_response

    def test_python_writes_what_is_no_json(self) -> None:
        nan = float("nan")
        text = json.dumps(log(sample(events=[nan, -float("inf"), "NaN"]), sample(2, metadata={"a": nan})))
        items = read_content(InspectAi(), b"\xef\xbb\xbf" + text.encode(), "log.json")
        assert [outcome(item) for item in items] == ["failed", "failed"]
        assert drafts(items)[1].details["metadata"] == {"a": None}

    def test_absurd_nesting(self) -> None:
        deep = json.dumps(log(sample(metadata="DEEP"), sample(2))).replace('"DEEP"', "[" * 200 + "]" * 200)
        items = read_content(InspectAi(), deep.encode(), "log.json")
        assert [outcome(item) for item in items] == ["rejected", "failed"]
        assert rejected(items)[0].code == "too_deep"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=8), children, max_size=3),
    max_leaves=8,
)


@examples(150)
@given(st.dictionaries(st.sampled_from([*sample(), "error", "attachments", "events"]), json_values, max_size=3))
def test_any_value_anywhere_is_one_item(changes: Json) -> None:
    items = read(sample(), sample(2, **changes), sample(3))
    assert len(items) == 3
    assert [outcome(items[0]), outcome(items[2])] == ["failed", "failed"]
