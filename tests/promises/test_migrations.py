"""The schema's history is one straight line that ends where the models are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from avocet import migrations
from avocet.db import Database
from avocet.models import Base


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return ScriptDirectory.from_config(config)


def test_the_history_is_one_straight_line() -> None:
    history = list(scripts().walk_revisions())
    assert len(scripts().get_heads()) == 1
    assert len(scripts().get_bases()) == 1
    assert [script.down_revision for script in history[:-1]] == [script.revision for script in history[1:]]
    assert sorted(script.revision for script in history) == [f"{number:04}" for number in range(1, len(history) + 1)]


def test_head_is_alembics() -> None:
    assert scripts().get_current_head() == migrations.HEAD


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_migrations_make_the_models(database: Database) -> None:
    with database.read() as connection:
        options = {"compare_type": True, "include_name": _has_a_model}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def _has_a_model(name: str | None, kind: str, parents: Any) -> bool:
    """The index of the full-text search is each database's own thing, written by hand."""
    return not str(name if kind == "table" else parents.get("table_name")).startswith("candidate_search")


def test_every_index_is_made_the_ones_on_expressions_too(database: Database, on_postgresql: bool) -> None:
    catalogue = "SELECT indexname FROM pg_indexes" if on_postgresql else "SELECT name FROM sqlite_master"
    with database.read() as connection:
        made = set(connection.scalars(text(catalogue)))
    assert {index.name for table in Base.metadata.sorted_tables for index in table.indexes} <= made


def test_migrating_again_changes_nothing(database: Database) -> None:
    database.migrate()
    with database.read() as connection:
        assert migrations.is_current(connection)
