"""How a desk is brought up to date: with a copy from before, in batches, taken up where it was cut off."""

from __future__ import annotations

import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from avocet import __version__, migrations
from avocet.db import Database, copies, upgrade
from avocet.db.upgrade import Step
from avocet.desk import Desk
from avocet.errors import BackupNeeded, DatabaseBusy, DatabaseTooNew
from tests.command import Avocet
from tests.db.upgrade import scripts
from tests.factories import candidate_lines, import_lines
from tests.processes import wait_until

CARDS = 9


@pytest.fixture
def desk_url(_server_url: str | None, tmp_path: Path) -> Iterator[str]:
    """A desk of its own, with cards: no other test may meet it half migrated."""
    if _server_url is None:
        yield f"sqlite:///{tmp_path / 'desk' / 'avocet.db'}"
        return
    with psycopg.connect(_server_url.replace("+psycopg", ""), autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS migrating WITH (FORCE)")
        server.execute("CREATE DATABASE migrating")
        yield _server_url.replace("/postgres?", "/migrating?")
        server.execute("DROP DATABASE migrating WITH (FORCE)")


@pytest.fixture
def desk(desk_url: str, tmp_path: Path) -> Iterator[Database]:
    database = Database(desk_url)
    database.migrate()
    import_lines(database, tmp_path, candidate_lines(CARDS))
    yield database
    database.close()


@pytest.fixture
def hook(desk: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    return scripts.add(monkeypatch, tmp_path / "scripts")


def batches(database: Database) -> list[int]:
    with database.read() as connection:
        return list(connection.scalars(text("SELECT last FROM batches ORDER BY last")))


def shouted(database: Database) -> int:
    with database.read() as connection:
        query = text("SELECT count(*) FROM candidates WHERE model_response = upper(model_response)")
        return int(connection.scalar(query) or 0)


def kept(database: Database) -> list[Path]:
    return [copy.path for copy in copies.copies(database.file)] if database.file else []


def is_current(database: Database) -> bool:
    with database.read() as connection:
        return migrations.is_current(connection)


class TestBatches:
    def test_each_is_told_and_all_are_done(self, desk: Database, hook: Path) -> None:
        told: list[Step] = []
        desk.migrate(agreed=True, on_step=told.append)
        assert batches(desk) == [2, 4, 6, 8, CARDS]
        assert [step.done for step in told if step.doing.startswith("Bringing")] == batches(desk)
        assert {step.total for step in told if step.doing.startswith("Bringing")} == {CARDS}
        assert (shouted(desk), is_current(desk)) == (CARDS, True)

    def test_what_was_cut_off_goes_on_where_it_was(self, desk: Database, hook: Path) -> None:
        hook.write_text("raise OSError('pulled the plug')")
        with pytest.raises(OSError, match="pulled the plug"):
            desk.migrate(agreed=True)
        copies_then = kept(desk)
        assert (batches(desk), shouted(desk), is_current(desk)) == ([2, 4], 4, False)
        hook.unlink()
        desk.migrate()
        assert (batches(desk), shouted(desk), is_current(desk)) == ([2, 4, 6, 8, CARDS], CARDS, True)
        assert kept(desk) == copies_then

    def test_what_was_killed_goes_on_where_it_was(
        self, desk: Database, desk_url: str, hook: Path, tmp_path: Path
    ) -> None:
        reached = tmp_path / "reached"
        hook.write_text(f"Path({str(reached)!r}).touch(); import threading; threading.Event().wait()")
        program = (
            "import sys; from pathlib import Path; from avocet import migrations; from avocet.db import Database; "
            "migrations.SCRIPTS += (Path(sys.argv[2]),); migrations.HEAD = sys.argv[3]; "
            "Database(sys.argv[1]).migrate(agreed=True)"
        )
        arguments = (desk_url, str(hook.parent), scripts.NEXT)
        with subprocess.Popen([sys.executable, "-c", program, *arguments]) as process:
            wait_until(reached.exists, "the third batch")
            process.send_signal(signal.SIGKILL)
        hook.unlink()
        assert (batches(desk), is_current(desk)) == ([2, 4], False)
        desk.migrate()
        assert (batches(desk), shouted(desk), is_current(desk)) == ([2, 4, 6, 8, CARDS], CARDS, True)

    def test_another_process_at_it_is_waited_for(
        self, desk: Database, hook: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(upgrade, "WAIT_S", 0.0)
        with desk.hold("migrate"), pytest.raises(DatabaseBusy, match="up to date"):
            desk.migrate(agreed=True)
        assert shouted(desk) == 0


class TestCopy:
    def test_is_kept_beside_the_desk(self, desk: Database, hook: Path) -> None:
        if desk.file is None:
            return
        copy = desk.migrate()
        assert copy
        assert copy.path == desk.file.with_name(f"avocet.db.before-{__version__}")
        assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600
        assert (copy.revision, copy.bytes) == (f"{int(scripts.NEXT) - 1:04}", copy.path.stat().st_size)
        before = Database(f"sqlite:///{copy.path}")
        assert shouted(before) == 0
        with before.read() as connection:
            assert connection.scalar(text("SELECT count(*) FROM candidates")) == CARDS
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        before.close()
        assert not list(desk.file.parent.glob("*.part"))

    def test_never_takes_the_place_of_another(self, desk: Database, hook: Path) -> None:
        if desk.file is None:
            return
        older = desk.file.with_name(f"avocet.db.before-{__version__}")
        older.write_text("something of somebody")
        copy = desk.migrate()
        assert copy
        assert copy.path.name == f"avocet.db.before-{__version__}-2"
        assert older.read_text() == "something of somebody"
        assert [found.revision is None for found in copies.copies(desk.file)] == [False, True]

    def test_is_removed_when_nothing_was_changed(
        self, desk: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        broken = scripts.IN_BATCHES.replace('op.create_table("batches"', 'op.create_table("candidates"')
        scripts.add(monkeypatch, tmp_path / "scripts", broken)
        with pytest.raises(Exception, match="candidates"):
            desk.migrate(agreed=True)
        assert kept(desk) == []

    def test_is_not_needed_where_no_row_changes(
        self, desk: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        scripts.add(monkeypatch, tmp_path / "scripts", scripts.IN_BATCHES.replace("rows = True", "rows = False"))
        assert desk.migrate() is None
        assert (shouted(desk), kept(desk)) == (CARDS, [])

    def test_is_not_needed_where_there_is_no_card(
        self, desk_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        database = Database(desk_url)
        database.migrate()
        scripts.add(monkeypatch, tmp_path / "scripts")
        assert database.migrate() is None
        assert (is_current(database), batches(database), kept(database)) == (True, [], [])
        database.close()

    def test_where_none_can_be_kept_the_person_makes_one(
        self, desk: Database, hook: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(copies, "SPARE_BYTES", 2**62)
        with pytest.raises(BackupNeeded, match=r"--migrate\. Nothing was changed\.") as asked:
            desk.migrate()
        assert ("pg_dump --format=custom" in asked.value.detail) == (desk.file is None)
        assert shouted(desk) == 0
        assert desk.migrate(agreed=True) is None
        assert (shouted(desk), kept(desk)) == (CARDS, [])

    def test_no_password_is_told(self) -> None:
        database = Database("postgresql://rowan:hidden@db.example:5433/desk?password=hidden")
        assert database.address == "postgresql://rowan@db.example:5433/desk"
        database.close()

    def test_is_what_an_older_version_asks_for(self, desk: Database, hook: Path) -> None:
        with pytest.MonkeyPatch.context() as newer:
            newer.setattr(migrations, "HEAD", scripts.NEXT)
            desk.migrate(agreed=True)
        migrations_then = f"{int(scripts.NEXT) - 1:04}"
        with pytest.MonkeyPatch.context() as older:
            older.setattr(migrations, "HEAD", migrations_then)
            older.setattr(migrations, "SCRIPTS", migrations.SCRIPTS[:1])
            with pytest.raises(DatabaseTooNew) as refused:
                desk.migrate()
            if desk.file is None:
                assert "pg_restore" in refused.value.detail
                return
            (copy,) = kept(desk)
            assert f"cp '{copy}' '{desk.file}'" in refused.value.detail
            desk.close()
            for end in ("-wal", "-shm"):
                desk.file.with_name(f"avocet.db{end}").unlink(missing_ok=True)
            shutil.copyfile(copy, desk.file)
            again = Database(f"sqlite:///{desk.file}")
            again.migrate()
            assert (shouted(again), is_current(again)) == (0, True)
            again.close()


class TestCommand:
    @pytest.fixture
    def avocet(
        self, desk_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> Avocet:
        monkeypatch.setenv("AVOCET_DATA_DIR", str(tmp_path / "desk"))
        monkeypatch.setenv("AVOCET_DATABASE_URL", desk_url)
        return Avocet(monkeypatch, capsys)

    def test_every_command_shows_what_it_does(self, desk: Database, hook: Path, avocet: Avocet) -> None:
        said = avocet("stats", "--json", *(() if desk.file else ("--migrate",)))
        assert said.json()["total"] == CARDS
        assert "Bringing the cards up to date" in said.err
        assert ("A copy from before is kept as" in said.err) == bool(kept(desk)) == (desk.file is not None)
        assert avocet("stats").err == ""

    def test_it_asks_where_it_has_to(
        self, desk: Database, hook: Path, avocet: Avocet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(copies, "SPARE_BYTES", 2**62)
        assert "--migrate" in avocet.refused("stats")
        assert avocet("stats", "--migrate").code == 0
        assert shouted(desk) == CARDS


def test_from_python(desk: Database, desk_url: str, hook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "SPARE_BYTES", 2**62)
    with pytest.raises(BackupNeeded):
        Desk(desk_url)
    Desk(desk_url, migrate=True).close()
    assert shouted(desk) == CARDS
