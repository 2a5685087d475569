"""The event log of OpenAI evals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given

from avocet.db import Database
from avocet.domain import CandidateDraft, RejectedLine
from avocet.errors import InvalidRequest
from avocet.importers.base import ReadItem, Settled
from avocet.importers.openai_evals import OpenaiEvals
from avocet.importers.openai_evals.sample import SEVERAL
from avocet.runs import import_run
from avocet.runs.sources import find
from tests.examples import examples
from tests.importers.expected import check_sample, drafts, outcome, rejected, told
from tests.importers.files import SAMPLES, read_content, read_files, sniff_content
from tests.importers.mutation import broken_lines

FOLDER = SAMPLES / "openai-evals"
LOGS = sorted(FOLDER.glob("*.jsonl"))

Row = dict[str, Any]

SPEC: Row = {
    "spec": {
        "completion_fns": ["generation/direct/gpt-x"],
        "eval_name": "capitals.dev.v0",
        "base_eval": "capitals",
        "split": "dev",
        "run_config": {"eval_spec": {"args": {"samples_jsonl": "x"}}},
        "run_id": "R1",
        "created_at": "2026-11-22 17:00:37.320350",
    }
}
PROMPT = [{"role": "user", "content": "Capital of France?"}]


def event(kind: str, data: object, sample: object = "capitals.dev.0", run: str = "R1") -> Row:
    created = "2026-11-22 17:00:37.440969+00:00"
    return {"run_id": run, "event_id": 0, "sample_id": sample, "type": kind, "data": data, "created_at": created}


def sampling(
    sampled: object = "Lyon", prompt: object = PROMPT, sample: object = "capitals.dev.0", **data: object
) -> Row:
    return event("sampling", {"prompt": prompt, "sampled": sampled, **data}, sample)


def match(correct: object = False, sample: object = "capitals.dev.0", **data: object) -> Row:
    return event("match", {"correct": correct, "expected": "Paris", "picked": None, **data}, sample)


def lines(*rows: Row) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def read(*rows: Row, **options: Any) -> list[ReadItem]:
    return read_content(OpenaiEvals(), lines(SPEC, *rows), **options)


def draft(*rows: Row, **options: object) -> CandidateDraft:
    (item,) = read(*rows, **options)
    assert isinstance(item.result, CandidateDraft), item.result
    return item.result


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_a_log_becomes_what_is_expected(path: Path) -> None:
    check_sample(OpenaiEvals(), path)


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_its_logs_are_recognised_without_their_first_line_too(path: Path) -> None:
    content = path.read_bytes()
    assert OpenaiEvals().recognises(sniff_content(content))
    assert OpenaiEvals().recognises(sniff_content(b"\n".join(content.split(b"\n")[2:])))


@pytest.mark.parametrize("name", ["trace-events.jsonl", "pod.json", "retrieval.jsonl"])
def test_no_look_alike_is(name: str) -> None:
    assert not OpenaiEvals().recognises(sniff_content((SAMPLES / "look-alikes" / name).read_bytes(), name))


def test_the_candidate() -> None:
    found = draft(sampling(model="gpt-x-0613", temperature=0), match(picked="Ly", options=["Paris"]))
    assert (found.prompt_messages, found.model_response) == (PROMPT, "Lyon")
    assert (found.task_type, found.item_id, found.benchmark_run_id) == ("capitals", "capitals.dev.0", "R1")
    assert (found.model_id, found.model_name) == ("generation/direct/gpt-x", "gpt-x")
    assert found.timestamp == "2026-11-22T17:00:37.440969+00:00"
    assert (found.reference, found.extracted_answer, found.scores) == ("Paris", "Ly", {"correct": False})
    assert found.failure_reason == 'correct 0 (passes at 1): answered "Ly", expected "Paris"'
    assert found.details == {
        "eval": "capitals.dev.v0",
        "subset": "dev",
        "eval_parameters": {"samples_jsonl": "x"},
        "parameters": {"temperature": 0},
        "reported_model": "gpt-x-0613",
        "options": ["Paris"],
    }


def test_events_may_lie_in_any_order() -> None:
    rows = [
        sampling(),
        sampling("Paris", sample="b"),
        match(True, "b"),
        sampling("x", sample="c"),
        match(),
        match(False, "c"),
    ]
    items = read(*rows)
    assert [outcome(item) for item in items] == ["failed", "passed", "failed"]
    assert [item.line_number for item in items] == [2, 3, 5]
    assert [item.bytes_read for item in items] == sorted(item.bytes_read for item in items)
    turned = read(*reversed(rows))
    assert {item.key for item in turned} == {item.key for item in items}


class TestVerdict:
    def test_a_judge_comes_last(self) -> None:
        found = draft(sampling(), sampling("Lyon isn't.\nN"), event("metrics", {"choice": "N", "score": 0.0}))
        assert (found.model_response, found.explanation) == ("Lyon", "Lyon isn't.\nN")
        assert (found.scores, found.quality_score) == ({"choice": "N", "score": 0.0}, 0.0)

    def test_the_answer_that_was_matched_is_shown(self) -> None:
        (item,) = read(sampling("first"), sampling("second"), sampling("third"), match(sampled="second"))
        assert isinstance(item.result, CandidateDraft)
        assert (item.result.model_response, item.notes) == ("second", (SEVERAL,))

    def test_a_metric_may_be_chosen(self) -> None:
        path = FOLDER / "capitals-fuzzy.jsonl"
        info, items = read_files(OpenaiEvals(), path)
        assert [metric.name for metric in info.metrics] == ["correct", "accuracy", "f1_score"]
        assert (info.metric, [outcome(item) for item in items]) == ("correct", ["passed", "passed", "failed"])
        info, items = read_files(OpenaiEvals(), path, metric="f1_score", threshold=0.2)
        assert (info.metric, info.threshold) == ("f1_score", 0.2)
        assert [outcome(item) for item in items] == ["passed", "passed", "failed"]
        assert outcome(read_files(OpenaiEvals(), path, metric="f1_score")[1][0]) == "failed"

    def test_a_score_beyond_1_has_no_known_full_score(self) -> None:
        path_rows = [sampling(), event("metrics", {"sacrebleu_sentence_score": 31.0}), match(True)]
        assert outcome(read(*path_rows)[0]) == "passed"

    def test_an_unknown_choice_is_refused_with_those_there_are(self) -> None:
        with pytest.raises(InvalidRequest, match="correct"):
            read(sampling(), match(), metric="bleu")
        with pytest.raises(InvalidRequest, match="They have none"):
            read(sampling(), match(), prompt_field="input")

    def test_errors_and_what_was_not_scored(self) -> None:
        items = read(
            *(sampling(sample="a"), event("error", {"type": "Timeout", "message": "x"}, "a")),
            *(sampling(sample="b"), event("raw_sample", {"x": 1}, "b")),
            *(sampling(sample="c"), event("metrics", {"choice": "N", "score": None}, "c")),
            *(sampling(sample="d"), match(False, "d")),
        )
        assert [outcome(item) for item in items] == ["errored", "unscored", "unscored", "failed"]

    def test_one_wrong_match_of_several_is_a_failure(self) -> None:
        assert draft(sampling(), match(True), match(False, expected="Rome")).reference == "Rome"


class TestAnswer:
    def test_text_and_rendered_prompts(self) -> None:
        assert draft(sampling(prompt="Capital?"), match()).prompt_messages == [
            {"role": "user", "content": "Capital?"}
        ]
        told = "<|im_start|>user\nCapital?<|im_end|>\n<|im_start|>assistant\n"
        found = draft(sampling(prompt=told), match())
        assert found.prompt_messages == [{"role": "user", "content": "Capital?"}]
        assert found.details["chat_template"] == "ChatML"

    def test_several_completions_and_an_empty_one(self) -> None:
        assert draft(sampling(["a", "b"]), match()).details["other_responses"] == ["b"]
        assert draft(sampling(""), match()).model_response == ""

    def test_an_option_that_was_picked(self) -> None:
        found = draft(event("pick_option", {"prompt": PROMPT, "options": ["A", "B"], "picked": "B"}), match())
        assert (found.model_response, found.details["options"]) == ("B", ["A", "B"])

    @pytest.mark.parametrize(
        ("rows", "told"),
        [
            ([match()], "No sampling event"),
            ([event("sampling", None), match()], "No sampling event"),
            ([sampling(None), match()], "sampled holds no text"),
            ([sampling(prompt=None), match()], "list of messages"),
            ([sampling(prompt=[{"role": "robot", "content": "x"}]), match()], "role"),
        ],
    )
    def test_without_one_the_sample_is_refused(self, rows: list[Row], told: str) -> None:
        items = read(*rows, sampling(sample="b"), match(False, "b"))
        assert [outcome(item) for item in items] == ["rejected", "failed"]
        assert told in rejected(items)[0].reason
        assert "capitals.dev.0" in rejected(items)[0].reason

    def test_a_picture_is_refused(self) -> None:
        prompt = [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:"}}]}]
        assert rejected(read(sampling(prompt=prompt), match()))[0].code == "media_not_supported"


def test_a_bad_line_costs_no_other() -> None:
    content = (
        b"\xef\xbb\xbf" + lines(SPEC, sampling()) + b"{oops\r\n\r\n[1]\n" + lines(match(), event("match", {}, None))
    )
    items = read_content(OpenaiEvals(), content)
    assert [outcome(item) for item in items] == ["failed", "rejected", "rejected", "rejected"]
    assert [line.line_number for line in rejected(items)] == [3, 5, 7]
    assert [line.code for line in rejected(items)] == ["invalid_json", "invalid_item", "invalid_item"]


def test_runs_in_one_file_are_told_apart() -> None:
    other = {"spec": {**SPEC["spec"], "run_id": "R2", "completion_fns": ["gpt-y"]}}
    rows = [sampling(), match(), other, {**sampling("Rome"), "run_id": "R2"}, {**match(), "run_id": "R2"}]
    first, second = drafts(read(*rows))
    assert [(found.benchmark_run_id, found.model_id) for found in (first, second)] == [
        ("R1", "generation/direct/gpt-x"),
        ("R2", "gpt-y"),
    ]


def test_without_a_spec_the_person_names_the_model() -> None:
    items = read_content(OpenaiEvals(), lines(sampling(), match()), model_name="mine")
    assert drafts(items)[0].model_id == "mine"


def test_a_log_is_imported_once(database: Database) -> None:
    sources = find(FOLDER)
    reports = [import_run(database, source) for source in sources]
    assert [(report.read, report.imported, report.passed) for report in reports] == [(3, 1, 2), (2, 1, 1), (3, 2, 1)]
    again = [import_run(database, source) for source in sources]
    assert [(report.imported, report.skipped) for report in again] == [(0, 1), (0, 1), (0, 2)]


@examples(150)
@given(
    broken_lines(
        [SPEC, {"final_report": {}, "run_id": "R1"}, sampling(), match(), sampling(sample="b"), match(True, "b")]
    )
)
def test_broken_files_lose_no_sample_uncounted(content: bytes) -> None:
    items = read_content(OpenaiEvals(), content)
    assert len({item.line_number for item in items}) == len(items)
    assert all(isinstance(item.result, CandidateDraft | RejectedLine | Settled) for item in items)
    json.dumps([msgspec.to_builtins(told(item)) for item in items]).encode()
    # a line is the run's own, begins a sample or a rejection, or tells more of a sample that another line began
    assert len(items) >= len({_sample_of(line) for line in content.split(b"\n") if line.strip()} - {None})


def _sample_of(line: bytes) -> object:
    """What a line must be counted as: its sample, itself, or nothing where it tells the run."""
    try:
        # the desk reads a bare NaN as null
        row = json.loads(line, parse_constant=lambda _name: None)
    except ValueError:
        return line
    if not isinstance(row, dict):
        return line
    if isinstance(row.get("spec"), dict) or row.get("final_report") is not None:
        return None
    sample = row.get("sample_id")
    return (str(row.get("run_id")), str(sample)) if isinstance(sample, str | int) else line


def test_a_reading_goes_forward_past_what_is_no_event() -> None:
    content = (
        b'z{"spec"}\n'
        b'{"\xf2": 1, "sample_id": "a", "type": "sampling", "data": {}}\n'
        b'{"run_id": "r", "sample_id": "b", "type": "match", "data": {"correct": true}}\n'
    )
    positions = [item.bytes_read for item in read_content(OpenaiEvals(), content)]
    assert positions == sorted(positions)
    assert len(positions) == 3
