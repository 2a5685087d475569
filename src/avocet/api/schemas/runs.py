"""Runs and their imports."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from avocet.api.schemas.base import MAX_KEYS, Strict, Text
from avocet.importers import base as importers


class ImportOptions(Strict):
    """What a person may say about a file (docs/importing.md); all that is left out is decided by the file."""

    metric: Annotated[Text | None, Field(description="The score that decides what failed.")] = None
    threshold: Annotated[float | None, Field(description="An item passes at this value or better.")] = None
    prompt_field: Annotated[Text | None, Field(description="The item's field to show as the prompt.")] = None
    model_name: Annotated[Text | None, Field(description="For files that name no model.")] = None
    mapping: Annotated[
        dict[Text, Text] | None, Field(max_length=MAX_KEYS, description="What the columns of a table mean.")
    ] = None

    def options(self) -> importers.ImportOptions:
        return importers.ImportOptions(**self.model_dump(include=set(ImportOptions.model_fields)))


class ImportRequest(ImportOptions):
    run_id: Text
    format: Text | None = None
    dry_run: bool = False


class ImportCounts(BaseModel):
    """`read = imported + skipped + rejected + passed + errored + unscored`."""

    run_id: str
    read: int
    imported: int
    skipped: int
    rejected: int
    passed: int
    errored: int
    unscored: int
    replaced_characters: Annotated[int, Field(description="Items in which a NUL or lone surrogate became U+FFFD.")]


class Metric(BaseModel):
    """A score the files hold; where higher is not better, an item passes at `threshold` or less."""

    name: str
    higher_is_better: bool
    threshold: float | None


class SourceInfo(BaseModel):
    """What the files say about themselves, and the choices they leave; `metric` and `threshold` are in force."""

    harness: str
    harness_version: str | None
    run_id: str | None
    timestamp: str | None
    models: list[str]
    metrics: list[Metric]
    metric: str | None
    threshold: float | None
    prompt_fields: list[str]
    columns: list[str]


class RunTotal(BaseModel):
    """What the harness counted for one task and model; the empty string stands for none."""

    model_name: str
    task_type: str
    passed: int
    failed: int
    errored: int
    unscored: int


class ImportReport(ImportCounts):
    """The counts, what the files say of themselves, and sentences with the number of items each is true of."""

    info: SourceInfo
    totals: list[RunTotal]
    notes: dict[str, int]


class RunFile(BaseModel):
    name: str
    bytes: int
    sha256: str


class RunSummary(BaseModel):
    """`remaining` cards of it wait, `hidden` ones are taken back; `removed` is a run that is taken back whole."""

    run_id: str
    timestamp: str | None
    candidate_count: int | None
    already_imported: bool
    state: Literal["new", "importing", "imported", "interrupted", "changed", "removed"]
    on_disk: bool
    importable: bool
    uploaded: bool
    harness: str | None
    harness_version: str | None
    source: str | None
    models: list[str]
    read: int
    imported: int
    skipped: int
    rejected: int
    passed: int
    errored: int
    unscored: int
    replaced_characters: int
    bytes_read: int
    bytes_total: int
    remaining: int
    hidden: int
    files: list[RunFile]
    options: ImportOptions
    notes: dict[str, int]
    totals: list[RunTotal]


class RejectedLine(BaseModel):
    file: Annotated[str, Field(description="The file, or the member of an archive.")]
    line_number: int
    code: str
    reason: str
    text_start: str


class RemoveResponse(BaseModel):
    """Of the run's undecided and decided cards in sight, how many were hidden, or with `dry_run` would be."""

    run_id: str
    undecided: int
    decided: int
    hidden: int
    dry_run: bool


class RestoreResponse(BaseModel):
    run_id: str
    restored: Annotated[int, Field(description="How many cards are back.")]
