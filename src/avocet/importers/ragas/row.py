"""One row of ragas: its outcome and, if it failed, its candidate.

A row is one turn, or a whole conversation whose last turn is the answer.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import NamedTuple

from avocet.domain import CandidateDraft, Json, JsonObject, Message, Outcome
from avocet.importers import former
from avocet.importers.base import InvalidItem, ItemKey, ReadItem, Scored, passes, present, short_name, text_key, unit
from avocet.importers.choosing import Choice, missed
from avocet.importers.reading import answers
from avocet.importers.reading.items import Card, decide, fields_of, item_of
from avocet.importers.reading.jsonl import Line
from avocet.importers.reading.literals import listed
from avocet.importers.reading.messages import check_messages
from avocet.importers.reading.references import reference_or_none
from avocet.importers.reading.scores import score_of, storable, why_undecided
from avocet.importers.reading.turns import Said, are_turns, joined, said_in
from avocet.importers.reading.values import text_or_none

NO_MODEL = "The file names no model."
CONTEXTS_APART = "What was retrieved is kept in the details: ragas does not say how the model got to see it."
_ROLES = {
    "human": "user",
    "ai": "assistant",
    "tool": "tool",
    "system": "system",
    "user": "user",
    "assistant": "assistant",
}
DETAIL_COLUMNS = (
    *("retrieved_contexts", "reference_contexts", "retrieved_context_ids", "reference_context_ids", "rubrics"),
    *("multi_responses", "reference_tool_calls", "reference_topics", "persona_name", "query_style", "query_length"),
    "synthesizer_name",
)
RENAMED = {
    "question": "user_input",
    "answer": "response",
    "contexts": "retrieved_contexts",
    "ground_truth": "reference",
    "ground_truths": "reference",
}
"""The names of ragas' columns up to 0.1, with those they have from 0.2 on."""


class Evaluated(NamedTuple):
    """The metric that decides, and what the file doesn't say."""

    choice: Choice
    metrics: list[str]
    prompt_field: str | None
    model_name: str | None


def read_row(line: Line, evaluated: Evaluated) -> ReadItem:
    """The item of a row."""
    return item_of(line, partial(_read, evaluated=evaluated))


def _read(line: Line, item: ReadItem, evaluated: Evaluated) -> None:
    choice = evaluated.choice
    row = with_new_names(fields_of(line, "row"))
    value = number(row.get(choice.metric.name))
    notes = () if evaluated.model_name else (NO_MODEL,)
    item.key = _key(row, evaluated)
    outcome: Outcome = "unscored"
    if value is None:
        notes = (*notes, why_undecided(row, choice.metric.name))
    else:
        outcome = "passed" if passes(value, choice.metric, choice.threshold) else "failed"
    scored = Scored(outcome, short_name(evaluated.model_name))
    decide(line, item, scored, partial(_card, row, value, evaluated))
    item.notes = (*notes, *item.notes)


def _card(row: JsonObject, value: float | None, evaluated: Evaluated) -> Card:
    prompt, said = _texts(row)
    response = said.response
    reference = reference_or_none(listed(row.get("reference")))
    details = {name: listed(row.get(name)) for name in DETAIL_COLUMNS}
    metric, threshold = evaluated.choice.metric.name, evaluated.choice.threshold
    draft = CandidateDraft(
        prompt_messages=_shown(row, evaluated.prompt_field) or prompt,
        model_response=response,
        source="ragas",
        harness="ragas",
        quality_score=unit(value),
        scores={name: storable(number(row.get(name))) for name in evaluated.metrics},
        failure_reason=missed(metric, value, threshold, response, reference),
        model_id=evaluated.model_name,
        model_name=short_name(evaluated.model_name),
        reference=reference,
        details=present({**details, **said.details}),
    )
    return Card(draft, (*said.notes, *((CONTEXTS_APART,) if details["retrieved_contexts"] else ())))


def _key(row: JsonObject, evaluated: Evaluated) -> ItemKey | None:
    """The key of a row: a hash of its text. None if it can't become a card."""
    model = evaluated.model_name or ""
    try:
        return ItemKey("", text_key(*former.ragas_texts(row)), model=model)
    except former.OtherwiseRead:
        pass
    with suppress(InvalidItem):
        prompt, said = _texts(row)
        return ItemKey("", text_key(prompt, said.response), model=model)
    return None


def number(value: Json) -> float | None:
    """A score as a number; None if it is NaN or not a number."""
    return None if isinstance(value, bool) else score_of(value)


def with_new_names(row: JsonObject) -> JsonObject:
    """A row with its columns named as ragas names them from 0.2 on."""
    if "user_input" in row:
        return row
    return {RENAMED.get(name, name): value for name, value in row.items()}


def _shown(row: JsonObject, field: str | None) -> list[Message] | None:
    text = text_or_none(row.get(field)) if field and field != "user_input" else None
    return [{"role": "user", "content": text}] if text else None


def _texts(row: JsonObject) -> tuple[list[Message], Said]:
    """The prompt and the answer, which is in `response` or else the model's last turn of the conversation."""
    asked, response = listed(row.get("user_input")), listed(row.get("response"))
    if isinstance(asked, list) and all(isinstance(turn, dict) for turn in asked):
        turns = [_turn(number, turn) for number, turn in enumerate(asked)]
        if not isinstance(response, str | list):
            said = said_in(turns, "user_input")
            if not said.before:
                raise InvalidItem("user_input begins with the model's answer, so there is no prompt.")
            return said.before, said
        turns = check_messages(turns, "user_input")
    elif isinstance(row.get("user_input"), str):
        turns = [{"role": "user", "content": row["user_input"]}]
    else:
        raise InvalidItem("user_input is neither text nor a list of turns.")
    if are_turns(response):
        said = said_in(response, "response")
        return joined(turns, said), said
    if not isinstance(row.get("response"), str):
        raise InvalidItem(f"response is {'missing' if response is None else 'no text'}.")
    return turns, Said([], row["response"], {})


def _turn(number: int, turn: JsonObject) -> Message:
    """A turn of ragas (`{content, type: "human", tool_calls: [{name, args}]}`) in OpenAI's shape."""
    speaker = turn.get("type", turn.get("role"))
    role = _ROLES.get(speaker) if isinstance(speaker, str) else None
    if role is None:
        raise InvalidItem(f"user_input[{number}] is by {speaker!r:.40}, neither human, ai nor tool.")
    message: Message = {"role": role, "content": turn.get("content")}
    calls = turn.get("tool_calls")
    if role == "assistant" and isinstance(calls, list) and calls:
        if not all(isinstance(call, dict) and isinstance(call.get("name"), str) for call in calls):
            raise InvalidItem(f"user_input[{number}] calls a tool without a name.")
        shaped = [{"name": call["name"], "arguments": call.get("args")} for call in calls]
        message["tool_calls"] = [answers.openai_call(call) for call in shaped]
    return message
