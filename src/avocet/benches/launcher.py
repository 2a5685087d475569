"""Start, follow, stop and resume benches, each in a process of its own."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import func, select

from avocet.benches import choosing, models, summary
from avocet.benches import config as configs
from avocet.benches.asked import BenchTasks
from avocet.benches.choosing import BenchPreview, Found
from avocet.benches.config import BenchConfig, BenchJudge, BenchModel
from avocet.benches.summary import BENCH, BenchSummary, BenchView
from avocet.benches.task_files import TaskFiles
from avocet.benching.tasks import write_tasks
from avocet.db import Database
from avocet.disk import free_name, make_private, pretty, write_whole
from avocet.errors import (
    BenchExists,
    FolderInvalid,
    InvalidRequest,
    NothingToResume,
    NothingToStop,
    NotInstalled,
)
from avocet.exports import hold_out
from avocet.models import HIDDEN, Candidate
from avocet.processes import LOG_KB, OPEN, Folders, Process, environment, process
from avocet.review import counters
from avocet.runs import results_folder
from avocet.settings import Settings
from avocet.training.bases import check_base, offline

LOCAL_PACKAGES = ("torch", "transformers")
NEEDED = "To ask a model on this machine: pip install 'avocet-desk[train]'. An endpoint works without it."
MOST_ADAPTERS = 50

Argv = Callable[[Path], list[str]]
"""The command of a bench, from its configuration file."""


def bench_argv(config: Path) -> list[str]:
    # -P: no module is imported from the folder that the server was started in
    return [sys.executable, "-P", "-m", "avocet", "bench", "--config", str(config)]


def missing_package() -> str | None:
    """What to install before a model on this machine can be asked, as a sentence; None if nothing is missing."""
    is_missing = any(importlib.util.find_spec(name) is None for name in LOCAL_PACKAGES)
    return NEEDED if is_missing else None


class BenchRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What to ask of which models.

    `base` is a model on this machine, or an endpoint's address, which needs `model`. `adapters` are asked one after
    the other, by the name of a training or a path; the base alone is asked first if `ask_base`. `options` are the
    other fields of `BenchConfig`. `parallel` starts it even if another one runs.
    """

    tasks: BenchTasks
    base: str
    name: str | None = None
    limit: int | None = None
    model: str | None = None
    api_key_env: str | None = None
    ask_base: bool = True
    adapters: tuple[str, ...] = ()
    judge: BenchJudge | None = None
    options: dict[str, Any] = {}
    parallel: bool = False


class Benches:
    """The benches in the data folder. `argv` makes their command; a test gives one that asks nothing."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        files: TaskFiles,
        argv: Argv = bench_argv,
        find_missing: Callable[[], str | None] = missing_package,
    ) -> None:
        self._database = database
        self._settings = settings
        self._files = files
        self._argv = argv
        self._find_missing = find_missing
        self._folders = Folders(settings.benches_dir, BENCH)
        self._held_out: tuple[object, int] = (None, 0)

    @property
    def missing(self) -> str | None:
        """What to install before a model on this machine can be asked, as a sentence; None if nothing is missing."""
        return self._find_missing()

    def all(self) -> list[BenchSummary]:
        """Every bench, the most recently started first."""
        found = [
            summary.summary(self._folders, path, config, started)
            for path, started in self._folders.started()
            if (config := summary.read_config(path))
        ]
        return sorted(found, key=lambda one: one.started_at, reverse=True)

    def get(self, name: str) -> BenchView:
        """One bench.

        Raises:
            NotFound: there is none of that name.
        """
        return summary.view(self._folders, *self._find(name))

    def follow(self, name: str) -> BenchSummary:
        """A bench in brief.

        Raises:
            NotFound: there is none of that name.
        """
        return summary.summary(self._folders, *self._find(name))

    def log(self, name: str, kb: int = LOG_KB) -> str:
        """The last `kb` KiB of a bench's log.

        Raises:
            NotFound: there is none of that name.
        """
        return self._folders.log(self._find(name)[0], kb)

    def held_out_items(self) -> int | None:
        """How many items the desk holds out that can be asked; None without a hold-out."""
        held = hold_out(self._database)
        if not held.share:
            return None
        with self._database.read() as connection:
            newest = connection.scalar(select(func.max(Candidate.seq)))
            key = (held, newest, counters.total(connection, status=HIDDEN))
        # every card is looked at, so the number is kept until a card comes or goes
        if self._held_out[0] != key:
            self._held_out = (key, choosing.held_out_items(self._database))
        return self._held_out[1]

    def preview(self, tasks: BenchTasks, limit: int | None) -> BenchPreview:
        """What would be asked.

        Raises:
            NotFound, InvalidRequest: as for a start.
        """
        return choosing.preview(choosing.find(self._database, self._files, tasks, limit))

    def start(self, request: BenchRequest) -> BenchView:
        """Write the tasks and start to ask them.

        Raises:
            NotInstalled: the packages that ask a model on this machine are missing.
            NotFound: there is no such task file.
            InvalidRequest: values that make no sense, or nothing to ask.
            AlreadyBenching: another one runs. BenchExists: the name is taken.
            FolderInvalid: the results folder is missing.
        """
        base, named = self._models(request)
        found = choosing.find(self._database, self._files, request.tasks, request.limit)
        with self._folders.alone(lambda: self._running(beside=request.parallel)):
            folder = self._folders.place / self._name(base, request)
            try:
                folder.mkdir()
            except FileExistsError:
                raise BenchExists(f"There is a bench {folder.name} already. Give another name.") from None
            try:
                self._write(folder, request, base, named, found)
                self._launch(folder)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        return self.get(folder.name)

    def stop(self, name: str) -> BenchSummary:
        """Ask a bench to keep the answers under way and end; a second call ends it at once.

        Raises:
            NotFound: there is none of that name. NothingToStop: it does not run.
        """
        folder, _, started = self._find(name)
        if self.follow(name).state not in OPEN:
            raise NothingToStop(f"The bench {name} does not run. Nothing was changed.")
        process.ask_to_stop(folder, started)
        return self.follow(name)

    def resume(self, name: str, *, parallel: bool = False) -> BenchView:
        """Go on with a bench: ask what is left and what errored, and import what is complete.

        Raises:
            NotFound: there is none of that name. NothingToResume: it runs, or nothing is left.
            NotInstalled, InvalidRequest, AlreadyBenching: as for a start.
        """
        folder, config, _ = self._find(name)
        self._check_base(config.base)
        models.check_key(config.api_key_env, self._settings)
        with self._folders.alone(lambda: self._running(beside=parallel)):
            # checked under the lock: of two requests at once, the second one finds it running
            found = self.follow(name)
            if found.state in OPEN:
                raise NothingToResume(f"The bench {name} runs. Nothing was changed.")
            if found.state == "done" and not any(one.errored for one in found.models):
                raise NothingToResume(f"The bench {name} is done. Nothing was changed.")
            self._launch(folder)
        return self.get(name)

    def _find(self, name: str) -> tuple[Path, BenchConfig, Process]:
        folder, started = self._folders.find(name)
        config = summary.read_config(folder)
        if config is None:
            raise self._folders.unknown(name)
        return folder, config, started

    def _running(self, *, beside: bool) -> list[str]:
        """The benches that run and that another one must wait for; none of them if it may run `beside` them."""
        return [] if beside else [one.name for one in self.all() if one.state in OPEN]

    def _check_base(self, base: str) -> None:
        if not models.is_address(base) and (missing := self.missing):
            raise NotInstalled(missing)

    def _models(self, request: BenchRequest) -> tuple[str, list[tuple[str, str | None]]]:
        """The base as it is asked, and each model's name with its adapter's folder, None for the base alone."""
        base = request.base.strip()
        self._check_base(base)
        models.check_key(request.api_key_env, self._settings)
        if request.judge:
            models.check_key(request.judge.api_key_env, self._settings)
            models.check_address(request.judge.url, request.judge.model)
            raise InvalidRequest("This version of avocet bench asks no judge. Start the bench without one.")
        if models.is_address(base):
            if not request.model or request.adapters or not request.ask_base:
                raise InvalidRequest("An endpoint needs the name of its model, and has no adapters of its own.")
            models.check_address(base, request.model)
            return base, [(request.model, None)]
        if request.api_key_env:
            raise InvalidRequest("A key belongs to an endpoint: a model on this machine needs none.")
        base = check_base(base, self._settings)
        words = Path(base).stem if base.endswith(".gguf") else Path(base).name
        alone: list[tuple[str, str | None]] = [(words, None)] if request.ask_base else []
        found = [models.find_adapter(named, self._settings) for named in request.adapters]
        if not alone and not found:
            raise InvalidRequest("Nothing to ask: choose the base alone, or at least one adapter.")
        if len({path for _, path in found}) < len(found):
            raise InvalidRequest("An adapter is named twice.")
        return base, [*alone, *((f"{words} + {name}", str(path)) for name, path in found)]

    def _name(self, base: str, request: BenchRequest) -> str:
        if request.name:
            self._folders.check_name(request.name)
            return request.name
        words = request.model or (Path(base).stem if base.endswith(".gguf") else Path(base).name)
        return self._folders.free_name(words.rpartition("/")[2], "bench")

    def _write(
        self, folder: Path, request: BenchRequest, base: str, named: list[tuple[str, str | None]], found: Found
    ) -> None:
        tasks = folder / configs.TASKS
        write_tasks(tasks, found.tasks)
        config = BenchConfig(
            tasks=str(tasks),
            asked=found.words,
            total=len(found.tasks),
            base=base,
            models=self._placed(folder.name, named),
            model=request.model,
            api_key_env=request.api_key_env,
            judge=request.judge,
            **request.options,
        )
        write_whole(folder / configs.CONFIG, pretty(config))

    def _placed(self, name: str, named: list[tuple[str, str | None]]) -> tuple[BenchModel, ...]:
        """The models, each with a folder of its own for its run."""
        results = self._results()
        taken = {path.name.lower() for path in results.iterdir()}
        placed = []
        for number, (model, adapter) in enumerate(named, 1):
            free = free_name(name.lower() if len(named) == 1 else f"{name.lower()}-{number}", taken)
            taken.add(free)
            placed.append(BenchModel(name=model, folder=str(results / free), adapter=adapter))
        return tuple(placed)

    def _results(self) -> Path:
        """The results folder or, where none is set or it can't be written to, the desk's own."""
        found = results_folder.bench_folder(self._database, self._settings)
        if found.state == "missing":
            raise FolderInvalid("The results folder is missing. Make it, or set another one in Settings.")
        if found.path is not None and os.access(found.path, os.W_OK):
            return found.path
        make_private(self._settings.own_results_dir)
        return self._settings.own_results_dir

    def _launch(self, folder: Path) -> None:
        mine = environment(self._settings, opens_desk=True, HF_HUB_OFFLINE=offline())
        self._folders.launch(folder, self._argv(folder / configs.CONFIG), mine)
