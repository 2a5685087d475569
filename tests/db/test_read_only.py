"""A desk that can't be written: it can be looked at, by every command that only looks and by the page."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from avocet.api import create_app
from avocet.db import Database
from avocet.review import decisions, entries, search
from avocet.settings import Settings
from tests.api.error_shape import assert_error
from tests.command import Avocet
from tests.conftest import LOOPBACK
from tests.factories import candidate_line, discard, write_jsonl

NOBODY = 65534
ONLY_ROOT = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may act as another user")


@contextmanager
def another_user() -> Iterator[None]:
    """Act as a user who may read the desk and nothing more, in this process: Python is closed to them."""
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def _look_around(avocet: Avocet, out: Path) -> Any:
    """Every command that only looks; what `stats` says."""
    numbers = json.loads(avocet.done("stats", "--json"))
    assert '"run_id"' in avocet.done("runs", "--json")
    avocet.done("export", "-o", out)
    assert "The dataset is unchanged" in avocet.done("verify", out)
    return numbers["by_status"]


@ONLY_ROOT
@pytest.mark.parametrize("kept", ["-wal", "both"])
def test_one_whose_owner_was_killed_is_read_or_says_what_to_do(
    desk: Database, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kept: str
) -> None:
    avocet = Avocet(monkeypatch, capsys)
    monkeypatch.setenv("AVOCET_DATA_DIR", str(file.parent))
    avocet.done("stats")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "desk"
        shutil.copytree(file.parent, folder)
        for side in {"-wal", "-shm"} - {kept} if kept != "both" else ():
            (folder / f"avocet.db{side}").unlink()
        for path in (Path(place), folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        monkeypatch.setenv("AVOCET_DATA_DIR", str(folder))
        with another_user():
            said = avocet("stats", "--json")
        if kept == "-wal":
            assert "Copy it and avocet.db to a folder of your own" in said.err
        else:
            assert json.loads(said.out)["total"] == 3


@ONLY_ROOT
@pytest.mark.parametrize("is_open", [False, True], ids=["closed", "open"])
def test_a_desk_that_can_not_be_written_can_be_looked_at(
    desk: Database,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    *,
    is_open: bool,
) -> None:
    """Another user looks, with the owner at work and without."""
    avocet = Avocet(monkeypatch, capsys)
    monkeypatch.setenv("AVOCET_DATA_DIR", str(file.parent))
    # what is imported when it is wanted is here then
    _look_around(avocet, tmp_path / "first.jsonl")
    discard(desk, 0)
    # pytest's own folder is closed to everybody else
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder, out = Path(place) / "desk", Path(place) / "out"
        out.mkdir()
        out.chmod(0o777)
        owner = None
        if not is_open:
            desk.close()
        shutil.copytree(file.parent, folder)
        if is_open:
            owner = Database(f"sqlite:///{folder / 'avocet.db'}")
            discard(owner, 1)
        for path in folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        folder.chmod(0o755)
        write_jsonl(out / "more.jsonl", [candidate_line(7)])
        before = sorted(path.name for path in folder.iterdir())
        monkeypatch.setenv("AVOCET_DATA_DIR", str(folder))
        with another_user():
            assert _look_around(avocet, out / "train.jsonl")["discarded"] == 1 + is_open
            for change in (("hold-out", "--share", "0.1"), ("import", out / "more.jsonl")):
                assert "can only be looked at" in avocet.refused(*change)
        assert sorted(path.name for path in folder.iterdir()) == before
        if owner is not None:
            discard(owner, 2)
            owner.close()


@pytest.fixture
def others(desk: Database, file: Path) -> Iterator[Path]:
    """The closed desk in a folder that everybody may read, and only its owner write."""
    search.index_all(desk)
    desk.close()
    # pytest's own folder is closed to everybody else
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "desk"
        shutil.copytree(file.parent, folder)
        for path in (Path(place), folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        yield folder


def _see(client: TestClient) -> list[int]:
    """Everything that the page asks for; how many cards wait, and how many a search finds."""
    for path in (
        "decisions",
        "decisions/summary",
        "runs",
        "config",
        "exports",
        "recipes",
        "jobs",
        "export?format=csv",
    ):
        assert client.get(f"/api/sft/{path}").status_code == 200, path
    return [client.get(f"/api/sft/queue?{query}").json()["total"] for query in ("page=1", "q=add one to")]


@ONLY_ROOT
@pytest.mark.parametrize("change", ["submit", "undo", "config", "upload", "export?format=parquet"])
def test_the_page_can_be_looked_at_and_changes_are_refused(others: Path, file: Path, change: str) -> None:
    card = candidate_line(0)["id"]
    sent: dict[str, Callable[[TestClient], Any]] = {
        "submit": lambda client: client.post("/api/sft/submit", json={"id": card, "action": "discard"}),
        "undo": lambda client: client.post("/api/sft/undo", json={"id": card}),
        "config": lambda client: client.post("/api/sft/config", json={"bench_results_dir": "/tmp"}),
        "upload": lambda client: client.post("/api/sft/upload", files=[("files", ("a.jsonl", b"{}"))]),
        "export?format=parquet": lambda client: client.get("/api/sft/export?format=parquet"),
    }
    # what is imported when it is wanted is here then
    with TestClient(create_app(Settings(data_dir=file.parent)), base_url=LOOPBACK) as own:
        _see(own)
        sent[change](own)
    before = sorted(path.name for path in others.iterdir())
    with another_user(), TestClient(create_app(Settings(data_dir=others)), base_url=LOOPBACK) as client:
        assert _see(client) == [3, 3]
        assert_error(sent[change](client), 503, "read_only")
    assert sorted(path.name for path in others.iterdir()) == before


@ONLY_ROOT
def test_a_server_that_only_looks_follows_its_owner(others: Path) -> None:
    url = f"sqlite:///{others / 'avocet.db'}"
    with another_user():
        looks = Database(url)

    def seen() -> int:
        with another_user():
            return len(entries.of(looks, candidate_line(0)["id"]))

    with closing(looks):
        assert seen() == 0
        with closing(Database(url)) as owner:
            discard(owner, 0)
            for side in ("-wal", "-shm"):
                (others / f"avocet.db{side}").chmod(0o644)
            assert seen() == 1
            decisions.undo(owner, candidate_line(0)["id"], "rowan")
        assert seen() == 2


@ONLY_ROOT
def test_serve_says_so(others: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: None)
    monkeypatch.setenv("AVOCET_DATA_DIR", str(others))
    with another_user():
        said = Avocet(monkeypatch, capsys)("serve", "--no-browser", "--port", "0")
    assert (said.code, "it can only be looked at" in said.err) == (0, True), said
