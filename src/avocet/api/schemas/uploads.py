"""What uploads, previews and jobs look like over HTTP."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from avocet.api.schemas.base import Text
from avocet.api.schemas.cards import SftQueueItem
from avocet.api.schemas.runs import ImportCounts, ImportOptions, ImportReport, RejectedLine


class ImporterName(BaseModel):
    """A format: `name` for requests, `title` for a person."""

    name: str
    title: str


class SourceSummary(BaseModel):
    """One run's files before they are read; `name` is what it will be called unless that name is taken.

    `key` tells it from the other runs of the upload: the name, or where its files lie when two have that.
    """

    name: str
    key: str
    format: str
    title: str
    files: list[str]
    bytes: int


class Unrecognised(BaseModel):
    """A file that no importer knows.

    `columns` are a table's, `guess` is what they seem to mean: a mapping to read it by (format `generic`). `COLUMN`
    stands for one that could not be guessed.
    """

    name: str
    detail: str
    tried: list[str]
    columns: list[str]
    guess: dict[str, str]


class UploadSummary(BaseModel):
    """The files that were sent, and the runs they make."""

    upload_id: str
    runs: list[SourceSummary]
    unrecognised: list[Unrecognised]


class Needs(BaseModel):
    """What the person has to choose before the files can be read."""

    model_config = ConfigDict(extra="allow")

    code: Literal["choice_needed"]
    detail: str
    needs: str


class RunPreview(BaseModel):
    """What an import would do, or did; `report` is null while something has to be chosen first."""

    report: ImportReport | None
    cards: list[SftQueueItem]
    rejected_lines: list[RejectedLine]
    needs: Needs | None


class UploadedRun(SourceSummary, RunPreview):
    """One run of an upload that was read; `error` says why it could not be."""

    error: dict[str, Any] | None


class UploadReport(BaseModel):
    """What became of an upload's runs, or would; after a dry run the files wait under `upload_id` for a day."""

    upload_id: str | None
    dry_run: bool
    runs: list[UploadedRun]
    unrecognised: list[Unrecognised]


class JobRequest(ImportOptions):
    """An import or its preview: of a run of an upload (`upload_id`, `name`), or of one in the results folder."""

    kind: Literal["import", "preview"]
    upload_id: Text | None = None
    name: Text | None = Field(default=None, description="The run's key in the upload.")
    run_id: Text | None = Field(default=None, description="The run in the results folder.")
    format: Text | None = None


class Job(BaseModel):
    """Work in the background. `error` is the body a request would have been answered with."""

    job_id: str
    kind: Literal["import", "preview"]
    name: str
    upload_id: str | None
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    counts: ImportCounts | None
    bytes_read: int
    bytes_total: int
    error: dict[str, Any] | None
    started_at: str
    finished_at: str | None


class JobResult(BaseModel):
    """One job; `result` once it is done."""

    job: Job
    result: RunPreview | None
