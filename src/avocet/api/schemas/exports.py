"""What to write, and what would be written."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from avocet.api.schemas.base import Text


class ExportQuery(BaseModel):
    """What to write. Several values of one kind mean any of them; excluding beats including."""

    model_config = ConfigDict(extra="forbid")

    format: Text = "sft"
    include_category: list[Text] = []
    exclude_category: list[Text] = []
    action: list[Text] = []
    run_id: list[Text] = []
    model_name: list[Text] = []
    task_type: list[Text] = []
    since: Annotated[Text | None, Field(description="ISO 8601: decided then or later.")] = None


class FormatInfo(BaseModel):
    name: str
    description: str


class ExportPreview(BaseModel):
    rows: int
    left_out: int
    by_category: dict[str, int]
    formats: list[FormatInfo]
