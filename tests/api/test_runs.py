"""GET /api/sft/runs: runs found on disk and runs imported, with what state each is in."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.runs import Progress, RunSource, import_run
from avocet.runs.batches import BATCH_ROWS
from tests.api.error_shape import assert_error
from tests.factories import (
    RUN,
    Line,
    candidate_line,
    candidate_lines,
    get_json,
    import_file,
    import_lines,
    submit,
    write_jsonl,
    write_run,
)

PATIENCE_S = 30.0


def listed(client: TestClient, run_id: str = RUN) -> Line:
    (run,) = [run for run in get_json(client, "/runs") if run["run_id"] == run_id]
    return dict(run)


def post_import(client: TestClient, run_id: str = RUN) -> Line:
    response = client.post("/api/sft/import", json={"run_id": run_id})
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_an_empty_folder_has_no_runs(client: TestClient) -> None:
    assert get_json(client, "/runs") == []


def test_a_folder_that_went_away_has_none_either(client: TestClient, bench_dir: Path) -> None:
    bench_dir.rmdir()
    assert get_json(client, "/runs") == []


def test_newest_first_by_the_time_in_their_name(client: TestClient, bench_dir: Path) -> None:
    for name in ("2025-12-31-235959", "2026-01-02-030405", "2026-01-02-030404"):
        write_run(bench_dir, candidate_lines(1), name)
    runs = get_json(client, "/runs")
    assert [run["run_id"] for run in runs] == ["2026-01-02-030405", "2026-01-02-030404", "2025-12-31-235959"]
    assert runs[0]["timestamp"] == "2026-01-02T03:04:05"


@pytest.mark.parametrize("name", ["not-a-time", "2026-13-45-999999", "1234"])
def test_a_name_without_a_time_is_dated_by_its_file(client: TestClient, bench_dir: Path, name: str) -> None:
    path = write_run(bench_dir, candidate_lines(1), name)
    os.utime(path, (1_800_000_000, 1_800_000_000))
    assert listed(client, name)["timestamp"] == "2027-01-15T08:00:00Z"


def test_runs_lie_up_to_five_folders_deep_and_never_in_hidden_ones(client: TestClient, bench_dir: Path) -> None:
    for name in ("a", "b/c", "d/e/f/g/h", "i/j/k/l/m/n", ".hidden", "o/.git"):
        write_jsonl(bench_dir / name / "sft_candidates.jsonl", candidate_lines(1))
    write_jsonl(bench_dir / "sft_candidates.jsonl", candidate_lines(1))
    write_jsonl(bench_dir / "other" / "results.jsonl", candidate_lines(1))
    assert {run["run_id"] for run in get_json(client, "/runs")} == {"a", "c", "h", "bench_results", "results"}


def test_odd_things_in_the_folder_do_no_harm(client: TestClient, bench_dir: Path) -> None:
    write_run(bench_dir, candidate_lines(1))
    (bench_dir / "loop").mkdir()
    (bench_dir / "loop" / "sft_candidates.jsonl").symlink_to("sft_candidates.jsonl")
    (bench_dir / "broken").mkdir()
    (bench_dir / "broken" / "sft_candidates.jsonl").symlink_to("nowhere")
    (bench_dir / "folder" / "sft_candidates.jsonl").mkdir(parents=True)
    (bench_dir / "up").symlink_to(bench_dir)
    not_text = os.fsencode(bench_dir) + b"/\xff\xfe"
    os.mkdir(not_text)
    Path(os.fsdecode(not_text), "sft_candidates.jsonl").touch()
    assert [run["run_id"] for run in get_json(client, "/runs")] == [RUN]


def test_a_link_to_another_run_of_the_folder_is_that_run(client: TestClient, bench_dir: Path) -> None:
    path = write_run(bench_dir, candidate_lines(1))
    (bench_dir / "latest").mkdir()
    (bench_dir / "latest" / "sft_candidates.jsonl").symlink_to(path)
    assert [run["run_id"] for run in get_json(client, "/runs")] == [RUN]


def test_a_new_run(client: TestClient, bench_dir: Path) -> None:
    write_run(bench_dir, [*candidate_lines(3), "", "5"])
    run = listed(client)
    assert (run["state"], run["already_imported"], run["on_disk"], run["candidate_count"]) == ("new", False, True, 4)


def test_an_imported_run(client: TestClient, bench_dir: Path) -> None:
    write_run(bench_dir, [*candidate_lines(3), "", "5"])
    post_import(client)
    submit(client, f"{RUN}/item-1", "discard")
    run = listed(client)
    assert (run["state"], run["already_imported"], run["on_disk"], run["candidate_count"]) == (
        "imported",
        True,
        True,
        4,
    )
    assert (run["read"], run["imported"], run["rejected"], run["remaining"]) == (4, 3, 1, 2)
    assert run["models"] == ["small-model"]
    assert run["bytes_read"] == run["bytes_total"] == (bench_dir / RUN / "sft_candidates.jsonl").stat().st_size


def test_a_run_that_changed_after_its_import(client: TestClient, bench_dir: Path) -> None:
    write_run(bench_dir, candidate_lines(2))
    post_import(client)
    write_run(bench_dir, candidate_lines(5))
    run = listed(client)
    assert (run["state"], run["already_imported"], run["candidate_count"]) == ("changed", True, 5)
    counts = post_import(client)
    assert (counts["imported"], counts["skipped"]) == (3, 2)
    assert listed(client)["state"] == "imported"


def test_a_run_whose_file_is_gone_is_still_listed(client: TestClient, bench_dir: Path) -> None:
    path = write_run(bench_dir, [*candidate_lines(2), "5"])
    post_import(client)
    path.unlink()
    run = listed(client)
    assert (run["state"], run["on_disk"], run["candidate_count"]) == ("imported", False, 2)
    response = client.post("/api/sft/import", json={"run_id": RUN})
    assert_error(response, 404, "unknown_run")


def test_a_run_from_the_command_line_is_listed_but_not_reachable(
    client: TestClient, database: Database, tmp_path: Path
) -> None:
    import_lines(database, tmp_path / "elsewhere", candidate_lines(1), "mine")
    assert listed(client, "mine")["state"] == "imported"
    assert_error(client.post("/api/sft/import", json={"run_id": "mine"}), 404, "unknown_run")


def test_runs_of_one_name_are_told_apart(client: TestClient, bench_dir: Path) -> None:
    for number, folder in enumerate(("a", "b", "c")):
        write_jsonl(bench_dir / folder / "run" / "sft_candidates.jsonl", [candidate_line(number)] * (number + 1))
    assert {run["run_id"]: run["candidate_count"] for run in get_json(client, "/runs")} == {
        "run": 1,
        "run-2": 2,
        "run-3": 3,
    }
    # importing one of them leaves the others' names as they are shown
    assert post_import(client, "run-2")["run_id"] in ("run", "run-2")
    assert {run["candidate_count"] for run in get_json(client, "/runs")} == {1, 2, 3}
    assert sum(run["already_imported"] for run in get_json(client, "/runs")) == 1


def test_a_copied_folder_is_another_run(client: TestClient, bench_dir: Path) -> None:
    write_run(bench_dir, candidate_lines(2, id=..., benchmark_run_id=...))
    post_import(client)
    write_run(bench_dir, candidate_lines(2, id=..., benchmark_run_id=...), "copy")
    assert listed(client, "copy")["state"] == "new"
    assert post_import(client, "copy")["imported"] == 2


class TestInterrupted:
    def test_a_cut_off_import_is_shown_and_finishes_by_importing_again(
        self, client: TestClient, database: Database, bench_dir: Path
    ) -> None:
        path = write_run(bench_dir, [*candidate_lines(1100), "5"])

        def cut(progress: Progress) -> None:
            if progress.counts.read == 1000:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            import_run(database, RunSource(path, RUN, ""), on_progress=cut)
        run = listed(client)
        assert (run["state"], run["already_imported"], run["candidate_count"]) == ("interrupted", False, 1101)
        assert (run["read"], run["imported"], run["remaining"]) == (1000, 1000, 1000)
        assert 0 < run["bytes_read"] < run["bytes_total"]
        # what is there can be worked on, and is not asked for again
        submit(client, f"{RUN}/item-0", "discard")
        counts = post_import(client)
        assert (counts["read"], counts["imported"], counts["skipped"], counts["rejected"]) == (1101, 100, 1000, 1)
        run = listed(client)
        assert (run["state"], run["remaining"]) == ("imported", 1099)
        assert get_json(client, "/stats")["total"] == 1100


class TestWhileImporting:
    def test_it_is_shown_as_importing_and_cards_can_be_decided(
        self, client: TestClient, database: Database, bench_dir: Path
    ) -> None:
        path = write_run(bench_dir, candidate_lines(BATCH_ROWS + 100))
        batch_done, go_on = threading.Event(), threading.Event()

        def wait(progress: Progress) -> None:
            if progress.counts.read == BATCH_ROWS:
                batch_done.set()
                assert go_on.wait(PATIENCE_S)

        importing = threading.Thread(
            target=import_run, args=(database, RunSource(path, RUN, "")), kwargs={"on_progress": wait}
        )
        importing.start()
        try:
            assert batch_done.wait(PATIENCE_S)
            run = listed(client)
            assert (run["state"], run["already_imported"], run["read"]) == ("importing", False, BATCH_ROWS)
            submit(client, f"{RUN}/item-7", "flag")
            response = client.post("/api/sft/import", json={"run_id": RUN})
            assert_error(response, 409, "already_importing")
        finally:
            go_on.set()
            importing.join(PATIENCE_S)
        run = listed(client)
        assert (run["state"], run["imported"], run["remaining"]) == ("imported", BATCH_ROWS + 100, BATCH_ROWS + 99)

    def test_another_run_can_be_imported_meanwhile(
        self, client: TestClient, database: Database, bench_dir: Path
    ) -> None:
        path = write_run(bench_dir, candidate_lines(1))
        other = write_run(bench_dir, [candidate_line(1, id="other")], "other")
        nested: list[int] = []

        def import_other(_progress: Progress) -> None:
            thread = threading.Thread(target=lambda: nested.append(import_file(database, other, "other").imported))
            thread.start()
            thread.join(PATIENCE_S)

        import_run(database, RunSource(path, RUN, ""), on_progress=import_other)
        assert nested == [1]
