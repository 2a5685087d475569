"""The desk's settings, and finished corrections sent by other programs."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from avocet.api.schemas.base import Label, Strict, Text, _storable
from avocet.categories import FailureCategory


class ConfigRequest(Strict):
    bench_results_dir: Text | None


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
