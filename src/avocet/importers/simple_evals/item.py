"""One item of simple-evals: its conversation, its piece of the HTML report, and HealthBench's rubric.

Only HealthBench writes an item's score as a field; all other evals have it only in the report.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec

from avocet.checks import Exact, Extract, as_json
from avocet.domain import CandidateDraft, Json, JsonObject, Message, Outcome
from avocet.importers.base import InvalidItem, ItemKey, ReadItem, Scored, passes, present, unit
from avocet.importers.choosing import Choice, missed, quote, score_text
from avocet.importers.reading.items import Card, decide, item_of
from avocet.importers.reading.jsonl import Line, parse
from avocet.importers.reading.literals import is_listing, literal
from avocet.importers.reading.messages import check_messages
from avocet.importers.reading.references import reference_or_none
from avocet.importers.reading.scores import score_of, storable, why_unscored
from avocet.importers.reading.values import mapping, objects

NO_VERDICT = "HealthBench Meta measures how a grader agrees with physicians; its items are not right or wrong."
_RESULTS = "<h3>Results</h3>"
# possessive, and to the end of the text if a paragraph is not closed: nothing is ever looked at twice
_FACT = re.compile(r"<p>(Correct Answer|Extracted Answer|Score): ([^<]*+(?:<(?!/p>)[^<]*+)*+)(</p>)?")
# simple-evals' ANSWER_PATTERN_MULTICHOICE
_CHOICE = r"(?i)Answer[ \t]*:[ \t]*\$?([A-D])\$?"
_WORDS = {"true": 1.0, "false": 0.0}


class Reader(msgspec.Struct, kw_only=True):
    """What all items of a file have in common. `reports` and `examples` hold one part an item, as far as they go."""

    choice: Choice
    run_id: str | None
    timestamp: str | None
    eval_name: str | None
    model_id: str | None
    reports: Sequence[msgspec.Raw]
    examples: Sequence[msgspec.Raw]
    is_meta: bool

    def item(self, line: Line) -> ReadItem:
        """The item of a conversation."""
        return item_of(line, self._read)

    def _read(self, line: Line, item: ReadItem) -> None:
        example, facts = self._example(line.number), facts_of(self._report(line.number))
        score = score_of(reported := reported_score(example, facts))
        name = example.get("prompt_id")
        name = name if isinstance(name, str) else str(line.number - 1)
        # with --n-repeats a prompt comes several times
        epoch = str(line.number - 1) if "prompt_id" in example else ""
        item.key = ItemKey(self.eval_name or "", name, epoch, self.model_id or "")
        outcome: Outcome = "unscored"
        if self.is_meta:
            item.notes = (NO_VERDICT,)
        elif score is None:
            item.notes = (why_unscored(reported),)
        else:
            outcome = "passed" if passes(score, self.choice.metric, self.choice.threshold) else "failed"
        make = partial(self._card, line.value, score, facts, example, name)
        decide(line, item, Scored(outcome, self.model_id, self.eval_name), make)

    def _card(
        self, conversation: Json, score: float | None, facts: dict[str, str], example: JsonObject, name: str
    ) -> Card:
        prompt, responses = _turns(conversation)
        extracted, reference = _answers(facts)
        extracted = None if extracted == responses[0] else extracted
        missed_criteria, explanation = _rubric(example.get("rubric_items"))
        if missed_criteria:
            reason = f"score {score_text(score)} (passes at {self.choice.threshold:g}): {missed_criteria}"
        else:
            reason = missed("score", score, self.choice.threshold, extracted or responses[0], reference)
        draft = CandidateDraft(
            prompt_messages=prompt,
            model_response=responses[0],
            source="simple-evals",
            harness="simple-evals",
            benchmark_run_id=self.run_id,
            timestamp=self.timestamp,
            quality_score=unit(score),
            failure_reason=reason,
            task_id=name,
            item_id=name,
            task_type=self.eval_name,
            model_id=self.model_id,
            model_name=self.model_id,
            reference=reference,
            scores={"score": storable(score)},
            explanation=explanation,
            extracted_answer=extracted,
            check=_choice_check(self.eval_name, facts.get("Correct Answer")),
            details=present(
                {
                    "other_responses": responses[1:],
                    "rubric": example.get("rubric_items"),
                    "usage": present(mapping(example.get("usage"))),
                    "completion_id": example.get("completion_id"),
                }
            ),
        )
        return Card(draft)

    def _report(self, number: int) -> str:
        report = _part(self.reports, number)
        return report if isinstance(report, str) else ""

    def _example(self, number: int) -> JsonObject:
        return mapping(_part(self.examples, number))


def _part(parts: Sequence[msgspec.Raw], number: int) -> Json:
    """The value of the part with that number; None if there is none or it can't be read."""
    return parse(Line(number, 0, bytes(parts[number - 1]))).value if number <= len(parts) else None


def facts_of(report: str) -> dict[str, str]:
    """The results in an item's piece of HTML; everything before them is escaped, so nothing there looks like them."""
    _, _, results = report.partition(_RESULTS)
    facts: dict[str, str] = {}
    for name, value, end in _FACT.findall(results):
        if end:
            facts.setdefault(name, html.unescape(value))
    return facts


def reported_score(example: JsonObject, facts: dict[str, str]) -> float | str | None:
    """The item's score: HealthBench's field, or else the report's, `1.0` or `False`; text if it is not a number."""
    value = example.get("score")
    if isinstance(value, int | float | str):
        return value
    text = facts.get("Score", "").strip().lower()
    return _WORDS.get(text, text or None)


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
    """The extracted and the right answer; HumanEval writes there which of its runs passed."""
    extracted, reference = _fact(facts.get("Extracted Answer")), _fact(facts.get("Correct Answer"))
    if isinstance(extracted, list):
        if extracted and all(isinstance(item, bool) for item in extracted):
            return None, None
        extracted = next((item for item in extracted if isinstance(item, str)), None)
    return (None if extracted == "None" else extracted), reference_or_none(reference)


def _choice_check(eval_name: str | None, letter: str | None) -> JsonObject | None:
    """The check of GPQA, which looks for one letter; the other evals tidy the answer first, or ask a model."""
    if eval_name != "gpqa" or letter not in ("A", "B", "C", "D"):
        return None
    return as_json(Exact(expected=(letter,), extract=Extract(pattern=_CHOICE), trim="nothing"))


def _fact(text: str | None) -> Json:
    """A text; or the texts or outcomes of a list written with Python's `repr`, as DROP and HumanEval write it."""
    if text is None or not is_listing(text):
        return text
    try:
        value = literal(text)
    except ValueError:
        return text
    if not isinstance(value, list):
        return text
    is_plain = all(isinstance(item, str) for item in value) or all(isinstance(item, bool) for item in value)
    return value if is_plain else text


def _rubric(items: Json) -> tuple[str | None, str | None]:
    """What was missed in a few words, and the grader's explanations; None for both without a rubric."""
    rubric = objects(items)
    lost = [item for item in rubric if _is_lost(item)]
    if not rubric:
        return None, None
    criteria = [quote(item["criterion"]) for item in lost[:5] if isinstance(item.get("criterion"), str)]
    count = f"{len(lost)} of {len(rubric)} criteria missed"
    lines = [f"[{item.get('points')}] {item.get('criterion')}: {item.get('explanation')}" for item in lost]
    return f"{count}: {', '.join(criteria)}" if criteria else count, "\n".join(lines) or None


def _is_lost(item: JsonObject) -> bool:
    """Whether a criterion cost points: one that gives points was not met, or one that takes them was."""
    points = item.get("points")
    return isinstance(points, int | float) and bool(item.get("criteria_met")) != (points > 0)
