"""What goes over the wire. Outputs have no defaults, so that TypeScript sees every key (ADR 0005)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from avocet.domain import Action, FailureCategory, Status, Verdict
from avocet.importers import base as importers
from avocet.importers.jsonl import UNCARRIABLE
from avocet.queue import MAX_PER_PAGE, PER_PAGE, Order


def _storable(value: str) -> str:
    if UNCARRIABLE.search(value):
        raise ValueError("holds a NUL or half a surrogate pair, which no file or database can carry")
    return value


Text = Annotated[str, AfterValidator(_storable)]
Label = Annotated[str, Field(min_length=1, max_length=256), AfterValidator(_storable)]
Wanted = Annotated[Text, Field(min_length=1)]
Unit = Annotated[float, Field(ge=0, le=1)]


class ErrorBody(BaseModel):
    """Every error: `code` for programs, `detail` a sentence for a person, more keys where they help."""

    model_config = ConfigDict(extra="allow")

    code: str
    detail: str


class Message(BaseModel):
    model_config = ConfigDict(extra="allow")

    role: str
    content: str | None


class SftQueueItem(BaseModel):
    """The candidate line, with the run that imported it and the decision that stands."""

    model_config = ConfigDict(extra="allow")

    id: str
    run_id: str
    source: str
    benchmark_run_id: str | None
    timestamp: str | None
    status: Status
    prompt_messages: list[Message]
    model_response: str
    corrected_response: str | None
    quality_score: float | None
    failure_reason: str | None
    task_id: str | None
    task_type: str | None
    task_name: str | None
    model_id: str | None
    model_name: str | None
    node_id: str | None
    gpu_id: str | None
    tokens_per_sec: float | None
    failure_category: FailureCategory | None
    note: str | None
    harness: str | None
    item_id: str | None
    reference: Any
    scores: Any
    explanation: str | None
    extracted_answer: str | None
    reasoning: str | None
    tools: Any
    details: Any
    decision_id: int | None


Page = Annotated[int, Field(ge=1, le=10_000_000)]


class QueueFilter(BaseModel):
    """Which cards that wait, and in which order."""

    model_config = ConfigDict(extra="forbid")

    run_id: Wanted | None = None
    model_name: Wanted | None = None
    task_type: Wanted | None = None
    source: Wanted | None = None
    min_score: Unit | None = None
    max_score: Unit | None = None
    q: Annotated[Text | None, Field(max_length=500, description="Words in the prompt, response or task name.")] = None
    like: Annotated[Wanted | None, Field(description="A card's id: it and all that say the same.")] = None
    order: Order = "imported"
    seed: Annotated[int, Field(ge=0, le=2**31, description="Another seed, another random order.")] = 0


class QueueQuery(QueueFilter):
    """Filters, order and page of the queue."""

    page: Page = 1
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE)] = PER_PAGE
    after: Annotated[Text | None, Field(description="The id of the last card seen: keyset paging.")] = None


class SearchState(BaseModel):
    """How many of the desk's candidates a search sees; indexing follows behind an import."""

    indexed: int
    total: int


class QueuePage(BaseModel):
    items: list[SftQueueItem]
    total: int
    page: int
    per_page: int
    search: SearchState | None


class SubmitRequest(BaseModel):
    """A verdict. `revises` is the decision it replaces, which must still stand."""

    model_config = ConfigDict(extra="forbid")

    id: Text
    action: Verdict
    corrected_response: Text | None = None
    failure_category: FailureCategory | None = None
    note: Text | None = None
    revises: Annotated[int, Field(ge=0, lt=2**63)] | None = None


class SubmitResponse(BaseModel):
    ok: Literal[True]
    id: str
    status: Status
    failure_category: FailureCategory | None
    decision_id: int


class UndoRequest(BaseModel):
    """`decision_id`: undo only if this is the decision that stands."""

    model_config = ConfigDict(extra="forbid")

    id: Text
    decision_id: Annotated[int, Field(ge=0, lt=2**63)] | None = None


class UndoneVerdict(BaseModel):
    action: Verdict
    corrected_response: str | None
    failure_category: FailureCategory | None
    note: str | None


class UndoResponse(BaseModel):
    ok: Literal[True]
    id: str
    status: Status
    undone: UndoneVerdict


class HistoryEntry(BaseModel):
    decision_id: int
    action: Action
    status_after: Status
    failure_category: FailureCategory | None
    corrected_response: str | None
    note: str | None
    reviewer: str
    at: str
    replaces: int | None
    undone: bool


class ImportOptions(BaseModel):
    """What a person may say about a file (docs/importing.md); all that is left out is decided by the file."""

    model_config = ConfigDict(extra="forbid")

    metric: Annotated[Text | None, Field(description="The score that decides what failed.")] = None
    threshold: Annotated[float | None, Field(description="An item passes at this value or better.")] = None
    prompt_field: Annotated[Text | None, Field(description="The item's field to show as the prompt.")] = None
    model_name: Annotated[Text | None, Field(description="For files that name no model.")] = None
    mapping: Annotated[dict[Text, Text] | None, Field(description="What the columns of a table mean.")] = None

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
    run_id: str
    timestamp: str | None
    candidate_count: int | None
    already_imported: bool
    state: Literal["new", "importing", "imported", "interrupted", "changed"]
    on_disk: bool
    importable: bool
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


class StatsResponse(BaseModel):
    """Each `by_…` adds up to `total`; `uncategorised` stands for no category."""

    total: int
    by_status: dict[Status, int]
    by_model: dict[str, int]
    by_task_type: dict[str, int]
    by_category: dict[str, int]
    by_model_category: dict[str, dict[str, int]]
    export_ready: int


class ConfigRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    bench_results_dir: Text | None


class ConfigResponse(BaseModel):
    bench_results_dir: str | None
    source: Literal["environment", "stored", "unset"]
    state: Literal["ok", "missing", "unset"]
    reviewer: str
    version: str


class IngestRequest(BaseModel):
    """A finished correction from another program; `prompt` is text or messages."""

    model_config = ConfigDict(extra="forbid")

    source: Label
    task_type: Label
    prompt: Annotated[str, Field(min_length=1), AfterValidator(_storable)] | list[dict[str, Any]]
    response: Text
    correction: Text
    failure_category: FailureCategory | None = None
    label: Text | None = None


class IngestResponse(BaseModel):
    ok: Literal[True]
    id: str
