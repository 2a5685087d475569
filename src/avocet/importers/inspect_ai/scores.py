"""Scores of Inspect logs: a scorer gives a grade, a number, or several by name; one of them decides."""

from __future__ import annotations

from collections.abc import Iterable

from avocet.domain import Json, JsonObject
from avocet.importers.base import Metric
from avocet.importers.reading.scores import score_of
from avocet.importers.reading.values import items, mapping, value_in

_GRADES = {"C": 1.0, "P": 0.5, "I": 0.0, "N": 0.0}
_WORDS = {"yes": 1.0, "true": 1.0, "no": 0.0, "false": 0.0}


def flatten(scores: Json) -> JsonObject:
    """The scores of a sample by name; several of one scorer are called `scorer.name`."""
    flat: JsonObject = {}
    for scorer, score in mapping(scores).items():
        match value_in(score, "value"):
            case dict() as values:
                flat.update({f"{scorer}.{name}": value for name, value in values.items()})
            case list() as values:
                flat.update({f"{scorer}.{number}": value for number, value in enumerate(values)})
            case value:
                flat[scorer] = value
    return flat


def number(value: Json) -> float | None:
    """A score as Inspect's `value_to_float` reads it; None where Inspect would guess 0."""
    match value:
        case bool() | int() | float():
            return score_of(value)
        case str() if value in _GRADES:
            return _GRADES[value]
        case str() if value.lower() in _WORDS:
            return _WORDS[value.lower()]
        case str():
            return _cast(value)
        case _:
            return None


def _cast(text: str) -> float | None:
    try:
        return score_of(float(text))
    except ValueError:
        return None


def scorer_of(metric: str, scores: Json) -> JsonObject:
    """The score, with its explanation and answer, that a metric is part of."""
    scores = mapping(scores)
    # a scorer's own name may hold a dot
    return mapping(scores.get(metric, scores.get(metric.rpartition(".")[0])))


def metrics_of(results: Json, seen: Iterable[JsonObject]) -> list[Metric]:
    """The metrics of a log, the deciding one first: those its results name, then those in its first samples."""
    in_samples = list(dict.fromkeys(name for scores in seen for name in scores))
    results = mapping(results)
    entries = [results.get("headline"), *items(results.get("scores"))]
    in_results = [name for entry in entries if (name := _name(entry, in_samples))]
    return [Metric(name) for name in dict.fromkeys([*in_results, *in_samples])]


def _name(entry: Json, in_samples: list[str]) -> str | None:
    """The samples' name for a score of the results: `{scorer: "rubric", name: "quality"}` is `rubric.quality`."""
    if not isinstance(entry, dict):
        return None
    scorer, name = entry.get("scorer"), entry.get("name", entry.get("score"))
    if not isinstance(scorer, str) or not isinstance(name, str):
        return None
    possible = (f"{scorer}.{name}", name, scorer)
    found = next((candidate for candidate in possible if candidate in in_samples), None)
    return found or (name if name == scorer else f"{scorer}.{name}")
