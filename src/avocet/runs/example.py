"""The example run that ships with the package: a benchmark of a small model, to try the desk with."""

from __future__ import annotations

from pathlib import Path

from avocet.db import Database
from avocet.errors import NotFound
from avocet.runs.counts import ImportReport
from avocet.runs.importing import import_run
from avocet.runs.sources import find

EXAMPLE = Path(__file__).parent.parent / "demo"


def import_example(database: Database) -> list[ImportReport]:
    """Import the example run; cards that are here already are counted as skipped.

    Raises:
        NotFound: the package was installed without it.
    """
    if not EXAMPLE.is_dir():
        raise NotFound("The example run isn't part of this installation. Import a run of your own.")
    return [import_run(database, source) for source in find(EXAMPLE)]
