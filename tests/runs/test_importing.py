"""`runs.import_run`: what HTTP does not show."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select

from avocet import runs
from avocet.db import Database
from avocet.disk import free_name
from avocet.errors import AlreadyImporting, RunUnreadable, UnknownRun, Unrecognised
from avocet.models import Candidate, Run
from avocet.review import candidates
from avocet.runs import ImportCounts, ImportReport, Progress, RunSource, import_run
from avocet.runs.batches import BATCH_ROWS
from tests.factories import (
    RUN,
    Line,
    assert_counted,
    candidate_line,
    candidate_lines,
    import_file,
    write_jsonl,
    write_run,
)

PATIENCE_S = 30.0


def count(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(Candidate)).scalar_one()


def counts_of(report: ImportReport) -> ImportCounts:
    return ImportCounts(**{name: getattr(report, name) for name in ImportCounts.__struct_fields__})


def test_a_batch_keeps_reviewers_waiting_for_a_thousand_rows_at_most() -> None:
    assert BATCH_ROWS <= 1000


def test_progress_is_told_after_each_batch(database: Database, tmp_path: Path) -> None:
    path = write_run(tmp_path, candidate_lines(2 * BATCH_ROWS + 1))
    told: list[Progress] = []
    counts = import_run(database, RunSource(path, RUN, ""), on_progress=told.append)
    assert [progress.counts.read for progress in told] == [BATCH_ROWS, 2 * BATCH_ROWS, 2 * BATCH_ROWS + 1]
    assert told[-1].counts == counts_of(counts)
    assert all(progress.bytes_total == path.stat().st_size for progress in told)
    assert told[0].bytes_read < told[1].bytes_read < told[2].bytes_read == path.stat().st_size


def test_the_file_is_told_by_its_hash(database: Database, tmp_path: Path) -> None:
    path = write_run(tmp_path, candidate_lines(3))
    import_file(database, path)
    with database.read() as connection:
        row = connection.execute(select(Run.sha256, Run.path, Run.harness, Run.finished_at)).one()
    assert row[:3] == (hashlib.sha256(path.read_bytes()).hexdigest(), str(path), "cf-orch")
    assert row.finished_at is not None


class TestRunIds:
    def test_another_file_of_the_same_name_gets_a_suffix(self, database: Database, tmp_path: Path) -> None:
        paths = [write_run(tmp_path / str(number), [candidate_line(number)]) for number in range(3)]
        assert [import_file(database, path).run_id for path in paths] == [RUN, f"{RUN}-2", f"{RUN}-3"]
        assert [import_file(database, path).run_id for path in paths] == [RUN, f"{RUN}-2", f"{RUN}-3"]

    def test_a_name_that_only_begins_alike_is_free(self, database: Database, tmp_path: Path) -> None:
        names = ["run-2", "run", "run_2", "run%", "RUN"]
        paths = [write_run(tmp_path / str(number), [], name) for number, name in enumerate(names)]
        assert [import_file(database, path, name).run_id for path, name in zip(paths, names, strict=True)] == names

    @pytest.mark.parametrize(
        ("taken", "free"), [(set(), "a"), ({"a"}, "a-2"), ({"a", "a-2"}, "a-3"), ({"a", "a-3"}, "a-2")]
    )
    def test_the_first_free_suffix(self, taken: set[str], free: str) -> None:
        assert free_name("a", taken) == free

    def test_the_runs_own_name_for_itself_is_kept_as_written(self, database: Database, tmp_path: Path) -> None:
        path = write_run(tmp_path, [candidate_line(0, id="a", benchmark_run_id=17)], "folder")
        assert import_file(database, path, "folder").run_id == "folder"
        card = candidates.get(database, "a")
        assert (card["run_id"], card["benchmark_run_id"]) == ("folder", "17")


class TestDryRun:
    def test_says_what_would_happen_and_writes_nothing(self, database: Database, tmp_path: Path) -> None:
        import_file(database, write_run(tmp_path, candidate_lines(2), "known"), "known")
        lines: list[Line | str | bytes] = [*candidate_lines(4), "5", candidate_line(0, model_response="other")]
        path = write_run(tmp_path, lines)
        said = import_run(database, RunSource(path, RUN, ""), dry_run=True)
        assert counts_of(said) == ImportCounts(run_id=RUN, read=6, imported=2, skipped=2, rejected=2)
        assert count(database) == 2
        with pytest.raises(UnknownRun):
            runs.rejected_lines(database, RUN)
        assert import_run(database, RunSource(path, RUN, "")) == said

    def test_sees_repeats_across_batches(self, database: Database, tmp_path: Path) -> None:
        path = write_run(tmp_path, 2 * candidate_lines(BATCH_ROWS - 100))
        said = import_run(database, RunSource(path, RUN, ""), dry_run=True)
        assert (said.imported, said.skipped) == (BATCH_ROWS - 100, BATCH_ROWS - 100)


class TestAtOnce:
    def test_one_run_has_one_importer(self, database: Database, tmp_path: Path) -> None:
        path = write_run(tmp_path, candidate_lines(1))
        refused: list[BaseException] = []

        def again(_progress: Progress) -> None:
            def other() -> None:
                with pytest.raises(AlreadyImporting) as error:
                    import_file(database, path)
                refused.append(error.value)

            thread = threading.Thread(target=other)
            thread.start()
            thread.join(PATIENCE_S)

        import_run(database, RunSource(path, RUN, ""), on_progress=again)
        assert len(refused) == 1
        assert import_file(database, path).skipped == 1

    def test_two_runs_with_the_same_cards_take_each_once(self, database: Database, tmp_path: Path) -> None:
        paths = [write_run(tmp_path / str(number), candidate_lines(900), f"run-{number}") for number in range(3)]
        results: list[ImportCounts] = []
        barrier = threading.Barrier(3)

        def work(number: int) -> None:
            barrier.wait(PATIENCE_S)
            results.append(import_file(database, paths[number], f"run-{number}"))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_S)
        assert sum(counts.imported for counts in results) == 900 == count(database)
        assert sum(counts.skipped for counts in results) == 1800
        assert_counted(database)


class TestRefused:
    def test_a_file_that_is_not_there(self, database: Database, tmp_path: Path) -> None:
        with pytest.raises(RunUnreadable, match="nowhere"):
            import_file(database, tmp_path / "nowhere.jsonl")

    def test_a_file_of_no_known_kind(self, database: Database, tmp_path: Path) -> None:
        path = write_jsonl(tmp_path / "other.jsonl", ["a,b"])
        with pytest.raises(Unrecognised):
            import_file(database, path)
        assert runs.list_runs(database, None) == []
        assert import_run(database, RunSource(path, RUN, ""), importer_name="cf-orch").rejected == 1


def test_two_imports_that_hold_the_same_lines_bring_each_line_once(database: Database, tmp_path: Path) -> None:
    lines = candidate_lines(2 * BATCH_ROWS + 100)
    paths = {name: write_run(tmp_path / name, lines, name) for name in ("left", "right")}
    together = threading.Barrier(2)
    counts: dict[str, ImportCounts] = {}

    def run(name: str) -> None:
        together.wait(PATIENCE_S)
        counts[name] = import_file(database, paths[name], name)

    threads = [threading.Thread(target=run, args=(name,)) for name in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert sorted(counts) == ["left", "right"]
    assert count(database) == len(lines)
    assert sum(one.imported for one in counts.values()) == sum(one.skipped for one in counts.values()) == len(lines)
    assert_counted(database)


def test_a_run_says_the_source_its_lines_name(database: Database, tmp_path: Path) -> None:
    import_file(database, write_run(tmp_path, candidate_lines(2, source="nightly")))
    (run,) = runs.list_runs(database, None)
    assert run.source == "nightly"


def test_a_card_knows_its_file_and_line(database: Database, tmp_path: Path) -> None:
    path = write_run(tmp_path, [candidate_line(0), "", "{broken", candidate_line(1)])
    import_file(database, path)
    cards = [candidates.get(database, candidate_line(number)["id"]) for number in (0, 1)]
    assert [(card["source_file"], card["source_line"]) for card in cards] == [(path.name, 1), (path.name, 4)]
