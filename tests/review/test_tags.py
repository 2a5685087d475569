"""Tags are counted by the index alone; whoever merges while others decide, no card stays under a tag that is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from avocet.db import Database
from avocet.review import candidates, decisions, tags
from avocet.review.decisions import Submission
from avocet.review.tags import screen
from tests.consistency import assert_consistent
from tests.factories import RUN, candidate_lines, import_lines
from tests.plans import steps
from tests.review.test_decisions import CLIENTS, at_once

ROUNDS = 6


def test_merging_while_others_give_and_take_tags(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(CLIENTS * 2))
    names = [f"t{number}" for number in range(ROUNDS)]
    decisions.submit(database, Submission(id=f"{RUN}/item-0", action="flag", tags=["last", *names]), "ann")

    def work(client: int) -> None:
        if client == 0:
            for name in names:
                tags.merge(database, [name], "last")
            return
        for name in names:
            for number in (client, client + CLIENTS):
                card = f"{RUN}/item-{number}"
                said = Submission(id=card, action="flag", tags=[name, f"of client {client % 2}"])
                standing = decisions.submit(database, said, "bo").decision_id
                again = Submission(id=card, action="discard", tags=["last"], revises=standing)
                decisions.submit(database, again, "bo")
                decisions.undo(database, card, "bo")
                decisions.undo(database, card, "bo")
            # a new one, which another client enters at the same moment
            decisions.submit(database, Submission(id=card, action="flag", tags=[f"new with {name}"]), "bo")
            decisions.undo(database, card, "bo")

    at_once(work)
    assert_consistent(database)
    listed = {tag.name: tag.cards for tag in tags.read_all(database).tags}
    assert {name: cards for name, cards in listed.items() if cards} == {"last": 1}
    assert candidates.get(database, f"{RUN}/item-0")["tags"] == ["last"]


def test_tags_are_the_most_used_first_however_many_there_are(
    database: Database, bench_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_lines(database, bench_dir, candidate_lines(3))
    for number, names in enumerate((["units", "kg"], ["units", "Über"], ["units", "kg"])):
        decisions.submit(database, Submission(id=f"{RUN}/item-{number}", action="flag", tags=names), "ann")

    def counts(begin: str | None = None) -> list[tuple[str, int]]:
        return [(tag.name, tag.cards) for tag in tags.read_all(database, begin).tags]

    for few in (500, 2):
        monkeypatch.setattr(screen, "_FEW", few)
        assert counts() == [("units", 3), ("kg", 2), ("Über", 1)]
        assert counts("u") == [("units", 3)]


@pytest.mark.only("sqlite")  # how PostgreSQL goes about it depends on its statistics
def test_only_the_cards_of_the_tags_that_are_asked_for_are_counted(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, candidate_lines(2))
    decisions.submit(database, Submission(id=f"{RUN}/item-0", action="flag", tags=["units", "kg"]), "ann")
    found = steps(database, lambda: tags.read_all(database, "un"))
    assert "SEARCH card_tags USING PRIMARY KEY (tag_pk=?)" in found
    assert "SEARCH tags USING INTEGER PRIMARY KEY (rowid=?)" in found
