"""∞, NaN and null in every reader of JSON: the first is a failure, the others are unscored, each with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import inf, nan
from typing import Any

import pytest

from avocet.importers import IMPORTERS
from avocet.importers.scores import NOT_A_NUMBER, NULL
from tests.importers.expected import drafts, outcome
from tests.importers.reading import read_content


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


ROWS: dict[str, Callable[[Any], Any]] = {
    "deepeval": _deepeval,
    "inspect": _inspect,
    "lm-eval": _lm_eval,
    "simple-evals": _simple_evals,
    "ragas": lambda score: {"user_input": "q", "response": "a", "faithfulness": score},
    "generic": lambda score: {"q": "q", "a": "a", "s": score},
}
OPTIONS: dict[str, dict[str, Any]] = {
    "ragas": {"threshold": 0.5},
    "generic": {"mapping": {"prompt": "q", "response": "a", "score": "s"}},
}


def content(name: str, score: Any) -> bytes:
    """A file with a good item, where the harness writes rows, and one with this score."""
    row = ROWS[name]
    good = [json.dumps(row(1))] if name in ("lm-eval", "ragas", "generic") else []
    return "\n".join([*good, json.dumps(row(score))]).encode()


@pytest.mark.parametrize("name", ROWS)
def test_infinity_nan_and_null(name: str) -> None:
    def last(score: Any) -> Any:
        return read_content(IMPORTERS[name], content(name, score), **OPTIONS.get(name, {}))[-1]

    assert outcome(last(inf)) == outcome(last(-inf)) == "failed"
    (draft,) = drafts([last(inf)])
    assert "∞ (passes at" in (draft.failure_reason or "")
    assert "Infinity" in (draft.scores or {}).values()
    assert draft.quality_score is None
    for score, why in ((nan, NOT_A_NUMBER), (None, NULL)):
        item = last(score)
        assert outcome(item) == "unscored"
        assert why in item.notes
