"""One test case of DeepEval, single or a conversation: its outcome and, if it failed, its candidate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import partial
from math import isinf

import msgspec

from avocet.domain import CandidateDraft, Json, JsonObject, Message, Outcome
from avocet.importers import former
from avocet.importers.base import (
    InvalidItem,
    ItemKey,
    Metric,
    ReadItem,
    Scored,
    passes,
    present,
    short_name,
    text_key,
    unit,
)
from avocet.importers.choosing import Choice, score_text
from avocet.importers.reading.answers import TOOL_CALLS, tool_calls_text
from avocet.importers.reading.items import Card, decide, fields_of, item_of
from avocet.importers.reading.jsonl import Line
from avocet.importers.reading.messages import OtherMedium
from avocet.importers.reading.references import reference_or_none
from avocet.importers.reading.scores import score_of, storable, why_unscored
from avocet.importers.reading.values import objects, text_or_none

ALL = "all metrics"
CONVERSATION = "The verdict is on the whole conversation; its last assistant turn stands as the response."
RETRIEVED = "DeepEval keeps the bare input; what was retrieved for it is in the details, not in the prompt."
TURN_TOOLS = "Tool calls of earlier turns are in the details, not in the prompt."
NOT_COMPUTED = "A metric could not be computed, and no other failed. The case counts as errored."
NO_VERDICT = "No metric gave a verdict. The case counts as unscored."
LONGEST_REASON = 500
_IMAGE = "[DEEPEVAL:IMAGE:"


class TestRun(msgspec.Struct):
    """What all cases of a file have in common, and what the person chose."""

    task: str | None
    model: str | None
    run_id: str | None
    timestamp: str | None
    parameters: JsonObject
    choice: Choice | None = None
    metrics: Mapping[str, Metric] = {}

    @property
    def threshold(self) -> float | None:
        """The threshold that the person set: for the metric they chose, or else for all. None if they set none."""
        return self.choice.threshold if self.choice and not self.choice.is_default else None

    @property
    def model_name(self) -> str | None:
        return short_name(self.model)


class _Answer(msgspec.Struct):
    prompt: list[Message]
    response: str
    details: JsonObject
    key: str
    notes: tuple[str, ...] = ()


def metrics_of(cases: Iterable[JsonObject]) -> list[Metric]:
    """The metrics of the cases. No file says which way is better; a case that did well shows it."""
    found: dict[str, Metric] = {}
    for case in cases:
        for metric in _metrics(case):
            name, score, threshold = metric["name"], score_of(metric.get("score")), score_of(metric.get("threshold"))
            found.setdefault(name, Metric(name, threshold=threshold))
            if score is None or threshold is None or score == threshold or metric.get("error"):
                continue
            if metric.get("success") is (score < threshold):
                found[name] = Metric(name, higher_is_better=False, threshold=threshold)
    return list(found.values())


def read_case(line: Line, kind: str, run: TestRun) -> ReadItem:
    """The item of an element of the file; `kind` is the prefix of its id."""
    return item_of(line, partial(_read, kind=kind, run=run))


def _read(line: Line, item: ReadItem, kind: str, run: TestRun) -> None:
    case = fields_of(line, "test case")
    outcome, deciding = _outcome(case, run)
    if outcome != "failed":
        item.notes = _why(outcome, case)
    number = _number(case, item.line_number)
    item.key = _key(case, kind, number, run)
    reason = _error_of(case, run) if outcome == "errored" else None
    make = partial(_card, case, kind, number, run, deciding)
    decide(line, item, Scored(outcome, run.model_name, run.task), make, reason)


def _number(case: JsonObject, line_number: int) -> int:
    order = case.get("order")
    return order if type(order) is int else line_number


def _key(case: JsonObject, kind: str, number: int, run: TestRun) -> ItemKey | None:
    """The key of a case; None if it can't become a card."""
    with suppress(InvalidItem):
        return ItemKey(run.task or "", f"{kind}-{number}-{_answer(case, kind).key}", "", run.model or "")
    return None


def _answer(case: JsonObject, kind: str) -> _Answer:
    return _conversation(case) if kind == "conversation" else _single(case)


def _card(case: JsonObject, kind: str, number: int, run: TestRun, deciding: list[JsonObject]) -> Card:
    answer = _answer(case, kind)
    name = text_or_none(case.get("name"))
    reasons = "; ".join(_reason(metric, run) for metric in deciding)
    explained = ((metric["name"], text_or_none(metric.get("reason"))) for metric in deciding)
    draft = CandidateDraft(
        prompt_messages=answer.prompt,
        model_response=answer.response,
        source="deepeval",
        harness="deepeval",
        benchmark_run_id=run.run_id,
        timestamp=run.timestamp,
        quality_score=unit(score_of(deciding[0].get("score"))) if deciding else None,
        failure_reason=reasons[:LONGEST_REASON] or "DeepEval says that the case failed.",
        task_id=name,
        item_id=name or f"{kind}-{number}",
        task_type=run.task,
        task_name=name,
        model_id=run.model,
        model_name=run.model_name,
        reference=reference_or_none(text_or_none(case.get("expectedOutput"))),
        scores={metric["name"]: storable(metric.get("score")) for metric in _metrics(case)},
        explanation="\n".join(f"{name}: {why}" for name, why in explained if why) or None,
        details=present(
            {
                "parameters": run.parameters,
                "criteria": text_or_none(case.get("expectedOutcome")),
                "scenario": case.get("scenario"),
                "context": case.get("context"),
                "retrieval_context": case.get("retrievalContext"),
                "tools_called": case.get("toolsCalled"),
                "expected_tools": case.get("expectedTools"),
                "tags": case.get("tags"),
                "metadata": case.get("metadata"),
                "comments": case.get("comments"),
                **answer.details,
            }
        ),
    )
    return Card(draft, answer.notes)


def _why(outcome: Outcome, case: JsonObject) -> tuple[str, ...]:
    """Why a case neither failed nor passed."""
    if outcome == "errored":
        return (NOT_COMPUTED,)
    if outcome != "unscored":
        return ()
    scores = [metric.get("score") for metric in _metrics(case)]
    unread = [score for score in scores if score_of(score) is None]
    return (why_unscored(unread[0]) if unread else NO_VERDICT,)


def _outcome(case: JsonObject, run: TestRun) -> tuple[Outcome, list[JsonObject]]:
    """The outcome of a case, and the metrics that decided it.

    A metric that failed outweighs one that could not be computed. Flaky metrics never decide.
    """
    metrics = _deciding(case, run)
    verdicts = [_verdict(metric, run) for metric in metrics]
    if failed := [metric for metric, verdict in zip(metrics, verdicts, strict=True) if verdict == "failed"]:
        return "failed", failed
    if "errored" in verdicts:
        return "errored", []
    success = case.get("success")
    if success is False and verdicts and set(verdicts) == {"unscored"}:
        # DeepEval says so of every case without a score
        success = None
    if _chosen(run) == ALL and run.threshold is None and isinstance(success, bool):
        return ("passed", metrics) if success else ("failed", [])
    return ("passed", metrics) if "passed" in verdicts and "unscored" not in verdicts else ("unscored", [])


def _deciding(case: JsonObject, run: TestRun) -> list[JsonObject]:
    """The metrics that may decide: the chosen one, or all that are not flaky."""
    chosen = _chosen(run)
    if chosen == ALL:
        return [metric for metric in _metrics(case) if metric.get("flaky") is not True]
    return [metric for metric in _metrics(case) if metric["name"] == chosen][:1]


def _chosen(run: TestRun) -> str:
    return run.choice.metric.name if run.choice else ALL


def _error_of(case: JsonObject, run: TestRun) -> str:
    """What kept metrics from being computed, in their own words."""
    errors = [f"{metric['name']}: {metric['error']}" for metric in _deciding(case, run) if metric.get("error")]
    return "; ".join(errors)[:LONGEST_REASON]


def _verdict(metric: JsonObject, run: TestRun) -> Outcome:
    """The outcome by one metric: its own verdict, unless the person set a threshold."""
    score, success = score_of(metric.get("score")), metric.get("success")
    if metric.get("error"):
        return "errored"
    if score is not None and isinf(score):
        return "failed"
    if score is not None and run.threshold is not None:
        success = passes(score, run.metrics.get(metric["name"], Metric(ALL)), run.threshold)
    if score is None or not isinstance(success, bool):
        return "unscored"
    return "passed" if success else "failed"


def _reason(metric: JsonObject, run: TestRun) -> str:
    score, why = score_text(metric.get("score")), text_or_none(metric.get("reason"))
    threshold = score_of(metric.get("threshold")) if run.threshold is None else run.threshold
    at = "" if threshold is None else f" (passes at {threshold:g})"
    return f"{metric['name']:.100} {score}{at}" + (f": {why}" if why else "")


def _single(case: JsonObject) -> _Answer:
    prompt, output, calls = case.get("input"), case.get("actualOutput"), case.get("toolsCalled")
    if not isinstance(prompt, str):
        raise InvalidItem("input isn't text.")
    _check_images(prompt)
    notes = (RETRIEVED,) if case.get("retrievalContext") else ()
    response, details = _response(output, calls, "actualOutput")
    messages = [{"role": "user", "content": prompt}]
    return _Answer(messages, response, details, _text_key(messages, response, output, calls), notes)


def _conversation(case: JsonObject) -> _Answer:
    turns = case.get("turns")
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise InvalidItem("turns isn't a list of turns.")
    answered = [index for index, turn in enumerate(turns) if turn.get("role") == "assistant"]
    if not answered or not answered[-1]:
        raise InvalidItem("turns holds no assistant turn after a user's.")
    last = turns[answered[-1]]
    response, details = _response(last.get("content"), last.get("toolsCalled"), f"turns[{answered[-1]}].content")
    calls = {str(index): turn["toolsCalled"] for index, turn in enumerate(turns) if turn.get("toolsCalled")}
    has_earlier = any(int(index) < answered[-1] for index in calls)
    notes = (CONVERSATION, TURN_TOOLS) if has_earlier else (CONVERSATION,)
    prompt = [_turn(index, turn) for index, turn in enumerate(turns[: answered[-1]])]
    key = _text_key(prompt, response, last.get("content"), last.get("toolsCalled"))
    return _Answer(prompt, response, {**details, "tools_called_in_turns": calls}, key, notes)


def _text_key(prompt: list[Message], response: str, output: Json, calls: Json) -> str:
    """A hash of the case's text, which its id holds beside its number."""
    try:
        return text_key(prompt, former.deepeval_response(output, calls))
    except former.OtherwiseRead:
        return text_key(prompt, response)


def _turn(index: int, turn: JsonObject) -> Message:
    role, content = turn.get("role"), turn.get("content")
    if role not in ("user", "assistant", "system"):
        raise InvalidItem(f"turns[{index}] has the role {role!r:.60}.")
    if not isinstance(content, str):
        raise InvalidItem(f"turns[{index}].content isn't text.")
    _check_images(content)
    return {"role": role, "content": content}


def _response(output: Json, calls: Json, where: str) -> tuple[str, JsonObject]:
    """The answer's text, or the calls of a model that called tools and said nothing."""
    if output is None and isinstance(calls, list) and calls and all(isinstance(call, dict) for call in calls):
        return tool_calls_text(calls), TOOL_CALLS
    if output is None:
        return "", {}
    if not isinstance(output, str):
        raise InvalidItem(f"{where} isn't text.")
    _check_images(output)
    return output, {}


def _check_images(text: str) -> None:
    if _IMAGE in text:
        raise OtherMedium("The test case holds an image")


def _metrics(case: JsonObject) -> list[JsonObject]:
    return [metric for metric in objects(case.get("metricsData")) if text_or_none(metric.get("name"))]
