"""The report under anything that can happen to a run: what it tells adds up, and holds what is known."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from avocet.db import Database
from avocet.errors import AlreadyDecided, AvocetError, NothingToUndo
from avocet.models import Candidate
from avocet.review import candidates, decisions, queue, samples
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked
from avocet.runs import restore, take_back
from avocet.scores.report import report
from avocet.scores.rows import Number, ReportRow
from tests.consistency import assert_consistent
from tests.examples import examples
from tests.properties.conftest import NewDesk
from tests.runs.listed import Listed, import_listed
from tests.runs.test_ledger import outcomes_of_cards
from tests.scores.desks import RUN, members, say

ITEMS = 36
SAID = st.sampled_from(["right", "wrong", "wrong", "aside", "undecided"])
STEP = st.one_of(
    st.tuples(st.just("import"), st.integers(8, ITEMS), st.integers(0, 3)),
    st.tuples(st.just("draw"), st.integers(1, 14), st.sampled_from(["failed", "passed", "any"])),
    st.tuples(st.just("read"), st.integers(1, 14), SAID),
    st.tuples(st.just("say"), st.integers(0, ITEMS - 1), SAID),
    st.tuples(st.just("undo"), st.integers(0, ITEMS - 1), st.just("")),
    st.tuples(st.just("away"), st.booleans(), st.just("")),
)


class _World:
    """A run, and what was done with it."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.drawn = 0
        self.size = 0

    def do(self, step: tuple[str, Any, Any]) -> None:
        kind, one, other = step
        getattr(self, f"_{kind}")(one, other)

    def _import(self, size: int, shift: int) -> None:
        self.size = size
        items = [Listed(str(n), "failed" if (n + shift) % 3 else "passed", "ab"[n % 2]) for n in range(size)]
        import_listed(self.database, self.folder, items, keep={"passed": 4})

    def _draw(self, size: int, outcome: str) -> None:
        self.drawn += 1
        asked = Asked(filter=QueueFilter(run_id=RUN, outcome=outcome), size=size, seed=self.drawn)  # type: ignore[arg-type]
        with suppress(AvocetError):
            samples.draw(self.database, f"s{self.drawn}", asked, "rowan")

    def _read(self, count: int, said: str) -> None:
        """Read the next cards of the last sample, in their order."""
        for name in [f"s{self.drawn}"]:
            with suppress(AvocetError):
                waiting = [card for card in members(self.database, name) if self._waits(card)]
                say(self.database, waiting[:count], said)

    def _waits(self, card: str) -> bool:
        return bool(candidates.get(self.database, card)["status"] == "needs_review")

    def _say(self, item: int, said: str) -> None:
        with suppress(AvocetError, AlreadyDecided):
            say(self.database, self._cards(item), said)

    def _undo(self, item: int, _: str) -> None:
        for card in self._cards(item):
            with suppress(AvocetError, NothingToUndo):
                decisions.undo(self.database, card, "rowan")

    def _away(self, decided_too: bool, _: str) -> None:
        with suppress(AvocetError):
            take_back(self.database, RUN, "rowan", decided_too=decided_too)
            restore(self.database, RUN)

    def _cards(self, item: int) -> list[str]:
        found = queue.page(self.database, QueueFilter(run_id=RUN, outcome="any"), per_page=200).items
        return [str(card["id"]) for card in found if card["item_id"] == str(item)]


@examples(40)
@given(steps=st.lists(STEP, min_size=1, max_size=12))
def test_what_is_told_holds_what_is_known(new_desk: NewDesk, steps: list[Any]) -> None:
    with new_desk() as (database, folder):
        world = _World(database, folder)
        world.do(("import", 20, 0))
        for step in steps:
            world.do(step)
            (whole,) = report(database, RUN).rows
            _holds(whole)
            _adds_up(database, whole, world.size)
            _is_true(database, whole)
        assert_consistent(database)
        assert len(outcomes_of_cards(database)) <= ITEMS


def _adds_up(database: Database, whole: ReportRow, size: int) -> None:
    rows = report(database, RUN, group="task_model").rows
    for outcome in ("failed", "passed"):
        assert sum(row.items[outcome] for row in rows) == whole.items[outcome]
        assert sum(row.read[outcome] for row in rows) == whole.read[outcome]
    assert sum(whole.items.values()) == size


def _holds(row: ReportRow) -> None:
    """Every estimate lies in its interval and within what is known; what is all read is told exactly."""
    for number in (row.corrected_score, row.false_fails, row.false_passes, row.lenient_score, row.at_most):
        _in_interval(number)
    for share in row.by_category.values():
        if share.value is not None:
            assert 0 <= (share.low or 0) <= share.value <= (share.high or 0) <= 1
    for outcome, told in (("failed", row.false_fails), ("passed", row.false_passes)):
        assert 0 <= row.set_aside[outcome] + row.undecided[outcome] <= row.read[outcome] <= row.items[outcome]  # type: ignore[index]
        if row.basis[outcome] == "all" and told is not None and not row.undecided[outcome]:
            assert told.low == told.value == told.high
        if row.basis[outcome] in ("other", "none") and row.items[outcome]:  # type: ignore[index]
            assert told is None


def _is_true(database: Database, row: ReportRow) -> None:
    """What is all read is told as a recount of the cards has it."""
    if row.basis["failed"] != "all" or row.false_fails is None:
        return
    query = select(Candidate.reading, func.count()).where(Candidate.item_outcome == "failed", Candidate.is_read)
    with database.read() as connection:
        said = {str(reading): n for reading, n in connection.execute(query.group_by(Candidate.reading))}
    scope = said.get("right", 0) + said.get("wrong", 0)
    assert scope
    assert row.false_fails.value == pytest.approx(said.get("right", 0) / scope)


def _in_interval(number: Number | None) -> None:
    if number is not None and number.value is not None:
        assert number.low is not None
        assert number.high is not None
        assert 0 <= number.low <= number.value <= number.high <= 1
