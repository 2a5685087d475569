"""Runs: find them, import them, list them."""

from __future__ import annotations

from avocet.runs.importing import ImportCounts, ImportReport, Progress, import_run
from avocet.runs.listing import RunSummary, count_new, find_source, list_runs, rejected_lines
from avocet.runs.previewing import Needs, RunPreview, SourceSummary, run_import, summary
from avocet.runs.removing import Removed, Restored, restore, take_back
from avocet.runs.sources import RunSource, find, find_all, group, one_called, scan
from avocet.runs.watching import ResultsFolder

__all__ = [
    "ImportCounts",
    "ImportReport",
    "Needs",
    "Progress",
    "Removed",
    "Restored",
    "ResultsFolder",
    "RunPreview",
    "RunSource",
    "RunSummary",
    "SourceSummary",
    "count_new",
    "find",
    "find_all",
    "find_source",
    "group",
    "import_run",
    "list_runs",
    "one_called",
    "rejected_lines",
    "restore",
    "run_import",
    "scan",
    "summary",
    "take_back",
]
