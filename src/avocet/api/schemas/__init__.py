"""Shapes of requests, one module per noun. Answers are described by their structs (`api/shapes.py`)."""

from __future__ import annotations

from avocet.api.schemas.base import Label, Page, Text, Unit, Wanted
from avocet.api.schemas.benches import BenchPreviewRequest, BenchRequest
from avocet.api.schemas.cards import QueueFilter, QueueQuery, ShapesQuery
from avocet.api.schemas.check import CheckQuestion
from avocet.api.schemas.decided import (
    BulkRequest,
    CategoryOrNone,
    DecidedFilter,
    DecidedQuery,
)
from avocet.api.schemas.decisions import (
    RedoRequest,
    SubmitRequest,
    UndoRequest,
)
from avocet.api.schemas.desk import ConfigRequest, IngestRequest
from avocet.api.schemas.exports import (
    ExportFilter,
    ExportQuery,
    ExportRequest,
    HoldOut,
    Recipe,
    Splits,
)
from avocet.api.schemas.mappings import MappingRequest
from avocet.api.schemas.patterns import PatternQuestion
from avocet.api.schemas.runs import (
    ImportOptions,
    ImportRequest,
)
from avocet.api.schemas.samples import GrowRequest, SampleRequest
from avocet.api.schemas.tags import TagMergeRequest, TagRenameRequest
from avocet.api.schemas.training import TrainingRequest
from avocet.api.schemas.uploads import (
    JobRequest,
)
from avocet.api.schemas.views import ViewRequest

__all__ = [
    "BenchPreviewRequest",
    "BenchRequest",
    "BulkRequest",
    "CategoryOrNone",
    "CheckQuestion",
    "ConfigRequest",
    "DecidedFilter",
    "DecidedQuery",
    "ExportFilter",
    "ExportQuery",
    "ExportRequest",
    "GrowRequest",
    "HoldOut",
    "ImportOptions",
    "ImportRequest",
    "IngestRequest",
    "JobRequest",
    "Label",
    "MappingRequest",
    "Page",
    "PatternQuestion",
    "QueueFilter",
    "QueueQuery",
    "Recipe",
    "RedoRequest",
    "SampleRequest",
    "ShapesQuery",
    "Splits",
    "SubmitRequest",
    "TagMergeRequest",
    "TagRenameRequest",
    "Text",
    "TrainingRequest",
    "UndoRequest",
    "Unit",
    "ViewRequest",
    "Wanted",
]
