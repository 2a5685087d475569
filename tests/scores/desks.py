"""Desks whose every answer is known, read as a person would: through samples, decisions and imports."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select

from avocet.categories import FailureCategory
from avocet.db import Database
from avocet.domain import Verdict
from avocet.faults import CheckFault
from avocet.models import Candidate, Sample, SampleMember
from avocet.review import decisions, samples
from avocet.review.decisions import Submission
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked
from tests.runs.listed import Listed, import_listed

RUN = "listed"


def run_of(database: Database, folder: Path, *, failed: int, passed: int, keep: int | None = None) -> None:
    """A run of so many items of each outcome; without `keep` every pass has a card."""
    items = [Listed(f"f{number}") for number in range(failed)]
    items += [Listed(f"p{number}", "passed") for number in range(passed)]
    import_listed(database, folder, items, keep={"passed": "all" if keep is None else keep})


def draw(database: Database, name: str, size: int, outcome: str = "failed") -> None:
    filters = QueueFilter(run_id=RUN, outcome=outcome)  # type: ignore[arg-type]
    samples.draw(database, name, Asked(filter=filters, size=size, seed=7), "rowan")


def members(database: Database, name: str) -> list[str]:
    """The cards of a sample in its order."""
    query = select(Candidate.id).join(SampleMember, SampleMember.candidate_seq == Candidate.seq)
    query = query.join(Sample, Sample.pk == SampleMember.sample_pk).where(Sample.name == name)
    with database.read() as connection:
        return list(connection.scalars(query.order_by(SampleMember.place)))


def say(database: Database, cards: Iterable[str], said: str) -> None:
    """Decide cards: right, wrong, aside (the question is broken) or undecided."""
    action: Verdict = "accept" if said == "right" else "discard"
    fault: CheckFault | None = "question_broken" if said == "aside" else None
    for card in cards:
        category: FailureCategory | None = "wrong_answer" if said == "wrong" else None
        submission = Submission(id=card, action=action, failure_category=category, check_fault=fault)
        decisions.submit(database, submission, "rowan")
