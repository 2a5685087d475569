"""The ledger: a row for every item that was read, and counts that add up whatever is imported again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from avocet.db import Database
from avocet.domain import OUTCOMES
from avocet.models import Candidate, Item, ItemGroup
from avocet.review import decisions
from avocet.review.decisions import Submission
from avocet.runs.item_names import KEY_BYTES
from tests.consistency import assert_consistent
from tests.factories import Line, import_lines
from tests.runs.listed import Listed, ListedHarness, import_listed


def groups(database: Database) -> dict[tuple[str, str], dict[str, int]]:
    """The counts of each model and task, by outcome; those that are only counted apart."""
    with database.read() as connection:
        rows = connection.execute(select(ItemGroup.__table__)).mappings().all()
    names = [*OUTCOMES, "counted_passed", "counted_errored", "counted_unscored"]
    return {(row["model_name"], row["task_type"]): {name: row[name] for name in names if row[name]} for row in rows}


def rows(database: Database) -> dict[str, tuple[str, bool, bool]]:
    """The ledger by item: its outcome, whether the file still has it, and whether it has a card."""
    with database.read() as connection:
        found = connection.execute(select(Item.item, Item.outcome, Item.seen, Item.candidate_seq)).all()
    return {row.item.decode(): (row.outcome, row.seen > 0, row.candidate_seq is not None) for row in found}


def outcomes_of_cards(database: Database) -> dict[str, tuple[str, str]]:
    """Each card's own outcome and its item's by the last import, by item."""
    with database.read() as connection:
        query = select(Candidate.item_id, Candidate.outcome, Candidate.item_outcome)
        return {str(row[0]): (row[1], row[2]) for row in connection.execute(query)}


def decide(database: Database, item: str, action: Any = "discard") -> None:
    with database.read() as connection:
        card = connection.scalar(select(Candidate.id).where(Candidate.item_id == item))
    decisions.submit(database, Submission(id=str(card), action=action), "rowan")


def test_every_item_has_a_row(database: Database, tmp_path: Path) -> None:
    items = [
        Listed("1"),
        Listed("2", "passed"),
        Listed("3", "errored"),
        Listed("4", "unscored"),
        Listed("5", "passed", is_rejected=True),
        Listed("6", "passed", is_counted=True),
        Listed("1", "passed", task="words"),
    ]
    report = import_listed(database, tmp_path, items)
    assert (report.read, report.imported, report.passed, report.rejected, report.kept) == (7, 1, 3, 1, 0)
    assert groups(database) == {
        ("small", "sums"): {"failed": 1, "passed": 2, "errored": 1, "unscored": 1, "counted_passed": 1},
        ("small", "words"): {"passed": 1},
    }
    with database.read() as connection:
        cards = connection.execute(select(Item.item, Item.candidate_seq)).all()
    assert {item for item, seq in cards if seq is not None} == {b"1"}
    assert_consistent(database)


def test_importing_again_replaces_rows_and_marks_what_is_gone(database: Database, tmp_path: Path) -> None:
    import_listed(database, tmp_path, [Listed("1"), Listed("2", "passed"), Listed("3", task="words")])
    import_listed(database, tmp_path, [Listed("1", "passed"), Listed("4", "passed")])
    # a run may come file by file: the task that is not in these files stays
    assert groups(database) == {("small", "sums"): {"passed": 2}, ("small", "words"): {"failed": 1}}
    assert rows(database) == {
        "1": ("passed", True, True),
        "2": ("passed", False, False),
        "3": ("failed", True, True),
        "4": ("passed", True, False),
    }
    import_listed(database, tmp_path, [Listed("2", "errored")])
    assert groups(database)["small", "sums"] == {"errored": 1}
    # the card stays in the queue it was in; its item counts no more
    assert outcomes_of_cards(database)["1"] == ("passed", "absent")
    import_listed(database, tmp_path, [Listed("1")])
    assert outcomes_of_cards(database)["1"] == ("failed", "failed")
    assert_consistent(database)


def test_items_that_are_listed_later_are_counted_once(database: Database, tmp_path: Path) -> None:
    counted = [Listed(str(number), "passed", is_counted=True) for number in range(3)]
    import_listed(database, tmp_path, counted)
    assert groups(database) == {("small", "sums"): {"counted_passed": 3}}
    import_listed(database, tmp_path, [one._replace(is_counted=False) for one in counted])
    assert groups(database) == {("small", "sums"): {"passed": 3}}


def test_a_card_follows_its_item_until_it_is_decided(database: Database, tmp_path: Path) -> None:
    import_listed(database, tmp_path, [Listed("1"), Listed("2"), Listed("3")])
    decide(database, "2")
    import_listed(database, tmp_path, [Listed("1", "passed"), Listed("2", "passed"), Listed("3")])
    assert outcomes_of_cards(database) == {
        "1": ("passed", "passed"),
        "2": ("failed", "passed"),
        "3": ("failed", "failed"),
    }
    assert_consistent(database)
    import_listed(database, tmp_path, [Listed("1"), Listed("2"), Listed("3")])
    assert set(outcomes_of_cards(database).values()) == {("failed", "failed")}
    assert_consistent(database)


def test_lines_without_a_key_are_named_by_id_or_text(database: Database, tmp_path: Path) -> None:
    lines: list[Line | str | bytes] = [
        {"id": "a", "prompt_messages": [{"role": "user", "content": "?"}], "model_response": "x"},
        {"prompt_messages": [{"role": "user", "content": "?"}], "model_response": "y"},
        {"id": "z" * 100, "prompt_messages": [{"role": "user", "content": "?"}], "model_response": "z"},
        "{broken",
    ]
    import_lines(database, tmp_path, lines)
    with database.read() as connection:
        names = list(connection.scalars(select(Item.item)))
    assert sorted(map(len, names)) == [1, KEY_BYTES, KEY_BYTES]
    assert b"a" in names
    assert groups(database) == {("", ""): {"failed": 3}}
    import_lines(database, tmp_path, lines[::-1])
    assert groups(database) == {("", ""): {"failed": 3}}


def test_the_harness_of_the_tests_makes_cards_on_request(database: Database, tmp_path: Path) -> None:
    harness = ListedHarness([Listed("1", "passed"), Listed("2", "passed")])
    import_listed(database, tmp_path, [], harness=harness)
    assert harness.drafts_made == []


@pytest.mark.parametrize("rows_in_a_batch", [2, 500])
def test_an_item_listed_twice_in_a_first_import_counts_once(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_in_a_batch: int
) -> None:
    monkeypatch.setattr("avocet.runs.batches.BATCH_ROWS", rows_in_a_batch)
    items = [Listed("1"), Listed("2", "passed"), Listed("2", "errored"), Listed("3"), Listed("1", "passed")]
    import_listed(database, tmp_path, [*items, Listed("4", "passed"), Listed("5", task="words")])
    assert groups(database) == {
        ("small", "sums"): {"failed": 1, "passed": 2, "errored": 1},
        ("small", "words"): {"failed": 1},
    }
    assert_consistent(database)
    # the card was made as failed, and follows the item to its last outcome
    assert outcomes_of_cards(database)["1"] == ("passed", "passed")
