"""What a command writes over: never the desk, and a stranger's file only when it is told to."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from avocet.db import Database
from avocet.desk import Desk
from avocet.errors import Prerequisite
from avocet.review import stats
from tests.command import Avocet
from tests.factories import candidate_line, candidate_lines, import_lines

CARDS = 5
RESULTS = '{"task": "geography", "passed": true}\n'


@pytest.fixture
def folder(avocet: Avocet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The data folder of a SQLite desk, whatever `--db` says."""
    monkeypatch.delenv("AVOCET_DATABASE_URL", raising=False)
    folder = tmp_path / "own"
    monkeypatch.setenv("AVOCET_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def desk(folder: Path, tmp_path: Path) -> Iterator[Database]:
    """A desk that is open, as a server has it: its WAL lies beside it."""
    database = Database(f"sqlite:///{folder / 'avocet.db'}")
    database.migrate()
    lines = candidate_lines(CARDS)
    import_lines(database, tmp_path / "results", [*lines, candidate_line(CARDS, status="discarded")])
    yield database
    assert stats.read(database).total == CARDS + 1
    database.close()


def commands(target: Path) -> list[tuple[str | Path, ...]]:
    """Every command that writes, put to one target."""
    return [
        ("export", "-o", target),
        ("export", "--format", "hf", "-o", target),
        ("backup", target),
        ("backup", "--overwrite", target),
        ("export", "--overwrite", "-o", target),
    ]


@pytest.mark.parametrize("name", ["avocet.db", "avocet.db-wal", "avocet.db-shm", "avocet.db-journal"])
def test_the_desks_files_are_never_written_over(avocet: Avocet, desk: Database, folder: Path, name: str) -> None:
    before = (folder / "avocet.db").read_bytes()
    for command in commands(folder / name):
        assert "Nothing was written" in avocet.refused(*command), command
    assert (folder / "avocet.db").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [
        "avocet.db",
        "avocet.db-shm",
        "avocet.db-wal",
    ]


@pytest.mark.parametrize("name", ["avocet.db", "avocet.db-wal"])
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_nor_under_another_name(
    avocet: Avocet, desk: Database, folder: Path, tmp_path: Path, name: str, link: object
) -> None:
    assert callable(link)
    other = tmp_path / "other.jsonl"
    link(folder / name, other)
    for command in commands(other):
        assert "is the desk itself" in avocet.refused(*command), command
    assert other.samefile(folder / name)


def test_a_desk_of_an_address_of_its_own(
    avocet: Avocet, monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    place = tmp_path / "elsewhere" / "my.db"
    monkeypatch.setenv("AVOCET_DATABASE_URL", f"sqlite:///{place}")
    avocet.done("stats")
    for name in ("my.db", "my.db-wal"):
        assert "is the desk itself" in avocet.refused("export", "-o", place.with_name(name))
        assert "is the desk itself" in avocet.refused("backup", place.with_name(name))
    avocet.done("export", "-o", place.with_name("train.jsonl"))


def test_the_data_folder_is_the_desks_own(avocet: Avocet, desk: Database, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    for place in (folder, folder / "train.jsonl", folder / "locks" / "x", tmp_path / "link" / "train.jsonl"):
        for command in commands(place):
            assert "data folder" in avocet.refused(*command), command
    assert not (folder / "train.jsonl").exists()


def test_a_run_does_not_go_into_it_unless_the_results_lie_there(
    avocet: Avocet, monkeypatch: pytest.MonkeyPatch, desk: Database, folder: Path, tmp_path: Path
) -> None:
    tasks = tmp_path / "tasks.jsonl"
    asked_of = (
        '{"id": "t1", "task_type": "qa", "prompt_messages": [{"role": "user", "content": "?"}], "required": ["a"]}'
    )
    tasks.write_text(asked_of + "\n")
    asked = ("bench", tasks, "--base", "http://127.0.0.1:9/v1", "--model", "m", "--retries", "0")
    assert "data folder" in avocet.refused(*asked, "--out", folder / "run")
    monkeypatch.setenv("AVOCET_BENCH_RESULTS_DIR", str(folder / "results"))
    assert "No task could be answered" in avocet(*asked, "--out", folder / "results" / "run").err


def test_nor_a_training(avocet: Avocet, desk: Database, folder: Path, tmp_path: Path) -> None:
    from avocet.db import targets
    from avocet.training import claiming
    from avocet.training.config import TrainConfig

    own = targets.Own(folder / "avocet.db", folder)
    out = folder / "trainings" / "mine"
    config = TrainConfig(base="model", out=str(out), recipe="mine")
    with pytest.raises(Prerequisite, match="data folder"):
        claiming.claim(out, config, fresh=False, own=own)
    # one that the desk started there goes on there
    claiming.claim(out, config, fresh=False)
    claiming.claim(out, config, fresh=False, own=own)


def test_a_training_begun_afresh_removes_what_a_training_made(tmp_path: Path) -> None:
    from avocet.training import claiming
    from avocet.training.config import TrainConfig

    out = tmp_path / "training"
    config = TrainConfig(base="model", out=str(out), recipe="mine")
    claiming.claim(out, config, fresh=False)
    (out / "adapter").mkdir()
    claiming.claim(out, config, fresh=True)
    assert [path.name for path in out.iterdir()] == [claiming.CONFIG]
    (out / "thesis.tex").write_text("mine")
    with pytest.raises(Prerequisite, match="thesis"):
        claiming.claim(out, config, fresh=True)
    (out / claiming.CONFIG).write_text('{"another": "tool"}')
    with pytest.raises(Prerequisite, match="no configuration of a training"):
        claiming.claim(out, config, fresh=True)
    assert (out / "thesis.tex").read_text() == "mine"


def test_a_device_is_never_replaced(avocet: Avocet, desk: Database, tmp_path: Path) -> None:
    pipe, plug, device = tmp_path / "pipe", tmp_path / "socket", tmp_path / "null"
    os.mkfifo(pipe)
    device.symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(plug))
        for target in (pipe, plug, device, Path("/dev/null")):
            for command in commands(target):
                assert "isn't a file" in avocet.refused(*command), command
    assert pipe.is_fifo()
    assert plug.is_socket()
    assert Path("/dev/null").is_char_device()


def test_a_file_of_results_is_not_replaced_by_an_export_of_nothing(
    avocet: Avocet, database: Database, tmp_path: Path
) -> None:
    results = tmp_path / "results.jsonl"
    results.write_text(RESULTS)
    assert "no export of Avocet" in avocet.refused("export", "-o", results)
    assert results.read_text() == RESULTS
    avocet.done("export", "--overwrite", "-o", results)
    assert results.read_text() == ""
    # now it is ours
    avocet.done("export", "-o", results)


def test_what_was_changed_after_an_export_is_kept(avocet: Avocet, database: Database, tmp_path: Path) -> None:
    target, manifest = tmp_path / "train.csv", tmp_path / "train.csv.manifest.json"
    avocet.done("export", "--format", "csv", "-o", target)
    target.write_text("mended by hand")
    assert "was changed after it was exported" in avocet.refused("export", "--format", "csv", "-o", target)
    avocet.done("export", "--format", "csv", "--overwrite", "-o", target)
    target.unlink()
    manifest.write_text('{"name": "an extension of a browser"}')
    assert "manifest.json is there" in avocet.refused("export", "--format", "csv", "-o", target)


def test_nor_is_a_strangers_file_where_the_sidecar_goes(avocet: Avocet, desk: Database, tmp_path: Path) -> None:
    stranger = tmp_path / "train.jsonl.meta.jsonl"
    stranger.write_text("mine")
    export = ("export", "--format", "openai-chat", "-o", tmp_path / "train.jsonl")
    assert "train.jsonl.meta.jsonl is there and is no export" in avocet.refused(*export)
    assert [path.name for path in tmp_path.glob("train*")] == [stranger.name]
    assert stranger.read_text() == "mine"
    avocet.done(*export, "--overwrite")
    avocet.done(*export)


def test_a_folder_is_replaced_only_as_it_was_written(avocet: Avocet, database: Database, tmp_path: Path) -> None:
    target = tmp_path / "set"
    export = ("export", "--format", "openai-chat", "-o", target)
    avocet.done(*export)
    avocet.done(*export)
    (target / "notes.txt").write_text("mine")
    assert "notes.txt is no part of that export" in avocet.refused(*export)
    avocet.done(*export, "--overwrite")
    assert not (target / "notes.txt").exists()


@pytest.mark.parametrize("content", [b"text", b"SQLite format 3\0 but no more", b"\0" * 4096])
def test_a_backup_replaces_a_backup_and_nothing_else(
    avocet: Avocet, desk: Database, tmp_path: Path, content: bytes
) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(content)
    assert "is no backup of a desk" in avocet.refused("backup", copy)
    assert copy.read_bytes() == content
    avocet.done("backup", "--overwrite", copy)
    avocet.done("backup", copy)


def test_a_backup_does_not_replace_another_programs_database(avocet: Avocet, desk: Database, tmp_path: Path) -> None:
    copy = tmp_path / "bookmarks.db"
    connection = sqlite3.connect(copy)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    assert "is no backup of a desk" in avocet.refused("backup", copy)


def test_nor_a_desk_that_is_in_use(avocet: Avocet, desk: Database, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    for command in ("backup", "--overwrite"):
        assert "avocet.db-" in avocet.refused(
            "backup", *([command] if command != "backup" else []), other / "avocet.db"
        )


def test_python_is_refused_the_same(desk: Database, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "results.jsonl").write_text(RESULTS)
    with Desk(folder) as opened:
        for place in (folder / "avocet.db", folder / "x.jsonl", tmp_path / "results.jsonl"):
            with pytest.raises(Prerequisite):
                opened.export("sft", place)
        opened.export("sft", tmp_path / "results.jsonl", overwrite=True)
