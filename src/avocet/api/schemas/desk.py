"""The desk's numbers and settings, and corrections handed in by other programs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field

from avocet.api.schemas.base import Label, Strict, Text, _storable
from avocet.domain import FailureCategory, Status


class StatsResponse(BaseModel):
    """Each `by_…` adds up to `total`; `uncategorised` stands for no category."""

    total: int
    by_status: dict[Status, int]
    by_model: dict[str, int]
    by_task_type: dict[str, int]
    by_category: dict[str, int]
    by_model_category: dict[str, dict[str, int]]
    export_ready: int


class ConfigRequest(Strict):
    bench_results_dir: Text | None


class ConfigResponse(BaseModel):
    bench_results_dir: str | None
    source: Literal["environment", "stored", "unset"]
    state: Literal["ok", "missing", "unset"]
    reviewer: str
    version: str


Messages = Annotated[list[dict[str, Any]], Field(fail_fast=True)]


class IngestRequest(Strict):
    """A finished correction from another program; `prompt` is text or messages."""

    source: Label
    task_type: Label
    prompt: Annotated[str, Field(min_length=1), AfterValidator(_storable)] | Messages
    response: Text
    correction: Text
    failure_category: FailureCategory | None = None
    label: Text | None = None


class IngestResponse(BaseModel):
    ok: Literal[True]
    id: str
