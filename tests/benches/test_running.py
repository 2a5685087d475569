"""Benches in real processes that ask a real endpoint: stopped, killed, resumed, imported."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select

from avocet import comparing
from avocet.benches import Benches, BenchJudge, CardsTasks, CardsWanted, HeldOutTasks, TaskFiles, progress
from avocet.db import Database
from avocet.exports import HoldOut, store_hold_out
from avocet.models import Candidate, Item, Run
from avocet.processes import process
from avocet.review.queue import QueueFilter
from avocet.settings import Settings
from tests.benches.starting import keep_tasks, right_up_to, start, until
from tests.benching.making import read_lines
from tests.benching.server import Model, Reply, answer, refusal
from tests.processes import wait_until


class Gate:
    """Lets `count` questions through; the others wait until it is open."""

    def __init__(self, count: int) -> None:
        self._left = threading.Semaphore(count)
        self.waiting = 0

    def __call__(self, prompt: str) -> Reply:
        self.waiting += 1
        self._left.acquire(timeout=60)
        return right_up_to(3)(prompt)

    def open(self) -> None:
        self._left.release(1000)


def held(model: Model, count: int) -> Gate:
    gate = Gate(count)
    model.reply = gate
    return gate


def imported(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(select(Run.run_id).where(Run.state == "imported").order_by(Run.pk)))


def passes_in_ledger(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).where(Item.outcome == "passed")).scalar_one()


def test_from_the_start_to_the_imported_run(
    benches: Benches, files: TaskFiles, model: Model, database: Database, bench_dir: Path
) -> None:
    keep_tasks(files)
    model.reply = right_up_to(4)
    view = start(benches, model, options={"keep": 1})
    assert (view.name, view.tasks, view.models[0].total) == ("small-bench", "tasks.jsonl", 6)
    view = until(benches, view.name, "done")
    (one,) = view.models
    assert (one.done, one.passed, one.failed, one.errored, one.unscored) == (6, 4, 2, 0, 0)
    assert (one.imported, view.error, view.errors) == (True, None, [])
    assert [path.name for path in bench_dir.iterdir()] == ["small-bench"]
    assert imported(database) == [one.run]
    assert passes_in_ledger(database) == 4
    with database.read() as connection:
        # two failed; of the two task types, one pass each is kept
        assert connection.scalar(select(func.count(Candidate.seq))) == 4
    assert "6 tasks" in benches.log(view.name)


def test_a_stop_waits_for_the_answers_under_way_and_a_resume_asks_the_rest(
    benches: Benches, files: TaskFiles, model: Model, settings: Settings
) -> None:
    keep_tasks(files, 12)
    gate = held(model, 5)
    start(benches, model, name="one", options={"concurrency": 2})
    wait_until(lambda: gate.waiting == 7, "two questions to wait")
    assert benches.stop("one").state == "stopping"
    gate.open()
    view = until(benches, "one", "stopped")
    # the signal may come after the next two are asked, and never later
    assert 7 <= view.done <= 9
    assert not view.models[0].imported
    answered = len(read_lines(Path(view.config["models"][0]["folder"]) / "answers.jsonl"))
    assert answered == view.done == len(model.asked)
    benches.resume("one")
    view = until(benches, "one", "done")
    assert (view.done, view.models[0].imported) == (12, True)
    assert sorted(model.prompts().values()) == [1] * 12
    assert benches.log("one").count("--- started") == 2


@pytest.mark.skipif("sys.platform == 'win32'")
def test_a_second_stop_ends_it_at_once(benches: Benches, files: TaskFiles, model: Model, settings: Settings) -> None:
    keep_tasks(files)
    gate = held(model, 0)
    start(benches, model, name="one")
    wait_until(lambda: gate.waiting, "a question")
    benches.stop("one")
    benches.stop("one")
    until(benches, "one", "stopped")
    gate.open()
    benches.resume("one")
    assert until(benches, "one", "done").done == 6


def test_killed_is_interrupted_and_goes_on(
    benches: Benches, files: TaskFiles, model: Model, settings: Settings
) -> None:
    keep_tasks(files)
    gate = held(model, 3)
    start(benches, model, name="one", options={"concurrency": 1})
    wait_until(lambda: gate.waiting == 4, "the fourth question")
    started = process.read(settings.benches_dir / "one")
    assert started
    os.kill(started.pid, signal.SIGKILL)
    until(benches, "one", "interrupted")
    gate.open()
    benches.resume("one")
    view = until(benches, "one", "done")
    assert (view.done, view.models[0].imported) == (6, True)
    # the fourth was being answered
    assert sum(model.prompts().values()) == 7


def test_what_errored_is_asked_again_by_a_resume(benches: Benches, files: TaskFiles, model: Model) -> None:
    keep_tasks(files)
    model.reply = lambda prompt: refusal(400, "no") if prompt.endswith(" 3") else answer("x")
    start(benches, model, name="one")
    view = until(benches, "one", "done")
    assert (view.models[0].errored, view.models[0].imported) == (1, True)
    assert [error.task for error in view.errors] == ["task-3"]
    model.reply = lambda _: answer("x")
    benches.resume("one")
    view = until(benches, "one", "done")
    assert (view.models[0].errored, view.models[0].failed, view.errors) == (0, 6, [])


def test_nothing_answered_is_a_failure_that_says_why(
    benches: Benches, files: TaskFiles, model: Model, database: Database
) -> None:
    keep_tasks(files)
    model.reply = lambda _: refusal(401, "who are you")
    start(benches, model, name="one")
    view = until(benches, "one", "failed")
    assert view.error
    assert "answered 401: who are you" in view.error
    assert imported(database) == []


def test_a_resume_imports_what_could_not_be_imported(
    benches: Benches, files: TaskFiles, model: Model, settings: Settings, database: Database
) -> None:
    keep_tasks(files)
    gate = held(model, 5)
    view = start(benches, model, name="one", options={"concurrency": 1})
    wait_until(lambda: gate.waiting == 6, "the last question")
    # a folder where the file of the candidates belongs: the run can't be written, so it can't be imported
    blocked = Path(view.config["models"][0]["folder"]) / "sft_candidates.jsonl"
    blocked.mkdir()
    gate.open()
    view = until(benches, "one", "failed")
    assert (view.done, view.models[0].imported) == (6, False)
    blocked.rmdir()
    benches.resume("one")
    view = until(benches, "one", "done")
    assert view.models[0].imported
    assert sum(model.prompts().values()) == 6
    assert imported(database) == [view.models[0].run]


def test_the_key_is_read_by_the_process_and_written_nowhere(
    benches: Benches,
    files: TaskFiles,
    model: Model,
    settings: Settings,
    bench_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep_tasks(files)
    for name in ("AVOCET_TOKEN", "AVOCET_INGESTION_SECRET"):
        monkeypatch.setenv(name, f"secret of {name}")
    monkeypatch.setenv("MY_KEY", "sk-secret")
    start(benches, model, name="one", api_key_env="MY_KEY")
    until(benches, "one", "done")
    assert model.asked[0].headers["Authorization"] == "Bearer sk-secret"
    written = [path for folder in (settings.benches_dir, bench_dir) for path in folder.rglob("*") if path.is_file()]
    assert {path.name for path in written} >= {"bench.json", "bench.log", "progress.json", "answers.jsonl"}
    assert not [path for path in written if b"secret" in path.read_bytes()]


def test_the_items_of_a_runs_cards_are_compared_with_it(
    benches: Benches, files: TaskFiles, model: Model, database: Database
) -> None:
    keep_tasks(files, 8)
    model.reply = right_up_to(3)
    start(benches, model, name="before")
    before = until(benches, "before", "done").models[0].run
    model.reply = right_up_to(6)
    cards = CardsTasks(filter=CardsWanted(queue=QueueFilter(run_id=before)))
    view = start(benches, model, name="again", tasks=cards, model="org/other")
    assert (view.tasks, view.models[0].total) == ("the items of 5 cards", 5)
    after = until(benches, "again", "done").models[0]
    assert (after.passed, after.failed) == (3, 2)
    assert before
    assert after.run
    compared = comparing.compare(database, before, after.run)
    assert (compared.items_compared, compared.fixed, compared.broken) == (5, 3, 0)


def test_what_is_held_out_is_compared_with_its_run(
    benches: Benches, files: TaskFiles, model: Model, database: Database
) -> None:
    keep_tasks(files, 20)
    start(benches, model, name="before")
    before = until(benches, "before", "done").models[0].run
    store_hold_out(database, HoldOut(share=0.5))
    model.reply = right_up_to(20)
    view = start(benches, model, name="after", tasks=HeldOutTasks(), model="org/tuned")
    after = until(benches, "after", "done").models[0]
    assert 0 < after.total < 20
    assert benches.held_out_items() == after.total == view.models[0].total
    assert before
    assert after.run
    compared = comparing.compare(database, before, after.run)
    assert (compared.items_compared, compared.fixed) == (after.total, after.total)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(401, "The judge was not asked to the end"), (400, "The judge said nothing of 6 answers, the first because: ")],
)
def test_a_judge_is_asked_beside_the_checks_and_what_it_did_not_say_is_asked_by_a_resume(
    benches: Benches, files: TaskFiles, model: Model, database: Database, status: int, sentence: str
) -> None:
    keep_tasks(files)
    is_judge_there = False

    def reply(prompt: str) -> Reply:
        if "VERDICT" not in prompt:
            return answer("wrong")
        return answer("Fine.\nVERDICT: PASS") if is_judge_there else refusal(status, "who are you")

    model.reply = reply
    judge = BenchJudge(url=model.url, model="judge")
    start(benches, model, name="one", judge=judge)
    view = until(benches, "one", "failed")
    assert sentence in (view.error or "")
    assert (view.done, view.models[0].judged, view.models[0].imported) == (6, 0, False)
    is_judge_there = True
    benches.resume("one")
    view = until(benches, "one", "done")
    assert (view.models[0].failed, view.models[0].judged, view.models[0].imported) == (6, 6, True)
    with database.read() as connection:
        details = connection.scalars(select(Candidate.details)).all()
    assert [msgspec.json.decode(one or "")["judge"]["verdict"] for one in details] == ["passed"] * 6


def test_progress_is_written_at_most_once_a_second(tmp_path: Path) -> None:
    from avocet.benches import BenchConfig
    from avocet.benches.config import BenchModel

    config = BenchConfig(tasks="t", asked="t", base="b", models=(BenchModel(name="m", folder="f"),), total=3)
    now = 100.0
    writer = progress.Writer(tmp_path, config, clock=lambda: now)
    writer.progress.models[0].done = 1
    now = 100.9
    writer.tell()
    assert _done(tmp_path) == 0
    now = 101.0
    writer.tell()
    assert _done(tmp_path) == 1
    writer.progress.models[0].done = 2
    writer.end("done")
    assert _done(tmp_path) == 2
    again = progress.Writer(tmp_path, config, clock=lambda: now)
    assert (again.progress.seconds, again.progress.models[0].done) == (1.0, 2)
    msgspec.json.decode((tmp_path / progress.PROGRESS).read_bytes())


def _done(folder: Path) -> int:
    found = progress.read(folder)
    assert found
    return found.models[0].done
