"""Passes that become cards: which, that more only adds, and that a pass that is kept counts as passed."""

from __future__ import annotations

from pathlib import Path

import pytest

from avocet.db import Database
from avocet.errors import InvalidRequest
from avocet.importers.base import ImportOptions
from avocet.review import queue
from avocet.runs import keeping
from tests.consistency import assert_consistent
from tests.runs.listed import Listed, ListedHarness, import_listed
from tests.runs.test_ledger import groups, outcomes_of_cards, rows

PASSES = [Listed(str(number), "passed") for number in range(40)]


def kept(database: Database) -> set[str]:
    return {item for item, (outcome, _) in outcomes_of_cards(database).items() if outcome == "passed"}


def test_so_many_per_task_and_model(database: Database, tmp_path: Path) -> None:
    items = [*PASSES, *(Listed(f"w{n}", "passed", "words") for n in range(3)), Listed("f")]
    items += [Listed(f"o{number}", "passed", model="other") for number in range(9)]
    report = import_listed(database, tmp_path, items, keep={"passed": 5})
    assert (report.read, report.imported, report.passed, report.kept) == (53, 1, 52, 5 + 3 + 5)
    assert len(kept(database)) == 13
    assert groups(database)["small", "sums"] == {"failed": 1, "passed": 40}
    assert {item for item, (_, _, has_card) in rows(database).items() if has_card} == kept(database) | {"f"}
    assert_consistent(database)


def test_a_larger_number_adds_and_a_grown_file_drops_none(database: Database, tmp_path: Path) -> None:
    import_listed(database, tmp_path, PASSES[:20], keep={"passed": 4})
    first = kept(database)
    import_listed(database, tmp_path, PASSES[:20], keep={"passed": 9})
    second = kept(database)
    assert (len(first), len(second)) == (4, 9)
    assert first < second
    report = import_listed(database, tmp_path, PASSES, keep={"passed": 9})
    third = kept(database)
    assert second <= third
    # those of the grown file with the smallest hashes, and those that were kept before
    other = would_keep(9)
    assert third == second | other
    assert (report.passed, report.kept) == (40, len(third))
    report = import_listed(database, tmp_path, PASSES)
    assert (report.passed, report.kept, kept(database)) == (40, len(third), third)


def would_keep(number: int) -> set[str]:
    """Which items of all a new desk would keep."""
    keeper = keeping.Keeper(ImportOptions(keep={"passed": number}), keeping.seed_of("listed"))
    items = list(ListedHarness(PASSES).read((), ImportOptions()).items)
    keeper.look(items)
    return {item.key.item for item in keeper.chosen(list) if item.key}


def test_only_those_that_are_kept_are_made(database: Database, tmp_path: Path) -> None:
    harness = ListedHarness([*PASSES, Listed("f")])
    import_listed(database, tmp_path, [], keep={"passed": 3}, harness=harness)
    assert sorted(harness.drafts_made) == sorted([*kept(database), "f"])


def test_more_than_can_be_held_is_read_a_second_time(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = would_keep(7)
    monkeypatch.setattr(keeping, "HELD_BYTES", 30)
    import_listed(database, tmp_path, PASSES, keep={"passed": 7})
    assert len(expected) == 7
    assert kept(database) == expected


def test_all_of_them(database: Database, tmp_path: Path) -> None:
    items = [*PASSES, Listed("e", "errored")]
    report = import_listed(database, tmp_path, items, keep={"passed": "all"})
    assert (report.passed, report.kept, report.errored, report.imported) == (40, 40, 1, 0)
    assert len(kept(database)) == 40
    assert_consistent(database)


def test_the_queue_shows_them_only_when_asked(database: Database, tmp_path: Path) -> None:
    import_listed(database, tmp_path, [*PASSES, Listed("f")], keep={"passed": 5})
    totals = {
        outcome: queue.page(database, queue.QueueFilter(outcome=outcome)).total
        for outcome in ("failed", "passed", "any", "errored")
    }
    assert totals == {"failed": 1, "passed": 5, "any": 6, "errored": 0}
    page = queue.page(database, queue.QueueFilter(outcome="passed"))
    assert {card["item_id"] for card in page.items} == kept(database)


@pytest.mark.parametrize("number", [-1, 1_000_001])
def test_a_number_that_makes_no_sense_is_refused(number: int) -> None:
    with pytest.raises(InvalidRequest, match="keep passed"):
        ImportOptions(keep={"passed": number})
