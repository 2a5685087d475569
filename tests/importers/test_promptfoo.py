"""Results of promptfoo in its three formats, real ones and bent ones."""

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
from avocet.importers import choose, recognise
from avocet.importers.base import ReadItem
from avocet.importers.promptfoo import Promptfoo
from avocet.importers.reading import documents
from avocet.importers.reading.sniff import sniff
from avocet.runs import import_run
from avocet.runs.sources import find
from tests.examples import examples
from tests.importers.expected import check_sample, drafts, outcome, rejected, samples
from tests.importers.files import SAMPLES, read_content, read_files, sniff_content

FOLDER = SAMPLES / "promptfoo"
RESULTS = samples(FOLDER)
CAPITALS = FOLDER / "capitals.json"

Json = dict[str, Any]


def result(**changes: Any) -> Json:
    """A failed result as promptfoo writes it; `changes` set or, with `...`, remove fields."""
    component = {"pass": False, "score": 0, "reason": "Not Paris", "assertion": {"type": "equals", "value": "Paris"}}
    value: Json = {
        "testIdx": 0,
        "promptIdx": 0,
        "testCase": {"vars": {"q": "Capital of France?"}},
        "vars": {"q": "Capital of France?"},
        "success": False,
        "failureReason": 1,
        "score": 0,
        "namedScores": {},
        "prompt": {"raw": "Capital of France?", "label": "q"},
        "provider": {"id": "openai:small", "label": ""},
        "response": {"output": "Lyon"},
        "gradingResult": {"pass": False, "score": 0, "reason": "Not Paris", "componentResults": [component]},
        "error": "Not Paris",
    }
    value.update(changes)
    return {key: item for key, item in value.items() if item is not ...}


def read(*results: Any, **options: Any) -> list[ReadItem]:
    content = "\n".join(json.dumps(value) for value in results)
    return read_content(Promptfoo(), content.encode(), "results.jsonl", **options)


def draft(**changes: Any) -> CandidateDraft:
    (found,) = drafts(read(result(**changes)))
    return found


@pytest.mark.parametrize("path", RESULTS, ids=lambda path: path.name)
def test_a_real_file_becomes_what_is_expected(path: Path) -> None:
    check_sample(Promptfoo(), path)
    found = recognise(sniff(path, "results.bin"))
    assert found is not None
    assert found.name == "promptfoo"


def test_json_and_yaml_make_the_same_candidates() -> None:
    info, items = read_files(Promptfoo(), CAPITALS)
    same_info, same = read_files(Promptfoo(), FOLDER / "capitals.yaml")
    assert info == same_info
    assert [item.key for item in items] == [item.key for item in same]
    for one, other in zip(drafts(items), drafts(same), strict=True):
        assert (one.prompt_messages, one.model_response) == (other.prompt_messages, other.model_response)


def test_a_json_array_of_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps([result(), result(testIdx=1)]))
    assert Promptfoo().recognises(sniff(path))
    assert len(drafts(read_files(Promptfoo(), path)[1])) == 2


def test_the_wide_table_is_known_and_refused_with_what_to_do() -> None:
    path = FOLDER / "capitals.csv"
    assert Promptfoo().recognises(sniff(path))
    with pytest.raises(RunUnreadable, match="Export JSON or JSONL"):
        read_files(Promptfoo(), path)
    long = path.read_text().replace("[canned-model] bare", '"[canned-model] ' + "a long prompt, " * 30 + '"')
    assert Promptfoo().recognises(sniff_content(long.encode(), "x.csv"))


class TestOutcomes:
    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({}, "failed"),
            ({"success": True, "failureReason": 0}, "passed"),
            ({"failureReason": 2, "gradingResult": None}, "errored"),
            ({"failureReason": ..., "gradingResult": None}, "errored"),
            ({"failureReason": ...}, "failed"),
            ({"gradingResult": None}, "failed"),
            ({"success": True, "gradingResult": {"pass": True, "reason": "No assertions"}}, "unscored"),
            *(({"success": value}, "rejected") for value in (None, "false", 0, ...)),
        ],
    )
    def test_assertions_that_failed_are_not_a_provider_that_did(self, changes: Json, expected: str) -> None:
        items = read(result(), result(**changes))
        assert [outcome(item) for item in items] == ["failed", expected]

    def test_a_threshold_is_for_the_score(self) -> None:
        info, items = read_files(Promptfoo(), CAPITALS, threshold=0.5)
        assert (info.metric, info.threshold) == ("score", 0.5)
        assert Counter(map(outcome, items)) == {"failed": 4, "errored": 2, "passed": 4}
        _, items = read_files(Promptfoo(), CAPITALS, metric="score")
        first = drafts(items)[0]
        assert first.failure_reason == 'score 0.5 (passes at 1): answered "Lyon", expected "Paris"'
        assert first.quality_score == 0.5

    def test_a_named_score_may_decide(self) -> None:
        info, items = read_files(Promptfoo(), CAPITALS, metric="brevity")
        assert [metric.name for metric in info.metrics] == ["pass", "score", "brevity"]
        assert Counter(map(outcome, items)) == {"passed": 2, "errored": 2, "unscored": 6}

    def test_an_unknown_metric_lists_those_there_are(self) -> None:
        with pytest.raises(InvalidRequest, match="They have: pass, score, brevity"):
            read_files(Promptfoo(), CAPITALS, metric="accuracy")

    def test_every_assertion_that_failed_says_why(self) -> None:
        parts = [
            {"pass": passed, "score": int(passed), "reason": reason, "assertion": {"type": kind}}
            for passed, reason, kind in (
                (False, "Too\n long", "javascript"),
                (True, "ok", "equals"),
                (False, "No", "regex"),
            )
        ]
        found = draft(gradingResult={"reason": "Too long", "componentResults": parts})
        assert found.failure_reason == "javascript: Too\n long; regex: No"


class TestPrompt:
    @pytest.mark.parametrize(
        "raw",
        [
            '[{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]',
            '{"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]}',
            "- role: system\n  content: Be brief.\n- role: user\n  content: Hi\n",
        ],
    )
    def test_a_list_of_messages(self, raw: str) -> None:
        assert draft(prompt={"raw": raw}).prompt_messages == [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Hi"},
        ]

    @pytest.mark.parametrize(
        "raw",
        [
            "Hi",
            "",
            "[1, 2]",
            "[",
            "{}",
            '[{"text": "x"}]',
            "- role: [",
            "[]",
            "[" * 2000,
            '{"a": ' * 70 + "1" + "}" * 70,
        ],
    )
    def test_anything_else_is_one_user_turn(self, raw: str) -> None:
        assert draft(prompt={"raw": raw}).prompt_messages == [{"role": "user", "content": raw}]
        assert draft(prompt=raw).prompt_messages == [{"role": "user", "content": raw}]

    def test_what_no_file_can_carry_is_replaced_within_it(self) -> None:
        raw = '[{"role": "user", "content": "a\\u0000"}]'
        assert draft(prompt={"raw": raw}).prompt_messages == [{"role": "user", "content": "a\ufffd"}]

    def test_the_person_may_choose_a_variable(self) -> None:
        info, items = read_files(Promptfoo(), CAPITALS, prompt_field="vars.q")
        assert info.prompt_fields == ["vars.q", "vars.canned", "vars.expected"]
        assert drafts(items)[0].prompt_messages == [{"role": "user", "content": "What is the capital of France?"}]
        with pytest.raises(InvalidRequest, match=r"vars\.q, vars\.canned"):
            read_files(Promptfoo(), CAPITALS, prompt_field="q")
        items = read(result(), result(vars={}), prompt_field="vars.q")
        assert [outcome(item) for item in items] == ["failed", "rejected"]

    @pytest.mark.parametrize(
        "changes",
        [
            {"prompt": {"raw": '[{"role": "user", "content": [{"type": "image_url", "image_url": {}}]}]'}},
            {"prompt": {"raw": "What is on data:image/png;base64,iVBOR ?"}},
            {"response": {"output": "![x](data:image/png;base64,iVBOR)"}},
            {"response": {"output": "promptfoo://blob/abc"}},
            {"response": {"output": "", "audio": {"data": "x"}}},
            {"response": {"images": ["x"]}},
        ],
    )
    def test_other_media_are_refused(self, changes: Json) -> None:
        (line,) = rejected(read(result(**changes)))
        assert line.code == "media_not_supported"


class TestAnswer:
    def test_an_empty_one_is_an_answer(self) -> None:
        assert draft(response={"output": ""}).model_response == ""
        assert draft(response={}).model_response == draft(response=None).model_response == ""

    @pytest.mark.parametrize(
        "output",
        [
            [{"id": "1", "type": "function", "function": {"name": "add", "arguments": "{}"}}],
            {"name": "add", "arguments": "{}"},
        ],
    )
    def test_tool_calls(self, output: Any) -> None:
        found = draft(response={"output": output})
        assert json.loads(found.model_response)[0]["function"] == {"name": "add", "arguments": "{}"}
        assert found.details["response_type"] == "tool_calls"

    @pytest.mark.parametrize("output", [{"city": "Lyon"}, ["Lyon"], [], 5, True])
    def test_other_json_is_its_text(self, output: Any) -> None:
        found = draft(response={"output": output})
        assert json.loads(found.model_response) == output
        assert found.details["response_type"] == "json"


@pytest.mark.parametrize(
    ("changes", "reference"),
    [
        ({}, "Paris"),
        ({"vars": {"expected": "Lutetia"}}, "Lutetia"),
        ({"vars": {"expected": ["a", "b"]}}, ["a", "b"]),
        ({"gradingResult": {"componentResults": [{"assertion": {"type": "javascript", "value": "x"}}]}}, None),
        ({"gradingResult": {"componentResults": [{"assertion": {"type": "not-equals", "value": "x"}}]}}, None),
        (
            {"gradingResult": {"componentResults": [{"assertion": {"type": "contains-any", "value": ["a", "b"]}}]}},
            ["a", "b"],
        ),
        ({"gradingResult": {"componentResults": [{"assertion": {"type": "equals", "value": "{{x}}"}}]}}, None),
    ],
)
def test_what_was_expected(changes: Json, reference: Any) -> None:
    assert draft(**changes).reference == reference


@pytest.mark.parametrize(
    ("kind", "value", "reference", "criteria"),
    [
        ("regex", "{{expected}}", None, "regex: \\d+"),
        ("llm-rubric", "\\d+", None, "llm-rubric: \\d+"),
        ("equals", "{{ expected }}", "\\d+", None),
        ("llm-rubric", "Is polite", "\\d+", "llm-rubric: Is polite"),
    ],
)
def test_a_variable_that_is_used_as_a_criterion_is_no_reference(
    kind: str, value: str, reference: Any, criteria: Any
) -> None:
    assertion = {"componentResults": [{"assertion": {"type": kind, "value": value}}]}
    found = draft(vars={"expected": "\\d+"}, gradingResult=assertion)
    assert (found.reference, found.details.get("criteria")) == (reference, criteria)


def test_a_file_that_is_compared_with_is_no_reference() -> None:
    found = draft(gradingResult={"componentResults": [{"assertion": {"type": "equals", "value": "file://a.txt"}}]})
    assert (found.reference, found.details["criteria"]) == (None, "equals: file://a.txt")


def test_a_document_of_version_2_is_known(tmp_path: Path) -> None:
    row = result(testIdx=..., promptIdx=..., testCase=...)
    document = {"results": {"version": 2, "timestamp": "t", "results": [row], "stats": {}, "table": {}}, "config": {}}
    path = tmp_path / "results.json"
    path.write_text(json.dumps(document), "utf-8")
    assert choose(path).name == "promptfoo"
    (found,) = drafts(read_files(Promptfoo(), path)[1])
    assert (found.model_response, found.reference) == ("Lyon", "Paris")


def test_the_model_is_the_providers_label_or_id() -> None:
    assert (draft().model_id, draft().model_name) == ("openai:small", "openai:small")
    assert draft(provider={"id": "file://p.js", "label": "mine"}).model_name == "mine"
    assert draft(provider="openai:old").model_name == "openai:old"
    assert drafts(read(result(provider=...), model_name="told"))[0].model_name == "told"


def test_an_item_without_numbers_is_known_by_its_text() -> None:
    first, second, same = read(
        result(testIdx=...), result(testIdx=..., response={"output": "x"}), result(testIdx=...)
    )
    assert first.key == same.key != second.key


@pytest.mark.parametrize("key", list(result()))
@pytest.mark.parametrize("value", [None, 5, "x", [], {}, [None], {"a": 1}, [[]], True])
def test_wrong_types_anywhere_never_raise(key: str, value: Any) -> None:
    items = read(result(), result(**{key: value}))
    assert len(items) == 2
    assert outcome(items[0]) == "failed"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=8), children, max_size=3),
    max_leaves=8,
)


@examples(150)
@given(st.dictionaries(st.sampled_from(list(result())), json_values, max_size=3))
def test_any_value_anywhere_is_one_item(changes: Json) -> None:
    items = read(result(), result(**changes), result(testIdx=1))
    assert len(items) == 3
    assert [outcome(items[0]), outcome(items[2])] == ["failed", "failed"]


class TestFiles:
    @pytest.mark.parametrize("content", ['{"results": 5, "evalId": "x"}', '{"results": {"results": 5}}'])
    def test_a_document_of_another_shape(self, content: str) -> None:
        with pytest.raises(RunUnreadable, match="isn't what its beginning says"):
            read_content(Promptfoo(), content.encode(), "results.json")

    def test_what_the_document_says_may_be_missing(self) -> None:
        content = json.dumps({"results": {"results": [result()]}, "config": 5, "metadata": [], "evalId": {}})
        (item,) = read_content(Promptfoo(), content.encode(), "My eval.json")
        (found,) = drafts([item])
        assert (found.task_type, found.benchmark_run_id, found.timestamp) == ("My eval", None, None)

    def test_a_document_that_was_cut_off(self) -> None:
        with pytest.raises(RunUnreadable, match="isn't whole JSON"):
            read_content(Promptfoo(), CAPITALS.read_bytes()[:9000], "results.json")

    def test_a_large_document_says_what_to_write_instead(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(documents, "MAX_DOCUMENT_BYTES", 1000)
        with pytest.raises(RunUnreadable, match=r"promptfoo eval -o results\.jsonl"):
            read_files(Promptfoo(), CAPITALS)

    def test_a_broken_line_costs_no_other(self) -> None:
        content = json.dumps(result()).encode() + b'\r\n{"testIdx": \n\n[1]\n' + json.dumps(result()).encode()
        items = read_content(Promptfoo(), content)
        assert [outcome(item) for item in items] == ["failed", "rejected", "rejected", "failed"]


def test_imported_twice_everything_adds_up(database: Database) -> None:
    counts = {"read": 10, "imported": 6, "passed": 2, "errored": 2, "skipped": 0}
    for changes in ({}, {"imported": 0, "skipped": 6}):
        (source,) = find(CAPITALS)
        report = import_run(database, source)
        assert {name: getattr(report, name) for name in counts} == {**counts, **changes}
