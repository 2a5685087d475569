"""The desks that version 0.1.0 made, set up for one test."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import text

from avocet.db import Database
from tests.importers.files import SAMPLES

DESKS = Path(__file__).parent / "desks"
SOURCES: list[dict[str, Any]] = json.loads((DESKS / "sources.json").read_text("utf-8"))
COUNTS: dict[str, Any] = json.loads((DESKS / "counts.json").read_text("utf-8"))
ROOT = "/tmp/avocet-results"
PLACES = {"cases": DESKS / "cases", "samples": SAMPLES}


def path_of(source: dict[str, Any]) -> Path:
    """Where a source of the desk lies now."""
    kind, _, rest = str(source["path"]).partition("/")
    return PLACES[kind] / rest


@contextmanager
def desk_of_0_1_0(server_url: str | None, folder: Path) -> Iterator[str]:
    """The URL of the desk as 0.1.0 left it; its results lie where the tests' are."""
    url = _in_sqlite(folder) if server_url is None else _in_postgresql(server_url)
    database = Database(url)
    with database.write() as connection:
        for kind, place in PLACES.items():
            query = text("UPDATE runs SET path = replace(path, :was, :place)")
            connection.execute(query, {"was": f"{ROOT}/{kind}", "place": str(place)})
    database.close()
    yield url
    if server_url is not None:
        with _connect(server_url) as server:
            server.execute("DROP DATABASE upgraded WITH (FORCE)")


def _in_sqlite(folder: Path) -> str:
    folder.mkdir(exist_ok=True)
    path = folder / "avocet.db"
    path.write_bytes(lzma.decompress((DESKS / "avocet.db.xz").read_bytes()))
    return f"sqlite:///{path}"


def _in_postgresql(server_url: str) -> str:
    with _connect(server_url) as server:
        server.execute("DROP DATABASE IF EXISTS upgraded WITH (FORCE)")
        server.execute("CREATE DATABASE upgraded")
    before, _, after = server_url.partition("/postgres?")
    url = f"{before}/upgraded?{after}"
    with _connect(url) as connection:
        connection.execute((DESKS / "avocet.sql").read_bytes())
    return url


def _connect(url: str) -> psycopg.Connection[Any]:
    return psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)
