"""The queue's statements: what they read, and what they leave out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from avocet import runs
from avocet.db import Database
from avocet.models import Candidate
from avocet.review import queue, search
from tests.factories import candidate_lines, import_lines
from tests.plans import plan, statements, steps


@pytest.fixture
def cards(database: Database, bench_dir: Path) -> list[str]:
    lines = candidate_lines(6)
    import_lines(database, bench_dir, lines)
    return [line["id"] for line in lines]


def shown(database: Database, **filters: Any) -> list[str]:
    return [item["id"] for item in queue.page(database, queue.QueueFilter(**filters)).items]


@pytest.mark.only("sqlite")  # how PostgreSQL goes about it depends on its statistics
@pytest.mark.parametrize(
    ("filters", "index"), [({}, "ix_candidates_"), ({"run_id": "2026-01-02-030405"}, "ix_candidates_run ")]
)
def test_a_random_order_sorts_numbers_that_an_index_holds(
    database: Database, cards: list[str], filters: dict[str, Any], index: str
) -> None:
    asked = statements(database, lambda: queue.page(database, queue.QueueFilter(order="random", seed=3, **filters)))
    ((statement, parameters),) = [one for one in asked if "LIMIT" in one[0]]
    steps = plan(database, statement, parameters)
    assert any(step.startswith(f"SEARCH candidates USING COVERING INDEX {index}") for step in steps), steps
    assert any("USING INTEGER PRIMARY KEY" in step and "candidates" in step for step in steps), steps


@pytest.mark.only("sqlite")
def test_cards_that_say_the_same_are_found_by_their_own_index(database: Database, cards: list[str]) -> None:
    filters = queue.QueueFilter(like=cards[2])
    assert shown(database, like=cards[2]) == [cards[2]]
    with database.read() as connection:
        assert queue.count(connection, filters) == 1
    for statement, parameters in statements(database, lambda: queue.page(database, filters)):
        if "like_hash =" in statement:
            steps = plan(database, statement, parameters)
            assert any("USING INDEX ix_candidates_like (like_hash=?)" in step for step in steps), steps


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("outcome", [None, "any"])
def test_cards_of_a_shape_are_found_by_its_index_also_within_a_task(
    database: Database, cards: list[str], outcome: str | None
) -> None:
    with database.read() as connection:
        shape = connection.execute(select(Candidate.reason_shape)).scalars().first()
    filters = queue.QueueFilter(shape=shape, task_type="arithmetic", outcome=outcome)  # type: ignore[arg-type]
    found = steps(database, lambda: queue.page(database, filters))
    assert [
        step for step in found if "candidates USING" in step and "ix_candidates_shape (reason_shape=? AND" in step
    ]
    assert not [step for step in found if "candidates USING" in step and "ix_candidates_t" in step], found


@pytest.mark.parametrize("order", ["imported", "lowest_score", "newest", "random", "same_prompt", "same_reason"])
def test_a_run_that_was_taken_back_is_in_no_order(database: Database, cards: list[str], order: str) -> None:
    assert sorted(shown(database, order=order)) == sorted(cards)
    runs.take_back(database, "2026-01-02-030405", "rowan")
    assert shown(database, order=order) == []


@pytest.mark.parametrize("order", ["imported", "random", "same_prompt", "same_reason"])
def test_every_order_can_be_searched(database: Database, cards: list[str], order: str) -> None:
    search.index_all(database)
    assert shown(database, order=order, q='"It is 3."', run_id="2026-01-02-030405") == [cards[3]]
    assert shown(database, order=order, q='"It is 3."', run_id="another") == []


class TestTextsBeyondAllMeasure:
    """Cards of two long texts each, of which a page has room for three, and one that fills more than a page."""

    @pytest.fixture
    def ids(self, database: Database, bench_dir: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        lines = candidate_lines(8, model_response="a" * 1_000, corrected_response="b" * 1_000)
        lines[6]["model_response"] = "c" * 20_000
        import_lines(database, bench_dir, lines)
        monkeypatch.setattr(queue, "MOST_CHARACTERS", 8_000)
        return [line["id"] for line in lines]

    @pytest.mark.parametrize("per_page", [queue.PER_PAGE, queue.MAX_PER_PAGE])
    @pytest.mark.parametrize("order", ["imported", "lowest_score", "newest", "random", "same_prompt", "same_reason"])
    def test_end_a_page_early_and_lose_no_card(
        self, database: Database, ids: list[str], order: Any, per_page: int
    ) -> None:
        filters = queue.QueueFilter(order=order)
        found: list[str] = []
        sizes = []
        is_last = False
        while not is_last:
            page = queue.page(database, filters, per_page=per_page, after=found[-1] if found else None)
            found += [item["id"] for item in page.items]
            sizes.append(len(page.items))
            assert page.total == 8
            is_last = len(page.items) < page.per_page
        assert sorted(found) == sorted(ids)
        assert max(sizes) == 3
        assert all(sizes)

    def test_of_one_card_come_whole(self, database: Database, ids: list[str]) -> None:
        page = queue.page(database, queue.QueueFilter(), after=ids[5])
        assert [len(item["model_response"]) for item in page.items] == [20_000]
        assert page.per_page == 1
