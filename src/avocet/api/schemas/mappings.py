"""Mappings: what the columns of a table mean."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from avocet.api.schemas.base import MAX_KEYS, Strict, Wanted

Column = Annotated[Wanted, Field(max_length=1000)]


class MappingRequest(Strict):
    """Columns by their meaning: `{"prompt": "question", "response": "answer"}`."""

    columns: Annotated[dict[Wanted, Column], Field(max_length=MAX_KEYS)]
