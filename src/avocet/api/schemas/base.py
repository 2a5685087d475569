"""Types that the shapes of all requests share."""

from __future__ import annotations

import math
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, model_validator

from avocet.json_text import MAX_DEPTH, UNCARRIABLE, is_deep

MAX_KEYS = 200
MAX_VALUES = 50
"""The most values that one filter takes."""


def _storable(value: str) -> str:
    if UNCARRIABLE.search(value):
        raise ValueError("holds a NUL or half a surrogate pair, which no file or database can carry")
    return value


def _storable_json(value: JsonValue) -> JsonValue:
    if is_deep(value):
        raise ValueError(f"is nested deeper than {MAX_DEPTH}")
    _check_parts(value)
    return value


def _check_parts(value: JsonValue) -> None:
    match value:
        case str():
            _storable(value)
        case float() if not math.isfinite(value):
            raise ValueError("holds a number that JSON can't carry")
        case int() if not -(2**63) <= value < 2**63:
            raise ValueError("holds a whole number beyond 64 bits: send it as text")
        case list():
            for part in value:
                _check_parts(part)
        case dict():
            for key, part in value.items():
                _storable(key)
                _check_parts(part)


Text = Annotated[str, AfterValidator(_storable)]
Texts = Annotated[list[Text], Field(fail_fast=True)]
# made by a factory, so that a client need not send them
GivenTags = Annotated[
    Texts, Field(default_factory=list, max_length=MAX_KEYS, description="At most 20 tags, 1 to 40 characters each.")
]
GivenLines = Annotated[
    Texts, Field(default_factory=list, max_length=MAX_KEYS, description="At most 20 lines, 1 to 500 characters each.")
]
AnyJson = Annotated[JsonValue, AfterValidator(_storable_json)]


def as_list(given: Any) -> Any:  # noqa: ANN401 (whatever was sent)
    """A single value as a list of one."""
    return [given] if isinstance(given, str) else given


Label = Annotated[str, Field(min_length=1, max_length=256), AfterValidator(_storable)]
Wanted = Annotated[Text, Field(min_length=1)]
Unit = Annotated[float, Field(ge=0, le=1)]
Page = Annotated[int, Field(ge=1, le=10_000_000)]


class Strict(BaseModel):
    """A request in which each unknown key is an error; with more than `MAX_KEYS` keys there is one error in all."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _check_keys(cls, given: Any) -> Any:  # noqa: ANN401 (whatever was sent)
        if isinstance(given, dict) and len(given) > MAX_KEYS:
            raise ValueError(f"holds {len(given):,} keys, where {MAX_KEYS} are more than enough")
        return given
