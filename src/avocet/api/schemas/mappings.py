"""What the columns of a table mean, under a name."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from avocet.api.schemas.base import Wanted

Column = Annotated[Wanted, Field(max_length=1000)]


class MappingRequest(BaseModel):
    """Columns by their meaning: `{"prompt": "question", "response": "answer"}`."""

    model_config = ConfigDict(extra="forbid")

    columns: dict[Wanted, Column]


class SavedMapping(BaseModel):
    name: str
    columns: dict[str, str]
