"""A real log of Inspect with verdicts: three samples twice over, of which `match` failed a2 (epoch 1) and a3 (2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from avocet.db import Database
from avocet.importers.base import ImportOptions, SourceFile
from avocet.importers.inspect_ai import InspectAi
from avocet.models import Candidate
from avocet.review import decisions
from avocet.review.decisions import Submission
from avocet.runs import RunSource, import_run
from tests.factories import candidate_line, import_lines

FOLDER = Path(__file__).parents[1] / "samples" / "inspect"
LOG = FOLDER / "arithmetic-0.3.285.eval"
RUN = "sums"
FAILED = {("a2", 1), ("a3", 2)}
ALL = [(item, epoch) for epoch in (1, 2) for item in ("a1", "a2", "a3")]


def import_log(database: Database, log: Path = LOG, **options: Any) -> None:
    import_run(database, RunSource(log, RUN, "2026-01-02T03:04:05"), options=ImportOptions(**options))


def import_cards(database: Database, folder: Path, log: Path = LOG) -> None:
    """The cards of all samples of the log, failed and passed, as another desk would write them."""
    named = InspectAi().read([SourceFile(log, log.name)], ImportOptions()).info.run_id
    lines = [
        candidate_line(
            number,
            harness="inspect",
            benchmark_run_id=named,
            item_id=item,
            details={"epoch": epoch},
            outcome="failed" if (item, epoch) in FAILED else "passed",
        )
        for number, (item, epoch) in enumerate(ALL)
    ]
    import_lines(database, folder, lines, RUN)


def card_of(database: Database, item: str, epoch: int = 1) -> str:
    """The id of the card of a sample."""
    query = select(Candidate.id, Candidate.details).where(Candidate.item_id == item)
    with database.read() as connection:
        cards = {
            msgspec.json.decode(details)["epoch"]: card for card, details in connection.execute(query) if details
        }
    return cards[epoch]


def say(database: Database, item: str, action: str, epoch: int = 1, reviewer: str = "rowan", **more: Any) -> None:
    """Decide the card of a sample."""
    submission = Submission(id=card_of(database, item, epoch), action=action, **more)  # type: ignore[arg-type]
    decisions.submit(database, submission, reviewer)
