"""Passes by lot, when an import turns failures into passes and passes into failures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from avocet.db import Database
from avocet.domain import Outcome
from avocet.models import Candidate, Sample, SampleFrame
from avocet.review import lot, samples
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked
from avocet.review.samples.packing import unpack
from avocet.runs.keeping import seed_of
from avocet.scores.report import report
from avocet.scores.rows import ReportRow
from tests.consistency import assert_consistent
from tests.plans import steps
from tests.runs.listed import Listed, import_listed
from tests.scores.desks import RUN, say

ALL = [str(number) for number in range(80)]
KEPT = 16


def by_lot(items: Sequence[str], number: int = KEPT) -> list[str]:
    """The items that the run's lot takes first."""
    seed = seed_of(RUN)
    return sorted(items, key=lambda item: lot.place(seed, "small", "sums", item.encode(), ""))[:number]


def arrive(database: Database, folder: Path, failed: Sequence[str], *, keep: int | None = None, of: int = 80) -> None:
    outcomes: dict[str, Outcome] = {item: "failed" if item in failed else "passed" for item in ALL[:of]}
    items = [Listed(item, outcome) for item, outcome in outcomes.items()]
    import_listed(database, folder, items, keep=None if keep is None else {"passed": keep})
    assert_consistent(database)


def cards(database: Database) -> dict[str, str]:
    with database.read() as connection:
        rows = connection.execute(select(Candidate.item_id, Candidate.id))
        return {str(item): str(card) for item, card in rows}


def drawn_from(database: Database, name: str) -> tuple[set[str], int]:
    """The items whose cards a sample of passes is drawn from, and how many items they stand for."""
    asked = Asked(filter=QueueFilter(run_id=RUN, outcome="passed"), size=KEPT, seed=7)
    samples.draw(database, name, asked, "rowan")
    query = select(SampleFrame.numbers, SampleFrame.size).join(Sample, Sample.pk == SampleFrame.sample_pk)
    with database.read() as connection:
        (frame,) = connection.execute(query.where(Sample.name == name))
        numbers = unpack(frame.numbers)
        items = connection.scalars(select(Candidate.item_id).where(Candidate.seq.in_(numbers)))
        return {str(item) for item in items}, frame.size


def whole(database: Database) -> ReportRow:
    (row,) = report(database, RUN).rows
    return row


def test_a_failure_that_passes_by_now_is_drawn_only_if_the_lot_takes_it(database: Database, tmp_path: Path) -> None:
    arrive(database, tmp_path, ALL[:20], keep=KEPT)
    arrive(database, tmp_path, ALL[:2])
    assert len(cards(database)) > KEPT + 20 - 1
    assert drawn_from(database, "s") == (set(by_lot(ALL[2:])), 78)


def test_what_the_lot_took_tells_of_all_passes_and_the_others_are_facts(database: Database, tmp_path: Path) -> None:
    arrive(database, tmp_path, ALL[:20], keep=KEPT)
    arrive(database, tmp_path, [])
    of_lot = by_lot(ALL)
    card_of = cards(database)
    say(database, [card_of[item] for item in of_lot[:2]], "wrong")
    say(database, [card_of[item] for item in of_lot[2:]], "right")
    told = whole(database)
    if database.is_sqlite:
        looked_up = [step for step in steps(database, lambda: whole(database)) if " items " in step]
        assert ["COVERING INDEX ix_items_kept" in step for step in looked_up] == [True], looked_up
    assert told.basis["passed"] == "sample"
    assert told.false_passes is not None
    assert told.false_passes.value == pytest.approx(2 / KEPT)
    others = [card for item, card in card_of.items() if item not in of_lot]
    say(database, others, "right")
    after = whole(database)
    assert after.false_passes is not None
    assert after.false_passes.value == pytest.approx(2 / KEPT)
    assert after.read["passed"] == KEPT + len(others)
    assert after.false_passes.high is not None
    assert after.false_passes.high <= (told.false_passes.high or 0)


def test_a_decided_failure_that_passes_by_now_is_known_and_no_part_of_the_rate(
    database: Database, tmp_path: Path
) -> None:
    arrive(database, tmp_path, ALL[:20], keep=KEPT)
    decided = ALL[:5]
    say(database, [cards(database)[item] for item in decided], "right")
    arrive(database, tmp_path, [])
    known = set(by_lot(ALL)) - set(decided)
    assert drawn_from(database, "s") == (known, 75)
    card_of = cards(database)
    say(database, [card_of[item] for item in known], "wrong")
    told = whole(database)
    assert (told.items["passed"], told.read["passed"]) == (80, 5 + len(known))
    assert told.false_passes is not None
    assert told.false_passes.value == pytest.approx(75 / 80)


def test_a_kept_pass_that_fails_by_now_makes_room_for_the_next_of_the_lot(database: Database, tmp_path: Path) -> None:
    arrive(database, tmp_path, [], keep=KEPT)
    first = by_lot(ALL)
    say(database, [cards(database)[first[0]]], "right")
    gone = first[:2]
    arrive(database, tmp_path, gone)
    left = [item for item in ALL if item not in gone]
    assert drawn_from(database, "s") == (set(by_lot(left)), 78)
    told = whole(database)
    assert (told.items, told.read["failed"]) == ({"failed": 2, "passed": 78, "errored": 0, "unscored": 0}, 1)


def test_a_grown_file_keeps_a_choice_of_all_its_passes(database: Database, tmp_path: Path) -> None:
    arrive(database, tmp_path, [], keep=KEPT, of=20)
    first = set(by_lot(ALL[:20]))
    arrive(database, tmp_path, [], keep=2)
    assert set(cards(database)) == first | set(by_lot(ALL))
    assert drawn_from(database, "s") == (set(by_lot(ALL)), 80)


def test_an_import_that_is_cut_off_leaves_no_lot(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(database, tmp_path, [], keep=KEPT, of=20)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("avocet.runs.ledger.Ledger.finish", stop)
        with pytest.raises(KeyboardInterrupt):
            arrive(database, tmp_path, [])
    # those of the smaller file are no choice of the passes of the larger one
    items, size = drawn_from(database, "s")
    assert size == len(items)
    arrive(database, tmp_path, [])
    assert drawn_from(database, "t") == (set(by_lot(ALL)), 80)
