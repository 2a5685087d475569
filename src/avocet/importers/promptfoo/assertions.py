"""The check of a promptfoo test: its plain assertions, which the desk can run again on another text."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from avocet.checks import Assertion, Assertions, as_json
from avocet.checks.assertions import is_plain, is_runnable
from avocet.domain import Json, JsonObject
from avocet.importers.reading.scores import score_of
from avocet.importers.reading.values import value_in

_LINKS = ("file://", "package:")
# settings that change what an assertion says of a text
_OTHERWISE = ("transform", "contextTransform", "normalizeUnicode")


def check_of(row: JsonObject, assertions: Iterable[tuple[JsonObject, Json]]) -> JsonObject | None:
    """The `check` of a result; None if it has no plain assertion, or if its output was no text.

    `assertions` are each with the value that it was given, its variables filled in.
    """
    if not isinstance(value_in(row, "response", "output"), str):
        return None
    plain: list[Assertion] = []
    others: list[str] = []
    for assertion, value in assertions:
        kind = assertion.get("type")
        if not isinstance(kind, str):
            continue
        found = _plain(kind, assertion, value)
        if found is None:
            others.append(kind)
        else:
            plain.append(found)
    if not plain:
        return None
    threshold = score_of(value_in(row, "testCase", "threshold"))
    return as_json(Assertions(assertions=tuple(plain), threshold=threshold, others=tuple(dict.fromkeys(others))))


def _plain(kind: str, assertion: JsonObject, value: Json) -> Assertion | None:
    """The assertion; None if it can't be run, or is not written out in the file."""
    if not is_plain(kind) or any(assertion.get(name) for name in _OTHERWISE) or not _is_written_out(value):
        return None
    weight = assertion.get("weight")
    fields = {"type": kind, "value": value} | ({} if weight in (None, 1) else {"weight": weight})
    try:
        made = msgspec.convert(fields, Assertion)
    except msgspec.ValidationError:
        return None
    return made if is_runnable(made) else None


def _is_written_out(value: Json) -> bool:
    """Whether a value is complete: no variable is left in it, and no text of it is a link to a file."""
    match value:
        case str():
            return "{{" not in value and "{%" not in value and not value.startswith(_LINKS)
        case list():
            return all(map(_is_written_out, value))
        case _:
            return True
