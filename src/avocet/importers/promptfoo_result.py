"""One result of promptfoo: what became of it and, if its assertions failed, its candidate."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from avocet.domain import CandidateDraft, JsonObject, Message
from avocet.importers import former
from avocet.importers.answers import TOOL_CALLS, tool_calls_text
from avocet.importers.base import ItemKey, ReadItem, Settled, passes, present, text_key, unit
from avocet.importers.choosing import Choice, field_text, missed
from avocet.importers.jsonl import Line, clean, decode, is_deep, reject
from avocet.importers.messages import InvalidMessages, check_messages
from avocet.importers.yaml_rows import yaml_value

PASS, SCORE = "pass", "score"
NO_ASSERTIONS = "A test without assertions counts as unscored, though promptfoo says that it passed."
LONGEST_REASON = 500
_ERROR = 2
_EXPECTING = re.compile(
    r"(?:i?contains(?:-any|-all|-json)?|equals|similar(?::\w+)?|factuality|llm-rubric|model-graded-\w+|starts-with"
    r"|levenshtein|rouge-n|bleu|answer-relevance|g-eval|regex)"
)
_MEDIA = re.compile(r"data:(image|audio|video)/[\w.+-]+;base64,")
_MEDIA_KEYS = {"audio": "audio", "video": "a video", "images": "an image"}
_NAMES = {"image": "an image", "audio": "audio", "video": "a video"}
_BLOB = "promptfoo://blob/"
_YAML_MESSAGES = re.compile(r"\s*- (?:role|content):")


class Eval(msgspec.Struct):
    """What holds for every result of a file, and what the person chose."""

    task: str
    run_id: str | None = None
    timestamp: str | None = None
    version: str | None = None
    model_name: str | None = None
    prompt_field: str | None = None
    choice: Choice | None = None


class _Bad(ValueError):
    def __init__(self, reason: str, code: str = "invalid_item") -> None:
        super().__init__(reason)
        self.code = code


def read_result(line: Line, run: Eval) -> ReadItem:
    """What a line or element says."""
    item = ReadItem(Settled("unscored"), line.bytes_read, line.number, line.replaced)
    if line.rejected:
        item.result = line.rejected
        return item
    try:
        if not isinstance(line.value, dict):
            raise _Bad("The result isn't an object.")
        _read(line.value, run, item)
    except (_Bad, InvalidMessages) as error:
        item.result = reject(line.number, error.code, str(error), line.raw)
    return item


def _read(row: JsonObject, run: Eval, item: ReadItem) -> None:
    if not isinstance(row.get("success"), bool):
        raise _Bad("success is neither true nor false.")
    model_id, model_name = model_of(row)
    model_id, model_name = model_id or run.model_name, model_name or run.model_name
    grading = _dict(row.get("gradingResult"))
    value = scores_of(row).get(run.choice.metric.name if run.choice else PASS)
    is_pass = run.choice is None or run.choice.metric.name == PASS
    if _is_error(row):
        item.result = Settled("errored", model_name, run.task)
    elif grading.get("reason") == "No assertions" and not grading.get("componentResults"):
        item.result = Settled("unscored", model_name, run.task)
        item.notes = (NO_ASSERTIONS,)
    elif not isinstance(value, int | float):
        item.result = Settled("unscored", model_name, run.task)
    elif run.choice and passes(float(value), run.choice.metric, run.choice.threshold):
        item.result = Settled("passed", model_name, run.task)
    else:
        draft = _draft(row, run, value, told=reasons_of(row) if is_pass else "")
        draft.model_id, draft.model_name = model_id, model_name
        key = _item(row) or _text_key(row, draft)
        draft.item_id = draft.task_id = key
        item.key = ItemKey("", key, "", model_id or "")
        item.result = draft


def _draft(row: JsonObject, run: Eval, value: float, told: str) -> CandidateDraft:
    response = _dict(row.get("response"))
    text, details = _answer(response)
    reference = reference_of(row)
    choice = run.choice
    metric, threshold = (choice.metric.name, choice.threshold) if choice else (PASS, 1.0)
    test = _dict(row.get("testCase"))
    prompt = _dict(row.get("prompt"))
    tools = _dict(prompt.get("config")).get("tools")
    return CandidateDraft(
        prompt_messages=_prompt(row, run.prompt_field),
        model_response=text,
        source="promptfoo",
        harness="promptfoo",
        benchmark_run_id=run.run_id,
        timestamp=run.timestamp,
        quality_score=unit(_number(row.get("score")) if metric == PASS else float(value)),
        failure_reason=" ".join((told or missed(metric, value, threshold, text, reference)).split())[:LONGEST_REASON],
        task_type=run.task,
        task_name=_text(test.get("description")),
        reference=reference,
        scores=scores_of(row),
        explanation=reasons_of(row) or None,
        reasoning=_text(response.get("reasoning")),
        tools=tools if isinstance(tools, list) and tools else None,
        details=present(
            {
                "harness_version": run.version,
                "prompt_label": prompt.get("label"),
                "vars": row.get("vars"),
                "metadata": _metadata(row, test),
                "assertions": _assertions(row),
                "latency_ms": row.get("latencyMs"),
                "cost": row.get("cost"),
                "result_id": row.get("id"),
                **details,
            }
        ),
    )


def scores_of(row: JsonObject) -> JsonObject:
    """Whether all assertions held, the score they make together, and those that have a name."""
    return {**named_scores(row), PASS: row.get("success"), SCORE: _number(row.get("score"))}


def named_scores(row: JsonObject) -> JsonObject:
    scores = _dict(row.get("namedScores"))
    return {name: value for name, value in scores.items() if name not in (PASS, SCORE)}


def model_of(row: JsonObject) -> tuple[str | None, str | None]:
    """The provider's id, and its label if it has one."""
    provider = row.get("provider")
    if isinstance(provider, str):
        return provider or None, provider or None
    provider = _dict(provider)
    name = _text(provider.get("id"))
    return name, _text(provider.get("label")) or name


def reasons_of(row: JsonObject) -> str:
    """Why the assertions that failed did, in the words of each."""
    grading = _dict(row.get("gradingResult"))
    told = [
        f"{assertion['type']}: {assertion['reason']}" if assertion.get("type") else str(assertion["reason"])
        for assertion in _assertions(row)
        if not assertion.get("pass") and assertion.get("reason")
    ]
    return "; ".join(told) or _text(grading.get("reason")) or _text(row.get("error")) or ""


def reference_of(row: JsonObject) -> Any:  # noqa: ANN401 (JSON)
    """What was expected: the variable `expected` by convention, else what the assertions compare with."""
    expected = _dict(row.get("vars")).get("expected")
    if isinstance(expected, str | list) and expected:
        return expected
    found: dict[str, None] = {}
    for component in _components(row):
        assertion = _dict(component.get("assertion"))
        kind, value = assertion.get("type"), assertion.get("value")
        rendered = _dict(component.get("metadata")).get("renderedAssertionValue", value)
        if isinstance(kind, str) and _EXPECTING.fullmatch(kind):
            texts = rendered if isinstance(rendered, list) else [rendered]
            found.update(dict.fromkeys(text for text in texts if isinstance(text, str) and text and "{{" not in text))
    return next(iter(found)) if len(found) == 1 else list(found) or None


def _assertions(row: JsonObject) -> list[JsonObject]:
    return [
        {
            "type": _text(_dict(component.get("assertion")).get("type")),
            "metric": _text(_dict(component.get("assertion")).get("metric")),
            "pass": component.get("pass") is True,
            "score": _number(component.get("score")),
            "reason": _text(component.get("reason")),
        }
        for component in _components(row)
    ]


def _components(row: JsonObject) -> list[JsonObject]:
    components = _dict(row.get("gradingResult")).get("componentResults")
    return [part for part in components if isinstance(part, dict)] if isinstance(components, list) else []


def _is_error(row: JsonObject) -> bool:
    """Whether the provider failed, so that there is nothing to correct."""
    if row["success"]:
        return False
    reason = row.get("failureReason")
    return reason == _ERROR or (reason is None and row.get("gradingResult") is None and bool(row.get("error")))


def _item(row: JsonObject) -> str | None:
    """Which test and prompt it is; `promptIdx` counts every prompt of every provider."""
    test, prompt = row.get("testIdx"), row.get("promptIdx")
    return f"{test}.{prompt}" if type(test) is int and type(prompt) is int else None


def _text_key(row: JsonObject, draft: CandidateDraft) -> str:
    """What stands for the numbers where promptfoo gave none."""
    output = _dict(row.get("response")).get("output")
    return text_key(draft.prompt_messages, former.promptfoo_response(output))


def _answer(response: JsonObject) -> tuple[str, JsonObject]:
    """The response as text, and what the card should say of it."""
    output = response.get("output")
    for key, medium in _MEDIA_KEYS.items():
        if response.get(key) and not output:
            raise _Bad(f"The response is {medium}; the desk is for text only.", "media_not_supported")
    if output is None:
        return "", {}
    if isinstance(output, str):
        _check_media(output, "The response")
        return output, {}
    calls = output if isinstance(output, list) else [output]
    if calls and all(_is_call(call) for call in calls):
        return tool_calls_text(calls), TOOL_CALLS
    return msgspec.json.encode(output).decode(), {"response_type": "json"}


def _is_call(value: Any) -> bool:  # noqa: ANN401 (JSON)
    if not isinstance(value, dict):
        return False
    return isinstance(value.get("function"), dict) or value.keys() == {"name", "arguments"}


def _prompt(row: JsonObject, prompt_field: str | None) -> list[Message]:
    if prompt_field:
        text = field_text(row, prompt_field)
        if text is None:
            raise _Bad(f"The result has no text in {prompt_field}.")
        return [{"role": "user", "content": text}]
    prompt = row.get("prompt")
    raw = prompt if isinstance(prompt, str) else _dict(prompt).get("raw")
    if not isinstance(raw, str):
        raise _Bad("prompt.raw isn't text.")
    _check_media(raw, "The prompt")
    messages = _messages(raw)
    return [{"role": "user", "content": raw}] if messages is None else check_messages(messages)


def _messages(raw: str) -> list[Any] | None:
    """The messages that a prompt is when it is a list of them in JSON or YAML; else it is one user turn."""
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


def _check_media(text: str, what: str) -> None:
    if text.startswith(_BLOB):
        raise _Bad(f"{what} is a media file; the desk is for text only.", "media_not_supported")
    if found := _MEDIA.search(text):
        raise _Bad(f"{what} holds {_NAMES[found[1]]}; the desk is for text only.", "media_not_supported")


def _metadata(row: JsonObject, test: JsonObject) -> JsonObject:
    metadata = _dict(row.get("metadata")) or _dict(test.get("metadata"))
    return {name: value for name, value in metadata.items() if not name.startswith("_promptfoo")}


def _number(value: Any) -> float | None:  # noqa: ANN401 (JSON)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _dict(value: Any) -> JsonObject:  # noqa: ANN401 (JSON)
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:  # noqa: ANN401 (JSON)
    return value if isinstance(value, str) and value else None
