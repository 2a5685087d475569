"""A row of a table as a candidate, by what its columns mean."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import msgspec

from avocet.domain import FAILURE_CATEGORIES, CandidateDraft, JsonObject, Message, RejectedLine
from avocet.importers import answers, former
from avocet.importers.base import ItemKey, Outcome, Settled, passes, present, text_key, unit
from avocet.importers.choosing import Choice, missed
from avocet.importers.jsonl import Line, reject
from avocet.importers.literals import is_listing, literal
from avocet.importers.messages import InvalidMessages, check_messages
from avocet.importers.tables import value_at

NO_CHECK = "No column says whether the answer was right: every row is taken as a failure."
NO_MODEL = "The file names no model."
_TRUE = frozenset({"true", "1", "1.0", "yes", "y", "pass", "passed", "ok", "correct", "success", "right", "t"})
_FALSE = frozenset({"false", "0", "0.0", "no", "n", "fail", "failed", "incorrect", "failure", "wrong", "f", "error"})
_MOST_LABEL_CHARACTERS = 256
_EPOCH_S = range(10**8, 10**11)


class InvalidRow(ValueError):
    def __init__(self, reason: str, code: str = "invalid_item") -> None:
        super().__init__(reason)
        self.code = code


class Mapped(msgspec.Struct):
    """What the columns mean, and what decides."""

    columns: dict[str, str]
    choice: Choice | None
    model_name: str | None
    prompt_field: str | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        told = () if self.columns.keys() & {"score", "passed"} else (NO_CHECK,)
        return told if self.model_name or "model" in self.columns else (*told, NO_MODEL)

    def value(self, row: JsonObject, meaning: str) -> Any:  # noqa: ANN401 (JSON)
        column = self.columns.get(meaning)
        return None if column is None else value_at(row, column)

    def text(self, row: JsonObject, meaning: str) -> str | None:
        """A text of the row, as it is; none where it is blank."""
        value = self.value(row, meaning)
        if value is None or isinstance(value, dict | list):
            return None
        text = str(value)
        return text if text.strip() else None

    def key(self, row: JsonObject, draft: CandidateDraft) -> ItemKey:
        """Which item it is: by its id, else by its prompt and response, whichever field is shown as the prompt."""
        shown = self.value(row, "messages" if "messages" in self.columns else "prompt")
        item = draft.item_id or text_key([{"content": shown}], self._former_response(row) or draft.model_response)
        return ItemKey(draft.task_type or "", item, model=draft.model_id or "")

    def _former_response(self, row: JsonObject) -> str | None:
        try:
            if "response" in self.columns:
                return former.generic_response(self.value(row, "response"))
            return former.generic_turns_response(self.value(row, "messages"))
        except former.OtherwiseRead:
            return None


def read_row(line: Line, mapped: Mapped) -> CandidateDraft | RejectedLine | Settled:
    """What becomes of a row."""
    try:
        if not isinstance(line.value, dict):
            raise InvalidRow("The row isn't an object with columns.")
        return _result(line.value, mapped)
    except (InvalidRow, InvalidMessages) as error:
        raw = line.raw or msgspec.json.encode(line.value)[:800]
        return reject(line.number, error.code, str(error), raw)


def _result(row: JsonObject, mapped: Mapped) -> CandidateDraft | Settled:
    model = _label(row, mapped, "model") or mapped.model_name
    task = _label(row, mapped, "task")
    outcome, score, reason = _judge(row, mapped)
    if outcome != "failed":
        return Settled(outcome, _short(model), task)
    prompt, response, calls = _texts(row, mapped)
    item = _stripped(mapped.text(row, "id"))
    reference = _reference(mapped.value(row, "reference"))
    if score is not None and not reason and mapped.choice:
        choice = mapped.choice
        reason = missed(choice.metric.name, score, choice.threshold, response, reference)
    return CandidateDraft(
        prompt_messages=prompt,
        model_response=response,
        source="generic",
        harness="generic",
        timestamp=_moment(mapped.value(row, "timestamp")),
        corrected_response=mapped.text(row, "corrected_response"),
        quality_score=unit(score),
        scores=None if score is None else {mapped.columns["score"]: score},
        failure_reason=reason,
        explanation=mapped.text(row, "explanation"),
        task_id=item,
        item_id=item,
        task_type=task,
        model_id=model,
        model_name=_short(model),
        failure_category=_category(row, mapped),
        reference=reference,
        details=present({"metadata": _others(row, mapped), **(answers.TOOL_CALLS if calls else {})}),
    )


def _judge(row: JsonObject, mapped: Mapped) -> tuple[Outcome, float | None, str | None]:
    """The outcome, the score, and the row's own words for it."""
    reason = mapped.text(row, "reason")
    score = number(mapped.value(row, "score"))
    if "passed" in mapped.columns:
        passed = _truth(mapped.value(row, "passed"), mapped.columns["passed"])
        return "unscored" if passed is None else "passed" if passed else "failed", score, reason
    if mapped.choice is None:
        return "failed", None, reason
    if score is None:
        value = mapped.value(row, "score")
        if isinstance(value, str) and value.strip().casefold() not in ("", "nan", "none", "null", "n/a", "na"):
            raise InvalidRow(f"{mapped.columns['score']} is {value!r:.60}, not a number.")
        if isinstance(value, dict | list):
            raise InvalidRow(f"{mapped.columns['score']} isn't a number.")
        return "unscored", None, reason
    passed = passes(score, mapped.choice.metric, mapped.choice.threshold)
    return "passed" if passed else "failed", score, reason


def number(value: Any) -> float | None:  # noqa: ANN401 (JSON)
    """A value as a number; none if it says none."""
    if isinstance(value, str | int | float):
        try:
            found = float(value)
        except (ValueError, OverflowError):
            return None
        return found if math.isfinite(found) else None
    return None


def _truth(value: Any, column: str) -> bool | None:  # noqa: ANN401 (JSON)
    if value is None or isinstance(value, bool):
        return value
    told = str(value).strip().casefold()
    if told in ("", "nan", "none", "null", "n/a", "na"):
        return None
    if told in _TRUE | _FALSE:
        return told in _TRUE
    raise InvalidRow(f"{column} is {value!r:.60}; it must say true or false.")


def _texts(row: JsonObject, mapped: Mapped) -> tuple[list[Message], str, bool]:
    """The prompt, the response, and whether that is tool calls."""
    if "response" in mapped.columns:
        return _prompt(row, mapped), *_response(mapped.value(row, "response"), mapped.columns["response"])
    prompt = check_messages(_listing(mapped.value(row, "messages")))
    shown = _prompt(row, mapped) if mapped.prompt_field else None
    if len(prompt) < 2 or prompt[-1]["role"] != "assistant":
        raise InvalidRow(f"{mapped.columns['messages']} doesn't end with the model's answer; map response.")
    *turns, last = prompt
    turns = _with_system(turns, row, mapped)
    if not last["content"] and isinstance(last.get("tool_calls"), list):
        return shown or turns, *_response(last["tool_calls"], mapped.columns["messages"])
    return shown or turns, last["content"] or "", False


def _prompt(row: JsonObject, mapped: Mapped) -> list[Message]:
    if mapped.prompt_field:
        messages = _turns(value_at(row, mapped.prompt_field), mapped.prompt_field)
    elif "messages" in mapped.columns:
        messages = check_messages(_listing(mapped.value(row, "messages")))
    else:
        messages = _turns(mapped.value(row, "prompt"), mapped.columns["prompt"])
    return _with_system(messages, row, mapped)


def _with_system(messages: list[Message], row: JsonObject, mapped: Mapped) -> list[Message]:
    system = mapped.text(row, "system")
    if system is None or messages[0]["role"] in ("system", "developer"):
        return messages
    return [{"role": "system", "content": system}, *messages]


def _turns(value: Any, column: str) -> list[Message]:  # noqa: ANN401 (JSON)
    """A prompt: messages where it is a list of them, else one user turn."""
    written = _listing(value)
    if isinstance(written, list) and written and all(isinstance(part, dict) and "role" in part for part in written):
        return check_messages(written)
    if value is None or value == "":
        raise InvalidRow(f"{column} is empty.")
    return [{"role": "user", "content": _as_text(value)}]


def _response(value: Any, column: str) -> tuple[str, bool]:  # noqa: ANN401 (JSON)
    if value is None:
        raise InvalidRow(f'{column} is null; an answer that was empty is "".')
    if isinstance(value, list) and value and all(_is_call(part) for part in value):
        return answers.tool_calls_text(value), True
    return _as_text(value), False


def _is_call(part: Any) -> bool:  # noqa: ANN401 (JSON)
    if not isinstance(part, dict):
        return False
    function = part.get("function")
    return isinstance(function, dict) and isinstance(function.get("name"), str)


def _as_text(value: Any) -> str:  # noqa: ANN401 (JSON)
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _listing(value: Any) -> Any:  # noqa: ANN401 (JSON)
    """A list that a table could only hold as text."""
    if isinstance(value, str) and is_listing(value):
        try:
            return literal(value)
        except ValueError:
            return value
    return value


def _reference(value: Any) -> Any:  # noqa: ANN401 (JSON)
    written = _listing(value)
    if isinstance(written, list) and written and all(isinstance(part, str) for part in written):
        return written
    return None if value in (None, "") else value if isinstance(value, str) else _as_text(value)


def _label(row: JsonObject, mapped: Mapped, meaning: str) -> str | None:
    text = _stripped(mapped.text(row, meaning))
    if text and len(text) > _MOST_LABEL_CHARACTERS:
        raise InvalidRow(f"{mapped.columns[meaning]} is longer than {_MOST_LABEL_CHARACTERS} characters.")
    return text


def _stripped(text: str | None) -> str | None:
    return text.strip() if text else None


def _category(row: JsonObject, mapped: Mapped) -> Any:  # noqa: ANN401 (checked here)
    text = _stripped(mapped.text(row, "failure_category"))
    if text and text not in FAILURE_CATEGORIES:
        told = f"{mapped.columns['failure_category']} is {text!r:.80}; known are {', '.join(FAILURE_CATEGORIES)}."
        raise InvalidRow(told, "unknown_failure_category")
    return text


def _moment(value: Any) -> str | None:  # noqa: ANN401 (JSON)
    """A time as ISO text: a number counts the seconds, or milliseconds, since 1970."""
    seconds = number(value)
    if seconds is None:
        return value.strip() or None if isinstance(value, str) else None
    if int(seconds) in _EPOCH_S or int(seconds / 1000) in _EPOCH_S:
        moment = datetime.fromtimestamp(seconds if int(seconds) in _EPOCH_S else seconds / 1000, UTC)
        return moment.isoformat().replace("+00:00", "Z")
    return str(value)


def _others(row: JsonObject, mapped: Mapped) -> JsonObject | None:
    mapped_columns = set(mapped.columns.values())
    return present({name: value for name, value in row.items() if name not in mapped_columns})


def _short(model: str | None) -> str | None:
    return model.rpartition("/")[2] or model if model else None
