"""avocet take-back and avocet restore."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from avocet.db import Database
from avocet.models import Removal
from avocet.review import decisions, stats
from avocet.review.decisions import Submission
from tests.command import Avocet
from tests.factories import RUN, candidate_line, candidate_lines, import_lines


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    """A run of three cards, the first one decided."""
    import_lines(database, bench_dir, candidate_lines(3))
    decisions.submit(database, Submission(id=candidate_line(0)["id"], action="accept"), "ann")
    return database


def total(database: Database) -> int:
    return stats.read(database).total


def test_dry_run_says_what_would_go(avocet: Avocet, desk: Database) -> None:
    assert avocet.done("take-back", RUN, "--dry-run") == f"{RUN}: would hide 2 cards; 1 decided would stay\n"
    said = avocet.done("take-back", RUN, "--decided-too", "--dry-run")
    assert said == f"{RUN}: would hide 3 cards (1 decided)\n"
    assert total(desk) == 3


def test_it_is_done_and_brought_back(avocet: Avocet, desk: Database) -> None:
    assert avocet.done("take-back", RUN, "--yes") == f"{RUN}: hidden: 2 cards; 1 decided stay\n"
    assert total(desk) == 1
    assert avocet.done("runs").splitlines()[1].split()[-2:] == ["0", "2"]
    assert avocet.done("take-back", RUN, "--decided-too", "-y") == f"{RUN}: hidden: 1 card (1 decided)\n"
    assert avocet.done("runs").splitlines()[1].split()[1] == "removed"
    assert avocet.done("restore", RUN) == f"{RUN}: 3 cards brought back\n"
    assert total(desk) == 3
    with desk.read() as connection:
        assert set(connection.scalars(select(Removal.reviewer))) == {"rowan"}


def test_json(avocet: Avocet, desk: Database) -> None:
    said = avocet("take-back", RUN, "--yes", "--json").json()
    assert said == {"run_id": RUN, "undecided": 2, "decided": 1, "hidden": 2, "dry_run": False}
    assert avocet("restore", RUN, "--json").json() == {"run_id": RUN, "restored": 2}


def test_without_a_terminal_it_wants_a_yes(avocet: Avocet, desk: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    sentence = avocet.refused("take-back", RUN)
    assert "would hide 2 cards" in sentence
    assert "--yes" in sentence
    assert total(desk) == 3


@pytest.mark.parametrize(("answer", "code", "left"), [("y\n", 0, 1), ("n\n", 1, 3), ("\n", 1, 3)])
def test_at_a_terminal_it_asks(
    avocet: Avocet, desk: Database, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, left: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    said = avocet("take-back", RUN)
    assert (said.code, total(desk)) == (code, left)
    assert said.err.startswith(f"{RUN}: would hide 2 cards; 1 decided would stay. Nothing is deleted.\n")


def test_what_cannot_be_done_is_a_sentence(avocet: Avocet, desk: Database) -> None:
    assert avocet.refused("take-back", "nowhere", "--yes") == "No run 'nowhere' was imported."
    assert avocet.refused("restore", "nowhere") == "No run 'nowhere' was imported."
    assert "nothing was changed" in avocet.refused("restore", RUN)
    avocet.done("take-back", RUN, "--yes")
    assert "decided cards back too (1)" in avocet.refused("take-back", RUN, "--yes")
    assert avocet.done("take-back", RUN, "--dry-run") == f"{RUN}: would hide 0 cards; 1 decided would stay\n"
