"""The results folder, whatever befalls it: it changes while it is looked at, it is slow, it is the whole machine."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet.api import create_app
from avocet.api.events import FolderWatch
from avocet.db import Database
from avocet.errors import FolderInvalid
from avocet.importers import registry
from avocet.importers.base import SourceFile
from avocet.runs import ResultsFolder, RunSource, list_runs, scan, sources
from avocet.runs.results_folder import bench_folder, store_bench_folder
from avocet.settings import Settings
from tests.conftest import LOOPBACK
from tests.factories import candidate_lines, write_run
from tests.processes import wait_until

SAMPLES = Path(__file__).parent.parent / "samples"


class TestAFolderThatChangesWhileItIsLookedAt:
    @pytest.mark.parametrize("step", ["_files", "_importer", "_source", "_timestamp"])
    def test_what_vanishes_is_left_out(
        self, bench_dir: Path, monkeypatch: pytest.MonkeyPatch, step: str, database: Database
    ) -> None:
        """The file goes at each step of the look in turn."""
        for name in ("a", "b", "c"):
            write_run(bench_dir, candidate_lines(1), name)
        shutil.copytree(SAMPLES / "lighteval", bench_dir / "lighteval")
        everything = {run.name for run in scan(bench_dir)}
        before = getattr(sources, step)

        def vanish(*arguments: object) -> object:
            (bench_dir / "b" / "sft_candidates.jsonl").unlink(missing_ok=True)
            return before(*arguments)

        sources._recognised.cache_clear()
        monkeypatch.setattr(sources, step, vanish)
        assert {run.name for run in scan(bench_dir)} == everything - {"b"}
        assert "b" not in {run.run_id for run in list_runs(database, bench_dir)}

    def test_an_importer_that_meets_a_vanished_file_loses_that_run_alone(
        self, bench_dir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in "abcde":
            write_run(bench_dir, candidate_lines(1), name)
        importer = registry()["cf-orch"]
        group = type(importer).group

        def picky(self: object, files: list[SourceFile]) -> object:
            if any(file.path.parent.name == "d" for file in files):
                raise FileNotFoundError(2, "gone")
            return group(importer, files)

        monkeypatch.setattr(type(importer), "group", picky)
        assert [run.name for run in scan(bench_dir)] == ["a", "b", "c", "e"]

    def test_a_link_to_itself_and_a_folder_that_is_gone(self, bench_dir: Path) -> None:
        (bench_dir / "loop").symlink_to(bench_dir / "loop")
        write_run(bench_dir, candidate_lines(1), "a")
        assert [run.name for run in scan(bench_dir)] == ["a"]
        assert scan(bench_dir / "nowhere") == []


class TestASlowFolder:
    @pytest.fixture
    def slow(self) -> Iterator[tuple[ResultsFolder, threading.Event, list[Path]]]:
        """A folder whose looks end when they are let; and what was looked at."""
        let, looked = threading.Event(), []

        def look(folder: Path) -> list[RunSource]:
            looked.append(folder)
            assert let.wait(30)
            return scan(folder)

        yield ResultsFolder(look), let, looked
        let.set()

    def test_is_looked_at_once_and_answers_what_it_knew(
        self, bench_dir: Path, slow: tuple[ResultsFolder, threading.Event, list[Path]]
    ) -> None:
        results, let, looked = slow
        write_run(bench_dir, candidate_lines(1), "a")
        for _ in range(5):
            assert results.runs(bench_dir, 0) == []
        assert looked == [bench_dir]
        let.set()
        assert [run.name for run in results.runs(bench_dir, 30)] == ["a"]
        let.clear()
        write_run(bench_dir, candidate_lines(1), "b")
        assert [run.name for run in results.runs(bench_dir, 0)] == ["a"]
        assert len(looked) == 2

    def test_that_hangs_for_ever_keeps_no_other_from_being_looked_at(
        self, bench_dir: Path, tmp_path: Path, slow: tuple[ResultsFolder, threading.Event, list[Path]]
    ) -> None:
        results, _, looked = slow
        for number in range(10):
            assert results.runs(tmp_path / str(number), 0) == []
        assert len(looked) == 3

    def test_does_not_hold_the_desk(
        self,
        settings: Settings,
        database: Database,
        slow: tuple[ResultsFolder, threading.Event, list[Path]],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("avocet.runs.watching.PATIENCE_S", 0)
        app = create_app(settings, database, index_search=False)
        app.state.results = slow[0]
        with TestClient(app, base_url=LOOPBACK) as client:
            for _ in range(50):
                assert client.get("/api/sft/runs").json() == []
            assert client.get("/api/sft/queue").status_code == 200


class TestTheWatcher:
    def test_survives_a_look_that_fails(
        self,
        database: Database,
        settings: Settings,
        bench_dir: Path,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        monkeypatch.setattr("avocet.api.events.LOOK_EVERY_S", 0.0)
        failures = iter((RuntimeError("first"), RuntimeError("second"), KeyError("third")))

        def look(folder: Path) -> list[RunSource]:
            if failure := next(failures, None):
                raise failure
            return scan(folder)

        watch = FolderWatch(database, settings, ResultsFolder(look))
        write_run(bench_dir, candidate_lines(1), "a")
        wait_until(lambda: watch.new_runs() == 1, "the run to be counted")
        logged = [record for record in caplog.records if "results folder" in record.message]
        assert len(logged) == 2, "one of each kind"


class TestTheMachineItself:
    @pytest.mark.parametrize("folder", ["/", "/proc", "/proc/self", "/sys", "/dev", "/usr/.."])
    def test_is_no_results_folder(self, database: Database, settings: Settings, folder: str) -> None:
        with pytest.raises(FolderInvalid, match="belongs to the machine"):
            store_bench_folder(database, folder)
        set_before = settings.model_copy(update={"bench_results_dir": Path(folder)})
        found = bench_folder(database, set_before)
        assert (found.path, found.state) == (None, "missing")

    def test_a_folder_beside_it_is_one(self, database: Database, tmp_path: Path) -> None:
        (tmp_path / "proc").mkdir()
        store_bench_folder(database, str(tmp_path / "proc"))
