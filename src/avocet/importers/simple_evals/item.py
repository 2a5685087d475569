"""One item of simple-evals: its conversation, its piece of the HTML report, and HealthBench's rubric.

Only HealthBench writes an item's score as a field; of all other evals it stands in the report alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

import msgspec

from avocet.domain import CandidateDraft, Json, JsonObject, Message
from avocet.importers.base import InvalidItem, ItemKey, ReadItem, Settled, passes, present, unit
from avocet.importers.choosing import Choice, missed, quote
from avocet.importers.choosing import told_score as named_score
from avocet.importers.reading.jsonl import Line, parse, reject
from avocet.importers.reading.literals import is_listing, literal
from avocet.importers.reading.messages import check_messages
from avocet.importers.reading.references import reference_or_none
from avocet.importers.reading.scores import score_of, storable, why_unscored

NO_VERDICT = "HealthBench Meta measures how a grader agrees with physicians; its items are not right or wrong."
_RESULTS = "<h3>Results</h3>"
# to the end where a paragraph is not closed: never a second look at the same text
_FACT = re.compile(r"<p>(Correct Answer|Extracted Answer|Score): ([^<]*+(?:<(?!/p>)[^<]*+)*+)(</p>)?")
_WORDS = {"true": 1.0, "false": 0.0}


class Reader(msgspec.Struct, kw_only=True):
    """What all items of a file share. `reports` and `examples` are per item, both as far as they go."""

    choice: Choice
    run_id: str | None
    timestamp: str | None
    eval_name: str | None
    model_id: str | None
    reports: Sequence[msgspec.Raw]
    examples: Sequence[msgspec.Raw]
    is_meta: bool

    def item(self, line: Line) -> ReadItem:
        """What the conversation of a line becomes."""
        item = ReadItem(self._settled("unscored"), line.bytes_read, line.number, line.replaced, line.file)
        try:
            self._read(line, item)
        except InvalidItem as error:
            item.result = reject(line.number, error.code, str(error), line.raw)
        return item

    def _read(self, line: Line, item: ReadItem) -> None:
        if line.rejected:
            item.result = line.rejected
            return
        if self.is_meta:
            item.notes = (NO_VERDICT,)
            return
        example, facts = self._example(line.number), facts_of(self._report(line.number))
        score = score_of(told := told_score(example, facts))
        if score is None:
            item.notes = (why_unscored(told),)
            return
        if passes(score, self.choice.metric, self.choice.threshold):
            item.result = self._settled("passed")
            return
        prompt, responses = _turns(line.value)
        name = example.get("prompt_id")
        name = name if isinstance(name, str) else str(line.number - 1)
        # with --n-repeats a prompt comes several times
        epoch = str(line.number - 1) if "prompt_id" in example else ""
        item.key = ItemKey(self.eval_name or "", name, epoch, self.model_id or "")
        item.result = self._draft(score, prompt, responses, facts, example)
        item.result.item_id = item.result.task_id = name

    def _draft(
        self, score: float, prompt: list[Message], responses: list[str], facts: dict[str, str], example: JsonObject
    ) -> CandidateDraft:
        extracted, reference = _answers(facts)
        extracted = None if extracted == responses[0] else extracted
        told, explanation = _rubric(example.get("rubric_items"))
        reason = missed("score", score, self.choice.threshold, extracted or responses[0], reference)
        return CandidateDraft(
            prompt_messages=prompt,
            model_response=responses[0],
            source="simple-evals",
            harness="simple-evals",
            benchmark_run_id=self.run_id,
            timestamp=self.timestamp,
            quality_score=unit(score),
            failure_reason=f"score {named_score(score)} (passes at {self.choice.threshold:g}): {told}"
            if told
            else reason,
            task_type=self.eval_name,
            model_id=self.model_id,
            model_name=self.model_id,
            reference=reference,
            scores={"score": storable(score)},
            explanation=explanation,
            extracted_answer=extracted,
            details=present(
                {
                    "other_responses": responses[1:],
                    "rubric": example.get("rubric_items"),
                    "usage": present(usage) if isinstance(usage := example.get("usage"), dict) else None,
                    "completion_id": example.get("completion_id"),
                }
            ),
        )

    def _settled(self, outcome: Any) -> Settled:  # noqa: ANN401 (a literal)
        return Settled(outcome, self.model_id, self.eval_name)

    def _report(self, number: int) -> str:
        report = _part(self.reports, number)
        return report if isinstance(report, str) else ""

    def _example(self, number: int) -> JsonObject:
        example = _part(self.examples, number)
        return example if isinstance(example, dict) else {}


def _part(parts: Sequence[msgspec.Raw], number: int) -> Json:
    """The value of the part of that number; none if it can't be read."""
    return parse(Line(number, 0, bytes(parts[number - 1]))).value if number <= len(parts) else None


def facts_of(report: str) -> dict[str, str]:
    """The results that an item's piece of HTML tells; what comes before them is escaped."""
    _, _, results = report.partition(_RESULTS)
    facts: dict[str, str] = {}
    for name, value, end in _FACT.findall(results):
        if end:
            facts.setdefault(name, html.unescape(value))
    return facts


def told_score(example: JsonObject, facts: dict[str, str]) -> float | str | None:
    """The item's score: a field of HealthBench, else the report's, `1.0` or `False`; what is no number is text."""
    value = example.get("score")
    if isinstance(value, int | float | str):
        return value
    told = facts.get("Score", "").strip().lower()
    return _WORDS.get(told, told or None)


def _turns(conversation: Json) -> tuple[list[Message], list[str]]:
    """The prompt and the responses, which are the last turns: HumanEval asks several times."""
    messages = check_messages(conversation)
    end = len(messages)
    while end and messages[end - 1]["role"] == "assistant":
        end -= 1
    responses = [message["content"] for message in messages[end:]]
    if not end or not responses or None in responses:
        raise InvalidItem("convos holds no prompt that an answer follows.")
    return messages[:end], responses


def _answers(facts: dict[str, str]) -> tuple[str | None, Any]:
    """What was extracted and what is right; HumanEval writes there which of its runs passed."""
    extracted, reference = _written(facts.get("Extracted Answer")), _written(facts.get("Correct Answer"))
    if isinstance(extracted, list):
        if extracted and all(isinstance(item, bool) for item in extracted):
            return None, None
        extracted = next((item for item in extracted if isinstance(item, str)), None)
    return (None if extracted == "None" else extracted), reference_or_none(reference)


def _written(told: str | None) -> Json:
    """A text; or the texts, or outcomes, of a list written with Python's `repr`, as DROP and HumanEval do."""
    if told is None or not is_listing(told):
        return told
    try:
        value = literal(told)
    except ValueError:
        return told
    if not isinstance(value, list):
        return told
    is_plain = all(isinstance(item, str) for item in value) or all(isinstance(item, bool) for item in value)
    return value if is_plain else told


def _rubric(items: Json) -> tuple[str | None, str | None]:
    """What was missed in a few words, and the grader's explanation of each: met where points are lost, or not met."""
    rubric = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    lost = [item for item in rubric if _is_lost(item)]
    if not rubric:
        return None, None
    criteria = [quote(item["criterion"]) for item in lost[:5] if isinstance(item.get("criterion"), str)]
    told = f"{len(lost)} of {len(rubric)} criteria missed"
    lines = [f"[{item.get('points')}] {item.get('criterion')}: {item.get('explanation')}" for item in lost]
    return f"{told}: {', '.join(criteria)}" if criteria else told, "\n".join(lines) or None


def _is_lost(item: JsonObject) -> bool:
    points = item.get("points")
    return isinstance(points, int | float) and bool(item.get("criteria_met")) != (points > 0)
