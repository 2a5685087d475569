"""Patterns of a failure reason, and where they are."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from avocet.api.schemas.base import Strict
from avocet.patterns.worker import MAX_PATTERN, MAX_PATTERNS, MAX_TEXT

Pattern = Annotated[str, Field(max_length=MAX_PATTERN)]
Patterns = Annotated[list[Pattern], Field(max_length=MAX_PATTERNS)]
Kind = Literal["near", "forbidden"]


class PatternQuestion(Strict):
    """A response, and the patterns that a check missed in it or forbids."""

    response: Annotated[str, Field(max_length=MAX_TEXT)]
    missing: Patterns = []
    forbidden: Patterns = []


class PatternMark(BaseModel):
    """A stretch of the response in UTF-16 units, as a browser counts, and the number of its pattern."""

    start: int
    end: int
    kind: Kind
    number: int


class FoundPattern(BaseModel):
    """A pattern that was found, how it and the text agree, and how often."""

    pattern: str
    kind: Kind
    number: int
    how: str
    times: int


class PatternMarks(BaseModel):
    """What was found. `given_up` are patterns that take too long, or that were not looked for after those."""

    marks: list[PatternMark]
    legend: list[FoundPattern]
    given_up: list[str]
