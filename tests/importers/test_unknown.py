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
from tests.importers.reading import read_content

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
        (
            '{"user_input": "q", "response": "a", "retrieved_contexts": ["c"]}\n',
            "like what ragas is given, and holds no score",
        ),
    ],
    ids=["link", "totals", "pointer", "not scored"],
)
def test_what_holds_nothing_to_review_is_told_by_name(tmp_path: Path, content: str, told: str) -> None:
    assert told in refused(tmp_path, content).detail


NOTHING_IN_IT = {
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
