"""The meaning of a row's `target`: the right answer, the tests of a program, or nothing at all.

A task must name a target even if it has none: IFEval writes `0`, TruthfulQA a blank, HumanEval its unit tests.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from avocet.domain import Json, JsonObject
from avocet.importers.lm_eval.rows import metric_names
from avocet.importers.reading.literals import literal
from avocet.importers.reading.references import reference_or_none, unit_tests_in
from avocet.importers.reading.values import mapping

_RUNS_TESTS = ("pass@", "pass_at_")
_PLACEHOLDERS = frozenset({"0", "-1", "none", "null", "nan", "n/a", "na", "-", "dummy", "placeholder", "[]", "{}"})
_CODE = re.compile(r"\n|\w\(|==")
_CHECKED_BY_RULES = "instruction_id_list"
_BEST = "best_answer"


class Target(NamedTuple):
    """The reference, or the tests in its place."""

    reference: Any = None
    tests: str | None = None


def target_of(row: JsonObject, constant: str | None) -> Target:
    """The target of a generated answer; `constant` is the one that its task writes for every document, if any."""
    target, doc = _listed(row.get("target")), mapping(row.get("doc"))
    tests = unit_tests_in(target)
    if tests is None and isinstance(target, str) and any(name.startswith(_RUNS_TESTS) for name in metric_names(row)):
        # a number or a word is an answer, not a test: pass@k then says that one of several was right
        tests = target if _CODE.search(target) else None
    if tests is not None:
        return Target(tests=tests)
    reference = None if _is_placeholder(target, doc, constant) else reference_or_none(target)
    if reference is None and isinstance(doc.get(_BEST), str):
        reference = reference_or_none(doc[_BEST])
    return Target(reference)


def _listed(target: Json) -> Json:
    """The expected answers; a list of several may be written with Python's `repr`."""
    value = target
    if isinstance(target, str) and target.startswith(("['", '["')):
        try:
            value = literal(target)
        except ValueError:
            return target
    is_texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return list(dict.fromkeys(value)) if is_texts else target


def _is_placeholder(target: Json, doc: JsonObject, constant: str | None) -> bool:
    """Whether a target only fills its place: the task says so, or nothing in the document is like it."""
    if isinstance(target, list | dict):
        return False
    text = str(target).strip()
    if constant is not None and text == constant.strip():
        return True
    return text.casefold() in _PLACEHOLDERS and (_CHECKED_BY_RULES in doc or not _says(doc, text))


def _says(value: Json, text: str) -> bool:
    """Whether a text stands in a document as a word of its own."""
    match value:
        case dict():
            return any(_says(item, text) for item in value.values())
        case list():
            return any(_says(item, text) for item in value)
        case str():
            return re.search(rf"(?<![\w.]){re.escape(text)}(?![\w.]*\w)", value) is not None
        case _:
            return str(value) == text
