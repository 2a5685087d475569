"""The schema's history: one straight line that ends at the models."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from avocet import migrations
from avocet.db import Database
from avocet.errors import DatabaseTooNew
from avocet.models import Base


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


def test_the_head_is_the_one_that_the_desk_looks_for(scripts: ScriptDirectory, connection: Connection) -> None:
    assert scripts.get_current_head() == migrations.HEAD
    assert migrations.is_current(connection)


def test_the_scripts_travel_with_the_package(scripts: ScriptDirectory) -> None:
    versions = importlib.resources.files("avocet") / "migrations" / "versions"
    found = {entry.name for entry in versions.iterdir() if entry.name.endswith(".py")} - {"__init__.py"}
    assert found == {Path(script.path).name for script in scripts.walk_revisions()}


@pytest.mark.filterwarnings("ignore:autogenerate skipping", "ignore:Skipped unsupported reflection")
def test_they_make_what_the_models_say(connection: Connection) -> None:
    inspector = inspect(connection)
    for table in Base.metadata.sorted_tables:
        made = {column["name"]: column["nullable"] for column in inspector.get_columns(table.name)}
        assert made == {column.name: bool(column.nullable) for column in table.columns}, table.name
    # what the two databases have of their own (the search index) is no table of the models
    allowed = {"remove_table", "remove_index"}
    differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    own = {index.name for table in Base.metadata.sorted_tables for index in table.indexes}
    unexpected = [item for item in differences if item[0] not in allowed and getattr(item[1], "name", "") not in own]
    assert unexpected == []


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


def test_a_new_file_is_brought_up_to_date(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'avocet.db'}")
    database.migrate()
    with database.read() as connection:
        assert {table.name for table in Base.metadata.sorted_tables} <= set(inspect(connection).get_table_names())
    database.close()
