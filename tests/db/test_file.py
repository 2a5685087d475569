"""The file of a SQLite desk: private, and known again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet.api import create_app
from avocet.db import Database
from avocet.db.backup import back_up
from avocet.db.file import DeskFile
from avocet.errors import DatabaseReplaced, OutcomeUnknown, RunUnreadable
from avocet.review import stats
from avocet.runs import Progress, RunSource, find, import_run
from avocet.settings import Settings
from tests.conftest import LOOPBACK
from tests.factories import candidate_line, discard, import_lines, write_jsonl
from tests.processes import PATIENCE_S

ONLY_POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and users of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@ONLY_POSIX
def test_a_new_desk_is_its_owners_alone(desk: Database, file: Path, tmp_path: Path) -> None:
    files = {path.name: mode(path) for path in file.parent.iterdir() if path.is_file()}
    assert files == {"avocet.db": 0o600, "avocet.db-wal": 0o600, "avocet.db-shm": 0o600}
    assert mode(file.parent) == 0o700
    back_up(desk, tmp_path / "copy.db")
    assert mode(tmp_path / "copy.db") == 0o600


@ONLY_POSIX
def test_one_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    path = folder / "avocet.db"
    path.touch()
    path.chmod(0o644)
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    assert (mode(folder), mode(path)) == (0o755, 0o644)


def test_two_who_begin_together_have_one_desk(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'avocet.db'}"
    together, errors = threading.Barrier(4), list[Exception]()

    def begin() -> None:
        together.wait(PATIENCE_S)
        try:
            database = Database(url)
            database.migrate()
            stats.read(database)
            database.close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert [path.name for path in (tmp_path / "new").iterdir() if path.is_file()] == ["avocet.db"]


def _remove(file: Path, _copy: Path) -> None:
    file.unlink()


def _move_away(file: Path, copy: Path) -> None:
    file.rename(copy.with_name("moved.db"))


def _replace(file: Path, copy: Path) -> None:
    copy.replace(file)


def _restore_by_the_book(file: Path, copy: Path) -> None:
    for side in ("-wal", "-shm"):
        file.with_name(file.name + side).unlink()
    _copy_over(file, copy)


def _copy_over(file: Path, copy: Path) -> None:
    """As `cp` does: the file stays the same one, with other bytes in it."""
    with copy.open("rb") as source, file.open("r+b") as target:
        shutil.copyfileobj(source, target)


def _as_an_older_version_made_it(file: Path, marked: str) -> None:
    """A desk of 0.1.0, whose file has no number of its own. `marked` tells it from others."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 0")
        connection.execute("UPDATE candidates SET task_name = ?", (marked,))
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_one_older_desk_copied_over_another_is_noticed(desk: Database, file: Path, tmp_path: Path) -> None:
    desk.close()
    other = tmp_path / "other.db"
    shutil.copy(file, other)
    for older in (file, other):
        _as_an_older_version_made_it(older, older.name)
    with closing(Database(f"sqlite:///{file}")) as opened, closing(Database(f"sqlite:///{file}")) as beside:
        discard(opened, 0)
        discard(beside, 1)
        _copy_over(file, other)
        for database in (opened, beside):
            with pytest.raises(DatabaseReplaced):
                discard(database, 2)


def test_a_desk_that_is_only_looked_at_while_its_owner_stamps_it_stays_the_same(
    desk: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.close()
    _as_an_older_version_made_it(file, "old")
    with monkeypatch.context() as patched:
        patched.setattr("avocet.db.file._can_write", lambda _path: False)
        looked_at = DeskFile(file)
    with closing(Database(f"sqlite:///{file}")) as owner:
        discard(owner, 0)
    looked_at.check()


def test_an_older_copy_of_the_desk_itself_is_noticed(desk: Database, file: Path, tmp_path: Path) -> None:
    """`cp` keeps the number of the desk, but the file counts how often it grew."""
    desk.close()
    copy = tmp_path / "copied-by-hand.db"
    shutil.copy(file, copy)
    with closing(Database(f"sqlite:///{file}")) as opened:
        import_lines(opened, tmp_path / "more", [candidate_line(number) for number in range(100, 300)])
        with opened.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        discard(opened, 0)
        _copy_over(file, copy)
        with pytest.raises(DatabaseReplaced):
            discard(opened, 1)


@pytest.mark.parametrize("change", [_remove, _move_away, _replace, _restore_by_the_book, _copy_over])
def test_another_file_in_its_place_is_noticed(
    desk: Database, file: Path, tmp_path: Path, change: Callable[[Path, Path], None]
) -> None:
    discard(desk, 0)
    copy = tmp_path / "copy.db"
    back_up(desk, copy)
    change(file, copy)
    for act in (lambda: stats.read(desk), lambda: discard(desk, 1)):
        with pytest.raises(DatabaseReplaced, match="would be lost"):
            act()
    assert file.exists() == (change not in (_remove, _move_away))


def _look_again(desk: Database, _file: Path) -> None:
    """The header is read again after the file has changed."""
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    discard(desk, 1)


def _close_another(_desk: Database, file: Path) -> None:
    with closing(Database(f"sqlite:///{file}")) as other:
        stats.read(other)


def _look_for_runs(_desk: Database, file: Path) -> None:
    """As a server does whose results folder holds its data folder."""
    with suppress(RunUnreadable):
        find(file.parent)


@ONLY_POSIX
@pytest.mark.parametrize("look", [_look_again, _close_another, _look_for_runs])
def test_another_process_does_not_remove_the_log_of_an_open_desk(
    desk: Database, file: Path, look: Callable[[Database, Path], None]
) -> None:
    """POSIX frees the locks of a process with the first descriptor that it closes: SQLite's are still needed."""
    discard(desk, 0)
    look(desk, file)
    stats.read(desk)
    log = file.with_name(file.name + "-wal")
    inode = log.stat().st_ino
    come_and_go = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM runs'); c.close()"
    subprocess.run([sys.executable, "-c", come_and_go, str(file)], check=True)
    assert log.stat().st_ino == inode


def test_a_log_that_was_replaced_is_noticed_each_time(desk: Database, file: Path) -> None:
    discard(desk, 0)
    log = file.with_name(file.name + "-wal")
    for number in (1, 2):
        log.unlink(missing_ok=True)
        if number == 2:
            log.touch()
        with pytest.raises(OutcomeUnknown, match="removed" if number == 1 else "replaced"):
            discard(desk, number)


def test_a_log_that_goes_with_our_last_connection_is_no_loss(desk: Database) -> None:
    discard(desk, 0)
    desk.engine.dispose()
    discard(desk, 1)
    assert stats.read(desk).by_status["discarded"] == 2


def test_a_file_that_comes_back_is_taken_up_again(desk: Database, file: Path) -> None:
    file.rename(file.with_name("away.db"))
    with pytest.raises(DatabaseReplaced):
        stats.read(desk)
    file.with_name("away.db").rename(file)
    discard(desk, 0)
    assert stats.read(desk).by_status["discarded"] == 1


def test_a_file_replaced_in_the_middle_is_not_acknowledged(desk: Database, file: Path) -> None:
    with pytest.raises(OutcomeUnknown, match="may have been stored, or be lost"), desk.write():
        file.unlink()
    assert not file.exists()


def test_a_log_that_was_removed_is_noticed(desk: Database, file: Path) -> None:
    discard(desk, 0)
    file.with_name("avocet.db-wal").unlink()
    with pytest.raises(OutcomeUnknown, match="-wal was removed"):
        discard(desk, 1)


def test_an_import_says_how_much_came_in_before_its_desk_was_removed(
    desk: Database, file: Path, tmp_path: Path
) -> None:
    def remove(progress: Progress) -> None:
        if progress.counts.read == 1_000:
            file.unlink()

    lines = write_jsonl(tmp_path / "many.jsonl", (candidate_line(number) for number in range(10, 4_000)))
    with pytest.raises((DatabaseReplaced, OutcomeUnknown), match=r"By then [12],000 cards .* Import it again"):
        import_run(desk, RunSource(lines, "many", "2026-01-02T03:04:05"), on_progress=remove)


def test_a_server_says_so(desk: Database, file: Path) -> None:
    settings = Settings(data_dir=file.parent)
    with TestClient(create_app(settings, desk, index_search=False), base_url=LOOPBACK) as client:
        assert client.get("/api/sft/stats").status_code == 200
        file.unlink()
        for answer in (
            client.get("/api/sft/stats"),
            client.post("/api/sft/submit", json={"id": candidate_line(0)["id"], "action": "discard"}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (503, "database_replaced")
        assert not file.exists()
