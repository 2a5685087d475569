"""What goes over the wire, a module each noun. Outputs have no defaults: TypeScript sees every key (ADR 0005)."""

from __future__ import annotations

from avocet.api.schemas.base import ErrorBody, Label, Page, Text, Unit, Wanted
from avocet.api.schemas.cards import Message, QueueFilter, QueuePage, QueueQuery, SearchState, SftQueueItem
from avocet.api.schemas.decided import (
    BulkRequest,
    BulkResponse,
    BulkUndoResponse,
    CategoryOrNone,
    DecidedFilter,
    DecidedItem,
    DecidedPage,
    DecidedQuery,
    DecidedSummary,
)
from avocet.api.schemas.decisions import (
    HistoryEntry,
    SubmitRequest,
    SubmitResponse,
    UndoneVerdict,
    UndoRequest,
    UndoResponse,
)
from avocet.api.schemas.desk import ConfigRequest, ConfigResponse, IngestRequest, IngestResponse, StatsResponse
from avocet.api.schemas.events import DecisionNews, DeskEvent, ImportNews
from avocet.api.schemas.exports import ExportPreview, ExportQuery, FormatInfo
from avocet.api.schemas.runs import (
    ImportCounts,
    ImportOptions,
    ImportReport,
    ImportRequest,
    Metric,
    RejectedLine,
    RunFile,
    RunSummary,
    RunTotal,
    SourceInfo,
)

__all__ = [
    "BulkRequest",
    "BulkResponse",
    "BulkUndoResponse",
    "CategoryOrNone",
    "ConfigRequest",
    "ConfigResponse",
    "DecidedFilter",
    "DecidedItem",
    "DecidedPage",
    "DecidedQuery",
    "DecidedSummary",
    "DecisionNews",
    "DeskEvent",
    "ErrorBody",
    "ExportPreview",
    "ExportQuery",
    "FormatInfo",
    "HistoryEntry",
    "ImportCounts",
    "ImportNews",
    "ImportOptions",
    "ImportReport",
    "ImportRequest",
    "IngestRequest",
    "IngestResponse",
    "Label",
    "Message",
    "Metric",
    "Page",
    "QueueFilter",
    "QueuePage",
    "QueueQuery",
    "RejectedLine",
    "RunFile",
    "RunSummary",
    "RunTotal",
    "SearchState",
    "SftQueueItem",
    "SourceInfo",
    "StatsResponse",
    "SubmitRequest",
    "SubmitResponse",
    "Text",
    "UndoRequest",
    "UndoResponse",
    "UndoneVerdict",
    "Unit",
    "Wanted",
]
