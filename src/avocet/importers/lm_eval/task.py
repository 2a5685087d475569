"""The rows of a samples file: their outcomes and, of those that failed, the candidates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from avocet.domain import CandidateDraft, Json, JsonObject, Outcome
from avocet.importers.base import InvalidItem, ItemKey, ReadItem, Scored, present, short_name, text_key, unit
from avocet.importers.choosing import field_text, missed
from avocet.importers.lm_eval.answers import (
    Answer,
    Request,
    answer_of,
    extracted_answer,
    has_no_answer,
    requests_of,
)
from avocet.importers.lm_eval.checks import TaskCheck
from avocet.importers.lm_eval.files import Samples
from avocet.importers.lm_eval.judging import Judge
from avocet.importers.lm_eval.rows import Rows, metric_names, number
from avocet.importers.lm_eval.survey import doc_key
from avocet.importers.reading.items import Card, decide, fields_of, item_of
from avocet.importers.reading.jsonl import Line
from avocet.importers.reading.scores import NOT_ONE_NUMBER, is_nan, storable, why_undecided, why_unscored
from avocet.importers.reading.templates import Prompt, prompt_of

AS_A_TABLE = (
    "Read the file as a table and every answer is a card: --map prompt=arguments.gen_args_0.arg_0 "
    "--map response=resps.0.0"
)
PREDICTED = f"The run was made with --predict_only, which scores nothing. {AS_A_TABLE}"
ONLY_TOGETHER = f"{{}} is no number that an item has of its own, so nothing says which items failed. {AS_A_TABLE}"
OTHER_FILTER = "A row of another filter was put with the item of the same document."
MEASURED = "Only likelihoods were measured; there is no answer to review. The item counts as unscored."
NO_FIELD = "The item lacks the field that was chosen as the prompt; the harness's own prompt is shown."
NO_ANSWER = "Only likelihoods were measured; there is no answer to review."
_NEEDED = ("arguments", "resps")


class Others(NamedTuple):
    """A document's rows by the filters that decide nothing: the file's rows, and the positions of these."""

    rows: Rows
    positions: tuple[int, ...]


class Task:
    """A samples file and its judge. `model_id` is None if neither file nor person names a model."""

    def __init__(self, samples: Samples, judge: Judge, model_id: str | None, prompt_field: str | None) -> None:
        self.samples = samples
        self.judge = judge
        self.model_id = model_id
        self.model_name = short_name(model_id, may_be_folder=True)
        self.timestamp = samples.timestamp
        self.prompt_field = prompt_field
        self.details = samples.results.details(samples.task)
        self.constant_target = samples.results.constant_target(samples.task)
        self.filters: list[str | None] = list(judge.survey.filters)
        if self.filters == [None]:
            self.filters = [*samples.results.filters(samples.task)] or [None]
        self.check = TaskCheck(
            samples.results, samples.task, judge.score.key, judge.score.filter or next(iter(self.filters), None)
        )

    def items(self) -> Iterator[ReadItem]:
        """The items of the file, one for all rows of a document."""
        has_others = bool(self.judge.survey.others)
        with Rows(self.samples.file) as rows:
            for position, line in rows.lines():
                row = line.value
                others: tuple[int, ...] = ()
                if has_others and isinstance(row, dict) and (doc := doc_key(row.get("doc_id"))) is not None:
                    others = self.judge.survey.others.get(doc, ())
                    if position in others:
                        continue
                yield item_of(line, partial(self._read, others=Others(rows, others) if others else None))

    def _read(self, line: Line, item: ReadItem, others: Others | None) -> None:
        if others:
            item.notes = (OTHER_FILTER,) * len(others.positions)
        row = fields_of(line, "row")
        for key in _NEEDED:
            if key not in row:
                raise InvalidItem(f"{key} is missing.")
        value = number(row.get(self.judge.score.key))
        doc_id = row.get("doc_id")
        if doc_id is not None:
            item.key = self._key(str(doc_id))
        try:
            requests = requests_of(row)
        except InvalidItem:
            # bad requests reject only a row that failed
            if value is None or not self.judge.passes(value):
                item.scored = self._scored("unscored" if value is None else "failed")
                raise
            requests = []
        outcome, note = self._outcome(row, requests, value)
        item.notes += note
        make = partial(self._card, row, requests, value, others)
        decide(line, item, self._scored(outcome), make)
        if doc_id is None:
            item.key = self._text_key(row, requests, value)

    def _outcome(
        self, row: JsonObject, requests: list[Request], value: float | None
    ) -> tuple[Outcome, tuple[str, ...]]:
        if requests and has_no_answer(requests, is_scored=value is not None):
            return "unscored", (MEASURED,)
        if value is None:
            return "unscored", (self._why_unscored(row),)
        return ("passed" if self.judge.passes(value) else "failed"), ()

    def _scored(self, outcome: Outcome) -> Scored:
        return Scored(outcome, self.model_name, self.samples.task)

    def _key(self, name: str) -> ItemKey:
        return ItemKey(self.samples.task, name, model=self.model_id or "")

    def _text_key(self, row: JsonObject, requests: list[Request], value: float | None) -> ItemKey | None:
        """The key of a row that the harness gave no number; None if it can't become a card."""
        with suppress(InvalidItem):
            answer = self._answer(row, requests, value)
            return self._key(text_key(self._prompt(row, answer)[0].messages, answer.response))
        return None

    def _why_unscored(self, row: JsonObject) -> str:
        """Why a row has no score that decides, and what to do about it."""
        key = self.judge.score.key
        value = row.get(key)
        if isinstance(value, str | dict) and why_unscored(value) == NOT_ONE_NUMBER:
            raise InvalidItem(f"{key} isn't a number.")
        if self.judge.choice:
            return why_undecided(row, key)
        names = metric_names(row)
        if "bypass" in names:
            return PREDICTED
        values = [row.get(name) for name in names]
        if all(value is None or is_nan(value) for value in values):
            return why_unscored(next(filter(is_nan, values), None))
        return ONLY_TOGETHER.format(", ".join(names)[:100])

    def _answer(self, row: JsonObject, requests: list[Request], value: float | None) -> Answer:
        requests = requests or requests_of(row)
        if has_no_answer(requests, is_scored=value is not None):
            raise InvalidItem(NO_ANSWER)
        return answer_of(row, requests, self.judge.score.key, self.constant_target)

    def _card(self, row: JsonObject, requests: list[Request], value: float | None, others: Others | None) -> Card:
        answer = self._answer(row, requests, value)
        prompt, note = self._prompt(row, answer)
        draft = self._draft(row, value, answer, prompt)
        if others:
            draft.details = {**(draft.details or {}), "other_filters": self._others(others)}
        return Card(draft, (*prompt.notes, *note))

    def _prompt(self, row: JsonObject, answer: Answer) -> tuple[Prompt, tuple[str, ...]]:
        if self.prompt_field is None:
            return prompt_of(_spoken(answer.prompt)), ()
        text = field_text(row, self.prompt_field)
        if text is None:
            return prompt_of(_spoken(answer.prompt)), (NO_FIELD,)
        return Prompt([{"role": "user", "content": text}]), ()

    def _draft(self, row: JsonObject, value: float | None, answer: Answer, prompt: Prompt) -> CandidateDraft:
        doc_id = row.get("doc_id")
        return CandidateDraft(
            prompt_messages=prompt.messages,
            model_response=answer.response,
            source="lm-eval",
            harness="lm-eval",
            benchmark_run_id=self.samples.date,
            timestamp=self.timestamp,
            quality_score=unit(value),
            failure_reason=self._reason(value, answer),
            task_id=None if doc_id is None else str(doc_id),
            item_id=None if doc_id is None else str(doc_id),
            task_type=self.samples.task,
            model_id=self.model_id,
            model_name=self.model_name,
            reference=answer.reference,
            scores=storable(scores_of(row)),
            extracted_answer=answer.extracted,
            check=self.check.of(answer.reference),
            details=present(
                {
                    **self.details,
                    "filter": row.get("filter") or self.filters[0],
                    **answer.details,
                    "chat_template": prompt.template,
                    "answer_begun": prompt.begun,
                    "metadata": row.get("doc"),
                }
            ),
        )

    def _reason(self, value: float | None, answer: Answer) -> str | None:
        choice = self.judge.choice
        if choice is None:
            return None
        answered = answer.response if answer.extracted is None else answer.extracted
        is_down = not choice.metric.higher_is_better
        return missed(choice.metric.name, value, choice.threshold, answered, answer.reference, or_less=is_down)

    def _others(self, others: Others) -> JsonObject:
        """The answers and scores by the other filters of the document."""
        by_filter: JsonObject = {}
        with others.rows.again() as rows:
            for number_, position in enumerate(others.positions, 1):
                row = rows.at(position)
                if isinstance(row, dict):
                    named = self.filters[number_] if number_ < len(self.filters) else None
                    by_filter[str(row.get("filter") or named or f"#{number_ + 1}")] = {
                        "answer": extracted_answer(row),
                        "scores": storable(scores_of(row)),
                    }
        return by_filter


def scores_of(row: JsonObject) -> JsonObject:
    """The scores of a row by name: each a number, a list of numbers, or a part of a dict of such."""
    scores: JsonObject = {}
    for name in metric_names(row):
        value = row.get(name)
        if isinstance(value, dict):
            scores.update({f"{name}.{key}": part for key, part in value.items() if _is_score(part)})
        elif _is_score(value):
            scores[name] = value
        elif isinstance(value, str) and (score := number(value)) is not None:
            scores[name] = score
    return scores


def _is_score(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(part, int | float) for part in value)
    return isinstance(value, int | float)


def _spoken(prompt: Json) -> Json:
    """The prompt; if it is a list of one text, as a chat API's messages in JSON are, that text."""
    return prompt[0] if isinstance(prompt, list) and len(prompt) == 1 and isinstance(prompt[0], str) else prompt
