"""The `_allresults.json` of simple-evals."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet import checks
from avocet.db import Database
from avocet.domain import CandidateDraft
from avocet.errors import InvalidRequest, RunUnreadable
from avocet.importers.base import ReadItem, SourceFile
from avocet.importers.simple_evals import Named, SimpleEvals, named_by
from avocet.importers.simple_evals.item import NO_VERDICT
from avocet.runs import import_run
from avocet.runs.sources import find
from tests.examples import examples
from tests.importers.expected import check_sample, outcome, rejected
from tests.importers.files import SAMPLES, read_content, read_files, sniff_content
from tests.importers.mutation import broken

FOLDER = SAMPLES / "simple-evals"
FILES = sorted(path for path in FOLDER.glob("*.json") if not path.name.endswith(".expected.json"))
NAME = "math_gpt-4.1_20261122_170156_allresults.json"

TALK = [{"role": "user", "content": "17 + 25?"}, {"role": "assistant", "content": "It is 43."}]


def report(score: object = "0.0", correct: object = "42", extracted: object = "43") -> str:
    facts = (("Correct Answer", correct), ("Extracted Answer", extracted), ("Score", score))
    told = "\n".join(f"<p>{name}: {html.escape(str(value))}</p>" for name, value in facts if value is not ...)
    return f'\n<h3>Prompt conversation</h3>\n<div class="message user"></div>\n<h3>Results</h3>\n{told}'


def document(**changes: Any) -> dict[str, Any]:
    found = {"score": 0.0, "metrics": {"score:std": 0.0}, "htmls": [report()], "convos": [TALK]}
    return {**found, "metadata": {"example_level_metadata": [None]}, **changes}


def read(name: str = NAME, options: dict[str, Any] | None = None, **changes: Any) -> list[ReadItem]:
    return read_content(SimpleEvals(), json.dumps(document(**changes), indent=2).encode(), name, **(options or {}))


def test_a_report_whose_paragraphs_are_not_closed_is_looked_at_once() -> None:
    open_ = report() + "<p>Score: " * 500_000
    assert draft(htmls=[open_]) == draft()


def draft(**changes: Any) -> CandidateDraft:
    (item,) = read(**changes)
    assert isinstance(item.result, CandidateDraft), item.result
    return item.result


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:20])
def test_a_file_becomes_what_is_expected(path: Path) -> None:
    check_sample(SimpleEvals(), path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name[:20])
def test_its_files_are_recognised_even_if_cut(path: Path) -> None:
    content = path.read_bytes()
    assert SimpleEvals().recognises(sniff_content(content, "x.json"))
    assert SimpleEvals().recognises(sniff_content(content[: content.index(b"convos") - 5], "x.json"))


@pytest.mark.parametrize("name", ["page-report.json", "ab-test-results.json", "pod.json"])
def test_no_look_alike_is(name: str) -> None:
    assert not SimpleEvals().recognises(sniff_content((SAMPLES / "look-alikes" / name).read_bytes(), name))


@pytest.mark.parametrize(
    ("name", "named"),
    [
        (NAME, Named("math_gpt-4.1_20261122_170156", "math", "gpt-4.1", "2026-11-22T17:01:56")),
        (
            "a/healthbench_hard_o4-mini_high_20261122_170156_DEBUG_allresults.json",
            Named(
                "healthbench_hard_o4-mini_high_20261122_170156_DEBUG",
                "healthbench_hard",
                "o4-mini_high",
                "2026-11-22T17:01:56",
            ),
        ),
        (
            "healthbench_group1_humanbaseline_20261122_1701_allresults.json",
            Named(
                "healthbench_group1_humanbaseline_20261122_1701",
                "healthbench",
                "group1_humanbaseline",
                "2026-11-22T17:01",
            ),
        ),
        ("results.json", Named()),
    ],
)
def test_the_name_tells_eval_model_and_date(name: str, named: Named) -> None:
    assert named_by(SourceFile(Path("x"), name)) == named


def test_the_candidate() -> None:
    found = draft()
    assert found.prompt_messages == TALK[:1]
    assert (found.model_response, found.extracted_answer, found.reference) == ("It is 43.", "43", "42")
    assert (found.quality_score, found.scores) == (0.0, {"score": 0.0})
    assert found.failure_reason == 'score 0 (passes at 1): answered "43", expected "42"'
    assert (found.task_type, found.model_name, found.item_id) == ("math", "gpt-4.1", "0")


class TestScore:
    @pytest.mark.parametrize(
        ("told", "wanted"),
        [
            *(("1.0", "passed"), ("True", "passed"), ("0.0", "failed"), ("False", "failed"), ("-0.5", "failed")),
            *(("0.5", "failed"), ("None", "unscored"), ("nan", "unscored"), ("inf", "failed"), (..., "unscored")),
        ],
    )
    def test_it_stands_in_the_report(self, told: object, wanted: str) -> None:
        assert [outcome(item) for item in read(htmls=[report(told)])] == [wanted]

    def test_the_threshold_is_the_persons(self) -> None:
        for threshold, wanted in ((0.5, "passed"), (0.51, "failed"), (-1, "passed")):
            (item,) = read(options={"threshold": threshold}, htmls=[report("0.5")])
            assert outcome(item) == wanted

    def test_what_a_model_wrote_is_no_score(self) -> None:
        talk = [TALK[0], {"role": "assistant", "content": "<h3>Results</h3><p>Score: 1.0</p>"}]
        shown = html.escape(talk[1]["content"])
        (item,) = read(convos=[talk], htmls=[f"<pre>{shown}</pre>{report()}<p>Rubrics: <p>Score: 1.0</p></p>"])
        assert outcome(item) == "failed"

    def test_an_unknown_choice_is_refused(self) -> None:
        with pytest.raises(InvalidRequest, match="score"):
            read(options={"metric": "f1"})
        with pytest.raises(InvalidRequest):
            read(options={"prompt_field": "problem"})

    def test_healthbench_meta_has_no_right_and_wrong(self) -> None:
        (item,) = read(metrics={"model_predicted_positive": 0.5})
        assert (outcome(item), item.notes) == ("unscored", (NO_VERDICT,))


class TestFacts:
    def test_several_right_answers(self) -> None:
        found = draft(htmls=[report("False", ["Paris", "Paris, France"], ["Lyon"])])
        assert (found.reference, found.extracted_answer) == (["Paris", "Paris, France"], "Lyon")

    def test_an_interval_is_no_list_of_answers(self) -> None:
        assert draft(htmls=[report("0.0", "[1, 2]", "(1, 2)")]).reference == "[1, 2]"

    def test_runs_of_code_are_no_answers(self) -> None:
        code = [TALK[0], *({"role": "assistant", "content": f"def f{number}(): ..."} for number in range(2))]
        found = draft(htmls=[report("0.5", [1, 1], [False, True])], convos=[code])
        assert (found.reference, found.extracted_answer, found.model_response) == (None, None, "def f0(): ...")
        assert found.details == {"other_responses": ["def f1(): ..."]}

    def test_nothing_extracted(self) -> None:
        assert draft(htmls=[report("0.0", "42", None)]).extracted_answer is None


class TestRubric:
    RUBRIC: ClassVar = [
        {"criterion": "Asks why", "points": 5, "tags": [], "criteria_met": False, "explanation": "It doesn't."},
        {"criterion": "Is rude", "points": -5, "tags": [], "criteria_met": True, "explanation": "It is."},
        {"criterion": "Is short", "points": 1, "tags": [], "criteria_met": True, "explanation": "Yes."},
    ]

    def test_what_was_missed(self) -> None:
        example = {
            "score": -0.66,
            "rubric_items": self.RUBRIC,
            "prompt_id": "p1",
            "completion_id": "c1",
            "usage": None,
        }
        (item,) = read(metadata={"example_level_metadata": [example]})
        assert isinstance(item.result, CandidateDraft)
        assert (
            item.result.failure_reason == 'score -0.66 (passes at 1): 2 of 3 criteria missed: "Asks why", "Is rude"'
        )
        assert item.result.explanation == "[5] Asks why: It doesn't.\n[-5] Is rude: It is."
        assert (item.result.quality_score, item.result.item_id) == (None, "p1")
        assert item.result.details == {"rubric": self.RUBRIC, "completion_id": "c1"}

    @pytest.mark.parametrize("rubric", [None, 5, ["x"], [{"points": "many"}], [{"points": 1}]])
    def test_of_other_shapes(self, rubric: object) -> None:
        (item,) = read(metadata={"example_level_metadata": [{"score": 0.5, "rubric_items": rubric}]})
        assert outcome(item) == "failed"

    def test_a_prompt_that_came_twice_is_two_items(self) -> None:
        example = {"score": 0, "prompt_id": "p1"}
        items = read(convos=[TALK, TALK], htmls=[report()] * 2, metadata={"example_level_metadata": [example] * 2})
        assert len({item.key for item in items}) == 2


def test_gpqa_looks_for_a_letter_and_the_others_have_no_check() -> None:
    def check_of(name: str, correct: str) -> Any:
        (item,) = read(name, htmls=[report(correct=correct)])
        assert isinstance(item.result, CandidateDraft)
        return item.result.check

    made = check_of("gpqa_mock-model_20261122_222301_allresults.json", "C")
    check = checks.read(made)
    assert check is not None
    assert [checks.run(check, text).passed for text in ("So.\nAnswer: $C$", "Answer: D", "C", "answer : C")] == [
        True,
        False,
        False,
        True,
    ]
    assert check_of("gpqa_mock-model_20261122_222301_allresults.json", "E") is None
    assert check_of("mmlu_mock-model_20261122_222301_allresults.json", "C") is None


@pytest.mark.parametrize(
    "talk", [None, [], [TALK[0]], [TALK[1]], "x", [5], [TALK[0], {"role": "robot", "content": ""}], [*TALK, TALK[0]]]
)
def test_a_conversation_of_another_shape_costs_no_other(talk: object) -> None:
    items = read(convos=[talk, TALK], htmls=[report()] * 2)
    assert [outcome(item) for item in items] == ["rejected", "failed"]
    assert rejected(items)[0].line_number == 1


def test_a_report_without_its_conversation_is_counted() -> None:
    assert [outcome(item) for item in read(htmls=[report()] * 3)] == ["failed", "rejected", "rejected"]
    assert [outcome(item) for item in read(convos=[TALK] * 2)] == ["failed", "unscored"]


def test_a_picture_is_refused() -> None:
    part = {"type": "image_url", "image_url": {"url": "data:"}}
    items = read(convos=[[{"role": "user", "content": [part]}, TALK[1]]])
    assert rejected(items)[0].code == "media_not_supported"


def test_a_file_that_is_cut_off_is_refused_whole() -> None:
    content = json.dumps(document()).encode()
    with pytest.raises(RunUnreadable, match="interrupted"):
        read_content(SimpleEvals(), content[:-20], NAME)


def test_a_renamed_file_leaves_the_model_to_the_person() -> None:
    (item,) = read(name="x.json", options={"model_name": "mine"})
    assert isinstance(item.result, CandidateDraft)
    assert (item.result.model_id, item.result.task_type) == ("mine", None)


def test_a_file_is_imported_once(database: Database) -> None:
    sources = find(FOLDER)
    reports = [import_run(database, source) for source in sources]
    assert [(report.read, report.imported, report.passed) for report in reports] == [(3, 2, 1), (1, 1, 0), (3, 2, 1)]
    again = [import_run(database, source) for source in sources]
    assert [(report.imported, report.skipped) for report in again] == [(0, 2), (0, 1), (0, 2)]


@examples(150)
@given(st.data())
def test_broken_files_lose_no_item_uncounted(data: st.DataObject) -> None:
    example = {"score": 0.5, "rubric_items": TestRubric.RUBRIC, "prompt_id": "p"}
    whole = document(
        convos=[TALK, TALK], htmls=[report(), report("1.0")], metadata={"example_level_metadata": [example, None]}
    )
    value = data.draw(broken(whole))
    try:
        items = read_content(SimpleEvals(), json.dumps(value).encode(), NAME)
    except RunUnreadable:
        return
    lists = [value.get(key) for key in ("convos", "htmls")]
    assert len(items) == max(len(found) for found in lists if isinstance(found, list))


def test_read_says_what_the_file_is() -> None:
    info, _ = read_files(SimpleEvals(), FILES[0])
    assert (info.models, info.metric, info.threshold) == (["mock-model"], "score", 1.0)
