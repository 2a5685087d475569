"""One sample of an OpenAI evals log: its outcome and, if it failed, its candidate.

Some of its events are the answer, others the verdict.
"""

from __future__ import annotations

from functools import partial

import msgspec

from avocet.domain import CandidateDraft, Json, JsonObject, Outcome, RejectedLine
from avocet.importers.base import (
    InvalidItem,
    ItemKey,
    ReadItem,
    Scored,
    Settled,
    passes,
    present,
    short_name,
    unit,
)
from avocet.importers.choosing import Choice, missed
from avocet.importers.openai_evals.checks import Basic
from avocet.importers.openai_evals.log import CORRECT, Sample, scores_of
from avocet.importers.reading.items import Card, decide_by
from avocet.importers.reading.jsonl import reject
from avocet.importers.reading.references import reference_or_none
from avocet.importers.reading.scores import score_of, storable, why_unscored
from avocet.importers.reading.templates import prompt_of
from avocet.importers.reading.turns import Said, answer_in
from avocet.importers.reading.values import items, mapping, several, text_or_none, value_in

FAILED = "The sample ended with an error and has no score. It counts as errored."
NO_VERDICT = "No match and no metric of the sample tells how good it was. It counts as unscored."
SEVERAL = "Several answers were sampled for the item; the card shows the one that was scored, else the first."
LONGEST_REASON = 500
_ANSWERS = ("sampling", "pick_option")
_USED = frozenset({"prompt", "sampled", "picked", "options", "model", "usage"})


class Run(msgspec.Struct):
    """A run as its `spec` describes it."""

    run_id: str | None
    task: str | None
    model_id: str | None
    timestamp: str | None
    choice: Choice | None
    details: JsonObject
    basic: Basic

    @classmethod
    def of(cls, spec: JsonObject, choice: Choice | None, model_name: str | None) -> Run:
        model = next(iter(items(spec.get("completion_fns"))), None)
        return cls(
            run_id=text_or_none(spec.get("run_id")),
            task=text_or_none(spec.get("base_eval")) or text_or_none(spec.get("eval_name")),
            model_id=text_or_none(model) or model_name,
            timestamp=_moment(spec.get("created_at")),
            choice=choice,
            details={
                "eval": text_or_none(spec.get("eval_name")),
                "subset": text_or_none(spec.get("split")),
                "eval_parameters": value_in(spec, "run_config", "eval_spec", "args"),
            },
            basic=Basic.of(spec),
        )

    @property
    def model_name(self) -> str | None:
        return short_name(self.model_id, may_be_folder=True)

    def item(self, sample: Sample, file: str) -> ReadItem:
        """The item of a sample."""
        item = ReadItem(Settled("unscored"), sample.end, sample.number, sample.replaced, file)
        try:
            self._read(sample, item)
        except InvalidItem as error:
            item.result = _refused(sample, error)
        return item

    def _read(self, sample: Sample, item: ReadItem) -> None:
        scores = scores_of(sample.events)
        value = score_of(scores.get(self.choice.metric.name)) if self.choice else None
        outcome, item.notes = self._outcome(sample, scores, value)
        item.key = ItemKey(self.task or "", sample.sample_id, model=self.model_id or "")
        scored = Scored(outcome, self.model_name, self.task)
        reason = _error_of(sample.events) if outcome == "errored" else None
        make = partial(self._card, sample, scores, value)
        decide_by(item, scored, make, partial(_refused, sample), reason)

    def _outcome(self, sample: Sample, scores: JsonObject, value: float | None) -> tuple[Outcome, tuple[str, ...]]:
        """The outcome of a sample, and why if it is no verdict."""
        if self.choice and value is not None:
            return ("passed" if passes(value, self.choice.metric, self.choice.threshold) else "failed"), ()
        if any(event.get("type") == "error" for event in sample.events):
            return "errored", (FAILED,)
        # without a choice no sample has a number: its own score says why this one has none
        name = self.choice.metric.name if self.choice else next(iter(scores), "")
        return "unscored", (why_unscored(scores[name]) if name in scores else NO_VERDICT,)

    def _card(self, sample: Sample, scores: JsonObject, value: float | None) -> Card:
        answers = [event for event in sample.events if event.get("type") in _ANSWERS and _data(event)]
        if not answers:
            raise InvalidItem("No sampling event tells the prompt and the answer.")
        match = _match(sample.events)
        answer = _scored(answers, match)
        data = _data(answer)
        texts = _texts(data) or _texts(match)
        if not texts:
            raise InvalidItem("sampled holds no text.")
        judge = answers[-1] if "choice" in scores and answers[-1] is not answer else None
        notes = (SEVERAL,) if len(answers) > (2 if judge else 1) else ()
        prompt = prompt_of(data.get("prompt"))
        extracted, reference = _extracted(match, texts[0]), reference_or_none(match.get("expected"))
        draft = CandidateDraft(
            prompt_messages=prompt.messages,
            model_response=texts[0],
            source="openai-evals",
            harness="openai-evals",
            benchmark_run_id=self.run_id,
            timestamp=_moment(answer.get("created_at")) or self.timestamp,
            quality_score=unit(value),
            failure_reason=self._reason(value, extracted or texts[0], reference),
            task_id=sample.sample_id,
            item_id=sample.sample_id,
            task_type=self.task,
            model_id=self.model_id,
            model_name=self.model_name,
            reference=reference,
            scores=storable(scores),
            explanation=next(iter(_texts(_data(judge))), None) if judge else None,
            extracted_answer=extracted,
            check=self.basic.check(match),
            details=present(
                {
                    **self.details,
                    "parameters": {name: value for name, value in data.items() if name not in _USED} or None,
                    "reported_model": data.get("model") if data.get("model") != self.model_id else None,
                    "usage": data.get("usage"),
                    "options": match.get("options") or data.get("options"),
                    "other_responses": texts[1:],
                    "chat_template": prompt.template,
                    "answer_begun": prompt.begun,
                }
            ),
        )

        return Card(draft, (*notes, *prompt.notes))

    def _reason(self, value: float | None, answered: str, reference: Json) -> str | None:
        choice = self.choice
        return missed(choice.metric.name, value, choice.threshold, answered, reference) if choice else None


def _refused(sample: Sample, error: InvalidItem) -> RejectedLine:
    raw = msgspec.json.encode(sample.events[:1])
    return reject(sample.number, error.code, f"{error} Sample {sample.sample_id:.80}.", raw)


def _error_of(events: list[JsonObject]) -> str:
    """The first error of a sample, in its own words."""
    data = next(_data(event) for event in events if event.get("type") == "error")
    text = text_or_none(data.get("message")) or text_or_none(data.get("error"))
    return text[:LONGEST_REASON] if text else FAILED


def _data(event: JsonObject) -> JsonObject:
    return mapping(event.get("data"))


def _match(events: list[JsonObject]) -> JsonObject:
    """The match that decided: the first one that failed, else the first one."""
    matches = [_data(event) for event in events if event.get("type") == "match"]
    return next((match for match in matches if match.get(CORRECT) is False), matches[0] if matches else {})


def _scored(answers: list[JsonObject], match: JsonObject) -> JsonObject:
    """The answer whose text the match names, else the first one, since a judge's comes after the model's."""
    named = match.get("sampled")
    return next((event for event in answers if named is not None and named in _texts(_data(event))), answers[0])


def _texts(data: JsonObject) -> list[str]:
    """The sampled texts, of which there may be several; or else the option that was picked."""
    texts = several(data.get("sampled", data.get("picked")))
    # some completion functions record a chat model's whole turn
    texts = [_answer(text).response if isinstance(text, dict) else text for text in texts]
    return [text for text in texts if isinstance(text, str)]


def _answer(turn: JsonObject) -> Said:
    """The answer in a turn; blank if the turn says nothing in a known shape."""
    return answer_in({"role": "assistant", "content": None, **turn}, "sampled") or Said([], "", {})


def _extracted(match: JsonObject, response: str) -> str | None:
    return next((text for text in several(match.get("picked")) if isinstance(text, str) and text != response), None)


def _moment(value: object) -> str | None:
    """A time as Python's `str(datetime)` writes it, with the T that ISO wants; None if it is not text."""
    text = text_or_none(value)
    return text.replace(" ", "T", 1) if text else None
