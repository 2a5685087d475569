"""The schema's history: one straight line that ends at the models."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from avocet import migrations
from avocet.db import Database
from avocet.errors import DatabaseTooNew
from avocet.models import Base
from avocet.review import search


@pytest.fixture
def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return ScriptDirectory.from_config(config)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.read() as connection:
        yield connection


def test_the_chain_is_one_straight_line(scripts: ScriptDirectory) -> None:
    chain = list(scripts.walk_revisions())
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1
    assert [script.down_revision for script in chain] == [*(script.revision for script in chain[1:]), None]
    assert [script.revision for script in reversed(chain)] == [f"{number:04}" for number in range(1, len(chain) + 1)]


def test_the_head_is_the_one_that_the_desk_looks_for(scripts: ScriptDirectory, connection: Connection) -> None:
    assert scripts.get_current_head() == migrations.HEAD
    assert migrations.is_current(connection)


def test_every_script_says_whether_it_changes_rows(scripts: ScriptDirectory) -> None:
    assert all(isinstance(script.module.changes_rows, bool) for script in scripts.walk_revisions())


def test_the_scripts_travel_with_the_package(scripts: ScriptDirectory) -> None:
    versions = importlib.resources.files("avocet") / "migrations" / "versions"
    found = {entry.name for entry in versions.iterdir() if entry.name.endswith(".py")} - {"__init__.py"}
    assert found == {Path(script.path).name for script in scripts.walk_revisions()}


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_they_make_what_the_models_say(connection: Connection) -> None:
    options = {"compare_type": True, "include_name": _has_a_model}
    context = MigrationContext.configure(connection, opts=options)
    assert compare_metadata(context, Base.metadata) == []


def _has_a_model(name: str | None, kind: str, parents: Any) -> bool:
    """The index of the full-text search is each database's own thing, written by hand."""
    table = str(name if kind == "table" else parents.get("table_name"))
    return not table.startswith(("candidate_search", "decision_search"))


def test_they_make_every_index(connection: Connection, on_postgresql: bool) -> None:
    catalogue = "SELECT indexname FROM pg_indexes" if on_postgresql else "SELECT name FROM sqlite_master"
    made = set(connection.scalars(text(catalogue)))
    assert {index.name for table in Base.metadata.sorted_tables for index in table.indexes} <= made


def test_migrating_again_changes_nothing(database: Database) -> None:
    database.migrate()
    with database.read() as connection:
        assert migrations.is_current(connection)


def test_a_database_from_a_newer_version_is_left_alone(database: Database, on_postgresql: bool) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(DatabaseTooNew, match="9999"):
            database.migrate()
        with database.read() as connection:
            assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    finally:
        if on_postgresql:
            with database.write() as connection:
                connection.execute(text(f"UPDATE alembic_version SET version_num = '{migrations.HEAD}'"))


def test_the_search_index_of_version_0_1_0_is_dropped_and_filled_anew(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'avocet.db'}")
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.execute(text("INSERT INTO candidate_search (rowid, response) VALUES (1, 'old')"))
        connection.execute(text("INSERT INTO settings (key, value) VALUES ('search_indexed', '1')"))
    database.migrate()
    with database.read() as connection:
        assert search.state(connection) == search.SearchState(0, 0)
        assert connection.scalar(text("SELECT count(*) FROM candidate_search_docsize")) == 0
        assert connection.scalar(text("SELECT count(*) FROM decision_search_docsize")) == 0
        assert connection.scalar(text("SELECT count(*) FROM settings")) == 0
    database.close()


def test_a_new_file_is_brought_up_to_date(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'avocet.db'}")
    database.migrate()
    with database.read() as connection:
        assert {table.name for table in Base.metadata.sorted_tables} <= set(inspect(connection).get_table_names())
    database.close()
