"""The checks of an answer, and the reason if one fails, in the words that the review page reads."""

from __future__ import annotations

import json
import math
import re
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Meta

from avocet.domain import Json, JsonObject
from avocet.errors import Prerequisite
from avocet.json_text import is_deep

MOST_TOLD = 200
# for the rounding of floats that were both written in decimals
_SLACK = 1e-9
_LONGEST_NUMBER = 400
_NUMBER = re.compile(
    r"(?<!\w)(?<!\d\.)"  # not the 2 of H2O, nor the 3 of 1.2.3
    r"(?=[-+\N{MINUS SIGN}]?\.?\d)"
    r"(?:(?<![)\]])[-+\N{MINUS SIGN}])?"  # the minus of 7-4 and of (7)-4 is no sign
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)?(?:\.\d+)?(?:[eE][-+]?\d+)?"
)

Outcome = Literal["passed", "failed", "unscored"]


class NumberCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last number of the answer is `value`, or is off by no more than `tolerance`."""

    value: float
    tolerance: Annotated[float, Meta(ge=0)] = 0.0


class Expected(NamedTuple):
    """The checks of one task, as its line gives them."""

    required: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    max_words: int | None = None
    json_schema: JsonObject | None = None
    number: NumberCheck | None = None


class Verdict(NamedTuple):
    """What the checks say about one answer. Without checks `score` is None; if it passed, `reason` is."""

    score: float | None
    reason: str | None = None

    @property
    def outcome(self) -> Outcome:
        if self.score is None:
            return "unscored"
        return "passed" if self.reason is None else "failed"


class InvalidCheck(ValueError):
    """A check that can't be made; the message says which and why."""


class Checks:
    """The checks of one task, ready to be run.

    Raises:
        InvalidCheck: a pattern or the schema is invalid.
        Prerequisite: the schema needs a package.
    """

    def __init__(self, expected: Expected) -> None:
        self._expected = expected
        self._required = [_compile(pattern) for pattern in expected.required]
        self._forbidden = [_compile(pattern) for pattern in expected.forbidden]
        self._wanted: list[Callable[[str], str | None]] = []
        if expected.json_schema is not None:
            self._wanted.append(partial(_json_problem, _validator(expected.json_schema)))
        if expected.number is not None:
            self._wanted.append(partial(_number_problem, expected.number))
        self._is_empty = not any(value or value == {} for value in expected)

    def verdict(self, response: str) -> Verdict:
        """Check a response. The score is the share of checks that held; a broken rule counts as one more check."""
        if self._is_empty:
            return Verdict(None)
        text = response.strip()
        missing = [pattern.pattern for pattern in self._required if not pattern.search(text)]
        found = [pattern.pattern for pattern in self._forbidden if pattern.search(text)]
        too_long = self._too_long(text)
        wanted = [problem_of(text) for problem_of in self._wanted]
        held = len(self._required) - len(missing) + wanted.count(None)
        total = len(self._required) + len(wanted) + len(found) + bool(too_long)
        reasons = [*self._reasons(missing, found, too_long), *filter(None, wanted)]
        return Verdict(round(held / total, 3) if total else 1.0, "; ".join(reasons) or None)

    def _reasons(self, missing: list[str], found: list[str], too_long: str | None) -> list[str]:
        lists = (("missing", missing), ("forbidden", found))
        lines = [f"{name}: {json.dumps(patterns, ensure_ascii=False)}" for name, patterns in lists if patterns]
        lines += [too_long] if too_long else []
        total = len(self._required)
        head = [f"pattern_match: {total - len(missing)}/{total} required patterns matched"] if total and lines else []
        return head + lines

    def _too_long(self, text: str) -> str | None:
        most = self._expected.max_words
        words = len(text.split()) if most is not None else 0
        return f"{words} words, at most {most}" if most is not None and words > most else None


def _json_problem(validator: Any, text: str) -> str | None:  # noqa: ANN401 (jsonschema's)
    value = _json_of(text)
    if isinstance(value, _NoJson):
        return f"json_schema: {value.reason}"
    try:
        problem = _best(validator, value)
    # a hostile value may be too deep, or a number that can't be divided: wrong all the same
    except Exception as error:
        problem = f"the value can't be checked: {error}"
    return f"json_schema: {_short(problem)}" if problem else None


def _number_problem(wanted: NumberCheck, text: str) -> str | None:
    expected = f"{wanted.value:.15g}" + (f" (± {wanted.tolerance:.15g})" if wanted.tolerance else "")
    found = last_number(text)
    if found is None:
        return f"number: none in the answer, expected {expected}"
    if abs(found - wanted.value) <= wanted.tolerance + _SLACK * max(1.0, abs(wanted.value)):
        return None
    return f"number: the last one is {found:.15g}, expected {expected}"


def last_number(text: str) -> float | None:
    """The last number of a text, with point, commas, sign and exponent; None if there is none."""
    last = None
    for match in _NUMBER.finditer(text):
        last = match[0]
    if last is None:
        return None
    if len(last) > _LONGEST_NUMBER:
        return math.inf
    return float(last.replace(",", "").replace("\N{MINUS SIGN}", "-"))


def _compile(pattern: str) -> re.Pattern[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise InvalidCheck(f"The pattern {pattern!r:.120} does not compile: {error}.") from None


class _NoJson(NamedTuple):
    reason: str


def _json_of(text: str) -> Json:
    """The text as JSON, else its first fenced block of JSON."""
    fenced = _fenced(text)
    for candidate in (text, fenced):
        if candidate is None:
            continue
        try:
            value = msgspec.json.decode(candidate)
        except (msgspec.DecodeError, RecursionError):
            continue
        return _NoJson("nested too deeply to be checked") if is_deep(value) else value
    return _NoJson("the answer is not JSON" if fenced is None else "the fenced block is not JSON")


def _fenced(text: str) -> str | None:
    """The content of the first block fenced as JSON, or without a language; None if there is none."""
    blocks = text.split("```")
    # closed blocks only: every second piece, but not the last piece
    for block in blocks[1:-1:2]:
        info, _, content = block.partition("\n")
        if info.strip().lower() in ("", "json"):
            return content
    return None


def _validator(schema: JsonObject) -> Any:  # noqa: ANN401 (jsonschema's)
    try:
        from jsonschema.validators import validator_for
        from referencing import Registry
        from referencing.exceptions import Unresolvable
        from referencing.jsonschema import DRAFT202012
    except ImportError:
        sentence = "A task with json_schema needs a package: pip install 'avocet-desk[bench]'"
        raise Prerequisite(sentence) from None
    # a registry of its own: a $ref to an address is refused instead of fetched
    registry: Any = Registry()
    try:
        kind = validator_for(schema)
        kind.check_schema(schema)
        resolver = registry.resolver_with_root(DRAFT202012.create_resource(schema))
        for ref in _refs(schema):
            resolver.lookup(ref)
    except Unresolvable as error:
        raise InvalidCheck(f"json_schema refers to {error.ref!r:.120}, which it does not hold.") from None
    # for an invalid schema the library raises errors of many kinds
    except Exception as error:
        fault = _short(str(getattr(error, "message", error)))
        raise InvalidCheck(f"json_schema is no JSON schema: {fault}.") from None
    return kind(schema, registry=registry)


def _refs(schema: Json) -> Iterator[str]:
    match schema:
        case dict():
            ref = schema.get("$ref")
            yield from [ref] if isinstance(ref, str) else []
            yield from (found for value in schema.values() for found in _refs(value))
        case list():
            yield from (found for value in schema for found in _refs(value))


def _best(validator: Any, value: Any) -> str | None:  # noqa: ANN401 (jsonschema's, JSON)
    from jsonschema.exceptions import best_match

    error = best_match(validator.iter_errors(value))
    return None if error is None else f"{error.json_path}: {error.message}"


def _short(text: str) -> str:
    return text if len(text) <= MOST_TOLD else text[: MOST_TOLD - 1] + "…"
