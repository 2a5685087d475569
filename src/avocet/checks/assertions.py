"""promptfoo's plain assertions: those that compare the output's text and need no model, program or network.

What each says was taken from promptfoo's own `src/assertions` (contains, equals, json, regex, startsWith, endsWith).
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Final

from avocet.checks.comparing import told
from avocet.checks.javascript import from_javascript
from avocet.checks.json_values import NoJson, decoded, objects_in, problem_finder
from avocet.checks.kinds import Assertion, Assertions, InvalidCheck
from avocet.checks.results import CheckResult, Part, result_of
from avocet.domain import Json
from avocet.json_text import is_deep

Holds = Callable[[str], bool]
_NOT: Final = "not-"


def assertions_look(check: Assertions) -> Callable[[str], CheckResult]:
    """Look which assertions hold.

    Raises:
        InvalidCheck: an assertion can't be run; says which.
        NotInstalled: a package is missing.
    """
    ready = [(assertion, holds_of(assertion)) for assertion in check.assertions]

    def look(text: str) -> CheckResult:
        parts = [_part(assertion, holds(text)) for assertion, holds in ready]
        return _result(check, parts)

    return look


def is_plain(kind: str) -> bool:
    """Whether an assertion of this type can be run here."""
    return kind.removeprefix(_NOT) in _MAKERS


def is_runnable(assertion: Assertion) -> bool:
    """Whether an assertion has the value that its type needs. What is slow is not tried: no pattern, no schema."""
    kind = assertion.type.removeprefix(_NOT)
    if kind not in _MAKERS:
        return False
    if kind in ("is-json", "contains-json"):
        return assertion.value is None or isinstance(assertion.value, str | dict | bool)
    if kind == "regex":
        return isinstance(assertion.value, str)
    try:
        _MAKERS[kind](assertion.value)
    except InvalidCheck:
        return False
    return True


def holds_of(assertion: Assertion) -> Holds:
    """A function that says whether the assertion holds for a text.

    Raises:
        InvalidCheck: its type or value is none that can be run.
        NotInstalled: a package is missing.
    """
    kind = assertion.type.removeprefix(_NOT)
    if kind not in _MAKERS:
        raise InvalidCheck(f"The assertion {assertion.type!r:.80} can't be run here.")
    holds = _MAKERS[kind](assertion.value)
    if assertion.type.startswith(_NOT):
        return lambda text: not holds(text)
    return holds


def texts_of(value: Json) -> tuple[str, ...]:
    """The texts of an assertion that takes several: a list, or one text with commas and, if needed, quotes."""
    if isinstance(value, str):
        rows = csv.reader([value], skipinitialspace=True)
        value = [text.strip() for row in rows for text in row]
    if not isinstance(value, list) or not value:
        raise InvalidCheck(f"An assertion that takes a list of texts has {value!r:.80}.")
    return tuple(map(_text, value))


def _part(assertion: Assertion, holds: bool) -> Part:
    wanted = assertion.type if assertion.value is None else f"{assertion.type}: {_told(assertion.value)}"
    return Part("assertion", wanted, holds, None if holds else f"does not hold: {wanted}")


def _told(value: Json) -> str:
    if isinstance(value, list):
        return told(tuple(map(str, value)))
    return "the schema" if isinstance(value, dict) else f'"{value!s:.200}"'


def _result(check: Assertions, parts: list[Part]) -> CheckResult:
    whole = result_of(parts)
    held, count = sum(part.holds for part in parts), len(parts)
    weights = [assertion.weight for assertion in check.assertions]
    share = sum(weight for weight, part in zip(weights, parts, strict=True) if part.holds) / (sum(weights) or 1.0)
    if check.threshold is None:
        passed = all(part.holds or not weight for weight, part in zip(weights, parts, strict=True))
    else:
        passed = share >= check.threshold
    sentence = f"{held} of {count} {'assertion holds' if count == 1 else 'assertions hold'}"
    if check.threshold is not None:
        sentence += f", a share of {share:.3g} (passes at {check.threshold:g})"
    sentence += "".join(f"; {part.says}" for part in parts if part.says)
    if check.others:
        sentence += f". Not run here: {', '.join(dict.fromkeys(check.others))}"
    return CheckResult(passed, bool(check.others), f"{sentence}.", whole.parts)


def _text(value: Json) -> str:
    """A text or number as JavaScript's `String` writes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidCheck(f"An assertion that takes text has {value!r:.80}.")
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e21 else repr(value)


def _equals(value: Json) -> Holds:
    if isinstance(value, dict | list):
        return lambda text: _same(decoded(text), value)
    expected = _text(value)
    return lambda text: text == expected


def _same(found: Json, value: Json) -> bool:
    """Whether two JSON values are equal; in Python alone, 1 equals true."""
    match found, value:
        case dict(), dict():
            return found.keys() == value.keys() and all(_same(found[key], value[key]) for key in found)
        case list(), list():
            return len(found) == len(value) and all(map(_same, found, value))
        case _:
            return isinstance(found, bool) == isinstance(value, bool) and bool(found == value)


def _contains(value: Json) -> Holds:
    expected = _text(value)
    if not expected:
        raise InvalidCheck("An assertion contains nothing to look for.")
    return lambda text: expected in text


def _contains_any(value: Json) -> Holds:
    expected = texts_of(value)
    return lambda text: any(one in text for one in expected)


def _contains_all(value: Json) -> Holds:
    expected = texts_of(value)
    return lambda text: all(one in text for one in expected)


def _ignoring_case(make: Callable[[Json], Holds]) -> Callable[[Json], Holds]:
    def made(value: Json) -> Holds:
        lower = [_text(one).lower() for one in value] if isinstance(value, list) else _text(value).lower()
        holds = make(lower)
        return lambda text: holds(text.lower())

    return made


def _starts_with(value: Json) -> Holds:
    expected = _text(value)
    return lambda text: text.startswith(expected)


def _ends_with(value: Json) -> Holds:
    expected = _text(value)
    return lambda text: text.endswith(expected)


def _regex(value: Json) -> Holds:
    pattern = from_javascript(_text(value))
    return lambda text: pattern.search(text) is not None


def _is_json(value: Json) -> Holds:
    problem_of = _schema(value)

    def holds(text: str) -> bool:
        found = decoded(text)
        return not isinstance(found, NoJson) and (problem_of is None or not problem_of(found))

    return holds


def _contains_json(value: Json) -> Holds:
    problem_of = _schema(value)
    return lambda text: any(problem_of is None or not problem_of(found) for found in objects_in(text))


def _schema(value: Json) -> Callable[[Json], str | None] | None:
    """What is wrong by the schema that an assertion has as an object or as YAML; None without one."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        import yaml

        try:
            value = yaml.safe_load(value)
        except (yaml.YAMLError, RecursionError, ValueError):
            value = None
    if not isinstance(value, dict | bool) or is_deep(value):
        raise InvalidCheck("The schema of an assertion can't be read.")
    return problem_finder(value)


_MAKERS: Final[dict[str, Callable[[Json], Holds]]] = {
    "equals": _equals,
    "contains": _contains,
    "icontains": _ignoring_case(_contains),
    "contains-any": _contains_any,
    "icontains-any": _ignoring_case(_contains_any),
    "contains-all": _contains_all,
    "icontains-all": _ignoring_case(_contains_all),
    "starts-with": _starts_with,
    "ends-with": _ends_with,
    "regex": _regex,
    "is-json": _is_json,
    "contains-json": _contains_json,
}
