"""Asking, keeping, going on, and the run that comes of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from avocet import benching, runs
from avocet.benching.answerer import Errored, Result
from avocet.benching.folder import ANSWERS_FILE
from avocet.db import Database
from avocet.domain import CandidateDraft, Message
from avocet.errors import InvalidRequest, Prerequisite, RunUnreadable
from avocet.importers.base import ImportOptions, Settled, SourceFile
from avocet.importers.cf_orch import CfOrch
from tests.benching.making import SETTINGS, Fake, Json, bench, read_lines, task_line, tasks_of, write_tasks


@pytest.fixture
def tasks(tmp_path: Path) -> list[benching.Task]:
    """Of four: one passes, one fails, one errors, one has no check."""
    return tasks_of(tmp_path, task_line(0), task_line(1), task_line(2), task_line(3, required=...))


@pytest.fixture
def fake() -> Fake:
    return Fake({"question 0": "right 0", "question 1": "wrong", "question 3": "any"})


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def imported(database: Database, folder: Path) -> runs.ImportReport:
    (source,) = runs.find(folder)
    return runs.import_run(database, source)


def test_every_outcome_lands_on_the_run(
    out: Path, tasks: list[benching.Task], fake: Fake, database: Database
) -> None:
    summary = bench(out, tasks, fake)
    assert (summary.totals.passed, summary.totals.failed) == (1, 1)
    assert [(error.task, error.reason) for error in summary.errors] == [("task-2", "no reply")]
    report = imported(database, out)
    assert (report.read, report.imported, report.passed, report.errored, report.unscored) == (4, 1, 1, 1, 1)
    assert {
        (total.task_type, total.passed, total.failed, total.errored, total.unscored) for total in report.totals
    } == {
        ("facts", 1, 0, 1, 0),
        ("arithmetic", 0, 1, 0, 1),
    }
    (run,) = runs.list_runs(database, None)
    assert (run.run_id, run.models, run.passed) == ("out", ["m"], 1)


def test_a_candidate_line(out: Path, tasks: list[benching.Task], fake: Fake) -> None:
    summary = bench(out, tasks, fake)
    _, line = read_lines(out / "sft_candidates.jsonl")
    assert summary.run_id.endswith("-out")
    assert line.pop("timestamp").endswith("Z")
    assert {key: value for key, value in line.items() if value is not None} == {
        "id": f"{summary.run_id}/task-1",
        "source": "benchmark",
        "benchmark_run_id": summary.run_id,
        "status": "needs_review",
        "prompt_messages": [{"role": "user", "content": "question 1"}],
        "model_response": "wrong",
        "quality_score": 0.0,
        "failure_reason": 'pattern_match: 0/1 required patterns matched; missing: ["right 1\\\\b"]',
        "task_id": "task-1",
        "task_type": "arithmetic",
        "model_id": "org/m",
        "model_name": "m",
        "harness": "avocet-bench",
        "item_id": "task-1",
        "check": {"kind": "patterns", "required": ["right 1\\b"]},
    }


def test_a_line_of_a_pass(out: Path, tasks: list[benching.Task], fake: Fake) -> None:
    summary = bench(out, tasks, fake)
    line, failed = read_lines(out / "sft_candidates.jsonl")
    assert "outcome" not in failed
    differences = {key: value for key, value in line.items() if value != failed.get(key, ...)}
    assert differences.pop("timestamp").endswith("Z")
    assert differences == {
        "id": f"{summary.run_id}/task-0",
        "prompt_messages": [{"role": "user", "content": "question 0"}],
        "model_response": "right 0",
        "quality_score": 1.0,
        "failure_reason": None,
        "task_id": "task-0",
        "task_type": "facts",
        "item_id": "task-0",
        "outcome": "passed",
        "check": {"kind": "patterns", "required": ["right 0\\b"]},
    }


def test_passes_are_counted_once_and_can_be_kept(out: Path, tasks: list[benching.Task], fake: Fake) -> None:
    bench(out, tasks, fake)
    lines = SourceFile(out / "sft_candidates.jsonl", "sft_candidates.jsonl")
    settled = [
        item.result for item in CfOrch().read([lines], ImportOptions()).items if isinstance(item.result, Settled)
    ]
    assert [(item.outcome, item.is_counted) for item in settled] == [
        ("passed", False),
        ("errored", True),
        ("unscored", True),
    ]
    assert settled[0].draft is not None
    kept = settled[0].draft()
    assert isinstance(kept, CandidateDraft)
    assert (kept.outcome, kept.model_response) == ("passed", "right 0")


def test_an_older_folder_gets_its_passes_from_its_answers(
    out: Path, tasks: list[benching.Task], fake: Fake, database: Database
) -> None:
    del tasks[2]
    first = bench(out, tasks, fake)
    candidates, answers = out / "sft_candidates.jsonl", out / ANSWERS_FILE
    whole, stored = candidates.read_bytes(), answers.read_bytes()
    # version 0.2.0 wrote what failed, and nothing else
    candidates.write_bytes(b"".join(line for line in whole.splitlines(True) if b'"outcome":"passed"' not in line))
    assert [line["task_id"] for line in read_lines(candidates)] == ["task-1"]
    before = imported(database, out)
    nobody = Fake({})
    assert bench(out, tasks, nobody) == first
    assert (nobody.started, nobody.asked) == (0, [])
    assert (candidates.read_bytes(), answers.read_bytes()) == (whole, stored)
    after = imported(database, out)
    assert (before.passed, before.imported, after.passed, after.imported, after.skipped) == (1, 1, 1, 0, 1)


def test_going_on_asks_only_what_has_no_answer(
    out: Path, tasks: list[benching.Task], fake: Fake, database: Database
) -> None:
    first = bench(out, tasks, fake)
    imported(database, out)
    again = Fake({"question 2": "wrong too"})
    summary = bench(out, tasks, again)
    assert again.asked == [["question 2"]]
    assert summary.run_id == first.run_id
    assert (summary.totals.failed, summary.totals.errored, summary.errors) == (2, 0, [])
    report = imported(database, out)
    assert (report.imported, report.skipped, report.passed, report.errored) == (1, 1, 1, 0)
    nobody = Fake({})
    assert bench(out, tasks, nobody) == summary
    assert (nobody.started, nobody.asked) == (0, [])


def test_a_run_in_which_all_passed(out: Path, tmp_path: Path, database: Database) -> None:
    bench(out, tasks_of(tmp_path, task_line(0)), Fake({"question 0": "right 0"}))
    report = imported(database, out)
    assert (report.read, report.imported, report.passed) == (1, 0, 1)


def test_a_torn_last_line_is_asked_again(out: Path, tasks: list[benching.Task], fake: Fake) -> None:
    bench(out, tasks, fake)
    answers = out / ANSWERS_FILE
    whole = answers.read_bytes()
    answers.write_bytes(whole[:-7])
    again = Fake({"question 2": "right 2", "question 3": "any"})
    bench(out, tasks, again)
    assert again.asked == [["question 2"], ["question 3"]]
    assert [line["task"] for line in read_lines(answers)] == ["task-0", "task-1", "task-2", "task-2", "task-3"]


def test_a_spoilt_line_is_told(out: Path, tasks: list[benching.Task], fake: Fake) -> None:
    bench(out, tasks, fake)
    answers = out / ANSWERS_FILE
    answers.write_bytes(b"spoilt\n" + answers.read_bytes())
    with pytest.raises(RunUnreadable, match=r"answers\.jsonl:1: .*--fresh"):
        bench(out, tasks, fake)
    assert bench(out, tasks, fake, fresh=True).totals.items == 4


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"--temperature": 0.5}, "--temperature was 0.0, is 0.5"),
        ({"the task file": "b"}, "the task file changed"),
        ({"--system": "x"}, "--system was unset, is 'x'"),
        ({"--system": "x" * 100}, "--system changed"),
    ],
)
def test_other_settings_are_refused_with_what_differs(
    out: Path, tasks: list[benching.Task], fake: Fake, changed: Json, told: str
) -> None:
    bench(out, tasks, fake)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    other = benching.Settings({**SETTINGS.values, **changed})
    with pytest.raises(InvalidRequest) as error:
        bench(out, tasks, fake, settings=other)
    assert f"other settings: {told}. Nothing was changed." in error.value.detail
    assert before == {path.name: path.read_bytes() for path in out.iterdir()}
    assert bench(out, tasks, fake, settings=other, fresh=True).totals.items == 4
    assert json.loads((out / "bench.json").read_bytes())["settings"] == other.values


def test_a_folder_of_other_things_is_left_alone(out: Path, tasks: list[benching.Task], fake: Fake) -> None:
    out.mkdir()
    (out / "sft_candidates.jsonl").write_text("mine")
    for fresh in (False, True):
        with pytest.raises(Prerequisite, match="holds something else"):
            bench(out, tasks, fake, fresh=fresh)
    assert (out / "sft_candidates.jsonl").read_text() == "mine"
    with pytest.raises(Prerequisite, match="is a file"):
        bench(out / "sft_candidates.jsonl", tasks, fake)


def test_one_process_at_a_time(out: Path, tasks: list[benching.Task], fake: Fake) -> None:
    with (
        benching.open_folder(out, SETTINGS, is_parent=False),
        pytest.raises(Prerequisite, match="Another avocet bench works in"),
    ):
        bench(out, tasks, fake)


def test_a_results_folder_gets_a_new_run_unless_one_is_unfinished(
    out: Path, tasks: list[benching.Task], fake: Fake
) -> None:
    first = bench(out, tasks, fake, is_parent=True)
    assert (out / first.run_id).is_dir()
    second = bench(out, tasks, Fake({"question 2": "right 2"}), is_parent=True)
    assert second.run_id == first.run_id
    third = bench(out, tasks, fake, is_parent=True)
    assert third.run_id != first.run_id
    fourth = bench(out, tasks, fake, is_parent=True, settings=benching.Settings({}))
    fifth = bench(out, tasks, fake, is_parent=True, fresh=True)
    assert len({first.run_id, third.run_id, fourth.run_id, fifth.run_id}) == len(list(out.iterdir())) == 4


def test_a_server_that_is_gone_stops_the_run(out: Path, tmp_path: Path) -> None:
    tasks = benching.read_tasks(write_tasks(tmp_path, 100)).tasks
    gone = Fake({"question 0": "right 0"})
    with pytest.raises(Prerequisite, match="20 items in a row could not be answered, the last because: no reply"):
        bench(out, tasks, gone)
    assert len(gone.asked) == 21
    assert gone.closed == 1
    assert not (out / "sft_candidates.jsonl").exists()
    back = Fake({f"question {number}": "x" for number in range(100)})
    assert bench(out, tasks, back).totals.failed == 99
    assert len(back.asked) == 99


def test_batches_hold_prompts_of_one_length(out: Path, tmp_path: Path) -> None:
    prompts = ["a" * length for length in (5, 1, 4, 2, 3)]
    tasks = tasks_of(
        tmp_path,
        *(task_line(n, prompt_messages=[{"role": "user", "content": text}]) for n, text in enumerate(prompts)),
    )
    fake = Fake(dict.fromkeys(prompts, "x"))
    fake.batch_size = 2
    bench(out, tasks, fake)
    assert fake.asked == [["a", "aa"], ["aaa", "aaaa"], ["aaaaa"]]
    assert [line["task_id"] for line in read_lines(out / "sft_candidates.jsonl")] == [task.id for task in tasks]


def test_what_a_worker_meets_reaches_the_person(out: Path, tasks: list[benching.Task]) -> None:
    class Refused(Fake):
        workers = 3

        def answer(self, prompts: Sequence[list[Message]]) -> list[Result]:
            raise Prerequisite("The key is wrong.")

    with pytest.raises(Prerequisite, match="key is wrong"):
        bench(out, tasks, Refused({}))


def test_progress_counts_what_was_answered_before(out: Path, tasks: list[benching.Task], fake: Fake) -> None:
    bench(out, tasks, fake)
    told: list[tuple[int, int, int]] = []
    with benching.open_folder(out, SETTINGS, is_parent=False) as run_folder:
        assert run_folder.resumed == 3
        assert isinstance(run_folder.results["task-2"], Errored)
        benching.run(
            run_folder, tasks, fake, on_progress=lambda now: told.append((now.done, now.passed, now.errored))
        )
    assert told == [(3, 1, 0), (4, 1, 1)]
