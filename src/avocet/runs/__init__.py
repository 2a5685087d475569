"""Runs: find them, import them, list them."""

from __future__ import annotations

from avocet.runs.importing import ImportCounts, ImportReport, Progress, import_run
from avocet.runs.listing import RunSummary, find_source, list_runs, rejected_lines
from avocet.runs.sources import RunSource, find, group, scan

__all__ = [
    "ImportCounts",
    "ImportReport",
    "Progress",
    "RunSource",
    "RunSummary",
    "find",
    "find_source",
    "group",
    "import_run",
    "list_runs",
    "rejected_lines",
    "scan",
]
