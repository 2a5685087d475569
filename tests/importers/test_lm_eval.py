"""The samples of lm-evaluation-harness."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.db import Database
from avocet.domain import CandidateDraft, RejectedLine
from avocet.errors import InvalidRequest, RunUnreadable
from avocet.importers.base import ReadItem, Settled, SourceFile
from avocet.importers.lm_eval import LmEval
from avocet.importers.lm_eval.task import MEASURED, NO_FIELD, OTHER_FILTER
from avocet.importers.reading.templates import CONTINUED, KEPT_WHOLE
from avocet.runs import import_run
from avocet.runs.sources import find
from tests.examples import examples
from tests.importers.expected import check_sample, drafts, outcome, rejected, told
from tests.importers.files import SAMPLES, read_content, read_files, sniff_content
from tests.importers.mutation import broken_lines

FOLDER = SAMPLES / "lm-eval"
DUMMY = FOLDER / "0.4.13" / "hm047gy8"
CHAT = FOLDER / "0.4.13" / "mock-chat"
EXPECTED = sorted(FOLDER.rglob("*.expected.json"))
NAME = "samples_capitals_2026-11-22T21-54-18.615944.jsonl"

Row = dict[str, Any]


def generation(number: Any = 0, **changes: Any) -> Row:
    """A row of a task that generates, as 0.4.13 writes it; `...` takes a key away."""
    row: Row = {
        "doc_id": number,
        "doc": {"question": "What is the capital of France?", "deep": {"text": "x"}, "number": 3},
        "target": "Paris",
        "arguments": {"gen_args_0": {"arg_0": "Question: France?\nAnswer:", "arg_1": {"until": ["\n"]}}},
        "resps": [["Lyon, I think"]],
        "filtered_resps": ["Lyon"],
        "filter": "strict",
        "metrics": ["exact_match"],
        "doc_hash": "0",
        "prompt_hash": "0",
        "target_hash": "0",
        "exact_match": 0.0,
    }
    row.update(changes)
    return {key: value for key, value in row.items() if value is not ...}


def choice(number: Any = 0, **changes: Any) -> Row:
    """A row of a multiple choice task."""
    calls = {
        f"gen_args_{place}": {"arg_0": "Red planet?", "arg_1": text} for place, text in enumerate((" Venus", " Mars"))
    }
    row = generation(
        number,
        target="1",
        arguments=calls,
        resps=[[["-1.0", "False"]], [["-2.0", "False"]]],
        filtered_resps=[["-1.0", "False"], ["-2.0", "False"]],
        metrics=["acc", "acc_norm"],
        filter="none",
        acc=0.0,
        acc_norm=0.0,
        exact_match=...,
    )
    row.update(changes)
    return {key: value for key, value in row.items() if value is not ...}


def lines(*rows: Row) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def read(*rows: Row, **options: object) -> list[ReadItem]:
    return read_content(LmEval(), lines(*rows), NAME, **options)


def draft(row: Row, **options: object) -> CandidateDraft:
    (item,) = read(row, **options)
    assert isinstance(item.result, CandidateDraft), item.result
    return item.result


def refusal(row: Row) -> RejectedLine:
    (item,) = read(row)
    assert isinstance(item.result, RejectedLine), item.result
    return item.result


NO_REQUEST: list[Any] = [..., None, {}, [], "x", [[]], {"gen_args_0": {}}, {"gen_args_0": 5}]
NO_TEXT: list[Any] = [..., None, [], [[]], "x", [[None]], [[["-1.0", True]]]]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: str(path.relative_to(FOLDER))[:40])
def test_a_sample_becomes_what_is_expected(expected: Path) -> None:
    check_sample(LmEval(), expected.with_name(expected.name.removesuffix(".expected.json")))


class TestRecognises:
    @pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.json*")), ids=lambda path: path.name[:30])
    def test_what_the_harness_wrote(self, path: Path) -> None:
        if not path.name.endswith(".expected.json"):
            assert LmEval().recognises(sniff_content(path.read_bytes(), path.name))

    def test_a_row_longer_than_the_head(self) -> None:
        assert LmEval().recognises(sniff_content(lines(generation(doc={"text": "x" * 2_000_000}))))

    @pytest.mark.parametrize("name", ["retrieval.jsonl", "ab-test-results.json", "trace-events.jsonl", "pod.json"])
    def test_no_look_alike(self, name: str) -> None:
        assert not LmEval().recognises(sniff_content((SAMPLES / "look-alikes" / name).read_bytes(), name))


class TestGroup:
    def files(self, folder: Path) -> list[SourceFile]:
        paths = sorted(path for path in folder.rglob("*.json*") if not path.name.endswith(".expected.json"))
        return [SourceFile(path, str(path.relative_to(folder))) for path in paths]

    def test_a_date_is_a_run_and_results_are_beside_it(self) -> None:
        runs = LmEval().group(self.files(FOLDER / "0.4.13"))
        assert {run.name: len(run.files) for run in runs} == {
            "hm047gy8 2026-11-22T21-54-18.615944": 6,
            "mock-chat 2026-11-22T22-01-39.875704": 2,
            "mock-chat 2026-11-22T22-02-45.145988": 1,
            "tiny__chatml 2026-11-22T21-55-35.365863": 1,
            "tiny__gemma 2026-11-22T21-58-01.221869": 2,
            "tiny__llama3 2026-11-22T21-56-33.961809": 1,
            "tiny__mistral 2026-11-22T21-59-06.425196": 1,
        }

    def test_without_a_folder_the_model_names_the_run(self) -> None:
        runs = LmEval().group(self.files(CHAT))
        assert [run.name for run in runs] == [
            "mock-chat 2026-11-22T22-01-39.875704",
            "mock-chat 2026-11-22T22-02-45.145988",
        ]

    def test_old_files_of_a_model_are_a_run(self) -> None:
        (run,) = LmEval().group(self.files(FOLDER / "0.4.2"))
        assert (run.name, len(run.files)) == ("pretrained__org__tiny", 3)

    def test_renamed_files_are_runs_of_their_own(self, tmp_path: Path) -> None:
        for name in ("a.jsonl", "b.jsonl"):
            (tmp_path / name).write_bytes(lines(generation()))
        assert [run.name for run in LmEval().group(self.files(tmp_path))] == ["a", "b"]

    def test_results_alone_are_refused_with_what_to_do(self) -> None:
        (results,) = [file for file in self.files(DUMMY) if file.name.startswith("results")]
        (run,) = LmEval().group([results])
        with pytest.raises(RunUnreadable, match=r"samples_\*\.jsonl beside it \(run with --log_samples\)"):
            read_files(LmEval(), run.files[0].path)


class TestMetric:
    def test_the_first_filter_and_the_first_metric_decide(self) -> None:
        info, items = read_files(LmEval(), CHAT / "samples_capitals_2026-11-22T22-01-39.875704.jsonl")
        assert [metric.name for metric in info.metrics] == ["exact_match", "exact_match,flexible"]
        assert (info.metric, info.threshold) == ("exact_match", 1.0)
        assert [outcome(item) for item in items] == ["failed"] * 4
        assert {note for item in items for note in item.notes} == {OTHER_FILTER}

    def test_another_filter_may_decide(self) -> None:
        path = CHAT / "samples_capitals_2026-11-22T22-01-39.875704.jsonl"
        info, items = read_files(LmEval(), path, metric="exact_match,flexible")
        assert info.metric == "exact_match,flexible"
        assert [outcome(item) for item in items] == ["failed", "passed", "failed", "passed"]
        first = drafts(items)[0]
        assert first.details["filter"] == "flexible"
        assert first.details["other_filters"] == {"strict": {"answer": "[invalid]", "scores": {"exact_match": 0.0}}}
        assert items[0].key == read_files(LmEval(), path)[1][0].key

    def test_the_first_filter_may_be_named(self) -> None:
        (item,) = read(generation(), metric="exact_match,strict")
        assert outcome(item) == "failed"

    def test_the_threshold_is_the_persons(self) -> None:
        for threshold, wanted in ((0.4, "passed"), (0.5, "passed"), (0.6, "failed")):
            (item,) = read(generation(metrics=["f1"], f1=0.5), threshold=threshold)
            assert outcome(item) == wanted

    def test_an_unknown_metric_is_refused_with_those_there_are(self) -> None:
        with pytest.raises(InvalidRequest, match="exact_match"):
            read(generation(), metric="bleu")

    def test_a_task_without_the_chosen_metric_is_judged_by_its_own(self, tmp_path: Path) -> None:
        paths = [tmp_path / f"samples_{name}_2026-11-22T21-54-18.jsonl" for name in ("gen", "mc")]
        paths[0].write_bytes(lines(generation()))
        paths[1].write_bytes(lines(choice(acc=1.0)))
        info, items = read_files(LmEval(), *paths)
        assert (info.metric, [outcome(item) for item in items]) == (None, ["failed", "passed"])
        info, items = read_files(LmEval(), *paths, metric="acc_norm", threshold=0.0)
        assert (info.metric, [outcome(item) for item in items]) == ("acc_norm", ["failed", "passed"])

    def test_less_is_better_where_the_results_say_so(self, tmp_path: Path) -> None:
        (tmp_path / NAME).write_bytes(lines(generation(metrics=["brier_score"], brier_score=0.4)))
        info, items = read_files(LmEval(), tmp_path / NAME)
        assert (info.metrics[0].higher_is_better, info.threshold, outcome(items[0])) == (False, 0.0, "failed")
        reason = drafts(items)[0].failure_reason
        assert reason == 'brier_score 0.4 (passes at 0 or less): answered "Lyon", expected "Paris"'
        told = {"higher_is_better": {"capitals": {"brier_score": True}}, "results": {}}
        (tmp_path / "results_2026-11-22T21-54-18.615944.json").write_text(json.dumps(told))
        assert read_files(LmEval(), tmp_path / NAME)[0].metrics[0].higher_is_better

    def test_a_score_of_unknown_scale_does_not_decide_by_itself(self) -> None:
        row = generation(metrics=["bleu_max", "bleu_acc"], bleu_max=31.0, bleu_acc=1, exact_match=...)
        assert outcome(read(row)[0]) == "passed"
        assert outcome(read(row, metric="bleu_max", threshold=50)[0]) == "failed"
        assert draft(row, metric="bleu_max", threshold=50).quality_score is None

    @pytest.mark.parametrize("value", [None, [0.5, 1], float("nan")])
    def test_without_a_number_it_is_unscored(self, value: object) -> None:
        items = read(generation(), generation(1, exact_match=value))
        assert [outcome(item) for item in items] == ["failed", "unscored"]

    @pytest.mark.parametrize("value", ["no", {}])
    def test_a_score_that_is_something_else_is_refused(self, value: object) -> None:
        items = read(generation(), generation(1, exact_match=value))
        assert rejected(items)[0].reason == "exact_match isn't a number."

    def test_predictions_only_are_unscored(self) -> None:
        info, items = read_files(LmEval(), CHAT / "samples_capitals_2026-11-22T22-02-45.145988.jsonl")
        assert (info.metrics, info.metric, info.threshold) == ([], None, None)
        assert [outcome(item) for item in items] == ["unscored"] * 4

    def test_likelihoods_are_nothing_to_review(self) -> None:
        for task in ("prose", "lastword"):
            _, items = read_files(LmEval(), next(DUMMY.glob(f"samples_{task}_*.jsonl")))
            assert [(outcome(item), item.notes) for item in items] == [("unscored", (MEASURED,))] * 4

    def test_every_score_is_kept(self) -> None:
        row = generation(
            metrics=["exact_match", "f1", "rouge", "bleu", "strict", "gone"], f1=0.5, strict=[True, False]
        )
        row.update(rouge={"l": 0.1, "name": "x"}, bleu=["a", "b"])
        assert draft(row).scores == {"exact_match": 0.0, "f1": 0.5, "rouge.l": 0.1, "strict": [True, False]}


class TestFilters:
    def test_rows_of_a_document_are_one_item_in_any_order(self) -> None:
        strict, flexible = generation(), generation(filter="flexible", exact_match=1.0)
        for rows in ((strict, generation(1), flexible), (generation(1), flexible, strict)):
            items = read(*rows)
            assert [outcome(item) for item in items] == ["failed", "failed"]
            assert sum(len(item.notes) for item in items) == 1

    def test_a_document_without_a_row_of_the_deciding_filter_is_not_lost(self) -> None:
        items = read(generation(), generation(1, filter="flexible"), generation(1, filter="third"))
        assert [(outcome(item), len(item.notes)) for item in items] == [("failed", 0), ("failed", 1)]

    def test_without_filter_names_the_first_row_decides(self) -> None:
        rows = [generation(filter=..., metrics=...), generation(filter=..., metrics=..., exact_match=1.0)]
        (item,) = read(*rows)
        assert isinstance(item.result, CandidateDraft)
        assert item.result.details["other_filters"] == {"#2": {"answer": "Lyon", "scores": {"exact_match": 1.0}}}

    def test_ids_of_all_sorts_are_told_apart(self) -> None:
        ids = [0, 1, -1, 2**40, 2**63 - 1, "0", "a", 1.5, [1], None, None]
        items = read(*(generation(number, resps=[[str(place)]]) for place, number in enumerate(ids)))
        assert [outcome(item) for item in items] == ["failed"] * len(ids)
        assert len({item.key for item in items}) == len(ids) - 1


class TestGeneration:
    def test_the_candidate(self) -> None:
        found = draft(generation())
        assert found.prompt_messages == [{"role": "user", "content": "Question: France?\nAnswer:"}]
        assert (found.model_response, found.extracted_answer, found.reference) == ("Lyon, I think", "Lyon", "Paris")
        assert found.failure_reason == 'exact_match 0 (passes at 1): answered "Lyon", expected "Paris"'
        assert (found.task_type, found.item_id, found.benchmark_run_id) == ("capitals", "0", NAME[17:-6])
        assert found.timestamp == "2026-11-22T21:54:18"

    def test_an_empty_response_is_an_answer(self) -> None:
        assert draft(generation(resps=[[""]], filtered_resps=[""])).model_response == ""

    def test_repeats_are_kept_beside_the_first(self) -> None:
        assert draft(generation(resps=[["a", "b", "c"]])).details["other_responses"] == ["b", "c"]

    def test_code_is_a_list_in_a_list(self) -> None:
        assert draft(generation(filtered_resps=[["def f(): ..."]])).extracted_answer == "def f(): ..."

    @pytest.mark.parametrize(
        ("target", "reference"),
        [
            ("['Paris', 'paris']", ["Paris", "paris"]),
            ('["it\'s", "x"]', ["it's", "x"]),
            (["Paris", "Paris"], ["Paris"]),
            ("['broken", "['broken"),
            ("[0, 1]", "[0, 1]"),
            ("['a', 1]", "['a', 1]"),
            ("", None),
            ("0", None),
            ("None", None),
            (["", "x"], ["x"]),
        ],
    )
    def test_targets(self, target: object, reference: object) -> None:
        assert draft(generation(target=target)).reference == reference

    def test_the_person_may_see_a_field_of_the_document(self) -> None:
        info, items = read_files(LmEval(), next(DUMMY.glob("samples_capitals_*.jsonl")), prompt_field="doc.question")
        assert info.prompt_fields == ["doc.id", "doc.question", "doc.answer"]
        assert drafts(items)[0].prompt_messages == [{"role": "user", "content": "What is the capital of France?"}]
        (_, lacking) = read(generation(), generation(1, doc={}), prompt_field="doc.question")
        assert lacking.notes == (NO_FIELD,)
        with pytest.raises(InvalidRequest, match=r"doc\.question"):
            read(generation(), prompt_field="doc.number")

    def test_a_beginning_that_the_model_was_given(self) -> None:
        told = '[{"role": "user", "content": "Write f."}, {"role": "assistant", "content": "```python"}]'
        row = generation(arguments={"gen_args_0": {"arg_0": [told], "arg_1": {}}})
        (item,) = read(row)
        assert item.notes == (CONTINUED,)
        assert draft(row).prompt_messages == [{"role": "user", "content": "Write f."}]
        assert draft(row).details["answer_begun"] == "```python"

    def test_an_unknown_rendering_is_kept_and_told(self) -> None:
        (path,) = (FOLDER / "0.4.13" / "tiny__mistral").glob("samples_aliases_*.jsonl")
        _, items = read_files(LmEval(), path)
        assert [item.notes for item in items] == [(KEPT_WHOLE,)] * 4

    @pytest.mark.parametrize(("medium", "value"), [("visual", ["<PIL.Image>"]), ("audio", [{"array": []}])])
    def test_media_are_refused_by_name(self, medium: str, value: object) -> None:
        row = generation(arguments={"gen_args_0": {"arg_0": "Look", "arg_1": {}, "arg_2": {medium: value}}})
        line = refusal(row)
        assert (line.code, medium in line.reason) == ("media_not_supported", True)

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            *(("arguments", value) for value in NO_REQUEST),
            *(("resps", value) for value in NO_TEXT),
            ("arguments", {"gen_args_0": {"arg_0": 5, "arg_1": {}}}),
            ("arguments", {"gen_args_0": {"arg_0": [1, 2, 3], "arg_1": {}}}),
        ],
    )
    def test_a_row_of_another_shape_is_refused(self, key: str, value: object) -> None:
        items = read(generation(), generation(1, **{key: value}))
        assert [outcome(item) for item in items] == ["failed", "rejected"]
        assert rejected(items)[0].line_number == 2


class TestChoice:
    def test_the_likeliest_choice_is_the_response(self) -> None:
        found = draft(choice())
        assert (found.model_response, found.reference) == ("Venus", "Mars")
        assert found.details["choices"] == ["Venus", "Mars"]
        assert found.details["loglikelihoods"] == [-1.0, -2.0]
        assert found.failure_reason == 'acc 0 (passes at 1): answered "Venus", expected "Mars"'

    def test_acc_norm_weighs_by_length(self) -> None:
        likelihoods = [["-5.0", "False"], ["-4.9", "False"]]
        assert draft(choice(filtered_resps=likelihoods)).model_response == "Mars"
        assert draft(choice(filtered_resps=likelihoods), metric="acc_norm").model_response == "Venus"

    @pytest.mark.parametrize(
        ("target", "reference"),
        [(1, "Mars"), ("0", "Venus"), ("[0, 1]", ["Venus", "Mars"]), (" Mars", "Mars"), ("7", "7"), (None, None)],
    )
    def test_the_right_choice_by_its_text(self, target: object, reference: object) -> None:
        found = draft(choice(target=target)).reference
        assert found == reference or (target == "7" and found == 7)

    def test_mutual_information_measures_every_choice_twice(self) -> None:
        row = choice()
        for place, text in enumerate((" Venus", " Mars"), 2):
            row["arguments"][f"gen_args_{place}"] = {"arg_0": "", "arg_1": text}
        row["filtered_resps"] += [["-0.1", "False"], ["-0.1", "False"]]
        assert draft(row).details["choices"] == ["Venus", "Mars"]

    def test_choices_within_the_question(self) -> None:
        (path,) = DUMMY.glob("samples_schema_*.jsonl")
        row = json.loads(path.read_text())
        found = draft({**row, "acc": 0.0})
        told = "The trophy does not fit into the suitcase because the"
        assert found.prompt_messages == [{"role": "user", "content": told}]
        assert (found.model_response, found.reference) == ("trophy is too large.", "suitcase is too large.")

    @pytest.mark.parametrize("value", [None, [], [["-1.0", "False"]], [["x", "y"], ["-1", "z"]], [[None], ["-1"]], 5])
    def test_without_likelihoods_it_is_refused(self, value: object) -> None:
        assert "filtered_resps" in refusal(choice(filtered_resps=value)).reason


def test_an_array_is_read_like_lines() -> None:
    rows = [generation(filter=..., metrics=...), choice(1, filter=..., metrics=...)]
    as_array = read_content(LmEval(), json.dumps(rows, indent=2).encode(), NAME)
    assert [told(item) for item in as_array] == [told(item) for item in read(*rows)]


def test_a_bad_line_costs_no_other(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + lines(generation()) + b"\r\n{oops\r\n5\r\n" + lines(generation(1))
    items = read_content(LmEval(), content, NAME)
    assert [outcome(item) for item in items] == ["failed", "rejected", "rejected", "failed"]
    assert items[-1].bytes_read == len(content)


def test_the_model_is_told_by_results_folder_or_person(tmp_path: Path) -> None:
    path = tmp_path / "org__tiny" / NAME
    path.parent.mkdir()
    path.write_bytes(lines(generation()))
    assert read_files(LmEval(), path)[0].models == ["org/tiny"]
    bare = tmp_path / NAME
    shutil.copy(path, bare)
    assert read_files(LmEval(), bare)[0].models == []
    info, items = read_files(LmEval(), bare, model_name="org/mine")
    assert (info.models, drafts(items)[0].model_id, drafts(items)[0].model_name) == (["org/mine"], "org/mine", "mine")


@pytest.mark.parametrize("folder", ["__scratch", "scratch__", "results"])
def test_a_folder_without_an_organisation_tells_no_model(tmp_path: Path, folder: str) -> None:
    path = tmp_path / folder / NAME
    path.parent.mkdir()
    path.write_bytes(lines(generation()))
    assert read_files(LmEval(), path)[0].models == []


def test_a_run_is_imported_once(database: Database) -> None:
    sources = find(FOLDER / "0.4.13")
    reports = [import_run(database, source) for source in sources]
    assert sum(report.imported for report in reports) == 31
    for report in reports:
        settled = report.passed + report.errored + report.unscored
        assert report.read == report.imported + report.skipped + report.rejected + settled
    again = [import_run(database, source) for source in sources]
    assert [report.imported for report in again] == [0] * len(sources)
    assert [report.skipped for report in again] == [report.imported for report in reports]
    assert [report.run_id for report in again] == [report.run_id for report in reports]


@examples(150)
@given(broken_lines([generation(), generation(1), generation(0, filter="flexible"), choice(2)]), st.booleans())
def test_broken_files_lose_no_row_uncounted(content: bytes, with_field: bool) -> None:
    try:
        items = read_content(LmEval(), content, NAME, prompt_field="doc.question" if with_field else None)
    except InvalidRequest:
        return
    assert all(isinstance(item.result, CandidateDraft | RejectedLine | Settled) for item in items)
    others = sum(note == OTHER_FILTER for item in items for note in item.notes)
    written = len([line for line in content.split(b"\n") if line.strip()])
    # a document that came twice with the same filter tells of its other rows twice
    assert written - others <= len(items) <= written
