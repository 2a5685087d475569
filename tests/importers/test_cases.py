"""Small inputs that once went wrong, each standing for a kind, and what is right. Named after their paths."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from avocet.domain import CandidateDraft
from avocet.errors import Unrecognised
from avocet.importers import choose, registry
from avocet.importers.base import ImportOptions, ReadItem
from avocet.importers.lm_eval.task import MEASURED
from avocet.importers.reading.turns import FOLLOWED
from avocet.runs.sources import find
from tests.importers.expected import drafts, outcome, rejected
from tests.importers.files import SAMPLES

CASES = SAMPLES / "cases"


def read(path: str, **options: Any) -> list[ReadItem]:
    """The items of a file or folder, read as the desk recognises it; with a mapping, as a table."""
    named = "generic" if "mapping" in options else None
    return [
        item
        for source in find(CASES / path, named)
        for item in registry()[source.importer or ""].read(source.parts, ImportOptions(**options)).items
    ]


def counts(items: list[ReadItem]) -> dict[str, int]:
    return dict(Counter(map(outcome, items)))


def guess_of(path: str) -> dict[str, str]:
    """The mapping that the answer for an unknown file offers."""
    with pytest.raises(Unrecognised) as error:
        choose(CASES / path)
    guess: dict[str, str] = error.value.extra["guess"]
    assert all(f"{meaning} = {column}" in error.value.detail for meaning, column in guess.items())
    assert set(guess.values()) <= set(error.value.extra["columns"])
    return guess


class TestLmEval:
    def test_no_reference(self) -> None:
        by_task = {draft.task_type: draft for draft in drafts(read("lm-eval/no-reference"))}
        assert by_task.keys() == {"ifeval", "truthfulqa_gen", "humaneval"}
        assert by_task["ifeval"].reference is None
        assert by_task["truthfulqa_gen"].reference == "No, cats do not bark"
        assert by_task["humaneval"].reference is None
        assert by_task["humaneval"].details is not None
        assert by_task["humaneval"].details["tests"] == "def check(f):\n    assert f(1) == 2\n\ncheck(inc)"
        assert "expected" not in (by_task["humaneval"].failure_reason or "")

    def test_infinity(self) -> None:
        items = read("lm-eval/infinity")
        assert counts(items) == {"failed": 5}
        first, *_, last = drafts(items)
        assert (first.scores, first.quality_score) == ({"mae": "Infinity"}, None)
        assert first.failure_reason == 'mae ∞ (passes at 0 or less): answered "T: 200", expected "42.5"'
        assert last.scores == {"mae": 2.5}

    def test_blank(self) -> None:
        (draft,) = drafts(read("lm-eval/blank"))
        assert draft.failure_reason == 'exact_match 0 (passes at 1): answered " B", expected "B"'

    def test_unscored(self) -> None:
        items = read("lm-eval/unscored")
        assert counts(items) == {"unscored": 3}
        (note,) = {note for item in items for note in item.notes}
        assert note.startswith("f1 is no number that an item has of its own")
        mapping = dict(pair.split("=") for pair in note.split("--map ")[1:] for pair in [pair.strip()])
        (sample,) = (CASES / "lm-eval/unscored").iterdir()
        cards = drafts(read(f"lm-eval/unscored/{sample.name}", mapping=mapping))
        assert [card.model_response for card in cards] == ["LOC"] * 3

    def test_likelihood(self) -> None:
        items = read("lm-eval/likelihood")
        assert counts(items) == {"unscored": 4}
        assert all(item.notes == (MEASURED,) for item in items)

    def test_no_results_parent(self) -> None:
        for path in ("lm-eval/no-results/parent", "lm-eval/no-results/parent/gsm"):
            (draft,) = drafts(read(path))
            assert (draft.model_id, draft.model_name) == (None, None), path


class TestGeneric:
    def test_turns_as_answer(self) -> None:
        path = "generic/turns-as-answer.jsonl"
        guess = guess_of(path)
        assert guess == {
            "prompt": "prompt",
            "response": "completion",
            "reference": "answer",
            "score": "reward",
            "id": "example_id",
        }
        one, other = drafts(read(path, mapping=guess))
        assert one.model_response == "cab"
        assert one.prompt_messages == [{"role": "system", "content": "Reverse."}, {"role": "user", "content": "abc"}]
        assert other.model_response == "5"
        assert [turn["role"] for turn in other.prompt_messages] == ["user", "assistant", "tool"]

    def test_ends_with_user(self) -> None:
        path, mapping = "generic/ends-with-user.json", {"messages": "traj", "score": "reward", "id": "task_id"}
        assert guess_of(path) == mapping
        items = read(path, mapping=mapping)
        assert counts(items) == {"failed": 1, "passed": 1, "rejected": 1}
        (draft,) = drafts(items)
        assert (draft.item_id, draft.model_response) == ("0", "Which one?")
        assert [turn["role"] for turn in draft.prompt_messages] == ["system", "user"]
        assert FOLLOWED in items[0].notes
        assert rejected(items)[0].reason == "traj is empty: it holds no turn."

    @pytest.mark.parametrize("name", ["europe.csv", "sep-line.csv"])
    def test_europe_and_sep_line(self, name: str) -> None:
        path = f"generic/{name}"
        guess = guess_of(path)
        assert guess == {"prompt": "prompt", "response": "response", "score": "score", "id": "id"}
        items = read(path, mapping=guess)
        if name == "sep-line.csv":
            assert [draft.model_response for draft in drafts(items)] == ["b"]
            return
        outcomes = ["failed", "passed", "failed", "passed", "failed", "unscored"]
        assert [outcome(item) for item in items] == outcomes
        assert [draft.quality_score for draft in drafts(items)] == [0.5, 0.5, 0]

    def test_array_of_candidates(self) -> None:
        items = read("generic/array-of-candidates.json")
        assert [draft.id for draft in drafts(items)] == ["a1", "a2"]
        assert [item.line_number for item in items] == [1, 2]


def test_ragas_old_columns() -> None:
    items = read("ragas/old-columns.csv", metric="answer_correctness", threshold=0.5)
    assert counts(items) == {"failed": 1, "passed": 1}
    (draft,) = drafts(items)
    assert draft.prompt_messages == [{"role": "user", "content": "What is it?"}]
    assert (draft.model_response, draft.reference) == ("A cat.", "A dog.")
    assert draft.details == {"retrieved_contexts": ["text one", "text two"]}
    assert draft.scores == {"faithfulness": 0.5, "answer_correctness": 0.1}


def test_promptfoo_criteria() -> None:
    pattern, rubric, exact, call = drafts(read("promptfoo/criteria.json"))
    assert [_criteria(card) for card in (pattern, rubric, exact)] == [
        r"regex: \b56\b",
        "llm-rubric: Answers with digits only",
        None,
    ]
    assert [card.reference for card in (pattern, rubric, exact)] == [None, None, "56"]
    assert call.details is not None
    assert call.details["response_type"] == "tool_calls"
    (made,) = json.loads(call.model_response)
    assert made == {"type": "function", "function": {"name": "mul", "arguments": '{"a":8,"b":7}'}}


def _criteria(card: CandidateDraft) -> object:
    return (card.details or {}).get("criteria")


def test_every_case_of_an_importer_is_here() -> None:
    told = Path(__file__).read_text("utf-8").replace("_", "-")
    for folder in ("lm-eval", "generic", "ragas", "promptfoo"):
        for path in (CASES / folder).iterdir():
            assert path.stem in told, path
