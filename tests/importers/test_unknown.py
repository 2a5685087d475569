"""Files that nobody knows: their columns and a guess; and those that are known to hold nothing to review."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from avocet.errors import RunUnreadable, Unrecognised
from avocet.importers import choose
from avocet.importers.base import ImportOptions, SourceFile
from avocet.importers.generic import Generic
from tests.importers.expected import drafts
from tests.importers.files import read_content

ROW = {"question": "2+2?", "output": "5", "reward": 0}
GUESS = {"prompt": "question", "response": "output", "score": "reward"}
DOCUMENTS: dict[str, Any] = {
    "pretty": json.dumps({"model": "m", "results": [ROW, ROW]}, indent=1),
    "on one line": json.dumps({"meta": {"rows": [ROW, ROW]}, "tags": [{"a": 1}] * 3}),
    "with a small list": json.dumps({"criteria": [{"c": 1}], "items": [ROW, ROW]}),
}


def refused(tmp_path: Path, content: str, name: str = "results.json") -> Unrecognised:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(Unrecognised) as error:
        choose(path)
    return error.value


@pytest.mark.parametrize("content", DOCUMENTS.values(), ids=DOCUMENTS)
def test_the_rows_within_a_document_are_a_table(tmp_path: Path, content: str) -> None:
    assert refused(tmp_path, content).extra["guess"] == GUESS
    cards = drafts(read_content(Generic(), content.encode(), "results.json", mapping=GUESS))
    assert [card.model_response for card in cards] == ["5", "5"]


@pytest.mark.parametrize("indent", [None, 1])
def test_a_document_that_says_what_was_asked_is_one_row(tmp_path: Path, indent: int | None) -> None:
    content = json.dumps({**ROW, "judges": [{"prompt": "x"}, {"prompt": "y"}]}, indent=indent)
    assert refused(tmp_path, content).extra["guess"] == GUESS
    (card,) = drafts(read_content(Generic(), content.encode(), "results.json", mapping=GUESS))
    assert card.model_response == "5"


BY_COLUMNS: dict[str, Any] = {
    "by columns": {"question": ["2+2?"] * 2, "output": ["5"] * 2, "reward": [0, 0]},
    "as pandas does": {
        "question": {"0": "2+2?", "1": "2+2?"},
        "output": {"0": "5", "1": "5"},
        "reward": {"0": 0, "1": 0},
    },
    "header apart": {"columns": ["question", "output", "reward"], "index": [0, 1], "data": [["2+2?", "5", 0]] * 2},
    "deep": {"a": {"b": {"c": {"d": [ROW, ROW]}}}},
}


@pytest.mark.parametrize("document", BY_COLUMNS.values(), ids=BY_COLUMNS)
def test_a_table_that_is_written_another_way(tmp_path: Path, document: Any) -> None:
    content = json.dumps(document)
    assert refused(tmp_path, content).extra["guess"] == GUESS
    cards = drafts(read_content(Generic(), content.encode(), "results.json", mapping=GUESS))
    assert [(card.model_response, card.scores) for card in cards] == [("5", {"reward": 0.0})] * 2


def test_rows_that_are_named_by_their_ids(tmp_path: Path) -> None:
    content = json.dumps({"first": ROW, "second": ROW})
    guess = refused(tmp_path, content).extra["guess"]
    assert guess == {**GUESS, "id": "id"}
    cards = drafts(read_content(Generic(), content.encode(), "results.json", mapping=guess))
    assert [card.item_id for card in cards] == ["first", "second"]


def test_what_pandas_wrote_of_ragas_by_columns(tmp_path: Path) -> None:
    table = {"user_input": {"0": "q"}, "response": {"0": "a"}, "reference": {"0": "b"}, "faithfulness": {"0": 0.2}}
    path = tmp_path / "results.json"
    path.write_text(json.dumps(table), "utf-8")
    assert choose(path).name == "ragas"
    (card,) = drafts(read_content(choose(path), path.read_bytes(), "results.json", threshold=0.5))
    assert (card.model_response, card.reference, card.quality_score) == ("a", "b", 0.2)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (json.dumps(ROW, indent=1) + json.dumps(ROW, indent=1), "several JSON values one after the other"),
        ("[1, 2]", "a JSON list of something else than objects"),
    ],
)
def test_json_that_is_no_table_says_why(tmp_path: Path, content: str, told: str) -> None:
    assert told in refused(tmp_path, content).detail


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "windows-1252"])
def test_text_that_is_not_utf_8_says_how_to_change_that(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("prompt;response;score\nÜber;ä;0,5\n".encode(encoding))
    with pytest.raises(Unrecognised, match=r"iconv -f (UTF-16|WINDOWS-1252) -t UTF-8") as error:
        choose(path)
    assert "UTF-8" in error.value.detail


def test_lines_of_which_the_first_is_damaged_are_lines_still() -> None:
    first, *others = read_content(Generic(), b'{"question": \n' + json.dumps(ROW).encode() * 1, mapping=GUESS)
    assert (first.line_number, len(others)) == (1, 1)


def test_names_that_tell_nothing_are_left_to_the_person(tmp_path: Path) -> None:
    error = refused(tmp_path, "x,y\n1,2\n", "t.csv")
    assert error.extra["columns"] == ["x", "y"]
    assert error.extra["guess"] == {"prompt": "COLUMN", "response": "COLUMN"}
    assert "Columns: x, y. Their names don't tell which is which." in error.detail


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"testRunLink": "https://app.example/run"}', "holds only a link to a test run of DeepEval"),
        ('{"chars": 1.5, "chars:std": 0.1, "score": 0.5, "score:std": 0.5}', "totals of OpenAI simple-evals"),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n", "only a link to the file"),
        ('{"overall_score": 0.1, "overall_score:n_samples": 3, "score": 0.4}', "totals of OpenAI simple-evals"),
        (
            '{"score": null, "metrics": {}, "htmls": [], "convos": []}',
            "a report of OpenAI simple-evals without examples",
        ),
        ('{"results": {"t": {"acc": 0.5}}, "versions": {"t": 0}, "config": {}}', "totals of lm-evaluation-harness"),
        ('{"models": [{"model_name": "m", "task_types": {}}]}', "totals of a run of candidate lines"),
        (
            '{"faithfulness": 0.8, "answer_relevancy": 0.9}',
            "only numbers, so nothing to review. They seem to be the totals of ragas",
        ),
        ('{"accuracy": 0.8, "by_task": [{"n": 5}]}', "only numbers, so nothing to review"),
        ('{"results": []}', "holds nothing to review: its list 'results' is empty"),
        ("[]", "is empty"),
        ("{}", "is empty"),
        (
            '{"user_input": "q", "response": "a", "retrieved_contexts": ["c"]}\n',
            "like what ragas is given, and holds no score",
        ),
    ],
    ids=[
        *("link", "totals", "pointer", "totals of HealthBench", "no examples", "totals of lm-eval"),
        *("totals of a bench", "totals of ragas", "numbers", "an empty list", "no rows", "no fields", "not scored"),
    ],
)
def test_what_holds_nothing_to_review_is_told_by_name(tmp_path: Path, content: str, told: str) -> None:
    assert told in refused(tmp_path, content).detail


NOTHING_IN_IT = {
    "simple-evals": '{"score": 0, "metrics": {}, "htmls": [], "convos": [], '
    '"metadata": {"example_level_metadata": []}}',
    "promptfoo": '{"evalId": "e", "results": {"version": 3, "timestamp": "t", "prompts": [], "results": []}}',
    "openai-evals": '{"spec": {"run_id": "r", "eval_name": "e", "completion_fns": ["m"]}}\n{"final_report": {}}\n',
    "deepeval": '{"testCases": [], "conversationalTestCases": [], "metricsScores": []}',
    "inspect": '{"version": 2, "status": "success", "eval": {"run_id": "r", "task": "t", "created": "2026"}}',
    "lighteval": '{"config_general": {"lighteval_sha": "x", "job_id": "1"}, "results": {"all": {"em": 0.5}}}',
    "lm-eval": '{"results": {"t": {}}, "configs": {}, "versions": {}, "config": {}}',
}


@pytest.mark.parametrize(("name", "content"), NOTHING_IN_IT.items(), ids=NOTHING_IN_IT)
def test_what_a_harness_wrote_without_items_is_told_by_name(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / "results.json"
    path.write_text(content, "utf-8")
    importer = choose(path)
    assert importer.name == name
    with pytest.raises(RunUnreadable, match=r"results\.json holds"):
        importer.read([SourceFile(path, path.name)], ImportOptions())
