"""A text to be checked."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from avocet.api.schemas.base import Strict, Text
from avocet.worker.checking import MAX_TEXT


class CheckQuestion(Strict):
    """A card, and the text that its own check is run on, such as a correction in the making."""

    id: Text
    text: Annotated[str, Field(max_length=MAX_TEXT)]
