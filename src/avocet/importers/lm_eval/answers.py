"""The prompt and the answer of a row, by the kind of its requests.

`arguments` are the requests: `{"gen_args_0": {"arg_0": prompt, "arg_1": …}}`, up to 0.4.2 `[[prompt, …]]`. The second
argument shows the kind: generation settings, or a text whose likelihood was measured.
"""

from __future__ import annotations

from typing import Any

import msgspec

from avocet.domain import Json, JsonObject
from avocet.importers.base import InvalidItem
from avocet.importers.lm_eval.rows import number
from avocet.importers.lm_eval.targets import target_of
from avocet.importers.reading.literals import literal
from avocet.importers.reading.messages import OtherMedium
from avocet.importers.reading.scores import storable
from avocet.importers.reading.values import items, several

Request = list[Any]


class Answer(msgspec.Struct):
    """A row's prompt, as the harness wrote it, and answer; `extracted` is None if it is the same as `response`."""

    prompt: Any
    response: str
    extracted: str | None = None
    reference: Any = None
    details: JsonObject = {}


def requests_of(row: JsonObject) -> list[Request]:
    """The requests of a row, each a list of its arguments.

    Raises:
        InvalidItem: there are no requests.
        OtherMedium: they hold another medium than text.
    """
    arguments = row.get("arguments")
    calls = list(arguments.values()) if isinstance(arguments, dict) else arguments
    if not isinstance(calls, list) or not calls:
        raise InvalidItem("arguments holds no request.")
    return [_request(call) for call in calls]


def _request(call: Json) -> Request:
    request = list(call.values()) if isinstance(call, dict) else call
    if not isinstance(request, list) or not request:
        raise InvalidItem("arguments holds a request without a prompt.")
    if media := [name for extra in request[2:] if isinstance(extra, dict) for name in extra]:
        raise OtherMedium(f"The prompt holds {', '.join(media):.100}")
    return request


def is_measured(requests: list[Request]) -> bool:
    """Whether only the likelihood of one text was measured, so that there is no answer."""
    return len(requests) == 1 and len(requests[0]) > 1 and isinstance(requests[0][1], str)


def is_rolling(requests: list[Request]) -> bool:
    """Whether the requests measure the perplexity of a text, which is then the whole request."""
    return all(len(request) == 1 for request in requests)


def has_no_answer(requests: list[Request], *, is_scored: bool) -> bool:
    """Whether only likelihoods were measured, of one text or of the whole request, so nothing is there to review."""
    return is_measured(requests) or (not is_scored and is_rolling(requests))


def answer_of(row: JsonObject, requests: list[Request], metric: str, constant: str | None = None) -> Answer:
    """The answer of a row; `constant` is the target that its task writes for every document, if it has one.

    Raises:
        InvalidItem: the row has no answer.
    """
    if len(requests) > 1 and all(len(request) > 1 and isinstance(request[1], str) for request in requests):
        return _choice(row, requests, metric)
    return _generation(row, requests, constant)


def _generation(row: JsonObject, requests: list[Request], constant: str | None) -> Answer:
    responses = _flat(row.get("resps"))
    if not responses:
        raise InvalidItem("resps holds no text.")
    extracted = extracted_answer(row)
    settings = requests[0][1] if len(requests[0]) > 1 else None
    target = target_of(row, constant)
    return Answer(
        requests[0][0],
        responses[0],
        extracted if extracted != responses[0] else None,
        target.reference,
        {"tests": target.tests, "parameters": settings, "other_responses": responses[1:]},
    )


def extracted_answer(row: JsonObject) -> str | None:
    """The text that the filter took out of the response; None if there is none."""
    filtered = _flat(row.get("filtered_resps"))
    return filtered[0] if filtered else None


def _flat(responses: Json) -> list[str]:
    """The texts of a list of lists of responses; empty if one of them is not text."""
    texts: list[str] = []
    for item in items(responses):
        for part in several(item):
            if not isinstance(part, str):
                return []
            texts.append(part)
    return texts


def _choice(row: JsonObject, requests: list[Request], metric: str) -> Answer:
    """The answer to multiple choice: the likelihood of each choice was measured, and the likeliest is the answer."""
    half = len(requests) // 2
    if [["", request[1]] for request in requests[:half]] == requests[half:]:
        # for acc_mutual_info every choice is measured once more without the question
        requests = requests[:half]
    prompt, choices = _choices(requests)
    likelihoods = _likelihoods(row.get("filtered_resps"), len(choices))
    weighed = [
        value / max(len(choice), 1) if metric.startswith("acc_norm") else value
        for value, choice in zip(likelihoods, choices, strict=True)
    ]
    chosen = max(range(len(choices)), key=weighed.__getitem__)
    same_question = all(request[0] == requests[0][0] for request in requests)
    gold = _gold(row.get("target"), choices) if same_question else _other(chosen, choices)
    return Answer(prompt, choices[chosen], None, gold, {"choices": choices, "loglikelihoods": storable(likelihoods)})


def _choices(requests: list[Request]) -> tuple[Any, list[str]]:
    """The prompt and the choices; if the prompts differ, the choices are within them."""
    prompts = [request[0] for request in requests]
    if all(prompt == prompts[0] for prompt in prompts):
        return prompts[0], [request[1].strip() for request in requests]
    if not all(isinstance(prompt, str) for prompt in prompts):
        raise InvalidItem("arguments holds different prompts for its choices.")
    shared = _shared(min(prompts), max(prompts))
    return shared.rstrip(), [(request[0] + request[1])[len(shared) :] for request in requests]


def _shared(one: str, other: str) -> str:
    """The words with which two texts both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    differs = next((place for place, pair in pairs if pair[0] != pair[1]), len(one))
    return one[: one[:differs].rfind(" ") + 1]


def _likelihoods(filtered: Json, count: int) -> list[float]:
    """Log-likelihoods as 0.4.3 and later write them, `["-35.67", "False"]`, or as before, `[-35.67, false]`."""
    values = [item[0] if isinstance(item, list) and item else None for item in items(filtered)[:count]]
    found = [value for value in map(number, values) if value is not None]
    if len(found) < count:
        raise InvalidItem("filtered_resps holds no likelihood for every choice.")
    return found


def _gold(target: Json, choices: list[str]) -> Json:
    """The text of the right choice or choices; the target is a number, also as text, or the choice's text."""
    if isinstance(target, str) and (target.isdigit() or target.startswith("[")):
        try:
            target = literal(target)
        except ValueError:
            return target
    numbers = several(target)
    if not all(isinstance(index, int) and 0 <= index < len(choices) for index in numbers):
        return target.strip() if isinstance(target, str) else target
    texts = [choices[index] for index in numbers]
    return texts if isinstance(target, list) else texts[0]


def _other(chosen: int, choices: list[str]) -> str | None:
    """Of two choices within the question, the one that was not chosen, since the row doesn't name the right one."""
    return choices[1 - chosen] if len(choices) == 2 else None
