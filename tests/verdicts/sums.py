"""A real log of Inspect with verdicts: three samples twice over, of which `match` failed a2 (epoch 1) and a3 (2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from avocet.db import Database
from avocet.importers.base import ImportOptions
from avocet.models import Candidate
from avocet.review import decisions
from avocet.review.decisions import Submission
from avocet.runs import RunSource, import_run

FOLDER = Path(__file__).parents[1] / "samples" / "inspect"
LOG = FOLDER / "arithmetic-0.3.285.eval"
RUN = "sums"


def import_log(database: Database, log: Path = LOG, **options: Any) -> None:
    import_run(database, RunSource(log, RUN, "2026-01-02T03:04:05"), options=ImportOptions(**options))


def import_cards(database: Database) -> None:
    """All samples of the log as cards, those that passed too."""
    import_log(database, keep={"passed": "all"})


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
