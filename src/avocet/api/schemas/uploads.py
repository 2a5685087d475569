"""The request for a job."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from avocet.api.schemas.base import Text
from avocet.api.schemas.runs import ImportOptions


class JobRequest(ImportOptions):
    """An import or its preview, of a run in an upload (`upload_id`, `name`) or in the results folder (`run_id`)."""

    kind: Literal["import", "preview"]
    upload_id: Text | None = None
    name: Text | None = Field(default=None, description="The name of the run in the upload.")
    run_id: Text | None = Field(default=None, description="The run in the results folder.")
    format: Text | None = None
