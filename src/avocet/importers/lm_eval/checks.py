"""The check of a task that compares by `exact_match`, as its configuration in the results file tells it.

Only what is wholly known becomes a check: the metric's own options, and the filters `regex` and `take_first`, as
lm-eval applies them (`lm_eval/api/metrics.py`, `lm_eval/filters/extraction.py`).
"""

from __future__ import annotations

import msgspec

from avocet.checks import Exact, as_json
from avocet.domain import Json, JsonObject
from avocet.importers.lm_eval.results import Results
from avocet.importers.reading.values import items, mapping, objects

_METRIC = "exact_match"
_OPTIONS = {"ignore_case": "ignore_case", "ignore_punctuation": "ignore_punctuation", "regexes_to_ignore": "without"}
_SAID = {"metric", "aggregation", "higher_is_better"}
# with one of these, the task scores in its own way
_OWN_WAY = ("process_results", "doc_to_choice")
_NO_MATCH = "[invalid]"


class TaskCheck:
    """How the answers of a task are compared in a filter; `of` makes the check of one document."""

    def __init__(self, results: Results, task: str, metric: str, filter_name: str | None) -> None:
        config = mapping(results.of("configs", task))
        self._exact = _exact(config, filter_name) if metric == _METRIC else None

    def of(self, reference: Json) -> JsonObject | None:
        """The `check` of a document with this reference; None if it is not certain."""
        expected = [reference] if isinstance(reference, str) else items(reference)
        if self._exact is None or not expected or not all(isinstance(text, str) for text in expected):
            return None
        return as_json(msgspec.structs.replace(self._exact, expected=tuple(expected)))


def _exact(config: JsonObject, filter_name: str | None) -> Exact | None:
    metrics = [one for one in objects(config.get("metric_list")) if one.get("metric") == _METRIC]
    if config.get("output_type") != "generate_until" or len(metrics) != 1 or any(map(config.get, _OWN_WAY)):
        return None
    options = {name: value for name, value in metrics[0].items() if name not in _SAID}
    filters = _filters(config, filter_name)
    if filters is None or not options.keys() <= _OPTIONS.keys():
        return None
    made = {_OPTIONS[name]: value for name, value in options.items() if value is not None}
    extract = next((one for one in filters if one.get("function") == "regex"), None)
    if extract is not None:
        made["extract"] = {
            "pattern": extract.get("regex_pattern"),
            "which": extract.get("group_select", 0),
            "fallback": extract.get("fallback", _NO_MATCH),
        }
    try:
        return msgspec.convert({"kind": "exact", "expected": [""], "trim": "nothing", **made}, Exact)
    except msgspec.ValidationError:
        return None


def _filters(config: JsonObject, name: str | None) -> list[JsonObject] | None:
    """The steps of a filter by name: `take_first`, perhaps after one `regex`. None if there are others."""
    listed = config.get("filter_list")
    if not listed:
        return []
    found = [one for one in objects(listed) if one.get("name") == name]
    steps = objects(found[0].get("filter")) if len(found) == 1 else []
    functions = [step.get("function") for step in steps]
    if functions not in (["take_first"], ["regex", "take_first"]):
        return None
    extra = {key for step in steps for key in step} - {"function", "regex_pattern", "group_select", "fallback"}
    return None if extra else steps
