"""The item's own check, where a harness's file tells it: on every real sample it says what the harness said."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, ClassVar

import pytest

from avocet import checks
from avocet.domain import CandidateDraft
from avocet.errors import AvocetError
from avocet.importers import recognise, registry
from avocet.importers.base import ImportOptions, SourceFile
from avocet.importers.inspect_ai.checks import LogCheck
from avocet.importers.lm_eval.checks import TaskCheck
from avocet.importers.lm_eval.results import Results
from avocet.importers.openai_evals.checks import Basic
from avocet.importers.promptfoo.assertions import check_of
from avocet.importers.reading.sniff import sniff
from tests.importers.files import SAMPLES

Json = dict[str, Any]


def drafts_of_samples() -> list[CandidateDraft]:
    """What fails in all real files, by the importer that knows each."""
    files: defaultdict[tuple[str, Path], list[SourceFile]] = defaultdict(list)
    for path in sorted(SAMPLES.rglob("*")):
        if path.is_file() and not path.name.endswith(".expected.json"):
            importer = recognise(sniff(path))
            if importer is not None:
                files[importer.name, path.parent].append(SourceFile(path, path.name))
    found = []
    for (name, _), together in files.items():
        for run in registry()[name].group(together):
            try:
                read = registry()[name].read(run.files, ImportOptions())
            except AvocetError:
                # a file whose person has to choose something first
                continue
            found += [item.result for item in read.items if isinstance(item.result, CandidateDraft)]
    return found


def test_what_a_harness_failed_fails_its_check_here() -> None:
    seen: Counter[tuple[str | None, str]] = Counter()
    for draft in drafts_of_samples():
        if draft.check is not None:
            check = checks.read(draft.check)
            assert check is not None, draft.check
            assert not checks.run(check, draft.model_response).passed, (draft.check, draft.model_response)
            seen[draft.harness, type(check).__name__] += 1
    assert seen.keys() == {
        ("promptfoo", "Assertions"),
        ("inspect", "Includes"),
        ("lm-eval", "Exact"),
        ("openai-evals", "Includes"),
    }


class TestPromptfoo:
    @staticmethod
    def check(*assertions: tuple[Json, Any], output: Any = "text", **test: Any) -> Json | None:
        return check_of({"response": {"output": output}, "testCase": test}, assertions)

    def test_the_assertions_are_taken_with_what_they_were_given(self) -> None:
        made = self.check(
            ({"type": "icontains", "value": "{{expected}}", "weight": 2}, "Paris"),
            ({"type": "not-regex", "metric": "m"}, "^a"),
            ({"type": "is-json"}, None),
            ({"type": "llm-rubric"}, "is kind"),
            ({"type": "llm-rubric"}, "is brief"),
            threshold=0.5,
        )
        assert made == {
            "kind": "promptfoo",
            "assertions": [
                {"type": "icontains", "value": "Paris", "weight": 2.0},
                {"type": "not-regex", "value": "^a"},
                {"type": "is-json"},
            ],
            "threshold": 0.5,
            "others": ["llm-rubric"],
        }
        assert checks.read(made) is not None

    @pytest.mark.parametrize(
        ("assertion", "value"),
        [
            ({"type": "contains"}, "{{name}}"),
            ({"type": "contains"}, "file://answer.txt"),
            ({"type": "contains-any"}, ["a", "{{ b }}"]),
            ({"type": "contains"}, ""),
            ({"type": "contains"}, None),
            ({"type": "equals", "transform": "output.trim()"}, "a"),
            ({"type": "equals", "normalizeUnicode": True}, "a"),
            ({"type": "contains", "weight": -1}, "a"),
            ({"type": "regex"}, ["a"]),
            ({"type": "is-json"}, 5),
            ({"type": "similar"}, "a"),
            ({"type": 5}, "a"),
            ({}, "a"),
        ],
    )
    def test_what_is_not_certain_is_left_out(self, assertion: Json, value: Any) -> None:
        assert self.check((assertion, value)) is None
        beside = self.check((assertion, value), ({"type": "equals"}, "a"))
        assert beside is not None
        assert beside["assertions"] == [{"type": "equals", "value": "a"}]

    @pytest.mark.parametrize("output", [None, {"city": "Lyon"}, [{"type": "function"}], 5])
    def test_an_output_that_is_no_text_has_no_check(self, output: Any) -> None:
        assert self.check(({"type": "equals"}, "a"), output=output) is None


class TestLmEval:
    CONFIG: ClassVar[Json] = {
        "output_type": "generate_until",
        "metric_list": [{"metric": "exact_match", "aggregation": "mean", "higher_is_better": True}],
        "filter_list": [
            {
                "name": "strict",
                "filter": [{"function": "regex", "regex_pattern": "is (.*)"}, {"function": "take_first"}],
            },
            {"name": "none", "filter": [{"function": "take_first"}]},
        ],
    }

    @classmethod
    def check(
        cls, reference: Any = "42", *, metric: str = "exact_match", name: str | None = "none", **config: Any
    ) -> Any:
        return TaskCheck(Results({"configs": {"t": {**cls.CONFIG, **config}}}), "t", metric, name).of(reference)

    def test_a_plain_comparison(self) -> None:
        assert self.check() == {"kind": "exact", "expected": ["42"], "trim": "nothing"}
        assert self.check(["a", "b"])["expected"] == ["a", "b"]
        assert self.check(name=None, filter_list=None) == self.check()

    def test_a_filter_and_the_metric_s_options(self) -> None:
        options = {"ignore_case": True, "ignore_punctuation": False, "regexes_to_ignore": [",", r"\$"]}
        made = self.check(name="strict", metric_list=[{"metric": "exact_match", **options}])
        assert made == {
            "kind": "exact",
            "expected": ["42"],
            "extract": {"pattern": "is (.*)", "fallback": "[invalid]"},
            "without": [",", r"\$"],
            "ignore_case": True,
            "trim": "nothing",
        }
        check = checks.read(made)
        assert check is not None
        assert checks.run(check, "it is $42").passed

    @pytest.mark.parametrize(
        "config",
        [
            {"output_type": "multiple_choice"},
            {"process_results": "process_results"},
            {"doc_to_choice": ["a", "b"]},
            {"metric_list": [{"metric": "f1"}]},
            {"metric_list": [{"metric": "exact_match"}, {"metric": "exact_match", "ignore_case": True}]},
            {"metric_list": [{"metric": "exact_match", "ignore_numbers": True}]},
            {"metric_list": [{"metric": "exact_match", "ignore_case": "yes"}]},
            {"filter_list": [{"name": "none", "filter": [{"function": "majority_vote"}]}]},
            {"filter_list": [{"name": "none", "filter": [{"function": "lowercase"}, {"function": "take_first"}]}]},
            {"filter_list": [{"name": "none", "filter": [{"function": "take_first", "more": 1}]}]},
            {"filter_list": [{"name": "none"}, {"name": "none"}]},
            {"filter_list": [{"name": "another", "filter": [{"function": "take_first"}]}]},
            {"filter_list": "none"},
        ],
    )
    def test_what_is_not_certain_has_no_check(self, config: Json) -> None:
        assert self.check(**config) is None

    def test_without_a_reference_or_by_another_metric_there_is_none(self) -> None:
        assert self.check(None) is None
        assert self.check([]) is None
        assert self.check(["a", 5]) is None
        assert self.check(metric="f1") is None
        assert TaskCheck(Results({}), "t", "exact_match", None).of("42") is None


class TestInspect:
    @staticmethod
    def check(name: str, target: Any = "42", metric: str | None = None, **options: Any) -> Any:
        return LogCheck.of([{"name": name, "options": options}, {"name": "rubric"}], metric or name).check(target)

    @pytest.mark.parametrize(
        ("name", "options", "text", "passed"),
        [
            ("includes", {}, "it is FORTY-two", True),
            ("includes", {"ignore_case": False}, "it is FORTY-two", False),
            ("match", {}, "it is: Forty-two. ", True),
            ("match", {}, "forty-two it is", False),
            ("match", {"location": "begin"}, "forty-two it is", True),
            ("match", {"location": "any"}, "so forty-two it is", True),
            ("match", {"location": "exact"}, "«forty-two»", False),
            ("match", {"location": "exact"}, "'forty-two'!", True),
            ("match", {"location": "exact", "ignore_case": False}, "Forty-two", False),
        ],
    )
    def test_a_scorer_compares_as_it_did(self, name: str, options: Json, text: str, passed: bool) -> None:
        check = checks.read(self.check(name, ["six", "forty-two"], **options))
        assert check is not None
        assert checks.run(check, text).passed is passed

    def test_its_name_may_say_whose_it_is(self) -> None:
        made = LogCheck.of([{"name": "inspect_ai/includes"}], "includes").check("a")
        assert made == {"kind": "includes", "expected": ["a"], "ignore_case": True}

    def test_what_is_not_certain_has_no_check(self) -> None:
        assert self.check("match", numeric=True) is None
        assert self.check("match", location="middle") is None
        assert self.check("match", location=["end"]) is None
        assert self.check("match", more=1) is None
        assert self.check("includes", ignore_case="yes") is None
        assert self.check("model_graded_qa") is None
        assert self.check("match", metric="rubric") is None
        assert self.check("match", target=None) is None
        assert self.check("match", target=[]) is None
        assert LogCheck.of([{"name": "match"}, {"name": "match"}], "match").check("a") is None
        assert LogCheck.of(None, "match").check("a") is None
        assert LogCheck().check("a") is None


class TestOpenaiEvals:
    @staticmethod
    def check(kind: str, match: Json, **arguments: Any) -> Any:
        spec = {"run_config": {"eval_spec": {"cls": f"evals.elsuite.basic.{kind}", "args": arguments}}}
        return Basic.of(spec).check(match)

    def test_the_basic_evals(self) -> None:
        assert self.check("match:Match", {"expected": "a", "options": ["a"]}) == {
            "kind": "includes",
            "expected": ["a"],
            "at": "start",
        }
        assert self.check("match:Match", {"expected": ["a", "b"]})["expected"] == ["a", "b"]
        assert self.check("includes:Includes", {"expected": ["a"]}) == {"kind": "includes", "expected": ["a"]}
        assert self.check("includes:Includes", {"expected": ["a"]}, ignore_case=True)["ignore_case"]

    def test_what_is_not_certain_has_no_check(self) -> None:
        assert self.check("match:Match", {"expected": "a", "options": ["a", "b"]}) is None
        assert self.check("match:Match", {"expected": None}) is None
        assert self.check("match:Match", {}) is None
        assert self.check("includes:Includes", {"expected": "a"}) is None
        assert self.check("fuzzy_match:FuzzyMatch", {"expected": "a"}) is None
        assert Basic.of({}).check({"expected": "a"}) is None
