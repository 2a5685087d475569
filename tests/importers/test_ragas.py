"""ragas: CSV, JSON and JSON Lines of its scores; the threshold is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from avocet.db import Database
from avocet.domain import CandidateDraft, RejectedLine
from avocet.errors import ChoiceNeeded, InvalidRequest, RunUnreadable
from avocet.importers.base import ImportOptions, Settled, SourceFile
from avocet.importers.ragas import Ragas
from avocet.importers.ragas.row import NO_MODEL
from avocet.runs import find, import_run
from tests.factories import assert_counted
from tests.importers.expected import as_expected, expectation, outcome, told
from tests.importers.files import SAMPLES, read_content, read_files, sniff_content

FOLDER = SAMPLES / "ragas"
FILES = ("single.jsonl", "single.json", "single.csv", "multi.jsonl", "multi.csv")
ROW = {"user_input": "Capital of France?", "response": "Lyon", "reference": "Paris", "faithfulness": 0.5}


def read_row(**changes: Any) -> Any:
    """What becomes of one row of JSON Lines."""
    row = {key: value for key, value in (ROW | changes).items() if value is not ...}
    first = json.dumps(ROW)
    _, item = read_content(Ragas(), f"{first}\n{json.dumps(row)}\n".encode(), threshold=0.8, metric="faithfulness")
    return told(item)


@pytest.mark.parametrize("name", FILES)
def test_a_file_becomes_what_is_expected(name: str) -> None:
    found = as_expected(Ragas(), FOLDER / name, threshold=1.0, model_name="org/tiny")
    expected = expectation(FOLDER / name)
    assert {key: found[key] for key in ("info", "counts", "notes", "rejected")} == {
        key: expected[key] for key in ("info", "counts", "notes", "rejected")
    }
    assert len(found["candidates"]) == len(expected["candidates"])
    for candidate, wanted in zip(found["candidates"], expected["candidates"], strict=True):
        assert candidate == wanted


def test_csv_and_json_of_the_same_scores_are_the_same_cards() -> None:
    read = [as_expected(Ragas(), FOLDER / name, threshold=1.0)["candidates"] for name in FILES]
    assert read[0] == read[1]
    assert [card["key"] for card in read[0]] == [card["key"] for card in read[2]]
    assert [card["prompt_messages"] for card in read[3]] == [card["prompt_messages"] for card in read[4]]


@pytest.mark.parametrize("name", FILES)
def test_the_threshold_is_asked_for_with_the_metrics_there_are(name: str) -> None:
    with pytest.raises(ChoiceNeeded) as needed:
        read_files(Ragas(), FOLDER / name)
    assert needed.value.extra["needs"] == "threshold"
    names = [metric["name"] for metric in needed.value.extra["metrics"]]
    several = ["exact_match", "string_present", "non_llm_string_similarity"]
    assert names == (several if "single" in name else ["tool_call_accuracy"])


def test_another_metric_and_threshold() -> None:
    found = read_files(Ragas(), FOLDER / "single.csv", metric="non_llm_string_similarity", threshold=0.6)[1]
    assert [outcome(item) for item in found] == ["failed", "passed", "passed", "failed"]
    with pytest.raises(InvalidRequest, match="exact_match, string_present"):
        read_files(Ragas(), FOLDER / "single.csv", metric="bleu", threshold=0.6)


def test_lower_is_better_for_noise() -> None:
    rows = [{**ROW, "noise_sensitivity(mode=relevant)": value} for value in (0.1, 0.9)]
    content = "\n".join(map(json.dumps, rows)).encode()
    items = read_content(Ragas(), content, metric="noise_sensitivity(mode=relevant)", threshold=0.5)
    assert [outcome(item) for item in items] == ["passed", "failed"]


@pytest.mark.parametrize("score", [None, float("nan"), "", "NaN", True, [1], {}, "good"])
def test_without_a_number_an_item_is_unscored(score: Any) -> None:
    assert read_row(faithfulness=score) == Settled("unscored", None)


def test_an_empty_response_is_an_answer() -> None:
    assert read_row(response="").model_response == ""


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"response": None}, "response is missing"),
        ({"response": ...}, "response is missing"),
        ({"response": 5}, "response is no text"),
        ({"user_input": None}, "user_input"),
        ({"user_input": 5}, "user_input"),
        ({"user_input": []}, "user_input"),
        ({"user_input": ["text"]}, "user_input"),
        ({"user_input": [{"content": "x", "type": "robot"}]}, "user_input[0]"),
        ({"user_input": [{"content": "x", "type": ["human"]}]}, "user_input[0]"),
        ({"user_input": [{"content": 5, "type": "human"}]}, "content"),
        ({"user_input": [{"content": "x", "type": "human"}], "response": ...}, "no turn of the model"),
        ({"user_input": [{"content": "x", "type": "ai"}], "response": ...}, "begins with the model's answer"),
        (
            {
                "user_input": [
                    {"content": "x", "type": "human"},
                    {"content": "x", "type": "ai", "tool_calls": [{"args": {}}]},
                ]
            },
            "user_input[1]",
        ),
    ],
)
def test_a_row_of_another_shape_is_rejected(changes: dict[str, Any], told: str) -> None:
    result = read_row(**changes)
    assert isinstance(result, RejectedLine)
    assert told in result.reason


def test_an_image_is_refused_by_name() -> None:
    parts = [{"type": "image_url", "image_url": {"url": "x"}}]
    result = read_row(user_input=[{"content": parts, "type": "human"}])
    assert (result.code, "image_url" in result.reason) == ("media_not_supported", True)


def test_an_answer_that_is_tool_calls() -> None:
    turns = [
        {"content": "x", "type": "human"},
        {"content": "", "type": "ai", "tool_calls": [{"name": "f", "args": {"a": 1}}]},
    ]
    draft = read_row(user_input=turns, response=...)
    assert json.loads(draft.model_response) == [
        {"type": "function", "function": {"name": "f", "arguments": '{"a":1}'}}
    ]
    assert draft.details == {"response_type": "tool_calls"}


def test_another_field_as_the_prompt_leaves_the_id() -> None:
    path = FOLDER / "single.jsonl"
    plain = read_files(Ragas(), path, threshold=1)[1][0]
    info, items = read_files(Ragas(), path, threshold=1, prompt_field="reference")
    assert info.prompt_fields == ["user_input", "reference"]
    assert items[0].key == plain.key
    assert isinstance(items[0].result, CandidateDraft)
    assert items[0].result.prompt_messages == [{"role": "user", "content": "Paris"}]
    with pytest.raises(InvalidRequest, match="user_input, reference"):
        read_files(Ragas(), path, threshold=1, prompt_field="question")


def test_the_model_is_the_one_that_is_told() -> None:
    _, (item, *_) = read_files(Ragas(), FOLDER / "single.jsonl", threshold=1)
    assert NO_MODEL in item.notes
    info, (item, *_) = read_files(Ragas(), FOLDER / "single.jsonl", threshold=1, model_name="org/tiny")
    assert NO_MODEL not in item.notes
    assert isinstance(item.result, CandidateDraft)
    assert (info.models, item.result.model_id, item.result.model_name) == (["org/tiny"], "org/tiny", "tiny")


def test_without_scores_it_is_what_ragas_was_given() -> None:
    path = SAMPLES / "look-alikes" / "dataset-without-scores.jsonl"
    with pytest.raises(RunUnreadable, match="no column of scores"):
        Ragas().read([SourceFile(path, path.name)], ImportOptions(threshold=1))


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        (b'{"user_input": "x", "response": "y", "faithfulness": 0.5}', True),
        (
            b'[\n{"user_input": "x", "response": "y", "f1": NaN},\n{"user_input": "x", "response": "y", "f1": 1}]',
            True,
        ),
        (b'{"user_input": "x", "response": "y"}', False),
        (b'{"user_input": "x", "response": "y", "faithfulness": null}', False),
        (b'{"user_input": "x", "response": "y", "label": 1}', False),
        (b'{"user_input": "x", "response": "y", "cost": 240.5}', False),
        (b'{"user_input": "x", "response": "y", "topic": "z"}', False),
        (b'{"user_input": "x", "score": 1}', False),
        (b"user_input,response,faithfulness\nx,y,0.5\n", True),
        (b",user_input,response,faithfulness\n0,x,y,\n1,x,y,0.25\n", True),
        (b"user_input,response,topic\nx,y,z\n", False),
        (b"user_input,response,faithfulness\n", False),
    ],
)
def test_recognises_scores_and_nothing_like_them(content: bytes, is_one: bool) -> None:
    assert Ragas().recognises(sniff_content(content)) is is_one


def test_import_counts_add_up_and_a_second_one_skips(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    path.write_bytes((FOLDER / "single.csv").read_bytes())
    (source,) = find(path)
    first = import_run(database, source, options=ImportOptions(threshold=1))
    assert (first.read, first.imported, first.passed) == (4, 3, 1)
    again = import_run(database, source, options=ImportOptions(threshold=0.5, metric="non_llm_string_similarity"))
    assert (again.imported, again.skipped, again.passed) == (0, 2, 2)
    assert_counted(database)
