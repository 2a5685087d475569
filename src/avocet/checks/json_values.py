"""The JSON in an answer, and whether it is of a schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import msgspec

from avocet.checks.kinds import InvalidCheck, JsonSchema
from avocet.checks.results import Part
from avocet.domain import Json
from avocet.errors import NotInstalled
from avocet.json_text import is_deep

MOST_TOLD = 200
_WANTED = "the answer is JSON of the schema"
TOO_DEEP = "nested too deeply to be checked"
Problem = Callable[[Json], str | None]
"""Says what is wrong with a JSON value; None if nothing is."""
_decoder = json.JSONDecoder()


class NoJson(NamedTuple):
    """Why there is no JSON value."""

    reason: str


def schema_look(check: JsonSchema) -> Callable[[str], Part]:
    """Look whether an answer is JSON of the schema.

    Raises:
        InvalidCheck: the schema is none, or refers to what it doesn't hold.
        NotInstalled: a package is missing.
    """
    problem_of = problem_finder(check.schema)

    def look(text: str) -> Part:
        value = _json_of(text.strip())
        problem = value.reason if isinstance(value, NoJson) else problem_of(value)
        return Part("json_schema", _WANTED, not problem, f"json_schema: {_short(problem)}" if problem else None)

    return look


def problem_finder(schema: Json) -> Problem:
    """A function that says where a JSON value breaks the schema; it never raises.

    Raises:
        InvalidCheck: the schema is none, or refers to what it doesn't hold.
        NotInstalled: a package is missing.
    """
    validator = _validator(schema)

    def problem_of(value: Json) -> str | None:
        try:
            return _best(validator, value)
        # a hostile value may be too deep, or a number that can't be divided: wrong all the same
        except Exception as error:
            return f"the value can't be checked: {error}"

    return problem_of


def decoded(text: str) -> Json | NoJson:
    """The text as JSON."""
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return NoJson("it is not JSON")
    return NoJson(TOO_DEEP) if is_deep(value) else value


def objects_in(text: str) -> Iterator[Json]:
    """Each JSON object or list in braces that stands somewhere in the text, outermost first."""
    at = text.find("{")
    while at >= 0:
        try:
            value, end = _decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if not is_deep(value):
                yield value
        at = text.find("{", end)


def _json_of(text: str) -> Json | NoJson:
    """The text as JSON, else its first fenced block of JSON."""
    fenced = _fenced(text)
    for candidate in (text, fenced):
        if candidate is None:
            continue
        value = decoded(candidate)
        if not isinstance(value, NoJson) or value.reason == TOO_DEEP:
            return value
    return NoJson("the answer is not JSON" if fenced is None else "the fenced block is not JSON")


def _fenced(text: str) -> str | None:
    """The content of the first block fenced as JSON, or without a language; None if there is none."""
    blocks = text.split("```")
    # closed blocks only: every second piece, but not the last piece
    for block in blocks[1:-1:2]:
        info, _, content = block.partition("\n")
        if info.strip().lower() in ("", "json"):
            return content
    return None


def load_validators() -> None:
    """Load what schemas need, if it is installed, so that no check has to wait for it."""
    with suppress(ImportError):
        import referencing.jsonschema  # noqa: F401


def _validator(schema: Json) -> Any:  # noqa: ANN401 (jsonschema's)
    try:
        from jsonschema.validators import validator_for
        from referencing import Registry
        from referencing.exceptions import Unresolvable
        from referencing.jsonschema import DRAFT202012
    except ImportError:
        raise NotInstalled("A check by JSON schema needs a package: pip install 'avocet-desk[bench]'") from None
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


def _best(validator: Any, value: Json) -> str | None:  # noqa: ANN401 (jsonschema's)
    from jsonschema.exceptions import best_match

    error = best_match(validator.iter_errors(value))
    return None if error is None else f"{error.json_path}: {error.message}"


def _short(text: str) -> str:
    return text if len(text) <= MOST_TOLD else text[: MOST_TOLD - 1] + "…"
