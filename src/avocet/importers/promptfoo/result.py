"""One result of promptfoo: its outcome and, if its assertions failed, its candidate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from math import nan
from typing import Any, NamedTuple

import msgspec

from avocet.domain import CandidateDraft, Json, JsonObject, Message, Outcome
from avocet.importers import former
from avocet.importers.base import InvalidItem, ItemKey, ReadItem, Scored, passes, present, text_key, unit
from avocet.importers.choosing import Choice, field_text, missed
from avocet.importers.promptfoo.assertions import check_of
from avocet.importers.promptfoo.output import check_media, read_output
from avocet.importers.reading.items import Card, decide, fields_of, item_of
from avocet.importers.reading.jsonl import Line, decode
from avocet.importers.reading.messages import check_messages
from avocet.importers.reading.references import reference_or_none
from avocet.importers.reading.scores import NOT_A_NUMBER, score_of, storable, why_undecided, why_unscored
from avocet.importers.reading.turns import joined
from avocet.importers.reading.values import mapping, objects, several, text_or_none, value_in, written
from avocet.importers.reading.yaml_rows import yaml_value
from avocet.json_text import clean, is_deep

PASS, SCORE = "pass", "score"
NO_ASSERTIONS = "A test without assertions counts as unscored, though promptfoo says that it passed."
LONGEST_REASON = 500
_ERROR = 2
NO_OUTPUT = "The provider failed, so there is no answer to review. The result counts as errored."
_EXPECTING = re.compile(
    r"(?:i?contains(?:-any)?|equals|similar(?::\w+)?|(?:model-graded-)?factuality|levenshtein|rouge-n|bleu|gleu|meteor"
    r"|context-recall)"
)
_VARIABLE = re.compile(r"\{\{-?\s*(\w+)\s*-?\}\}")
_LINK = "file://"
_YAML_MESSAGES = re.compile(r"\s*- (?:role|content):")


class Eval(msgspec.Struct):
    """What all results of a file have in common, and what the person chose."""

    task: str
    run_id: str | None = None
    timestamp: str | None = None
    version: str | None = None
    model_name: str | None = None
    prompt_field: str | None = None
    choice: Choice | None = None


class Model(NamedTuple):
    """The provider's id and its label, or what the person called it."""

    id: str | None
    name: str | None


def read_result(line: Line, run: Eval) -> ReadItem:
    """The item of a line or element of the file."""
    return item_of(line, partial(_read, run=run))


def _read(line: Line, item: ReadItem, run: Eval) -> None:
    row = fields_of(line, "result")
    if not isinstance(row.get("success"), bool):
        raise InvalidItem("success is neither true nor false.")
    model_id, model_name = model_of(row)
    model = Model(model_id or run.model_name, model_name or run.model_name)
    scores, deciding = scores_of(row), run.choice.metric.name if run.choice else PASS
    value = score_of(scores.get(deciding))
    outcome, item.notes = _outcome(row, run, value, why_undecided(scores, deciding) if value is None else "")
    name = _item(row)
    item.key = _key(name, model) if name else None
    reason = reasons_of(row)[:LONGEST_REASON] or NO_OUTPUT if outcome == "errored" else None
    decide(line, item, Scored(outcome, model.name, run.task), partial(_card, row, run, value, model), reason)
    if name is None:
        item.key = _text_key(row, run, model)


def _outcome(row: JsonObject, run: Eval, value: float | None, why: str) -> tuple[Outcome, tuple[str, ...]]:
    """The outcome of a result, and why if it is no verdict; `why` is that its score is no number."""
    grading = mapping(row.get("gradingResult"))
    if _is_error(row):
        return "errored", (NO_OUTPUT,)
    if grading.get("reason") == "No assertions" and not grading.get("componentResults"):
        return "unscored", (NO_ASSERTIONS,)
    if value is None:
        return "unscored", (why,)
    if run.choice and passes(value, run.choice.metric, run.choice.threshold):
        return "passed", ()
    return "failed", ()


def _key(name: str, model: Model) -> ItemKey:
    return ItemKey("", name, "", model.id or "")


def _card(row: JsonObject, run: Eval, value: float | None, model: Model) -> Card:
    response = mapping(row.get("response"))
    output = read_output(response)
    text = output.response
    reference = reference_of(row)
    choice = run.choice
    metric, threshold = (choice.metric.name, choice.threshold) if choice else (PASS, 1.0)
    reasons = reasons_of(row) if metric == PASS else ""
    prompt_messages = joined(_prompt(row, run.prompt_field), output)
    name = _item(row) or text_key(prompt_messages, _former_response(row))
    test = mapping(row.get("testCase"))
    prompt = mapping(row.get("prompt"))
    tools = value_in(prompt, "config", "tools")
    draft = CandidateDraft(
        prompt_messages=prompt_messages,
        model_response=text,
        source="promptfoo",
        harness="promptfoo",
        benchmark_run_id=run.run_id,
        timestamp=run.timestamp,
        quality_score=unit(_number(row.get("score")) if metric == PASS else value),
        failure_reason=(reasons or missed(metric, value, threshold, text, reference))[:LONGEST_REASON],
        task_id=name,
        item_id=name,
        task_type=run.task,
        task_name=text_or_none(test.get("description")),
        model_id=model.id,
        model_name=model.name,
        reference=reference,
        scores=storable(scores_of(row)),
        explanation=reasons_of(row) or None,
        reasoning=text_or_none(response.get("reasoning")) or output.details.pop("reasoning", None),
        tools=tools if isinstance(tools, list) and tools else None,
        check=check_of(row, [(mapping(one.get("assertion")), _value(row, one)) for one in _components(row)]),
        details=present(
            {
                "harness_version": run.version,
                "prompt_label": prompt.get("label"),
                "vars": row.get("vars"),
                "metadata": _metadata(row, test),
                "criteria": criteria_of(row),
                "assertions": _assertions(row),
                "latency_ms": row.get("latencyMs"),
                "cost": row.get("cost"),
                "result_id": row.get("id"),
                **output.details,
            }
        ),
    )
    return Card(draft, output.notes)


def scores_of(row: JsonObject) -> JsonObject:
    """Whether all assertions held, the score they make together, and those that have a name."""
    return {**named_scores(row), PASS: row.get("success"), SCORE: _number(row.get("score"))}


def named_scores(row: JsonObject) -> JsonObject:
    scores = mapping(row.get("namedScores"))
    return {name: value for name, value in scores.items() if name not in (PASS, SCORE)}


def model_of(row: JsonObject) -> tuple[str | None, str | None]:
    """The provider's id, and its label if it has one."""
    provider = row.get("provider")
    if isinstance(provider, str):
        return provider or None, provider or None
    provider = mapping(provider)
    name = text_or_none(provider.get("id"))
    return name, text_or_none(provider.get("label")) or name


def reasons_of(row: JsonObject) -> str:
    """Why assertions failed, in the words of each."""
    grading = mapping(row.get("gradingResult"))
    reasons = [
        f"{assertion['type']}: {assertion['reason']}" if assertion.get("type") else str(assertion["reason"])
        for assertion in _assertions(row)
        if not assertion.get("pass") and assertion.get("reason")
    ]
    return "; ".join(reasons) or text_or_none(grading.get("reason")) or text_or_none(row.get("error")) or ""


def reference_of(row: JsonObject) -> Json:
    """What was expected: by convention the variable `expected`, else what assertions compare the answer with."""
    expected = value_in(row, "vars", "expected")
    if isinstance(expected, str | list) and reference_or_none(expected) and not _is_criterion(row, expected):
        return expected
    found: dict[str, None] = {}
    for kind, value in _values(row):
        if _EXPECTING.fullmatch(kind):
            texts = map(written, several(value))
            found.update(dict.fromkeys(text for text in texts if text.strip() and _is_whole(text)))
    return next(iter(found)) if len(found) == 1 else list(found) or None


def _is_criterion(row: JsonObject, expected: Json) -> bool:
    """Whether the expected value is a pattern, a rubric or code: assertions use it, but none compares with it."""
    uses = {bool(_EXPECTING.fullmatch(kind)) for kind, value in _values(row) if value == expected}
    return uses == {False}


def _is_whole(text: str) -> bool:
    """Whether a text is complete: no variable is left in it, and it is not a link to a file."""
    return "{{" not in text and not text.startswith(_LINK)


def criteria_of(row: JsonObject) -> str:
    """What the answer had to be like, by assertions without an answer: patterns, rubrics, code; one a line."""
    criteria = [
        f"{kind}: {written(value)}"
        for kind, value in _values(row)
        if not _EXPECTING.fullmatch(kind) or written(value).startswith(_LINK)
    ]
    return "\n".join(dict.fromkeys(criteria))


def _value(row: JsonObject, component: JsonObject) -> Json:
    """What an assertion was given, with its variables filled in."""
    value = value_in(component, "assertion", "value")
    value = mapping(component.get("metadata")).get("renderedAssertionValue", value)
    if isinstance(value, str) and "{{" in value:
        return _VARIABLE.sub(lambda match: _filled(match, mapping(row.get("vars"))), value)
    return value


def _values(row: JsonObject) -> Iterator[tuple[str, Any]]:
    """The kind of each assertion and what it was given, with its variables filled in."""
    for component in _components(row):
        kind, value = value_in(component, "assertion", "type"), _value(row, component)
        if isinstance(kind, str) and value not in (None, "", [], {}):
            yield kind, value


def _filled(match: re.Match[str], variables: JsonObject) -> str:
    value = variables.get(match[1])
    return value if isinstance(value, str) else match[0]


def _assertions(row: JsonObject) -> list[JsonObject]:
    return [
        {
            "type": text_or_none(value_in(component, "assertion", "type")),
            "metric": text_or_none(value_in(component, "assertion", "metric")),
            "pass": component.get("pass") is True,
            "score": storable(_number(component.get("score"))),
            "reason": text_or_none(component.get("reason")),
        }
        for component in _components(row)
    ]


def _components(row: JsonObject) -> list[JsonObject]:
    return objects(value_in(row, "gradingResult", "componentResults"))


def _is_error(row: JsonObject) -> bool:
    """Whether the provider failed, so that there is nothing to correct."""
    if row["success"]:
        return False
    reason = row.get("failureReason")
    return reason == _ERROR or (reason is None and row.get("gradingResult") is None and bool(row.get("error")))


def _item(row: JsonObject) -> str | None:
    """Which test and prompt the result is of; `promptIdx` counts every prompt of every provider."""
    test, prompt = row.get("testIdx"), row.get("promptIdx")
    return f"{test}.{prompt}" if type(test) is int and type(prompt) is int else None


def _text_key(row: JsonObject, run: Eval, model: Model) -> ItemKey | None:
    """The key of a result that promptfoo gave no numbers: a hash of the text. None if it can't become a card."""
    with suppress(InvalidItem):
        prompt = joined(_prompt(row, run.prompt_field), read_output(mapping(row.get("response"))))
        return _key(text_key(prompt, _former_response(row)), model)
    return None


def _former_response(row: JsonObject) -> str:
    return former.promptfoo_response(value_in(row, "response", "output"))


def _prompt(row: JsonObject, prompt_field: str | None) -> list[Message]:
    if prompt_field:
        text = field_text(row, prompt_field)
        if text is None:
            raise InvalidItem(f"The result has no text in {prompt_field}.")
        return [{"role": "user", "content": text}]
    prompt = row.get("prompt")
    raw = prompt if isinstance(prompt, str) else mapping(prompt).get("raw")
    if not isinstance(raw, str):
        raise InvalidItem("prompt.raw isn't text.")
    check_media(raw, "The prompt")
    messages = _messages(raw)
    return [{"role": "user", "content": raw}] if messages is None else check_messages(messages)


def _messages(raw: str) -> list[Any] | None:
    """The messages of a prompt that is a list of them in JSON or YAML; None for any other, which is one user turn."""
    value: Any = None
    try:
        if raw.lstrip()[:1] in ("[", "{"):
            value = decode(raw.encode())
        elif _YAML_MESSAGES.match(raw):
            value = yaml_value(raw)
    except (ValueError, RecursionError):
        return None
    turns = value.get("messages") if isinstance(value, dict) else value
    if not isinstance(turns, list) or is_deep(turns):
        return None
    is_messages = bool(turns) and all(isinstance(turn, dict) and "role" in turn for turn in turns)
    return list(clean(turns)[0]) if is_messages else None


def _metadata(row: JsonObject, test: JsonObject) -> JsonObject:
    metadata = mapping(row.get("metadata")) or mapping(test.get("metadata"))
    return {name: value for name, value in metadata.items() if not name.startswith("_promptfoo")}


def _number(value: Json) -> float | None:
    """A score, in which NaN stays NaN, apart from null."""
    if isinstance(value, bool):
        return None
    return nan if why_unscored(value) == NOT_A_NUMBER else score_of(value)
