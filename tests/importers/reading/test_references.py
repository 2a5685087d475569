"""What may stand as the reference: in every importer the same things may not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from avocet.importers.deepeval import Deepeval
from avocet.importers.lm_eval.targets import Target, target_of
from avocet.importers.openai_evals import OpenaiEvals
from avocet.importers.ragas import Ragas
from avocet.importers.reading.references import reference_or_none, unit_tests_in
from tests.importers.expected import drafts
from tests.importers.files import read_content, read_files

TESTS = "def check(candidate):\n    assert candidate(1) == 2\n\ncheck(inc)"
PROGRAM = "def inc(x):\n    assert x\n    return x + 1"


@pytest.mark.parametrize(
    ("value", "tests"),
    [
        (TESTS, TESTS),
        ("\n\nMETADATA = {}\n\n\n" + TESTS, "\n\nMETADATA = {}\n\n\n" + TESTS),
        ('[{"input": "1\\n", "output": "2\\n"}]', '[{"input": "1\\n", "output": "2\\n"}]'),
        (["assert f(1) == 2", "assert f(2) == 3"], "assert f(1) == 2\nassert f(2) == 3"),
        *((value, None) for value in (PROGRAM, "Paris", "", None, 5, [], ["assert f(1)", "Paris"])),
    ],
)
def test_unit_tests_are_known_and_a_program_is_none(value: Any, tests: str | None) -> None:
    assert unit_tests_in(value) == tests


@pytest.mark.parametrize(
    ("value", "reference"),
    [("x", "x"), (" x", " x"), (" ", None), ("", None), (None, None), (["", "x"], ["x"]), ([" "], None), (0, 0)],
)
def test_a_blank_is_no_reference(value: Any, reference: Any) -> None:
    assert reference_or_none(value) == reference


@pytest.mark.parametrize(
    ("row", "constant", "target"),
    [
        ({"target": "0", "doc": {"question": "5 - 5?", "answer": "#### 0"}}, None, Target("0")),
        ({"target": "0", "doc": {"label": 0}}, None, Target("0")),
        ({"target": "0", "doc": {"question": "In 2010, 0.5?"}}, None, Target()),
        ({"target": "0", "doc": {"instruction_id_list": [], "key": 0}}, None, Target()),
        ({"target": "Paris", "doc": {}}, None, Target("Paris")),
        ({"target": "1", "doc": {"x": 1}}, "1", Target()),
        ({"target": " ", "doc": {"best_answer": "No"}}, None, Target("No")),
        ({"target": " ", "doc": {"best_answer": " "}}, None, Target()),
        ({"target": "f(1) == 2", "doc": {}, "metrics": ["pass_at_1"]}, None, Target(tests="f(1) == 2")),
        ({"target": " ", "doc": {}, "metrics": ["pass@1"]}, None, Target()),
        ({"target": "204", "doc": {}, "metrics": ["pass@1"]}, None, Target("204")),
        ({"target": "N/A", "doc": {}}, None, Target()),
        ({"target": "none", "doc": {"question": "Which of them, or none?"}}, None, Target("none")),
        ({"target": "['', 'Paris']", "doc": None}, None, Target(["Paris"])),
        ({"doc": {}}, None, Target()),
    ],
)
def test_a_target_of_lm_eval(row: dict[str, Any], constant: str | None, target: Target) -> None:
    assert target_of(row, constant) == target


def test_an_outcome_that_deepeval_expects_is_a_criterion() -> None:
    turns = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "No."}]
    case = {"turns": turns, "expectedOutcome": "It greets.", "success": False, "metricsData": []}
    (draft,) = drafts(read_content(Deepeval(), json.dumps({"conversationalTestCases": [case]}).encode()))
    assert draft.reference is None
    assert draft.details is not None
    assert draft.details["criteria"] == "It greets."


def test_a_blank_target_of_lighteval(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    from avocet.importers.lighteval import Lighteval
    from tests.importers.test_lighteval import row, write

    path = write(tmp_path, row("0", choices=[" "]), row("1"))
    blank, right = drafts(read_files(Lighteval(), path)[1])
    assert blank.reference is None
    assert right.reference


def test_turns_where_a_text_is_expected_in_ragas_and_openai_evals() -> None:
    answer = [{"role": "assistant", "content": "Lyon"}]
    row = {"user_input": "Capital?", "response": answer, "faithfulness": 0.1}
    (draft,) = drafts(read_content(Ragas(), json.dumps(row).encode(), threshold=0.5))
    assert (draft.model_response, len(draft.prompt_messages)) == ("Lyon", 1)
    events: list[dict[str, Any]] = [
        {"spec": {"run_id": "r", "eval_name": "e", "completion_fns": ["m"]}},
        {"type": "sampling", "data": {"prompt": "Capital?", "sampled": answer}},
        {"type": "match", "data": {"correct": False, "expected": "Paris"}},
    ]
    lines = [json.dumps({"run_id": "r", "event_id": 0, "sample_id": "s", **event}) for event in events[1:]]
    log = "\n".join([json.dumps(events[0]), *lines])
    (draft,) = drafts(read_content(OpenaiEvals(), log.encode()))
    assert (draft.model_response, draft.reference) == ("Lyon", "Paris")
