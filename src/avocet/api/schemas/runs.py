"""Runs and their imports."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from avocet.api.schemas.base import MAX_KEYS, Strict, Text
from avocet.importers import base as importers


class ImportOptions(Strict):
    """How to read a file (docs/importing.md). The file itself decides what is left out here."""

    metric: Annotated[Text | None, Field(description="The score that decides what failed.")] = None
    threshold: Annotated[float | None, Field(description="An item passes at this value or better.")] = None
    prompt_field: Annotated[Text | None, Field(description="The item's field to show as the prompt.")] = None
    model_name: Annotated[Text | None, Field(description="For files that name no model.")] = None
    mapping: Annotated[
        dict[Text, Text] | None, Field(max_length=MAX_KEYS, description="What the columns of a table mean.")
    ] = None
    keep: Annotated[
        dict[importers.Kept, Annotated[int, Field(ge=0, le=importers.MOST_KEPT)] | Literal["all"]] | None,
        Field(description="How many items that did not fail become cards, per task and model."),
    ] = None

    def options(self) -> importers.ImportOptions:
        return importers.ImportOptions(**self.model_dump(include=set(ImportOptions.model_fields)))


class ImportRequest(ImportOptions):
    run_id: Text
    format: Text | None = None
    dry_run: bool = False
