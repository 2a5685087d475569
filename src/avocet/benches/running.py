"""A bench in its own process: asks its models one after the other, and imports each run once it is complete."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from avocet import benching, disk, runs
from avocet.benches.config import BenchConfig, BenchModel
from avocet.benches.models import is_address
from avocet.benches.progress import ERRORS_KEPT, BenchError, Progress, Writer
from avocet.benching.answerer import BATCH, REQUESTS, Answerer, Errored, Patience
from avocet.benching.judging import DEFAULT_PROMPT
from avocet.benching.judging import SAMPLING as JUDGING
from avocet.benching.keys import key_in
from avocet.benching.summary import JudgeSummary
from avocet.db import Database
from avocet.domain import plural
from avocet.errors import AvocetError, Cancelled, Prerequisite
from avocet.importers.base import ImportOptions, Kept
from avocet.processes import stoppable

OpenDesk = Callable[[], AbstractContextManager[Database]]
Amounts = dict[Kept, int]


class Stop:
    """Whether somebody asked the bench to stop."""

    def __init__(self) -> None:
        self.is_asked = False
        self.answerer: Answerer | None = None

    def __call__(self) -> bool:
        return self.is_asked

    def ask(self) -> None:
        self.is_asked = True
        if self.answerer is not None:
            # a signal may come while this thread holds a lock that closing needs
            threading.Thread(target=self.answerer.close, daemon=True).start()


def run(config: BenchConfig, folder: Path, open_desk: OpenDesk, *, tell: Callable[[str], None]) -> Progress:
    """Ask every model of a bench and import its run. After a stop or an error, the same call goes on.

    A model that can't be asked, or whose run can't be imported, keeps none of the others from it. `tell` is given
    sentences for the log.

    Raises:
        Cancelled: somebody asked it to stop; what was answered is kept.
        AvocetError: the task file can't be read. Prerequisite: something went wrong with one of the models.
    """
    writer = Writer(folder, config)
    bench = _Bench(config, writer, open_desk, tell)
    try:
        bench.run()
    except (Cancelled, KeyboardInterrupt):
        writer.end("stopped")
        raise
    except AvocetError as error:
        writer.end("failed", error.detail)
        raise
    except OSError as error:
        known = disk.explained(error)
        writer.end("failed", known.detail if known else f"{error}.")
        raise
    except BaseException as error:
        writer.end("failed", f"{type(error).__name__}: {error}")
        raise
    writer.end("done")
    return writer.progress


def import_folder(
    database: Database,
    folder: Path,
    *,
    options: ImportOptions | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> runs.ImportReport:
    """Import the run that a bench wrote into a folder, its passes into the ledger.

    Raises:
        AvocetError: as for `runs.import_run`.
    """
    (source,) = runs.find(folder)
    return runs.import_run(database, source, options=options, is_cancelled=is_cancelled)


class _Bench:
    """A bench under way."""

    def __init__(self, config: BenchConfig, writer: Writer, open_desk: OpenDesk, tell: Callable[[str], None]) -> None:
        self._config = config
        self._writer = writer
        self._open_desk = open_desk
        self._tell = tell
        self._stop = Stop()

    def run(self) -> None:
        known = benching.read_tasks(Path(self._config.tasks))
        failed: list[str] = []
        with stoppable(self._stop.ask):
            for number, model in enumerate(self._config.models):
                try:
                    self._one(number, model, known)
                except Cancelled:
                    raise
                except AvocetError as error:
                    self._tell(f"{model.name}: {error.detail}")
                    failed.append(error.detail if len(self._config.models) == 1 else f"{model.name}: {error.detail}")
        if failed:
            raise Prerequisite("\n".join(dict.fromkeys(failed)))

    def _one(self, number: int, model: BenchModel, known: benching.TaskFile) -> None:
        """Ask one model and import its run.

        Raises:
            Cancelled: somebody asked the bench to stop.
            AvocetError: it can't be asked, or the run can't be imported.
        """
        progress, asked = self._writer.progress.models[number], 0
        self._check_stop()
        self._stop.answerer = answerer = answerer_of(self._config, model)
        settings = benching.settings_of(
            known, benching.Chosen(), self._config.sampling, answerer, self._config.system
        )
        progress.model_name = answerer.model_name
        head, judge = judge_of(self._config)
        with benching.open_folder(Path(model.folder), settings, is_parent=False, judge=head) as run_folder:
            progress.run = progress.run or run_folder.path.name
            self._tell(f"{answerer.model_name}: {plural(len(known.tasks), 'task')}, {run_folder.resumed:,} answered")
            try:
                asked = self._ask(number, known, answerer, run_folder)
            finally:
                self._writer.progress.errors[number] = _first_errors(run_folder)
                self._writer.write()
            self._check_stop()
            asked += self._judge(number, known, judge, run_folder) if judge else 0
            self._check_stop()
            progress.imported = progress.imported and not asked
            summary = benching.write(run_folder, known.tasks, answerer, system=self._config.system)
        if summary.judge and summary.judge.errored:
            raise Prerequisite(_unjudged(summary.judge))
        if progress.errored == progress.total:
            raise Prerequisite(f"No task could be answered. {self._writer.progress.errors[number][0].reason}")
        if not progress.imported:
            self._import(number, Path(model.folder))

    def _ask(self, number: int, known: benching.TaskFile, answerer: Answerer, run_folder: benching.RunFolder) -> int:
        """Ask what is left to ask, and return how many tasks that were."""
        progress = self._writer.progress.models[number]

        def show(counts: benching.Counts) -> None:
            progress.done, progress.total = counts.done, counts.items
            progress.passed, progress.failed = counts.passed, counts.failed
            if counts.errored != progress.errored:
                self._writer.progress.errors[number] = _first_errors(run_folder)
            progress.errored, progress.unscored = counts.errored, counts.unscored
            self._writer.tell()

        counts = benching.run(
            run_folder,
            known.tasks,
            answerer,
            system=self._config.system,
            on_progress=show,
            is_stopping=self._stop,
        )
        return counts.asked

    def _judge(self, number: int, known: benching.TaskFile, judge: Answerer, run_folder: benching.RunFolder) -> int:
        """Put to the judge what it has said nothing of, and return how many answers that were.

        Raises:
            Prerequisite: asking on makes no sense; what it said is kept.
        """
        progress = self._writer.progress.models[number]
        before: list[int] = []

        def show(counts: benching.JudgeCounts) -> None:
            progress.judged = counts.passed + counts.failed + counts.no_verdict
            before[:] = before or [progress.judged]
            self._writer.tell()

        self._stop.answerer = judge
        stopped = benching.judge(
            run_folder,
            known.tasks,
            judge,
            system=self._config.system,
            on_progress=show,
            is_stopping=self._stop,
        )
        self._writer.write()
        if stopped:
            raise Prerequisite(f"The judge was not asked to the end: {stopped}")
        return (progress.judged or 0) - (before[0] if before else 0)

    def _import(self, number: int, folder: Path) -> None:
        progress = self._writer.progress.models[number]
        keep: Amounts = {"passed": self._config.keep} if self._config.keep else {}
        options = ImportOptions(keep=dict(keep) or None)
        with self._open_desk() as database:
            report = import_folder(database, folder, options=options, is_cancelled=self._stop)
        progress.run, progress.imported = report.run_id, True
        self._writer.write()
        self._tell(f"{progress.model_name}: imported as {report.run_id}")

    def _check_stop(self) -> None:
        if self._stop.is_asked:
            raise Cancelled("Stopped; what was answered is kept. Resume it to go on.")


def answerer_of(config: BenchConfig, model: BenchModel) -> Answerer:
    """What asks a model of a bench.

    Raises:
        Prerequisite: there is no such model, or its key is missing.
        InvalidRequest: the address is none.
    """
    # imported only here: the server starts without the parts that speak HTTP
    from avocet.benching.endpoint import Endpoint
    from avocet.benching.local_models import LocalModel

    if is_address(config.base):
        return Endpoint(
            config.base,
            config.model or model.name,
            config.sampling,
            key=key_in(config.api_key_env),
            workers=config.concurrency or REQUESTS,
            patience=Patience(timeout_s=config.timeout),
        )
    adapter = Path(model.adapter) if model.adapter else None
    local = LocalModel(config.base, config.sampling, adapter=adapter, batch_size=config.concurrency or BATCH)
    # trainings call the folders of their adapters alike
    local.model_name = model.name
    return local


def judge_of(config: BenchConfig) -> tuple[benching.JudgeHead | None, Answerer | None]:
    """The judge of a bench: what its verdicts depend on, and what asks it; None without one.

    Raises:
        InvalidRequest: its address is none. Prerequisite: its key is missing.
    """
    judge = config.judge
    if judge is None:
        return None, None
    # imported only here: the server starts without the parts that speak HTTP
    from avocet.benching.endpoint import Endpoint, Options

    endpoint = Endpoint(
        judge.url,
        judge.model,
        JUDGING,
        key=key_in(judge.api_key_env),
        workers=config.concurrency if config.concurrency and is_address(config.base) else REQUESTS,
        patience=Patience(timeout_s=config.timeout),
        options=Options("The judge's address", "the judge's model", "the judge's key"),
    )
    return benching.head_of(judge.url, judge.model, judge.prompt or DEFAULT_PROMPT), endpoint


def _unjudged(judge: JudgeSummary) -> str:
    """Why the run is not imported yet: the judge's verdicts come with its cards."""
    return (
        f"The judge said nothing of {plural(judge.errored, 'answer')}, the first because: {judge.errors[0].reason} "
        "Resume asks it again and imports the run. On the Runs page it can be imported as it is."
    )


def _first_errors(run_folder: benching.RunFolder) -> list[BenchError]:
    found = ((task, result) for task, result in run_folder.results.items() if isinstance(result, Errored))
    return [BenchError(task, result.reason) for (task, result), _ in zip(found, range(ERRORS_KEPT), strict=False)]
