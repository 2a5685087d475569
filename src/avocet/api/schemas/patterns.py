"""Patterns of a failure reason, to be found in a response."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from avocet.api.schemas.base import Strict
from avocet.worker.marks import MAX_PATTERN, MAX_PATTERNS, MAX_TEXT

Pattern = Annotated[str, Field(max_length=MAX_PATTERN)]
Patterns = Annotated[list[Pattern], Field(max_length=MAX_PATTERNS)]


class PatternQuestion(Strict):
    """A response, with the patterns that a check did not find in it and those that it forbids."""

    response: Annotated[str, Field(max_length=MAX_TEXT)]
    missing: Patterns = []
    forbidden: Patterns = []
