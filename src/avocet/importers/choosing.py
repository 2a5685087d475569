"""What a person may choose about a file's scores and prompts, checked; and how a failure is told."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from avocet.domain import Json
from avocet.errors import InvalidRequest
from avocet.importers.base import ImportOptions, Metric
from avocet.importers.reading.scores import INFINITE, score_of

LONGEST_QUOTE = 200


class Choice(msgspec.Struct, frozen=True):
    """The metric in force and its threshold; `is_default` where the person set no threshold."""

    metric: Metric
    threshold: float
    is_default: bool = True


def choose_metric(options: ImportOptions, metrics: Sequence[Metric], default: str | None = None) -> Choice | None:
    """The metric that decides: the person's, else the default, else the first; none where the files have none.

    Raises:
        InvalidRequest: the person named one that the files don't have; lists those they have.
    """
    names = [metric.name for metric in metrics]
    if options.metric and options.metric not in names:
        raise InvalidRequest(f"There is no metric {options.metric!r:.200} in these files. {_known(names)}")
    name = options.metric or default
    metric = next((metric for metric in metrics if metric.name == name), metrics[0] if metrics else None)
    if metric is None:
        return None
    if options.threshold is not None:
        return Choice(metric, options.threshold, is_default=False)
    return Choice(metric, 1.0 if metric.threshold is None else metric.threshold)


def check_prompt_field(options: ImportOptions, fields: Sequence[str]) -> str | None:
    """The field that the person wants to see as the prompt.

    Raises:
        InvalidRequest: the items don't have it; lists those they have.
    """
    if options.prompt_field and options.prompt_field not in fields:
        raise InvalidRequest(f"The items have no field {options.prompt_field!r:.200}. {_known(list(fields))}")
    return options.prompt_field or None


def _known(names: list[str]) -> str:
    return f"They have: {', '.join(names)}." if names else "They have none."


def field_text(item: Json, path: str) -> str | None:
    """The text at a dotted path of an item; none where there is no text."""
    value = item
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value if isinstance(value, str) else None


def text_fields(item: Json, *, under: str) -> list[str]:
    """The dotted paths of an object's texts."""
    if not isinstance(item, dict):
        return []
    return [f"{under}.{name}" for name, value in item.items() if isinstance(value, str) and "." not in name]


def missed(
    name: str, value: object, passes_at: float, answered: object, expected: object, *, or_less: bool = False
) -> str:
    """Why an item failed, in one sentence: `match I (passes at 1): answered "71", expected "72"`.

    White space is kept: it may be all that the answer failed by.
    """
    told = f"{name:.100} {told_score(value)} (passes at {passes_at:g}{' or less' if or_less else ''})"
    facts = [
        f"{verb} {quote(fact)}"
        for verb, fact in (("answered", answered), ("expected", expected))
        if fact not in (None, []) and (fact != "" or verb == "answered")
    ]
    return f"{told}: {', '.join(facts)}" if facts else told


def quote(value: object) -> str:
    """A text in quotes and not endless; of several, each."""
    if isinstance(value, list):
        return " or ".join(quote(item) for item in value[:5]) + (" or others" if len(value) > 5 else "")
    text = str(value)
    return f'"{text[:LONGEST_QUOTE]}{"…" if len(text) > LONGEST_QUOTE else ""}"'


def told_score(value: object) -> str:
    """A score in a sentence."""
    number = score_of(value)
    if number is not None and math.isinf(number):
        return INFINITE if number > 0 else f"-{INFINITE}"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:g}" if is_number else f"{value!s:.40}"
