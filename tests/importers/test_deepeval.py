"""Test runs of DeepEval, single cases and conversations."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.db import Database
from avocet.domain import CandidateDraft
from avocet.errors import InvalidRequest, RunUnreadable
from avocet.importers import recognise
from avocet.importers.base import ReadItem
from avocet.importers.deepeval import Deepeval
from avocet.importers.deepeval.case import CONVERSATION, TURN_TOOLS
from avocet.importers.reading.sniff import sniff
from avocet.runs import import_run
from avocet.runs.sources import find
from tests.examples import examples
from tests.importers.expected import check_sample, drafts, outcome, rejected, samples
from tests.importers.files import SAMPLES, read_content, read_files

FOLDER = SAMPLES / "deepeval"
SINGLE = FOLDER / "test_run_20261122_221321.json"
CONVERSATIONS = FOLDER / "test_run_20261122_221328.json"

Json = dict[str, Any]


def metric(**changes: Any) -> Json:
    return {
        "name": "Right",
        "threshold": 0.5,
        "success": False,
        "score": 0.2,
        "reason": "No.",
        "flaky": False,
    } | changes


def case(**changes: Any) -> Json:
    """A failed case as DeepEval writes it; `changes` set or, with `...`, remove fields."""
    value: Json = {
        "name": "one",
        "input": "2 + 2?",
        "actualOutput": "5",
        "expectedOutput": "4",
        "success": False,
        "metricsData": [metric()],
        "order": 0,
    }
    value.update(changes)
    return {key: item for key, item in value.items() if item is not ...}


def conversation(*turns: Any, **changes: Any) -> Json:
    said = [{"role": role, "content": text} for role, text in (("user", "Hi"), ("assistant", "What?"))]
    return {**case(**{**changes, "input": ..., "actualOutput": ...}), "turns": list(turns) or said}


def read(*cases: Any, conversations: list[Any] | None = None, **options: Any) -> list[ReadItem]:
    document = {"testCases": list(cases), "conversationalTestCases": conversations or [], "metricsScores": []}
    return read_content(Deepeval(), json.dumps(document).encode(), "run.json", **options)


def draft(**changes: Any) -> CandidateDraft:
    (found,) = drafts(read(case(**changes)))
    return found


@pytest.mark.parametrize("path", samples(FOLDER), ids=lambda path: path.name)
def test_a_real_file_becomes_what_is_expected(path: Path) -> None:
    check_sample(Deepeval(), path)
    found = recognise(sniff(path, "results.bin"))
    assert found is not None
    assert found.name == "deepeval"


def test_a_run_in_a_wrapper_is_the_same_run() -> None:
    _, items = read_files(Deepeval(), FOLDER / "latest_test_run.json")
    _, same = read_files(Deepeval(), CONVERSATIONS)
    assert [item.key for item in items] == [item.key for item in same]


class TestOutcomes:
    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"success": True, "metricsData": [metric(success=True, score=1)]}, "passed"),
            ({"metricsData": [metric(), metric(name="Other", error="no JSON", score=None)]}, "failed"),
            ({"metricsData": [metric(error="no JSON", score=None)]}, "errored"),
            ({"success": True, "metricsData": [metric(flaky=True), metric(name="b", success=True)]}, "passed"),
            ({"success": None, "metricsData": []}, "unscored"),
            ({"success": None, "metricsData": None}, "unscored"),
            ({"success": True, "metricsData": []}, "passed"),
            ({"metricsData": []}, "failed"),
            ({"success": ..., "metricsData": [metric(score=None)]}, "unscored"),
        ],
    )
    def test_what_became_of_a_case(self, changes: Json, expected: str) -> None:
        assert [outcome(item) for item in read(case(), case(**changes))] == ["failed", expected]

    def test_the_person_may_choose_the_metric_and_its_threshold(self) -> None:
        info, items = read_files(Deepeval(), SINGLE, metric="Contains", threshold=0.1)
        assert [known.name for known in info.metrics] == ["all metrics", "Contains", "Exact Match"]
        assert (info.metric, info.threshold) == ("Contains", 0.1)
        assert Counter(map(outcome, items)) == {"passed": 4, "errored": 1}
        info, items = read_files(Deepeval(), SINGLE, metric="Exact Match")
        assert info.threshold == 1
        assert Counter(map(outcome, items)) == {"failed": 3, "passed": 1, "errored": 1}

    def test_a_threshold_alone_is_for_every_metric(self) -> None:
        both = [metric(), metric(name="Other", score=0.6, success=True)]
        assert outcome(read(case(metricsData=both), threshold=0.2)[0]) == "passed"
        (item,) = read(case(metricsData=both), threshold=0.3)
        assert drafts([item])[0].failure_reason == "Right 0.2 (passes at 0.3): No."

    def test_a_metric_may_be_better_when_lower(self) -> None:
        bias = [metric(name="Bias", score=0.9), metric(name="Bias", score=0.1, success=True)]
        items = read(*(case(metricsData=[one]) for one in bias), metric="Bias", threshold=0.95)
        assert [outcome(item) for item in items] == ["passed", "passed"]

    def test_an_unknown_metric_or_field(self) -> None:
        with pytest.raises(InvalidRequest, match="all metrics, Contains, Exact Match"):
            read_files(Deepeval(), SINGLE, metric="accuracy")
        with pytest.raises(InvalidRequest, match="They have none"):
            read_files(Deepeval(), SINGLE, prompt_field="input")

    def test_a_failure_without_a_metric_is_told(self) -> None:
        assert draft(metricsData=[]).failure_reason == "DeepEval says that the case failed."


class TestAnswer:
    def test_an_empty_one_is_an_answer(self) -> None:
        assert draft(actualOutput="").model_response == draft(actualOutput=None).model_response == ""

    def test_a_model_that_called_tools_and_said_nothing(self) -> None:
        found = draft(actualOutput=None, toolsCalled=[{"name": "add", "inputParameters": {"x": 1}}])
        assert json.loads(found.model_response)[0]["function"] == {"name": "add", "arguments": '{"x":1}'}
        assert found.details["response_type"] == "tool_calls"

    def test_the_last_turn_of_the_model_is_corrected(self) -> None:
        turns = [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "What?", "toolsCalled": [{"name": "greet"}]},
            {"role": "user", "content": "Help"},
            {"role": "assistant", "content": "No."},
            {"role": "user", "content": "Why?"},
        ]
        (item,) = read(conversations=[conversation(*turns)])
        (found,) = drafts([item])
        assert [turn["content"] for turn in found.prompt_messages] == ["Hi", "What?", "Help"]
        assert found.model_response == "No."
        assert item.notes == (CONVERSATION, TURN_TOOLS)
        assert found.details["tools_called_in_turns"] == {"1": [{"name": "greet"}]}

    @pytest.mark.parametrize("key", ["input", "actualOutput"])
    def test_an_image_is_refused(self, key: str) -> None:
        (line,) = rejected(read(case(**{key: "What is [DEEPEVAL:IMAGE:7]?"})))
        assert line.code == "media_not_supported"


@pytest.mark.parametrize(
    "turns",
    [
        [{"role": "user", "content": "Hi"}],
        [{"role": "assistant", "content": "Hi"}],
        [{"role": "user", "content": 5}, {"role": "assistant", "content": "x"}],
        [{"role": "robot", "content": "x"}, {"role": "assistant", "content": "x"}],
        [{"role": "user", "content": "x"}, {"role": "assistant", "content": ["x"]}],
        [5],
    ],
)
def test_a_conversation_that_cannot_be_one(turns: list[Any]) -> None:
    items = read(case(), conversations=[conversation(*turns), conversation()])
    assert [outcome(item) for item in items] == ["failed", "rejected", "failed"]
    assert [item.line_number for item in items] == [1, 2, 3]


@pytest.mark.parametrize("key", [*case(), "toolsCalled", "tags", "metadata"])
@pytest.mark.parametrize("value", [None, 5, "x", [], {}, [None], {"a": 1}, [[]], True])
def test_wrong_types_anywhere_never_raise(key: str, value: Any) -> None:
    items = read(case(), case(**{key: value}), conversations=[conversation(**{key: value})])
    assert len(items) == 3
    assert outcome(items[0]) == "failed"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=8), children, max_size=3),
    max_leaves=8,
)


@examples(150)
@given(st.dictionaries(st.sampled_from(list(case())), json_values, max_size=3), json_values)
def test_any_value_anywhere_is_one_item(changes: Json, turns: Any) -> None:
    items = read(case(), case(**changes), 5, conversations=[{**conversation(), "turns": turns}])
    assert len(items) == 4
    assert [outcome(items[0]), outcome(items[2])] == ["failed", "rejected"]


class TestFiles:
    def test_the_name_tells_run_and_time(self) -> None:
        info, _ = read_files(Deepeval(), SINGLE)
        assert (info.run_id, info.timestamp) == ("test_run_20261122_221321", "2026-11-22T22:13:21")

    @pytest.mark.parametrize("name", ["model", "Model", "model_name", "Model Name"])
    def test_the_model_is_a_hyperparameter(self, name: str) -> None:
        content = json.dumps({"testCases": [case()], "hyperparameters": {"temperature": 1, name: "org/small"}})
        (found,) = drafts(read_content(Deepeval(), content.encode(), "run.json"))
        assert (found.model_id, found.model_name) == ("org/small", "small")

    def test_or_the_person_says_it(self) -> None:
        assert drafts(read(case(), model_name="told"))[0].model_name == "told"

    def test_another_run_at_the_same_place_makes_other_cards(self) -> None:
        keys = {item.key for output in ("5", "6") for item in read(case(actualOutput=output))}
        assert len(keys) == 2

    @pytest.mark.parametrize("content", ['{"testCases": 5}', '{"testCases": [', "[]"])
    def test_what_is_no_run(self, content: str) -> None:
        with pytest.raises(RunUnreadable):
            read_content(Deepeval(), content.encode(), "run.json")


def test_imported_twice_everything_adds_up(database: Database) -> None:
    counts = {"read": 5, "imported": 4, "passed": 1, "skipped": 0}
    for changes in ({}, {"imported": 0, "skipped": 4}):
        (source,) = find(SINGLE)
        report = import_run(database, source)
        assert {name: getattr(report, name) for name in counts} == {**counts, **changes}
