"""Runs: finding, previewing, importing and listing them, and taking them back."""

from __future__ import annotations

from avocet.runs.counts import ImportCounts, ImportReport, Progress
from avocet.runs.example import import_example
from avocet.runs.importing import import_run
from avocet.runs.listing import RunSummary, count_new, find_source, list_runs, listed_passes, rejected_lines
from avocet.runs.previewing import Needs, RunPreview, SourceSummary, import_or_preview, summary
from avocet.runs.sources import RunSource, find, find_all, group, one_called, scan
from avocet.runs.taking_back import Restored, RunTakenBack, restore, take_back
from avocet.runs.watching import ResultsFolder

__all__ = [
    "ImportCounts",
    "ImportReport",
    "Needs",
    "Progress",
    "Restored",
    "ResultsFolder",
    "RunPreview",
    "RunSource",
    "RunSummary",
    "RunTakenBack",
    "SourceSummary",
    "count_new",
    "find",
    "find_all",
    "find_source",
    "group",
    "import_example",
    "import_or_preview",
    "import_run",
    "list_runs",
    "listed_passes",
    "one_called",
    "rejected_lines",
    "restore",
    "scan",
    "summary",
    "take_back",
]
