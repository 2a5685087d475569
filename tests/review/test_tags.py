"""Tags while others decide: whoever merges at that moment, no card stays under a tag that is gone."""

from __future__ import annotations

from pathlib import Path

from avocet.db import Database
from avocet.review import candidates, decisions, tags
from avocet.review.decisions import Submission
from tests.consistency import assert_consistent
from tests.factories import RUN, candidate_lines, import_lines
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
