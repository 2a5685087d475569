"""The engine and every difference between the two databases."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from avocet.db import Database, now
from avocet.db.backup import back_up
from avocet.db.dialect import upsert
from avocet.errors import AlreadyImporting, DatabaseUnavailable, DiskFull, Prerequisite, ReadOnly
from avocet.models import Setting
from tests.factories import assert_counted, candidate_lines, import_lines

PATIENCE_S = 30.0


def store(database: Database, key: str, value: str = "x") -> None:
    with database.write() as connection:
        connection.execute(insert(Setting).values(key=key, value=value))


def keys(database: Database) -> set[str]:
    with database.read() as connection:
        return set(connection.scalars(select(Setting.key)))


class TestTransactions:
    def test_a_write_is_kept_when_its_block_ends(self, database: Database) -> None:
        store(database, "a")
        assert keys(database) == {"a"}

    def test_a_write_that_raises_changes_nothing(self, database: Database) -> None:
        def fail_half_way() -> None:
            with database.write() as connection:
                connection.execute(insert(Setting).values(key="a", value="x"))
                raise KeyError

        with pytest.raises(KeyError):
            fail_half_way()
        assert keys(database) == set()
        store(database, "b")
        assert keys(database) == {"b"}

    def test_a_read_sees_one_state(self, database: Database) -> None:
        store(database, "a")
        with database.read() as connection:
            count = select(func.count()).select_from(Setting)
            before = connection.scalar(count)
            thread = threading.Thread(target=store, args=(database, "b"))
            thread.start()
            thread.join(PATIENCE_S)
            assert connection.scalar(count) == before == 1
        assert keys(database) == {"a", "b"}

    def test_reading_does_not_wait_for_a_writer(self, database: Database) -> None:
        with database.write() as connection:
            connection.execute(insert(Setting).values(key="a", value="x"))
            assert keys(database) == set()

    def test_what_breaks_a_rule_is_an_integrity_error(self, database: Database) -> None:
        store(database, "a")
        with pytest.raises(IntegrityError):
            store(database, "a")

    def test_upsert(self, database: Database) -> None:
        store(database, "a", "old")
        with database.write() as connection:
            statement = upsert(connection.dialect.name, Setting.__table__)
            statement = statement.values(key="a", value="new")
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": "new"}))
            assert connection.scalar(select(Setting.value)) == "new"
            connection.execute(delete(Setting))


def test_the_moment_sorts_as_text() -> None:
    moments = [now() for _ in range(5)]
    assert moments == sorted(moments)
    assert {len(moment) for moment in moments} == {27}


class TestHold:
    def test_one_at_a_time(self, database: Database) -> None:
        with database.hold("import:a"):
            assert self.in_another_thread(database, "import:a") == "refused"
            assert self.in_another_thread(database, "import:b") == "held"
        assert self.in_another_thread(database, "import:a") == "held"

    def test_it_is_seen(self, database: Database) -> None:
        seen: list[bool] = []

        def look() -> None:
            seen.append(database.is_held("import:ü/x"))

        for held in (False, True, False):
            thread = threading.Thread(target=look)
            if held:
                with database.hold("import:ü/x"):
                    thread.start()
                    thread.join(PATIENCE_S)
            else:
                thread.start()
                thread.join(PATIENCE_S)
        assert seen == [False, True, False]

    def test_it_is_free_after_an_error(self, database: Database) -> None:
        with pytest.raises(KeyError), database.hold("a"):
            raise KeyError
        assert self.in_another_thread(database, "a") == "held"

    @staticmethod
    def in_another_thread(database: Database, name: str) -> str:
        said: list[str] = []

        def hold() -> None:
            try:
                with database.hold(name):
                    said.append("held")
            except AlreadyImporting:
                said.append("refused")

        thread = threading.Thread(target=hold)
        thread.start()
        thread.join(PATIENCE_S)
        return said[0]


class TestBackup:
    def test_is_a_desk_of_its_own(self, database: Database, bench_dir: Path, tmp_path: Path) -> None:
        if not database.is_sqlite:
            with pytest.raises(Prerequisite, match="pg_dump"):
                back_up(database, tmp_path / "backup.db")
            return
        import_lines(database, bench_dir, candidate_lines(3))
        back_up(database, tmp_path / "backup.db")
        copy = Database(f"sqlite:///{tmp_path / 'backup.db'}")
        copy.migrate()
        assert_counted(copy)
        with copy.read() as connection:
            assert connection.scalar(text("SELECT count(*) FROM candidates")) == 3
        copy.close()
        assert not list(tmp_path.glob("*.part"))


class TestRefused:
    @pytest.mark.parametrize(
        ("url", "words"),
        [
            ("not a url", "isn't a database URL"),
            ("mysql://localhost/x", "mysql"),
            ("sqlite://", "needs a database file"),
            ("sqlite:///:memory:", "needs a database file"),
        ],
    )
    def test_a_url_of_another_kind(self, url: str, words: str) -> None:
        with pytest.raises(Prerequisite, match=words):
            Database(url)

    def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        (tmp_path / "avocet.db").write_text("this is a text file, and a long one " * 50)
        database = Database(f"sqlite:///{tmp_path / 'avocet.db'}")
        with pytest.raises(DatabaseUnavailable, match="isn't a SQLite database"):
            database.migrate()
        database.close()

    def test_a_folder_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(ReadOnly, match="can't be made"):
            Database(f"sqlite:///{tmp_path / 'file' / 'data' / 'avocet.db'}")

    def test_a_server_that_does_not_answer(self) -> None:
        database = Database("postgresql://nobody@127.0.0.1:1/nothing")
        with pytest.raises(DatabaseUnavailable, match="doesn't answer"):
            keys(database)
        database.close()

    def test_a_full_disk(self, tmp_path: Path) -> None:
        database = Database(f"sqlite:///{tmp_path / 'avocet.db'}")
        database.migrate()
        with database.engine.connect() as connection:
            connection.execute(text("PRAGMA max_page_count = 1"))
            with pytest.raises(DiskFull, match="Nothing was changed"):
                connection.execute(insert(Setting).values(key="a", value="x" * 1_000_000))
        database.close()


def test_sqlite_is_durable_and_checks_foreign_keys(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'avocet.db'}")
    with database.read() as connection:
        pragmas = {name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous")}
        assert pragmas == {"journal_mode": "wal", "synchronous": 2}
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    database.close()
    with closing(sqlite3.connect(tmp_path / "avocet.db")) as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
