"""A text to be checked."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from avocet.api.schemas.base import GivenLines, Strict, Text
from avocet.worker.checking import MAX_TEXT


class CheckQuestion(Strict):
    """A card, and the text that its own check is run on, such as a correction in the making.

    `must` and `must_not` are lines of the same decision: the answer says which of them the text meets.
    """

    id: Text
    text: Annotated[str, Field(max_length=MAX_TEXT)]
    must: GivenLines
    must_not: GivenLines
