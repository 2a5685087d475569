"""One item of a lighteval task: its outcome and, if it failed, its candidate."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from avocet.domain import CandidateDraft, Json, JsonObject, Message, Outcome
from avocet.importers.base import InvalidItem, ItemKey, ReadItem, Scored, passes, present, short_name, unit
from avocet.importers.choosing import Choice, field_text, missed
from avocet.importers.lighteval.columns import Detail, detail, golds, scores
from avocet.importers.lighteval.files import Place, Results
from avocet.importers.reading.items import Card, decide, fields_of, item_of
from avocet.importers.reading.jsonl import Line
from avocet.importers.reading.messages import OtherMedium
from avocet.importers.reading.references import reference_or_none, unit_tests_in
from avocet.importers.reading.scores import score_of, storable, why_undecided
from avocet.importers.reading.templates import Prompt, prompt_of
from avocet.importers.reading.values import items, several, written

NO_MODEL = "The results file is not here, so the model is not known."
PUT_TOGETHER = "lighteval did not keep the prompt as it was sent; it is put together from the document."
LIKELIEST = "Multiple choice: the answer shown is the choice that the model found likeliest."
SEVERAL = "The model answered several times; the first answer is shown, the others are in the details."
NO_ANSWER = "The harness kept no answer, as for perplexity; such items count as unscored."
NOTHING_TO_REVIEW = "The harness kept no answer, as for perplexity, so there is nothing to review."
NO_REPLY = "The model's server gave no answer. The item counts as errored."
NO_SCORE = "The item holds no score that is a number of its own. It counts as unscored."
NO_FULL_MARK = "The score has no full mark; choose the metric and a threshold to see what failed."
_THINK, _THOUGHT = "<think>", "</think>"
_MOST_LABEL_CHARACTERS = 256


class Task(NamedTuple):
    """The task of one file, and what is known about its run."""

    file_task: str
    model_id: str | None
    results: Results
    place: Place
    choice: Choice | None
    prompt_field: str | None

    @property
    def model_name(self) -> str | None:
        return short_name(self.model_id)


class TaskName(NamedTuple):
    """The parts of `suite|task:subset|few-shots`, of which only the task is always there."""

    task: str
    subset: str | None
    suite: str | None
    few_shots: int | None


class Answer(NamedTuple):
    """The model's answer. `others` are its further answers, `likelihoods` those of the choices by their text."""

    text: str
    reasoning: str | None = None
    raw: str | None = None
    others: tuple[str, ...] = ()
    likelihoods: JsonObject | None = None


def read_row(line: Line, task: Task) -> ReadItem:
    """The item of a row."""
    return item_of(line, partial(_read, task=task))


def _read(line: Line, item: ReadItem, task: Task) -> None:
    row = fields_of(line, "row")
    found = detail(row, line.number, task.file_task)
    values = scores(row)
    judged = _judge(found, values, task)
    item.key = _key(found, task)
    scored = Scored(judged.outcome, task.model_name, _named(found, task).task)
    reason = NO_REPLY if judged.outcome == "errored" else None
    decide(line, item, scored, partial(_card, row, found, values, task), reason)
    item.notes = (*(() if task.model_id else (NO_MODEL,)), *judged.notes, *item.notes)


class _Judged(NamedTuple):
    outcome: Outcome
    notes: tuple[str, ...] = ()


def _judge(found: Detail, values: dict[str, float | None], task: Task) -> _Judged:
    choice, score = task.choice, _score(values, task)
    if choice is None or score is None:
        why = why_undecided(values, choice.metric.name) if choice else NO_FULL_MARK if values else NO_SCORE
        return _Judged("unscored", (why,))
    if passes(score, choice.metric, choice.threshold):
        return _Judged("passed")
    if not found.images and answer_of(found) is None:
        return _Judged("errored", (NO_REPLY,)) if found.texts else _Judged("unscored", (NO_ANSWER,))
    return _Judged("failed")


def _score(values: dict[str, float | None], task: Task) -> float | None:
    return score_of(values.get(task.choice.metric.name)) if task.choice else None


def _named(found: Detail, task: Task) -> TaskName:
    return task_name(_whole_name(found, task))


def _whole_name(found: Detail, task: Task) -> str:
    return found.task if isinstance(found.task, str) else task.file_task


def _key(found: Detail, task: Task) -> ItemKey | None:
    item = _item(found)
    return None if item is None else ItemKey(_whole_name(found, task), item, model=task.model_id or "")


def _item(found: Detail) -> str | None:
    return found.item if isinstance(found.item, str) else str(found.item) if type(found.item) is int else None


def _card(row: JsonObject, found: Detail, values: dict[str, float | None], task: Task) -> Card:
    if found.images:
        raise OtherMedium(f"doc.images holds {len(several(found.images))} image(s)")
    answer = answer_of(found)
    if answer is None and not found.texts:
        raise InvalidItem(NOTHING_TO_REVIEW)
    answer = answer or Answer("")
    prompt = _shown(row, task) or _prompt(found, task)
    draft = _draft(found, task, answer, prompt)
    score = _score(values, task)
    draft.quality_score = unit(score)
    draft.scores = storable(values)
    if task.choice:
        metric, threshold = task.choice.metric.name, task.choice.threshold
        draft.failure_reason = missed(metric, score, threshold, answer.text, draft.reference)
    likeliest = (LIKELIEST,) if answer.likelihoods else ()
    several_ = (SEVERAL,) if answer.others else ()
    return Card(draft, (*prompt.notes, *likeliest, *several_))


def _draft(found: Detail, task: Task, answer: Answer, prompt: Prompt) -> CandidateDraft:
    item, named = _item(found), _named(found, task)
    if item is None:
        raise InvalidItem("doc.id is neither text nor a number.")
    gold = reference_or_none([_text(right) for right in found.gold])
    tests = unit_tests_in(gold)
    parameters = {**(task.results.parameters or {}), **found.parameters}
    details = {
        "suite": named.suite,
        "subset": named.subset,
        "few_shots": named.few_shots if named.few_shots is not None else found.few_shot_count,
        "parameters": present(parameters),
        "tests": tests,
        "metadata": found.metadata,
        "choices": answer.likelihoods,
        "other_responses": list(answer.others),
        "raw_response": answer.raw,
        "begun": prompt.begun,
        "truncated_tokens": found.truncated if isinstance(found.truncated, int) and found.truncated else None,
        "lighteval_sha": task.results.sha,
    }
    return CandidateDraft(
        prompt_messages=prompt.messages,
        model_response=answer.text,
        source="lighteval",
        harness="lighteval",
        benchmark_run_id=task.place.date,
        timestamp=task.place.moment,
        task_id=item,
        item_id=item,
        task_type=named.task,
        model_id=task.model_id,
        model_name=task.model_name,
        reference=None if tests or not gold else gold[0] if len(gold) == 1 else gold,
        reasoning=answer.reasoning,
        details=present(details),
    )


def task_name(text: str) -> TaskName:
    """The parts of a task's name in any version's notation."""
    parts = text.split("|")
    suite = parts.pop(0) if len(parts) > 2 else None
    task, _, subset = parts[0].partition(":")
    few_shots = int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() and len(parts[1]) < 6 else None
    return TaskName(task[:_MOST_LABEL_CHARACTERS] or text, subset or None, suite, few_shots)


def answer_of(found: Detail) -> Answer | None:
    """The first answer, or for multiple choice the likeliest choice; None if the harness kept neither."""
    if found.texts:
        return _generated(found) if isinstance(found.texts[0], str) else None
    choices = [choice for choice in found.choices if isinstance(choice, str)]
    if not choices or len(choices) < len(found.choices) or len(found.log_probabilities) < len(choices):
        return None
    # the unconditioned ones come after them
    values = [_number(value) for value in found.log_probabilities[: len(choices)]]
    likeliest = max(range(len(choices)), key=values.__getitem__)
    likelihoods = storable(dict(zip(choices, found.log_probabilities, strict=False)))
    return Answer(choices[likeliest].strip(), likelihoods=likelihoods)


def _generated(found: Detail) -> Answer:
    raw: str = found.texts[0]
    others = tuple(text for text in found.texts[1:] if isinstance(text, str))
    processed = found.processed[0] if found.processed else None
    text = processed if isinstance(processed, str) else raw
    reasoning = found.reasonings[0] if found.reasonings else None
    if isinstance(reasoning, str) and reasoning.strip():
        return Answer(text, reasoning, others=others)
    if text == raw:
        return Answer(text, others=others)
    if raw.endswith(text):
        thought = raw.removesuffix(text).strip().removeprefix(_THINK).removesuffix(_THOUGHT).strip()
        return Answer(text, thought or None, others=others)
    return Answer(text, raw=raw, others=others)


def _number(value: Json) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else float("-inf")


def _text(value: Json) -> str:
    return value.strip() if isinstance(value, str) else written(value)


def _shown(row: JsonObject, task: Task) -> Prompt | None:
    text = field_text(row, task.prompt_field) if task.prompt_field else None
    return Prompt([{"role": "user", "content": text}]) if text else None


def _prompt(found: Detail, task: Task) -> Prompt:
    """The prompt as it was sent or, if that was not kept, put together as lighteval does it for a chat."""
    if isinstance(found.prompt, str | list) and found.prompt:
        return prompt_of(found.prompt)
    if not isinstance(found.query, str):
        raise InvalidItem("doc.query is no text.")
    instruction = found.instruction if isinstance(found.instruction, str) else ""
    messages: list[Message] = []
    if task.results.system_prompt:
        messages.append({"role": "system", "content": task.results.system_prompt})
    turns = [turn for turn in map(_few_shot, found.few_shots) if turn]
    for query, right in (*turns, (found.query, None)):
        question = query.removeprefix(instruction).strip() if instruction and query.startswith(instruction) else query
        is_first = not any(message["role"] == "user" for message in messages)
        messages.append({"role": "user", "content": (instruction if is_first else "") + question})
        if right is not None:
            messages.append({"role": "assistant", "content": right})
    return Prompt(messages, notes=(PUT_TOGETHER,))


def _few_shot(sample: Json) -> tuple[str, str] | None:
    if not isinstance(sample, dict) or not isinstance(sample.get("query"), str):
        return None
    right = golds(items(sample.get("choices")), sample.get("gold_index"))
    return (sample["query"], _text(right[0])) if right else None
