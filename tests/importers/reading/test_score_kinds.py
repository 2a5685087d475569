"""∞, NaN and null in every reader of JSON: the first is a failure, the others are unscored, each with its reason."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from math import inf, nan
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from avocet.importers import IMPORTERS
from avocet.importers.base import ReadItem
from avocet.importers.reading.scores import ABSENT, BLANK, NOT_A_NUMBER, NULL
from tests.importers.expected import drafts, outcome
from tests.importers.files import read_content


def _deepeval(score: Any) -> Any:
    metric = {"name": "m", "score": score, "threshold": 0.5, "success": score == inf}
    return {"testCases": [{"input": "q", "actualOutput": "a", "metricsData": [metric]}], "metricsScores": []}


def _inspect(score: Any) -> Any:
    log = {"version": 2, "status": "success", "eval": {"run_id": "r", "task": "t", "created": "2026", "model": "m"}}
    turn = {"role": "assistant", "content": "a"}
    output = {"choices": [{"message": turn}], "completion": "a"}
    scores = {"s": {"value": score}}
    samples = [{"id": 1, "epoch": 1, "input": "q", "target": "b", "output": output, "scores": scores}]
    return {**log, "samples": samples}


def _lm_eval(score: Any) -> Any:
    request = {"gen_args_0": {"arg_0": "q", "arg_1": {}}}
    row = {"doc_id": str(score), "doc": {}, "target": "b", "arguments": request, "resps": [["a"]]}
    return {**row, "metrics": ["m"], "m": score}


def _simple_evals(score: Any) -> Any:
    convo = [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]
    metadata = {"example_level_metadata": [{"score": score, "prompt_id": "p"}]}
    return {"score": 0, "metrics": {}, "htmls": [""], "convos": [convo], "metadata": metadata}


def _openai_evals(score: Any) -> Any:
    spec = {"spec": {"run_id": "r", "eval_name": "e.dev", "base_eval": "e", "completion_fns": ["m"]}}
    events = [
        ("sampling", {"prompt": [{"role": "user", "content": "q"}], "sampled": ["a"]}),
        ("metrics", {"m": score}),
    ]
    same = {"run_id": "r", "sample_id": "s"}
    return [spec, *({**same, "event_id": at, "type": kind, "data": data} for at, (kind, data) in enumerate(events))]


def _promptfoo(score: Any) -> Any:
    row = {"promptIdx": 0, "testIdx": 0, "provider": {"id": "m"}, "prompt": {"raw": "q"}, "vars": {}, "testCase": {}}
    return {**row, "response": {"output": "a"}, "success": False, "failureReason": 1, "namedScores": {"m": score}}


ROWS: dict[str, Callable[[Any], Any]] = {
    "deepeval": _deepeval,
    "inspect": _inspect,
    "lm-eval": _lm_eval,
    "openai-evals": _openai_evals,
    "promptfoo": _promptfoo,
    "simple-evals": _simple_evals,
    "ragas": lambda score: {"user_input": "q", "response": "a", "faithfulness": score},
    "generic": lambda score: {"q": "q", "a": "a", "s": score},
}
OPTIONS: dict[str, dict[str, Any]] = {
    "ragas": {"threshold": 0.5},
    "promptfoo": {"metric": "m"},
    "generic": {"mapping": {"prompt": "q", "response": "a", "score": "s"}},
}


def content(name: str, score: Any) -> bytes:
    """A file with a good item, where the harness writes rows, and one with this score."""
    row = ROWS[name]
    good = [json.dumps(row(1))] if name in ("lm-eval", "ragas", "generic") else []
    lines = row(score) if name == "openai-evals" else [row(score)]
    return "\n".join([*good, *map(json.dumps, lines)]).encode()


def last_of(name: str, score: Any) -> ReadItem:
    if name == "lighteval":
        return lighteval_item(score)
    return read_content(IMPORTERS[name], content(name, score), **OPTIONS.get(name, {}))[-1]


def lighteval_item(score: Any) -> ReadItem:
    """A file of two rows, since Parquet tells NaN from null only where the column is one of numbers."""
    table = pyarrow.table(
        {
            "example": ["q", "q"],
            "full_prompt": ["q", "q"],
            "predictions": [["a"], ["a"]],
            "gold_index": [[0], [0]],
            "cont_tokens": [[0], [0]],
            "metrics": pyarrow.array([{"m": 1.0}, {"m": score}], pyarrow.struct([("m", pyarrow.float64())])),
        }
    )
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink)
    return read_content(IMPORTERS["lighteval"], sink.getvalue(), "details_t_2026-11-22T10-00-00.parquet")[-1]


@pytest.mark.parametrize("name", [*ROWS, "lighteval"])
def test_infinity_nan_and_null(name: str) -> None:
    def last(score: Any) -> ReadItem:
        return last_of(name, score)

    assert outcome(last(inf)) == outcome(last(-inf)) == "failed"
    (draft,) = drafts([last(inf)])
    assert "∞ (passes at" in (draft.failure_reason or "")
    assert "Infinity" in (draft.scores or {}).values()
    assert draft.quality_score is None
    for score, why in ((nan, NOT_A_NUMBER), (None, NULL)):
        item = last(score)
        assert outcome(item) == "unscored"
        assert why in item.notes


@pytest.mark.parametrize("name", ROWS)
def test_a_score_that_its_writer_could_only_write_as_text(name: str) -> None:
    for written in ("Infinity", "-inf"):
        item = last_of(name, written)
        assert outcome(item) == "failed", written
        (draft,) = drafts([item])
        assert "∞ (passes at" in (draft.failure_reason or "")
    for written, why in (("NaN", NOT_A_NUMBER), ("", BLANK)):
        item = last_of(name, written)
        assert (outcome(item), item.notes[-1:]) == ("unscored", (why,)), written


def test_a_score_that_is_not_there_is_not_null() -> None:
    rows = [ROWS["lm-eval"](1), {name: value for name, value in ROWS["lm-eval"](2).items() if name != "m"}]
    item = read_content(IMPORTERS["lm-eval"], "\n".join(map(json.dumps, rows)).encode())[-1]
    assert (outcome(item), item.notes) == ("unscored", (ABSENT,))


def test_rows_that_were_scored_after_many_that_were_not() -> None:
    rows = [ROWS["lm-eval"](None) | {"doc_id": number} for number in range(30)] + [ROWS["lm-eval"](0.5)]
    *unscored, failed = read_content(IMPORTERS["lm-eval"], "\n".join(map(json.dumps, rows)).encode())
    assert {outcome(item) for item in unscored} == {"unscored"}
    assert outcome(failed) == "failed"


def test_an_evals_match_that_says_nothing_is_null() -> None:
    rows = [json.loads(line) for line in content("openai-evals", 1).splitlines()]
    rows[-1] |= {"type": "match", "data": {"correct": None, "expected": "b"}}
    good = [row | {"sample_id": "good"} for row in rows[1:]]
    good[-1]["data"] = {"correct": True}
    item, _ = read_content(IMPORTERS["openai-evals"], "\n".join(map(json.dumps, [*rows, *good])).encode())
    assert (outcome(item), item.notes) == ("unscored", (NULL,))
