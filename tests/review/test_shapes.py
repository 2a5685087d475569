"""Cards by the shape of their reason."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from avocet import runs
from avocet.db import Database
from avocet.reasons import shape_hash
from avocet.review import bulk, card_filter, queue, shapes
from avocet.review.bulk_step import BulkStep
from avocet.review.queue import QueueFilter
from avocet.review.shapes import ShapeFilter, ShapeGroup
from tests.exports.deciding import decide
from tests.factories import RUN, candidate_line, import_lines

MISSING = 'pattern_match: 1/3 required patterns matched; missing: ["b"]'
LATE = "The answer came after 31 s."


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    """Twelve cards: ten miss a pattern (eight of arithmetic, two of spelling), one was late, one has no reason."""
    reasons = [MISSING] * 10 + [LATE, None]
    import_lines(
        database,
        bench_dir,
        [
            candidate_line(
                number,
                failure_reason=reason,
                task_type="spelling" if number in (8, 9) else "arithmetic",
                model_name=f"model-{number % 2}",
            )
            for number, reason in enumerate(reasons)
        ],
    )
    return database


def groups(database: Database, **filters: Any) -> list[ShapeGroup]:
    return shapes.page(database, ShapeFilter(**filters)).items


def told(group: ShapeGroup) -> dict[str, int]:
    names = ("cards", "waiting", "read", "unread", "right", "wrong", "set_aside", "undecided")
    return {name: getattr(group, name) for name in names if getattr(group, name)}


def test_cards_of_one_task_and_one_shape_are_one_group_and_the_largest_is_first(desk: Database) -> None:
    found = groups(desk)
    assert [(group.task_type, group.cards) for group in found[:2]] == [("arithmetic", 8), ("spelling", 2)]
    assert {(group.text, group.cards) for group in found[2:]} == {("the answer came after … s", 1), (None, 1)}
    missing = found[0]
    assert missing.text == 'missing: "b"'
    assert missing.shape == shape_hash(missing.text) == found[1].shape


def test_what_was_read_is_told_apart_from_what_a_bulk_step_decided(desk: Database) -> None:
    decide(desk, 0, "accept")
    decide(desk, 1, "discard", failure_category="scoring_artifact")
    decide(desk, 2, "correct", "It is 3.")
    decide(desk, 3, "flag", check_fault="question_broken")
    decide(desk, 4, "discard")
    done = bulk.decide(desk, BulkStep(action="accept", ids=(f"{RUN}/item-5", f"{RUN}/item-6")), "rowan")
    missing = groups(desk)[0]
    assert told(missing) == {
        **{"cards": 8, "waiting": 1, "read": 5, "unread": 3},
        **{"right": 2, "wrong": 1, "set_aside": 1, "undecided": 1},
    }
    bulk.undo(desk, done.batch_id, "rowan")
    assert told(groups(desk)[0]) == {**told(missing), "waiting": 3}


def test_the_queue_shows_the_waiting_cards_of_a_group(desk: Database) -> None:
    decide(desk, 0, "accept")
    for group in groups(desk):
        wanted = QueueFilter(shape=group.shape or card_filter.NONE, task_type=group.task_type)
        assert queue.page(desk, wanted).total == group.waiting
    (unexplained,) = queue.page(desk, QueueFilter(shape=card_filter.NONE)).items
    assert unexplained["failure_reason"] is None


@pytest.mark.parametrize(
    ("filters", "cards"),
    [
        ({"task_type": "spelling"}, [2]),
        ({"model_name": "model-1"}, [4, 1, 1]),
        ({"run_id": RUN}, [8, 2, 1, 1]),
        ({"run_id": "another"}, []),
        ({"outcome": "passed"}, []),
        ({"outcome": "any"}, [8, 2, 1, 1]),
    ],
)
def test_a_filter_narrows_the_groups(desk: Database, filters: dict[str, str], cards: list[int]) -> None:
    found = shapes.page(desk, ShapeFilter(**filters))  # type: ignore[arg-type]
    assert [group.cards for group in found.items] == cards
    assert found.total == len(cards)


def test_pages_divide_the_groups_and_the_one_behind_the_last_is_empty(desk: Database) -> None:
    whole = groups(desk)
    pages = [shapes.page(desk, ShapeFilter(), page=number, per_page=3) for number in (1, 2, 3)]
    assert [group for page in pages for group in page.items] == whole
    assert [(len(page.items), page.total) for page in pages] == [(3, 4), (1, 4), (0, 4)]


def test_cards_that_were_taken_back_are_in_no_group(desk: Database) -> None:
    decide(desk, 0, "accept")
    runs.take_back(desk, RUN, "rowan")
    assert [told(group) for group in groups(desk)] == [{"cards": 1, "read": 1, "right": 1}]


def test_many_shapes_add_up_to_the_cards(database: Database, bench_dir: Path) -> None:
    lines = [candidate_line(n, failure_reason=f"no {chr(97 + n % 7)} here") for n in range(50)]
    import_lines(database, bench_dir, lines)
    expected = Counter(f"no {chr(97 + n % 7)} here" for n in range(50))
    assert {group.text: group.cards for group in groups(database)} == expected
