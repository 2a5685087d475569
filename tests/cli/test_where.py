"""avocet where."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from avocet import __version__, migrations
from avocet.db import Database
from avocet.db.backup import back_up
from avocet.errors import DatabaseUnavailable
from tests.command import Avocet
from tests.factories import candidate_lines, import_lines


@pytest.fixture
def full(database: Database, tmp_path: Path) -> Database:
    import_lines(database, tmp_path / "results", candidate_lines(3))
    return database


def test_says_where_it_is_and_what_it_is_made_of(avocet: Avocet, full: Database) -> None:
    told = avocet("where", "--json").json()
    assert told["desk"]["what"] == "the desk"
    assert told["desk"]["bytes"] > 10_000
    assert told["desk"]["path"] == (str(full.file) if full.file else full.address)
    versions = told["versions"]
    assert (versions["avocet"], versions["schema"], versions["newest_schema"]) == (
        __version__,
        migrations.HEAD,
        migrations.HEAD,
    )
    assert versions["database"].startswith("SQLite 3" if full.file else "PostgreSQL 1")
    said = avocet.done("where")
    assert told["desk"]["path"] in said
    assert f"avocet {__version__}" in said


def test_lists_the_copies(avocet: Avocet, full: Database) -> None:
    if full.file is None:
        return
    copy = full.file.with_name("avocet.db.before-0.2.0")
    back_up(full, copy)
    (told,) = avocet("where", "--json").json()["copies"]
    assert (told["path"], told["schema"], told["bytes"]) == (str(copy), migrations.HEAD, copy.stat().st_size)
    assert str(copy) in avocet.done("where")


def test_what_it_says_to_remove_removes_all_of_it_and_nothing_else(
    avocet: Avocet, full: Database, tmp_path: Path
) -> None:
    if full.file is None:
        assert avocet("where", "--json").json()["remove"][0].startswith("dropdb ")
        return
    mine = full.file.parent / "my notes.txt"
    mine.write_text("not Avocet's")
    back_up(full, full.file.with_name("avocet.db.before-0.2.0"))
    full.close()
    (remove, uninstall) = avocet("where", "--json").json()["remove"]
    assert uninstall == "pip uninstall avocet-desk"
    subprocess.run(shlex.split(remove), check=True)
    assert list(full.file.parent.iterdir()) == [mine]


def test_makes_no_desk_by_asking(avocet: Avocet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AVOCET_DATABASE_URL", raising=False)
    monkeypatch.setenv("AVOCET_DATA_DIR", str(tmp_path / "none" / "yet"))
    told = avocet("where", "--json").json()
    assert (told["desk"]["what"], told["desk"]["path"]) == (
        "no desk yet",
        str(tmp_path / "none" / "yet" / "avocet.db"),
    )
    assert "schema none" in avocet.done("where")
    assert not (tmp_path / "none").exists()


def test_a_desk_that_does_not_answer(avocet: Avocet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "avocet.db").write_text("this is a text file, and a long one " * 50)
    monkeypatch.setenv("AVOCET_DATABASE_URL", f"sqlite:///{tmp_path / 'avocet.db'}")
    assert DatabaseUnavailable.code == "database_unavailable"
    assert "isn't a SQLite database" in avocet.refused("where")
