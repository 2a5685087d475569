"""One row of a table, by what its columns mean: its outcome and, if it failed, its candidate."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from math import isinf
from typing import Any, NamedTuple

import msgspec

from avocet.categories import FAILURE_CATEGORIES
from avocet.domain import CandidateDraft, Json, JsonObject, Message, Outcome
from avocet.importers import former
from avocet.importers.base import (
    InvalidItem,
    ItemKey,
    ReadItem,
    Scored,
    passes,
    present,
    short_name,
    text_key,
    unit,
)
from avocet.importers.choosing import Choice, missed
from avocet.importers.reading.items import Card, decide, item_of
from avocet.importers.reading.jsonl import Line
from avocet.importers.reading.literals import listed
from avocet.importers.reading.references import reference_or_none
from avocet.importers.reading.scores import NOT_ONE_NUMBER, is_nan, storable, told_number, truth, why_unscored
from avocet.importers.reading.tables import value_at
from avocet.importers.reading.turns import NoAnswer, Said, answer_in, are_turns, checked_turns, joined, said_in
from avocet.importers.reading.values import written

NO_CHECK = "No column says whether the answer was right: every row is taken as a failure."
NO_MODEL = "The file names no model."
_MOST_LABEL_CHARACTERS = 256
_EPOCH_S = range(10**8, 10**11)
Texts = tuple[list[Message], Said]


class Mapped(msgspec.Struct):
    """The columns by meaning, and the metric that decides."""

    columns: dict[str, str]
    choice: Choice | None
    model_name: str | None
    prompt_field: str | None = None
    decimal: str | None = None
    notes: tuple[str, ...] = ()
    taken: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.taken = frozenset(self.columns.values())
        notes = () if self.columns.keys() & {"score", "passed"} else (NO_CHECK,)
        self.notes = notes if self.model_name or "model" in self.columns else (*notes, NO_MODEL)

    def value(self, row: JsonObject, meaning: str) -> Json:
        """The value of a row in the column of a meaning; NaN, with which tables mark an empty cell, is null."""
        column = self.columns.get(meaning)
        if column is None:
            return None
        value = row[column] if column in row else value_at(row, column)
        return None if value.__class__ is float and is_nan(value) else value

    def score(self, row: JsonObject, meaning: str) -> Json:
        """The value of a row in the column of a meaning, with NaN kept apart from null."""
        column = self.columns.get(meaning)
        return None if column is None else value_at(row, column)

    def text(self, row: JsonObject, meaning: str) -> str | None:
        """The text of a row in the column of a meaning, unchanged; None if it is blank or no single value."""
        value = self.value(row, meaning) if meaning in self.columns else None
        if value is None or isinstance(value, dict | list):
            return None
        text = value if value.__class__ is str else str(value)
        return text if text and not text.isspace() else None

    def text_key(self, row: JsonObject) -> str:
        """A hash of prompt and response, whichever field is shown as the prompt.

        Raises:
            InvalidItem: the row has no answer.
        """
        shown = self.value(row, "messages" if "messages" in self.columns else "prompt")
        response = self._former_response(row) or _texts(row, self)[1].response
        return text_key([{"content": shown}], response)

    def label(self, row: JsonObject, meaning: str) -> str | None:
        """The text of a row in the column of a meaning, without white space around it."""
        text = self.text(row, meaning)
        return text.strip() if text else None

    def _former_response(self, row: JsonObject) -> str | None:
        try:
            if "response" in self.columns:
                return former.generic_response(self.value(row, "response"))
            return former.generic_turns_response(self.value(row, "messages"))
        except former.OtherwiseRead:
            return None


class Named(NamedTuple):
    """The names in a row: of its item, task and model."""

    item: str | None
    task: str | None
    model: str | None

    def key(self, item: str) -> ItemKey:
        return ItemKey(self.task or "", item, model=self.model or "")


class Judged(NamedTuple):
    """A row's outcome and score, its own reason for them, and a note that says why it is unscored."""

    outcome: Outcome
    score: float | None = None
    reason: str | None = None
    note: tuple[str, ...] = ()


def read_row(line: Line, mapped: Mapped) -> ReadItem:
    """The item of a row."""
    return item_of(line, partial(_read, mapped=mapped))


def _read(line: Line, item: ReadItem, mapped: Mapped) -> None:
    row = line.value
    if not isinstance(row, dict):
        raise InvalidItem("The row isn't an object with columns.")
    model = _label(row, mapped, "model") or mapped.model_name
    task = _label(row, mapped, "task")
    judged = _judge(row, mapped)
    named = Named(mapped.label(row, "id"), task, model)
    if named.item is None:
        with suppress(InvalidItem):
            item.key = named.key(mapped.text_key(row))
    else:
        item.key = named.key(named.item)
    make = partial(_card, row, mapped, judged, named)
    decide(line, item, Scored(judged.outcome, short_name(model), task), make)
    item.notes = (*mapped.notes, *judged.note, *item.notes)


def _card(row: JsonObject, mapped: Mapped, judged: Judged, named: Named) -> Card:
    prompt, said = _texts(row, mapped)
    reference = _reference(mapped.value(row, "reference"))
    reason, score = judged.reason, judged.score
    if score is not None and not reason and mapped.choice:
        choice = mapped.choice
        reason = missed(choice.metric.name, score, choice.threshold, said.response, reference)
    draft = CandidateDraft(
        prompt_messages=prompt,
        model_response=said.response,
        source="generic",
        harness="generic",
        timestamp=_moment(mapped.value(row, "timestamp")),
        corrected_response=mapped.text(row, "corrected_response"),
        quality_score=unit(score),
        scores=None if score is None else {mapped.columns["score"]: storable(score)},
        failure_reason=reason,
        explanation=mapped.text(row, "explanation") or (None if judged.outcome == "failed" else judged.reason),
        task_id=named.item,
        item_id=named.item,
        task_type=named.task,
        model_id=named.model,
        model_name=short_name(named.model),
        failure_category=_category(row, mapped) if judged.outcome == "failed" else None,
        reference=reference,
        reasoning=said.details.get("reasoning"),
        details=present({"metadata": _others(row, mapped), **said.details, "reasoning": None}),
    )
    return Card(draft, said.notes)


def _judge(row: JsonObject, mapped: Mapped) -> Judged:
    reason = mapped.text(row, "reason")
    value = mapped.score(row, "score")
    score = told_number(value, mapped.decimal)
    if "passed" in mapped.columns:
        return _judge_by_word(mapped.score(row, "passed"), mapped.columns["passed"], Judged("failed", score, reason))
    if mapped.choice is None:
        return Judged("failed", None, reason)
    if score is None:
        why = why_unscored(value)
        if why == NOT_ONE_NUMBER:
            found = f"{value!r:.60}, not a number" if isinstance(value, str) else "no number"
            raise InvalidItem(f"{mapped.columns['score']} is {found}.")
        return Judged("unscored", note=(why,))
    passed = passes(score, mapped.choice.metric, mapped.choice.threshold)
    return Judged("passed" if passed else "failed", score, reason)


def _judge_by_word(value: Json, column: str, failed: Judged) -> Judged:
    passed = truth(value)
    if passed is not None:
        return failed._replace(outcome="passed") if passed else failed
    why = why_unscored(value)
    if why == NOT_ONE_NUMBER:
        raise InvalidItem(f"{column} is {value!r:.60}; it must say true or false.")
    return Judged("unscored", note=(why,))


def _texts(row: JsonObject, mapped: Mapped) -> Texts:
    """The prompt and the answer."""
    if "response" in mapped.columns:
        said = _response(mapped.value(row, "response"), mapped.columns["response"])
        return joined(_prompt(row, mapped), said), said
    column = mapped.columns["messages"]
    try:
        said = said_in(listed(mapped.value(row, "messages")), column)
    except NoAnswer as error:
        raise InvalidItem(f"{error} If another column holds the answer, map response.") from None
    if not said.before:
        raise InvalidItem(
            f"{column} begins with the model's answer, so there is no prompt: map prompt, and map response."
        )
    shown = _prompt(row, mapped) if mapped.prompt_field else None
    return shown or _with_system(said.before, row, mapped), said


def _prompt(row: JsonObject, mapped: Mapped) -> list[Message]:
    if mapped.prompt_field:
        messages = _turns(value_at(row, mapped.prompt_field), mapped.prompt_field)
    elif "messages" in mapped.columns:
        messages = checked_turns(listed(mapped.value(row, "messages")), mapped.columns["messages"])
    else:
        messages = _turns(mapped.value(row, "prompt"), mapped.columns["prompt"])
    return _with_system(messages, row, mapped)


def _with_system(messages: list[Message], row: JsonObject, mapped: Mapped) -> list[Message]:
    system = mapped.text(row, "system")
    if system is None or messages[0]["role"] in ("system", "developer"):
        return messages
    return [{"role": "system", "content": system}, *messages]


def _turns(value: Json, column: str) -> list[Message]:
    """A prompt: the messages if the value is a list of them, else one user turn."""
    turns = listed(value)
    if isinstance(turns, dict):
        turns = turns["messages"] if turns.keys() == {"messages"} else [turns]
    if are_turns(turns):
        return checked_turns(turns, column)
    if value in (None, "", []) or is_nan(value):
        raise InvalidItem(f"{column} is empty.")
    return [{"role": "user", "content": written(value)}]


def _response(value: Json, column: str) -> Said:
    """The answer: a text, calls, or the model's last one of several turns."""
    if value is None:
        raise InvalidItem(f'{column} is null; an answer that was empty is "".')
    parts = listed(value)
    said = answer_in(parts, column) if isinstance(parts, list | dict) else None
    return said or Said([], written(value), {})


def _reference(value: Json) -> Json:
    texts = listed(value)
    if isinstance(texts, list) and texts and all(isinstance(text, str) for text in texts):
        return reference_or_none(texts)
    if reference_or_none(value) is None:
        return None
    return written(value)


def _label(row: JsonObject, mapped: Mapped, meaning: str) -> str | None:
    text = mapped.label(row, meaning)
    if text and len(text) > _MOST_LABEL_CHARACTERS:
        raise InvalidItem(f"{mapped.columns[meaning]} is longer than {_MOST_LABEL_CHARACTERS} characters.")
    return text


def _category(row: JsonObject, mapped: Mapped) -> Any:  # noqa: ANN401 (checked here)
    text = mapped.label(row, "failure_category")
    if text and text not in FAILURE_CATEGORIES:
        reason = f"{mapped.columns['failure_category']} is {text!r:.80}; known are {', '.join(FAILURE_CATEGORIES)}."
        raise InvalidItem(reason, "unknown_failure_category")
    return text


def _moment(value: Json) -> str | None:
    """A time as ISO text; a number counts the seconds or milliseconds since 1970."""
    seconds = told_number(value)
    if seconds is None or isinf(seconds):
        return value.strip() or None if isinstance(value, str) else None
    if int(seconds) in _EPOCH_S or int(seconds / 1000) in _EPOCH_S:
        moment = datetime.fromtimestamp(seconds if int(seconds) in _EPOCH_S else seconds / 1000, UTC)
        return moment.isoformat().replace("+00:00", "Z")
    return str(value)


def _others(row: JsonObject, mapped: Mapped) -> JsonObject | None:
    return present({name: value for name, value in row.items() if name not in mapped.taken})
