"""A run that `avocet bench` made, its passes as lines: the corrected score is what a hand count says."""

from __future__ import annotations

from pathlib import Path

import pytest

from avocet import runs
from avocet.db import Database
from avocet.importers.base import ImportOptions
from avocet.review import queue
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked, draw
from avocet.scores.report import report
from tests.benching.making import Fake, bench, task_line, tasks_of
from tests.scores.desks import members, say

TASKS = 60
FAILED = 24
RIGHT_OF_FAILED = 6
WRONG_OF_PASSED = 4
READ = 14
ROUNDING = 1e-9


def number_of(card: str) -> int:
    return int(card.rpartition("-")[2])


def truth(card: str) -> str:
    """Of the tasks that fail, the first six are answered rightly; of those that pass, the last four wrongly."""
    number = number_of(card)
    return "right" if number < RIGHT_OF_FAILED or FAILED <= number < TASKS - WRONG_OF_PASSED else "wrong"


def read(database: Database, cards: list[str]) -> None:
    for said in ("right", "wrong"):
        say(database, [card for card in cards if truth(card) == said], said)


def test_the_corrected_score_is_the_hand_count(database: Database, tmp_path: Path) -> None:
    tasks = tasks_of(tmp_path, *(task_line(number) for number in range(TASKS)))
    replies = {f"question {number}": "wrong" if number < FAILED else f"right {number}" for number in range(TASKS)}
    bench(tmp_path / "out", tasks, Fake(replies))
    (source,) = runs.find(tmp_path / "out")
    done = runs.import_run(database, source, options=ImportOptions(keep={"passed": "all"}))
    assert (done.imported, done.passed, done.kept) == (FAILED, TASKS - FAILED, TASKS - FAILED)

    right = {}
    for outcome in ("failed", "passed"):
        draw(
            database,
            outcome,
            Asked(filter=QueueFilter(run_id=done.run_id, outcome=outcome), size=READ, seed=5),
            "rowan",
        )
        cards = members(database, outcome)
        read(database, cards)
        right[outcome] = sum(truth(card) == "right" for card in cards)
    (row,) = report(database, done.run_id).rows
    # the ids of a bench run hold its time, so that each run of this test reads other cards
    estimated = (FAILED * right["failed"] + (TASKS - FAILED) * right["passed"]) / READ / TASKS
    assert row.passes_listed
    score = row.corrected_score
    assert score is not None
    assert score.value is not None
    assert score.value == pytest.approx(estimated)
    assert score.low is not None
    assert score.high is not None
    known, left = sum(right.values()) / TASKS, 1 - (2 * READ - sum(right.values())) / TASKS
    assert known - ROUNDING <= score.low <= score.value <= score.high <= left + ROUNDING

    # by hand: 6 of the 24 that failed and 32 of the 36 that passed are right, so 38 of 60
    by_hand = (RIGHT_OF_FAILED + TASKS - FAILED - WRONG_OF_PASSED) / TASKS
    rest = queue.page(database, QueueFilter(run_id=done.run_id, outcome="any"), per_page=100).items
    read(database, [str(card["id"]) for card in rest])
    (row,) = report(database, done.run_id).rows
    assert row.corrected_score is not None
    assert (row.corrected_score.low, row.corrected_score.high) == (by_hand, by_hand)
    assert row.corrected_score.value == by_hand == 38 / 60
