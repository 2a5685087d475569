"""Ask what is left to ask: in batches, several at a time, each result on the disk before it is counted."""

from __future__ import annotations

import queue
import threading
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Sequence

import msgspec

from avocet.benching.answerer import Answerer, Errored, Result
from avocet.benching.folder import RunFolder
from avocet.benching.tasks import Task
from avocet.errors import Prerequisite

MOST_ERRORED_IN_A_ROW = 20
Batch = list[Task]


class Counts(msgspec.Struct):
    """The number of tasks by outcome; `asked` counts those that this process asked."""

    items: int
    asked: int = 0
    passed: int = 0
    failed: int = 0
    errored: int = 0
    unscored: int = 0

    @property
    def done(self) -> int:
        return self.passed + self.failed + self.errored + self.unscored


def run(
    run_folder: RunFolder,
    tasks: Sequence[Task],
    answerer: Answerer,
    *,
    system: str | None = None,
    on_progress: Callable[[Counts], None] = lambda _: None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Counts:
    """Ask every task that has no answer yet; what errored before is asked again.

    Once `is_stopping`, no more is asked, and the answers under way are kept.

    Raises:
        Prerequisite: asking on makes no sense; what was answered is kept.
    """
    counts = _counted(run_folder, tasks)
    on_progress(counts)
    left = [task for task in tasks if not run_folder.is_answered(task.id)]
    if left:
        answerer.start()
    in_a_row = 0
    for batch, results in _answered(_batches(left, answerer.batch_size, system), answerer, system, is_stopping):
        run_folder.keep([(task.id, result) for task, result in zip(batch, results, strict=True)])
        for task, result in zip(batch, results, strict=True):
            outcome = outcome_of(task, result)
            setattr(counts, outcome, getattr(counts, outcome) + 1)
            counts.asked += 1
            in_a_row = in_a_row + 1 if isinstance(result, Errored) else 0
        on_progress(counts)
        # what is given up for a stop errors too
        if in_a_row >= MOST_ERRORED_IN_A_ROW and isinstance(results[-1], Errored) and not is_stopping():
            raise Prerequisite(
                f"{in_a_row} items in a row could not be answered, the last because: {results[-1].reason} "
                f"What was answered is kept in {run_folder.path}: the same command goes on from there."
            )
    return counts


def outcome_of(task: Task, result: Result) -> str:
    return "errored" if isinstance(result, Errored) else task.judge.verdict(result.text).outcome


def _counted(run_folder: RunFolder, tasks: Sequence[Task]) -> Counts:
    """The counts of what earlier processes answered; what errored is not counted, since it is asked again."""
    tally = Tally(outcome_of(task, run_folder.results[task.id]) for task in tasks if run_folder.is_answered(task.id))
    return Counts(items=len(tasks), **tally)


def _batches(tasks: Sequence[Task], size: int, system: str | None) -> list[Batch]:
    """Batches of prompts, similar lengths together since a batch is padded; single prompts keep the file's order."""
    if size > 1:
        tasks = sorted(tasks, key=lambda task: sum(len(turn["content"] or "") for turn in task.asked(system)))
    return [list(tasks[start : start + size]) for start in range(0, len(tasks), size)]


def _answered(
    batches: Sequence[Batch], answerer: Answerer, system: str | None, is_stopping: Callable[[], bool]
) -> Iterator[tuple[Batch, Sequence[Result]]]:
    """Yield every batch with its results, as they come; once `is_stopping`, those under way alone.

    The threads are daemons, not a pool's, for which Python would wait at its end: Ctrl+C stops at once.
    """
    todo: queue.SimpleQueue[Batch] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[Batch, list[Result] | BaseException] | None] = queue.SimpleQueue()
    stopped = threading.Event()
    for batch in batches:
        todo.put(batch)

    def work() -> None:
        while not (stopped.is_set() or is_stopping()):
            try:
                batch = todo.get_nowait()
            except queue.Empty:
                break
            try:
                done.put((batch, answerer.answer([task.asked(system) for task in batch])))
            except BaseException as error:
                done.put((batch, error))
        done.put(None)

    try:
        if answerer.workers == 1:
            for batch in batches:
                if is_stopping():
                    return
                yield batch, answerer.answer([task.asked(system) for task in batch])
            return
        working = min(answerer.workers, len(batches))
        for _ in range(working):
            threading.Thread(target=work, daemon=True).start()
        while working:
            found = done.get()
            if found is None:
                working -= 1
                continue
            finished, results = found
            if isinstance(results, BaseException):
                raise results
            yield finished, results
    finally:
        stopped.set()
        answerer.close()
