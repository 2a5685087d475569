"""Property tests need a new desk for each example, not for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from avocet.db import Database
from tests.conftest import empty


class Desk(NamedTuple):
    """An empty desk and a folder for its files."""

    database: Database
    folder: Path


NewDesk = Callable[[], AbstractContextManager[Desk]]


@pytest.fixture(scope="session")
def new_desk(_server_url: str | None, _template: Path | None, tmp_path_factory: pytest.TempPathFactory) -> NewDesk:
    """Makes an empty desk for a `with` block; two may be open at a time on SQLite, one on PostgreSQL."""

    @contextmanager
    def make() -> Iterator[Desk]:
        folder = tmp_path_factory.mktemp("desk")
        url = _server_url
        if url is None:
            assert _template is not None
            shutil.copy(_template, folder / "avocet.db")
            url = f"sqlite:///{folder / 'avocet.db'}"
        else:
            empty(url)
        database = Database(url)
        try:
            yield Desk(database, folder)
        finally:
            database.close()
            shutil.rmtree(folder)

    return make
