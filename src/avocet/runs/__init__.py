"""Runs: find them, import them, list them."""

from __future__ import annotations

from avocet.runs.importing import ImportCounts, Progress, import_run
from avocet.runs.listing import RunSummary, find_source, list_runs, rejected_lines
from avocet.runs.sources import RunSource, find, scan

__all__ = [
    "ImportCounts",
    "Progress",
    "RunSource",
    "RunSummary",
    "find",
    "find_source",
    "import_run",
    "list_runs",
    "rejected_lines",
    "scan",
]
