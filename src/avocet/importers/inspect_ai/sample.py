"""One sample of an Inspect log: its outcome and, if it failed, its candidate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from math import inf
from typing import Any, NamedTuple

import msgspec

from avocet.domain import CandidateDraft, Json, JsonObject, Outcome, RejectedLine
from avocet.importers.base import InvalidItem, ItemKey, ReadItem, Scored, Settled, passes, present, unit
from avocet.importers.choosing import Choice, missed
from avocet.importers.inspect_ai.answer import Answer, offered_tools, reference_of
from avocet.importers.inspect_ai.checks import LogCheck
from avocet.importers.inspect_ai.log import RawSample, parts
from avocet.importers.inspect_ai.scores import flatten, number, scorer_of
from avocet.importers.reading.documents import decode_as
from avocet.importers.reading.items import Card, decide_by
from avocet.importers.reading.jsonl import Line, parse, reject
from avocet.importers.reading.references import unit_tests_in
from avocet.importers.reading.scores import ABSENT, NO_WORTH, NOT_ONE_NUMBER, storable, why_unscored
from avocet.importers.reading.values import mapping, text_or_none, value_in

INVALIDATED = "Somebody marked samples of this log as invalid; they count as unscored."
NOT_SCORED = "The log holds no score of the sample; score it with: inspect score LOG"
STOPPED = "The sample ended with an error, so there is no answer to review. It counts as errored."
ABOVE_ONE = "The score goes beyond 1: choose the threshold that passes."
LONGEST_REASON = 500
_NULL = msgspec.Raw(b"null")
_REFERENCE = b"attachment://"


class Sample(msgspec.Struct):
    """The fields of a sample that the desk reads. All others, more than half of the bytes, are never decoded."""

    id: msgspec.Raw = _NULL
    epoch: msgspec.Raw = _NULL
    error: msgspec.Raw = _NULL
    invalidation: msgspec.Raw = _NULL
    scores: msgspec.Raw = _NULL
    score: msgspec.Raw = _NULL
    input: msgspec.Raw = _NULL
    choices: msgspec.Raw = _NULL
    target: msgspec.Raw = _NULL
    messages: msgspec.Raw = _NULL
    output: msgspec.Raw = _NULL
    metadata: msgspec.Raw = _NULL
    limit: msgspec.Raw = _NULL
    uuid: msgspec.Raw = _NULL
    completed_at: msgspec.Raw = _NULL
    attachments: msgspec.Raw = _NULL
    events: msgspec.Raw = _NULL


_OUTCOME = ("id", "epoch", "error", "invalidation", "scores", "score")
_CARD = ("input", "choices", "target", "messages", "output", "metadata", "limit", "uuid", "completed_at")


class Task(msgspec.Struct):
    """What all samples of a log have in common, and what the person chose."""

    file: str
    run_id: str | None
    name: str | None
    title: str | None
    model_id: str | None
    model_name: str | None
    created: str | None
    details: JsonObject
    notes: tuple[str, ...]
    choice: Choice | None
    prompt_field: str | None
    check: LogCheck = LogCheck()


class Undecodable(InvalidItem):
    """The error of a sample that is not JSON of the known shape."""


def read_sample(sample: RawSample, task: Task) -> ReadItem:
    """The item of a sample."""
    item = ReadItem(Settled("unscored"), sample.bytes_read, sample.number, file=task.file, notes=task.notes)
    if sample.rejected:
        item.result = sample.rejected
        return item
    try:
        _read(sample, task, item)
    except InvalidItem as error:
        item.result = _refused(sample.number, sample.raw, item.key, error)
    return item


def scores_of(sample: RawSample) -> tuple[JsonObject, JsonObject]:
    """A sample's scores by name and its metadata, for the choices that they offer; nothing of a bad sample."""
    try:
        line = _parse(decode_as(sample.raw, Sample), (*_OUTCOME, "metadata"), sample.number)
    except (ValueError, RecursionError):
        return {}, {}
    return flatten(_scores(line.value)), mapping(line.value.get("metadata"))


@contextmanager
def _decoding() -> Iterator[None]:
    """Turn the errors of decoders into one that rejects the sample."""
    try:
        yield
    except InvalidItem:
        raise
    except RecursionError:
        raise Undecodable("The JSON is nested too deep.", "too_deep") from None
    except ValueError as error:
        raise Undecodable(f"Not a sample in JSON: {error}.", "invalid_json") from None


@_decoding()
def _read(raw: RawSample, task: Task, item: ReadItem) -> None:
    sample = decode_as(raw.raw, Sample)
    line = _parse(sample, _OUTCOME, raw.number)
    fields = line.value
    item.replaced = line.replaced
    item_id, epoch = fields["id"], fields["epoch"]
    if isinstance(item_id, bool) or not isinstance(item_id, str | int) or item_id == "":
        raise InvalidItem("The sample has no id that is text or a number.")
    key = ItemKey(task.name or "", str(item_id), str(epoch if epoch is not None else ""), task.model_id or "")
    item.key = key
    scores = _scores(fields)
    outcome, notes = _outcome(fields, scores, task)
    item.notes += notes
    read = _Read(raw.number, sample, fields, scores, key)
    refuse = partial(_refused, raw.number, raw.raw, key)
    reason = _error_text(fields["error"]) if outcome == "errored" else None
    # the whole sample stays in memory until it is known whether its card is wanted
    item.size = len(raw.raw)
    decide_by(item, Scored(outcome, task.model_name, task.name), partial(_card, read, task), refuse, reason)


class _Read(NamedTuple):
    """A sample as far as its outcome needs it; all else is decoded for its card."""

    number: int
    sample: Sample
    fields: JsonObject
    scores: Json
    key: ItemKey


@_decoding()
def _card(read: _Read, task: Task) -> Card:
    line = _parse(read.sample, _CARD, read.number)
    shown = line.finite()
    answer = Answer(shown, _attachments(read.sample), task.prompt_field)
    draft = _draft({**read.fields, **shown}, read.scores, answer, task, read.key)
    draft.tools = offered_tools(read.sample.events)
    return Card(draft, tuple(sorted(answer.notes)), line.replaced, len(line.raw))


def _refused(number_: int, raw: bytes, key: ItemKey | None, error: InvalidItem) -> RejectedLine:
    reason = str(error) if isinstance(error, Undecodable) else _located(key, str(error))
    return reject(number_, error.code, reason, raw)


def _error_text(error: Json) -> str:
    text = text_or_none(value_in(error, "message")) or text_or_none(error)
    return text[:LONGEST_REASON] if text else STOPPED


def _parse(sample: Sample, names: tuple[str, ...], number_: int) -> Line:
    line = parse(Line(number_, 0, parts(sample, names)))
    if line.rejected:
        raise InvalidItem(line.rejected.reason, line.rejected.code)
    return line


def _scores(fields: JsonObject) -> Json:
    """A sample's scores; the first versions of the format had a single one without a name."""
    scores, single = fields.get("scores"), fields.get("score")
    return {"score": single} if scores is None and isinstance(single, dict) else scores


def _outcome(fields: JsonObject, scores: Json, task: Task) -> tuple[Outcome, tuple[str, ...]]:
    """The outcome of a sample, and why if it is no verdict."""
    if fields["error"] is not None:
        return "errored", (STOPPED,)
    if fields["invalidation"] is not None:
        return "unscored", (INVALIDATED,)
    flat = flatten(scores)
    if task.choice is None or not flat:
        return "unscored", (NOT_SCORED,)
    value = flat.get(task.choice.metric.name)
    score = number(value)
    if score is None:
        why = why_unscored(value, NO_WORTH if isinstance(value, str) else NOT_ONE_NUMBER)
        return "unscored", (why if task.choice.metric.name in flat else ABSENT,)
    notes = (ABOVE_ONE,) if 1 < score < inf and task.choice.is_default else ()
    return ("passed" if passes(score, task.choice.metric, task.choice.threshold) else "failed"), notes


def _draft(
    fields: JsonObject,
    scores: Json,
    answer: Answer,
    task: Task,
    key: ItemKey,
) -> CandidateDraft:
    flat = flatten(scores)
    metric, threshold = (task.choice.metric.name, task.choice.threshold) if task.choice else ("", 1.0)
    score = scorer_of(metric, scores)
    extracted, explanation = text_or_none(score.get("answer")), text_or_none(score.get("explanation"))
    reference = reference_of(fields["target"])
    tests = unit_tests_in(reference)
    if tests:
        reference = None
    return CandidateDraft(
        prompt_messages=answer.prompt,
        model_response=answer.response,
        source="inspect",
        harness="inspect",
        benchmark_run_id=task.run_id,
        timestamp=text_or_none(fields["completed_at"]) or task.created,
        quality_score=unit(number(flat.get(metric))),
        failure_reason=missed(metric, flat.get(metric), threshold, extracted or answer.response, reference),
        task_id=key.item,
        item_id=key.item,
        task_type=task.name,
        task_name=task.title,
        model_id=task.model_id,
        model_name=task.model_name,
        reference=reference,
        scores=storable(flat),
        extracted_answer=extracted,
        # a scorer reads the text beside tool calls, which is not the response here
        check=task.check.check(fields["target"]) if "response_type" not in answer.details else None,
        # the scorers match and includes repeat the answer there, which explains nothing
        explanation=explanation if explanation and explanation.strip() != answer.response.strip() else None,
        reasoning=answer.reasoning,
        details=present(
            {
                **task.details,
                "epoch": fields["epoch"],
                "tests": tests,
                "choices": fields["choices"],
                "stop_reason": answer.stop_reason,
                "limit": fields["limit"],
                "sample_uuid": fields["uuid"],
                "metadata": fields["metadata"],
                **answer.details,
            }
        ),
    )


def _attachments(sample: Sample) -> Mapping[str, Any]:
    if not any(_REFERENCE in bytes(part) for part in (sample.messages, sample.input, sample.output)):
        return {}
    return mapping(_parse(sample, ("attachments",), 0).value["attachments"])


def _located(key: ItemKey | None, reason: str) -> str:
    if key is None:
        return reason
    epoch = f", epoch {key.epoch}" if key.epoch else ""
    return f"Sample {key.item:.100}{epoch}: {reason}"
