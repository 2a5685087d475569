"""avocet backup."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from avocet.db import Database
from avocet.review import decisions, stats
from avocet.review.decisions import Submission
from tests.command import Avocet
from tests.factories import candidate_line, candidate_lines, import_lines
from tests.processes import PATIENCE_S

CARDS = 300


@pytest.fixture
def desk(avocet: Avocet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Database]:
    """A SQLite desk, whatever `--db` says, with cards in it."""
    monkeypatch.delenv("AVOCET_DATABASE_URL", raising=False)
    monkeypatch.setenv("AVOCET_DATA_DIR", str(tmp_path / "own"))
    database = Database(f"sqlite:///{tmp_path / 'own' / 'avocet.db'}")
    database.migrate()
    import_lines(database, tmp_path / "results", candidate_lines(CARDS))
    yield database
    database.close()


def numbers(path: Path) -> stats.Stats:
    database = Database(f"sqlite:///{path}")
    try:
        return stats.read(database)
    finally:
        database.close()


def test_it_opens_as_a_desk_with_the_same_numbers(avocet: Avocet, desk: Database, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    said = avocet("backup", copy)
    assert (said.code, said.out, said.err) == (0, "", f"Backup written to {copy}\n")
    assert numbers(copy) == stats.read(desk)
    assert [path.name for path in tmp_path.glob("copy*") if "-" not in path.name] == ["copy.db"]


def test_it_is_whole_while_a_reviewer_decides(avocet: Avocet, desk: Database, tmp_path: Path) -> None:
    started = threading.Event()

    def review() -> None:
        for number in range(CARDS):
            decisions.submit(desk, Submission(id=candidate_line(number)["id"], action="discard"), "rowan")
            started.set()

    reviewer = threading.Thread(target=review)
    reviewer.start()
    assert started.wait(PATIENCE_S)
    avocet.done("backup", tmp_path / "copy.db")
    reviewer.join()
    copied = numbers(tmp_path / "copy.db")
    assert copied.total == CARDS
    assert copied.by_status["discarded"] >= 1
    assert stats.read(desk).by_status["discarded"] == CARDS


def test_an_older_copy_is_replaced(avocet: Avocet, desk: Database, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    avocet.done("backup", copy)
    decisions.submit(desk, Submission(id=candidate_line(0)["id"], action="discard"), "rowan")
    avocet.done("backup", copy)
    assert numbers(copy) == stats.read(desk)


@pytest.mark.parametrize("place", ["missing/copy.db", "file/copy.db", "folder"])
def test_a_target_that_can_not_be_written_is_a_sentence(
    avocet: Avocet, desk: Database, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_text("kept")
    (tmp_path / "folder").mkdir()
    assert str(tmp_path / place) in avocet.refused("backup", tmp_path / place)
    assert (tmp_path / "file").read_text() == "kept"
    assert not list(tmp_path.rglob("*.part"))


def test_the_desk_is_never_its_own_backup(avocet: Avocet, desk: Database, tmp_path: Path) -> None:
    before = stats.read(desk)
    assert "itself" in avocet.refused("backup", tmp_path / "own" / "avocet.db")
    assert stats.read(desk) == before


def test_a_desk_in_postgresql_is_backed_up_with_its_own_tool(
    avocet: Avocet, on_postgresql: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if not on_postgresql:
        # refused without a connection, so none has to be there
        monkeypatch.setattr("avocet.db.Database.migrate", lambda *_, **__: None)
        monkeypatch.setenv("AVOCET_DATABASE_URL", "postgresql+psycopg://127.0.0.1:1/desk")
    assert "pg_dump" in avocet.refused("backup", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
