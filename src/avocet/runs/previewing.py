"""Previews of an import, with the first cards as they will look; an import reports in the same shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import msgspec

from avocet.db import Database
from avocet.domain import JSON_FIELDS, CandidateDraft, JsonObject, RejectedLine
from avocet.errors import ChoiceNeeded
from avocet.importers import registry
from avocet.importers.base import ImportOptions
from avocet.proposals import likeness
from avocet.review.candidates import Card
from avocet.review.texts import card_texts
from avocet.runs.counts import ImportReport, OnProgress, Progress
from avocet.runs.importing import import_run
from avocet.runs.rows import encode
from avocet.runs.sources import RunSource

CARDS_SHOWN = 5
REJECTED_SHOWN = 20


Needs = Annotated[JsonObject, msgspec.Meta(title="Needs")]
"""The body of a `ChoiceNeeded` error."""


class SourceSummary(msgspec.Struct, kw_only=True):
    """One run's files before they are read. `name` is what the run will be called unless that name is taken.

    `key` names the run in the request for a job: it is `name` or, if another run came with the same name, where the
    files lie.
    """

    name: str
    key: str
    format: str
    title: str
    files: list[str]
    bytes: int


class RunPreview(msgspec.Struct, kw_only=True):
    """What an import would do, or did.

    If the person has to choose something first, `report` is null and `needs` says what.
    """

    report: ImportReport | None
    cards: list[Card]
    rejected_lines: list[RejectedLine]
    needs: Needs | None


def summary(source: RunSource) -> SourceSummary:
    """What is known of a run without reading its files."""
    name = source.importer or ""
    importer = registry().get(name)
    return SourceSummary(
        name=source.name,
        key=source.label,
        format=name,
        title=importer.title if importer else name,
        files=[part.name for part in source.parts],
        bytes=source.size or 0,
    )


def import_or_preview(
    database: Database,
    source: RunSource,
    *,
    importer_name: str | None = None,
    options: ImportOptions | None = None,
    dry_run: bool,
    on_progress: OnProgress | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> RunPreview:
    """Import a run or, with `dry_run`, say what importing it would do.

    Raises:
        Whatever `import_run` raises, except `ChoiceNeeded`, which becomes `RunPreview.needs`.
    """
    drafts: list[CandidateDraft] = []
    rejected: list[RejectedLine] = []

    def collect(progress: Progress) -> None:
        drafts.extend(progress.drafts[: CARDS_SHOWN - len(drafts)])
        rejected.extend(progress.rejected[: REJECTED_SHOWN - len(rejected)])
        if on_progress:
            on_progress(progress)

    try:
        report = import_run(
            database,
            source,
            importer_name=importer_name,
            options=options,
            dry_run=dry_run,
            on_progress=collect,
            is_cancelled=is_cancelled,
        )
    except ChoiceNeeded as needed:
        return RunPreview(report=None, cards=[], rejected_lines=[], needs=needed.body())
    cards = [_card(draft, report.run_id) for draft in drafts]
    return RunPreview(report=report, cards=cards, rejected_lines=rejected, needs=None)


def _card(draft: CandidateDraft, run_id: str) -> Card:
    """The draft as the card that the queue will show."""
    fields = msgspec.structs.asdict(draft)
    extra = fields.pop("extra")
    json = {name: encode(fields[name]) for name in JSON_FIELDS}
    texts = card_texts(json, draft.harness, draft.model_response)
    unknown = dict.fromkeys(("decision_id", "reason_shape", "source_file", "source_line", "proposal"))
    like = likeness(draft.model_response, texts.references)
    return {**extra, **fields, **unknown, "run_id": run_id, "texts": texts, "likeness": like}
