"""The kinds of a check. Their JSON is what a candidate's `check` holds: `{"kind": "patterns", "required": [...]}`."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias, get_args

import msgspec
from msgspec import Meta

from avocet.domain import Json, JsonObject

Texts = tuple[str, ...]
Trim = Literal["nothing", "space", "punctuation"]
"""What is taken off both ends of a text: nothing, white space, or white space and ASCII punctuation."""


class InvalidCheck(ValueError):
    """A check that can't be made; the message says which and why."""


class _Shape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The base of all shapes. A field that this version doesn't know makes a check unreadable, never a weaker one."""


class _Kind(_Shape, frozen=True, kw_only=True, tag_field="kind"):
    """The base of all kinds."""


class Patterns(_Kind, frozen=True, kw_only=True, tag="patterns"):
    """Each of the required patterns is found, none of the forbidden ones is, and the answer is short enough.

    Patterns are Python's, searched in the stripped answer ignoring case. Words are separated by white space.
    """

    required: Texts = ()
    forbidden: Texts = ()
    max_words: Annotated[int, Meta(ge=0)] | None = None


class MissingPatterns(_Kind, frozen=True, kw_only=True, tag="missing_patterns"):
    """What a failure reason tells of a check by patterns: those that were missing, or forbidden and found.

    How many others the check has is unknown, so its result never speaks of all of them.
    """

    missing: Texts = ()
    forbidden: Texts = ()
    max_words: Annotated[int, Meta(ge=0)] | None = None


class Extract(_Shape, frozen=True, kw_only=True):
    """Which part of an answer is compared: the match number `which` of a Python pattern, -1 being the last.

    If the pattern has groups, the first that took part is meant. `fallback` is compared if nothing matches.
    """

    pattern: str
    which: int = 0
    fallback: str = ""


class Exact(_Kind, frozen=True, kw_only=True, tag="exact"):
    """The answer is one of the expected texts.

    Both are first freed of what `without` (Python patterns) matches, of case, and of all ASCII punctuation, as said.
    """

    expected: Annotated[Texts, Meta(min_length=1)]
    extract: Extract | None = None
    without: Texts = ()
    ignore_case: bool = False
    ignore_punctuation: bool = False
    trim: Trim = "space"


class Includes(_Kind, frozen=True, kw_only=True, tag="includes"):
    """The answer holds one of the expected texts: anywhere, at its start or at its end."""

    expected: Annotated[Texts, Meta(min_length=1)]
    at: Literal["anywhere", "start", "end"] = "anywhere"
    ignore_case: bool = False
    trim: Trim = "nothing"


class Number(_Kind, frozen=True, kw_only=True, tag="number"):
    """The last number of the answer is `value`, or is off by no more than `tolerance`."""

    value: float
    tolerance: Annotated[float, Meta(ge=0)] = 0.0


class JsonSchema(_Kind, frozen=True, kw_only=True, tag="json_schema"):
    """The answer, or its first block fenced as JSON, is JSON of this schema."""

    schema: JsonObject


class Assertion(_Shape, frozen=True, kw_only=True):
    """One assertion of promptfoo, its variables filled in. `type` may begin with `not-`.

    A test passes whatever an assertion of weight 0 says.
    """

    type: str
    value: Json = None
    weight: Annotated[float, Meta(ge=0)] = 1.0


class Assertions(_Kind, frozen=True, kw_only=True, tag="promptfoo"):
    """The assertions of a promptfoo test (promptfoo.dev/docs/configuration/expected-outputs/deterministic).

    All of them hold or, if there is a `threshold`, so many that their share by weight reaches it. `others` are the
    types of those that need a model or a program and can't be run here.
    """

    assertions: Annotated[tuple[Assertion, ...], Meta(min_length=1)]
    threshold: float | None = None
    others: Texts = ()


class AllOf(_Kind, frozen=True, kw_only=True, tag="all"):
    """Every one of several checks holds."""

    checks: Annotated[tuple[Patterns | Exact | Includes | Number | JsonSchema, ...], Meta(min_length=1)]


CheckKind = Literal[
    "patterns", "missing_patterns", "exact", "includes", "number", "json_schema", "promptfoo", "all", "unknown"
]
"""The kinds by name; `unknown` is a check that this version can't read."""
CHECK_KINDS: Final[tuple[CheckKind, ...]] = get_args(CheckKind)
Check: TypeAlias = Patterns | MissingPatterns | Exact | Includes | Number | JsonSchema | Assertions | AllOf


def read(value: Json) -> Check | None:
    """The check in a candidate's `check`; None if there is none, or none that this version knows."""
    try:
        check: Check = msgspec.convert(value, Check)
    except (msgspec.ValidationError, RecursionError):
        return None
    return check


def as_json(check: Check) -> JsonObject:
    """What a candidate's `check` holds."""
    value: JsonObject = msgspec.json.decode(msgspec.json.encode(check))
    return value
