"""One sample of an Inspect log: its outcome and, if it failed, its candidate."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Any

import msgspec

from avocet.domain import CandidateDraft, Json, JsonObject
from avocet.importers.base import InvalidItem, ItemKey, ReadItem, Settled, passes, present, unit
from avocet.importers.choosing import Choice, missed
from avocet.importers.inspect_ai.answer import Answer, offered_tools, reference_of
from avocet.importers.inspect_ai.checks import LogCheck
from avocet.importers.inspect_ai.log import RawSample, parts
from avocet.importers.inspect_ai.scores import flatten, number, scorer_of
from avocet.importers.reading.documents import decode_as
from avocet.importers.reading.jsonl import Line, parse, reject
from avocet.importers.reading.references import unit_tests_in
from avocet.importers.reading.scores import ABSENT, NO_WORTH, NOT_ONE_NUMBER, storable, why_unscored
from avocet.importers.reading.values import mapping, text_or_none

INVALIDATED = "Somebody marked samples of this log as invalid; they count as unscored."
NOT_SCORED = "The log holds no score of the sample; score it with: inspect score LOG"
STOPPED = "The sample ended with an error, so there is no answer to review. It counts as errored."
ABOVE_ONE = "The score goes beyond 1: choose the threshold that passes."
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


def read_sample(sample: RawSample, task: Task) -> ReadItem:
    """The item of a sample."""
    item = ReadItem(Settled("unscored"), sample.bytes_read, sample.number, file=task.file, notes=task.notes)
    if sample.rejected:
        item.result = sample.rejected
        return item
    try:
        _read(sample, task, item)
    except InvalidItem as error:
        item.result = reject(sample.number, error.code, _located(item, str(error)), sample.raw)
    except RecursionError:
        item.result = reject(sample.number, "too_deep", "The JSON is nested too deep.", sample.raw)
    except ValueError as error:
        item.result = reject(sample.number, "invalid_json", f"Not a sample in JSON: {error}.", sample.raw)
    return item


def scores_of(sample: RawSample) -> tuple[JsonObject, JsonObject]:
    """A sample's scores by name and its metadata, for the choices that they offer; nothing of a bad sample."""
    try:
        line = _parse(decode_as(sample.raw, Sample), (*_OUTCOME, "metadata"), sample.number)
    except (ValueError, RecursionError):
        return {}, {}
    return flatten(_scores(line.value)), mapping(line.value.get("metadata"))


def _read(raw: RawSample, task: Task, item: ReadItem) -> None:
    sample = decode_as(raw.raw, Sample)
    line = _parse(sample, _OUTCOME, raw.number)
    fields = line.value
    item.replaced = line.replaced
    item_id, epoch = fields["id"], fields["epoch"]
    if isinstance(item_id, bool) or not isinstance(item_id, str | int) or item_id == "":
        raise InvalidItem("The sample has no id that is text or a number.")
    item.key = ItemKey(task.name or "", str(item_id), str(epoch if epoch is not None else ""), task.model_id or "")
    scores = _scores(fields)
    if settled := _settled(fields, scores, task, item):
        item.result = settled
        return
    card = _parse(sample, _CARD, raw.number)
    item.replaced = item.replaced or card.replaced
    shown = card.finite()
    answer = Answer(shown, _attachments(sample), task.prompt_field)
    item.notes += tuple(sorted(answer.notes))
    item.result = _draft({**fields, **shown}, scores, answer, task, item.key)
    item.result.tools = offered_tools(sample.events)
    item.size = len(card.raw)


def _parse(sample: Sample, names: tuple[str, ...], number_: int) -> Line:
    line = parse(Line(number_, 0, parts(sample, names)))
    if line.rejected:
        raise InvalidItem(line.rejected.reason, line.rejected.code)
    return line


def _scores(fields: JsonObject) -> Json:
    """A sample's scores; the first versions of the format had a single one without a name."""
    scores, single = fields.get("scores"), fields.get("score")
    return {"score": single} if scores is None and isinstance(single, dict) else scores


def _settled(fields: JsonObject, scores: Json, task: Task, item: ReadItem) -> Settled | None:
    """The outcome of a sample that needs no review; None if it failed."""
    if fields["error"] is not None:
        item.notes += (STOPPED,)
        return Settled("errored", task.model_name, task.name)
    unscored = Settled("unscored", task.model_name, task.name)
    if fields["invalidation"] is not None:
        item.notes += (INVALIDATED,)
        return unscored
    flat = flatten(scores)
    if task.choice is None or not flat:
        item.notes += (NOT_SCORED,)
        return unscored
    value = flat.get(task.choice.metric.name)
    score = number(value)
    if score is None:
        why = why_unscored(value, NO_WORTH if isinstance(value, str) else NOT_ONE_NUMBER)
        item.notes += (why if task.choice.metric.name in flat else ABSENT,)
        return unscored
    if 1 < score < inf and task.choice.is_default:
        item.notes += (ABOVE_ONE,)
    if passes(score, task.choice.metric, task.choice.threshold):
        return Settled("passed", task.model_name, task.name)
    return None


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


def _located(item: ReadItem, reason: str) -> str:
    if item.key is None:
        return reason
    epoch = f", epoch {item.key.epoch}" if item.key.epoch else ""
    return f"Sample {item.key.item:.100}{epoch}: {reason}"
