"""A person's choices of metric, threshold and prompt field, checked; and the sentence on why an item failed."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from avocet.domain import Json
from avocet.errors import InvalidRequest
from avocet.importers.base import ImportOptions, Metric, SourceInfo
from avocet.importers.reading.scores import INFINITE, score_of
from avocet.importers.reading.values import value_in

LONGEST_QUOTE = 200


class Choice(msgspec.Struct, frozen=True):
    """The metric in force and its threshold; `is_default` says that the person set no threshold."""

    metric: Metric
    threshold: float
    is_default: bool = True


def choose_metric(options: ImportOptions, metrics: Sequence[Metric], default: str | None = None) -> Choice | None:
    """The metric that decides: the person's, else the default, else the first. None if the files have no metric.

    Raises:
        InvalidRequest: the person named a metric that the files don't have; lists those they have.
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


def with_choice(info: SourceInfo, choice: Choice | None) -> SourceInfo:
    """The source's description with the metric and threshold in force."""
    if choice:
        info.metric, info.threshold = choice.metric.name, choice.threshold
    return info


def check_prompt_field(options: ImportOptions, fields: Sequence[str]) -> str | None:
    """The field that the person wants to see as the prompt; None if they named none.

    Raises:
        InvalidRequest: the items don't have that field; lists those they have.
    """
    if options.prompt_field and options.prompt_field not in fields:
        raise InvalidRequest(f"The items have no field {options.prompt_field!r:.200}. {_known(list(fields))}")
    return options.prompt_field or None


def _known(names: list[str]) -> str:
    return f"They have: {', '.join(names)}." if names else "They have none."


def field_text(item: Json, path: str) -> str | None:
    """The text at a dotted path of an item; None if there is no text at it."""
    value = value_in(item, *path.split("."))
    return value if isinstance(value, str) else None


def text_fields(item: Json, *, under: str) -> list[str]:
    """The dotted paths of the texts in an object, which stands under the name `under`."""
    if not isinstance(item, dict):
        return []
    return [f"{under}.{name}" for name, value in item.items() if isinstance(value, str) and "." not in name]


def missed(
    name: str, value: object, passes_at: float, answered: object, expected: object, *, or_less: bool = False
) -> str:
    """Why an item failed, in one sentence: `match I (passes at 1): answered "71", expected "72"`.

    White space is kept, since it may be the only reason why the answer failed.
    """
    verdict = f"{name:.100} {score_text(value)} (passes at {passes_at:g}{' or less' if or_less else ''})"
    facts = [
        f"{verb} {quote(fact)}"
        for verb, fact in (("answered", answered), ("expected", expected))
        if fact not in (None, []) and (fact != "" or verb == "answered")
    ]
    return f"{verdict}: {', '.join(facts)}" if facts else verdict


def quote(value: object) -> str:
    """A text in quotes, cut to a bearable length; of a list, each of the first five."""
    if isinstance(value, list):
        return " or ".join(quote(item) for item in value[:5]) + (" or others" if len(value) > 5 else "")
    text = str(value)
    return f'"{text[:LONGEST_QUOTE]}{"…" if len(text) > LONGEST_QUOTE else ""}"'


def score_text(value: object) -> str:
    """A score as a sentence shows it."""
    number = score_of(value)
    if number is not None and math.isinf(number):
        return INFINITE if number > 0 else f"-{INFINITE}"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:g}" if is_number else f"{value!s:.40}"
