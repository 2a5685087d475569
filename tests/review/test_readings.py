"""The database works out what a decision says as Python does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path

from sqlalchemy import insert, select

from avocet.categories import FAILURE_CATEGORIES
from avocet.db import Database
from avocet.domain import STATUS_AFTER, VERDICTS
from avocet.faults import CHECK_FAULTS, reading_of
from avocet.models import Candidate, Decision
from avocet.review import readings
from tests.factories import candidate_line, candidate_lines, import_lines


def test_every_combination_reads_alike(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line()])
    every = list(product(VERDICTS, (None, *FAILURE_CATEGORIES), (None, *CHECK_FAULTS)))
    rows = [
        {
            "id": number,
            "candidate_seq": 1,
            "action": action,
            "status_after": STATUS_AFTER[action],
            "failure_category": category,
            "check_fault": fault,
            "reviewer": "rowan",
            "at": "2026-01-02T03:04:05Z",
        }
        for number, (action, category, fault) in enumerate(every)
    ]
    with database.write() as connection:
        connection.execute(insert(Decision), rows)
        found = connection.scalars(select(readings.reading_of(Decision)).order_by(Decision.id)).all()
    assert found == [reading_of(*said) for said in every]


def test_a_card_without_a_decision_has_none(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(1))
    query = select(readings.reading_of(Decision)).select_from(Candidate)
    with database.read() as connection:
        found: Sequence[str | None] = connection.scalars(
            query.outerjoin(Decision, Decision.id == Candidate.decision_id)
        ).all()
    assert list(found) == [None]
