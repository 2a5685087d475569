"""Start, follow, stop and resume trainings, each in a process of its own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec

from avocet import exports, training
from avocet.db import Database
from avocet.disk import pretty, write_whole
from avocet.errors import (
    InvalidRequest,
    NotFound,
    NothingToResume,
    NothingToStop,
    NotInstalled,
    Prerequisite,
    TrainingExists,
)
from avocet.exports import Recipe, Splits, made
from avocet.processes import LOG_KB, OPEN, Process, environment, process
from avocet.settings import Settings
from avocet.training import claiming, dataset, progress, report, running, summary, to_ask
from avocet.training.bases import check_base, offline
from avocet.training.config import FORMATS, TrainConfig
from avocet.training.progress import TrainingPoint
from avocet.training.summary import TrainingSummary, TrainingView, folders_of

Argv = Callable[[Path, Path], list[str]]
"""The command of a training, from its configuration file and its folder."""


def train_argv(config: Path, out: Path) -> list[str]:
    # -P: no module is imported from the folder that the server was started in
    return [sys.executable, "-P", "-m", "avocet", "train", "--config", str(config), "--out", str(out)]


def missing_package() -> str | None:
    """What to install before anything can be trained, as a sentence; None if nothing is missing."""
    try:
        running.check_installed()
    except Prerequisite as error:
        return error.detail
    return None


class TrainingRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What to train: on a saved recipe, on an export that was made, or else on everything approved.

    `options` are the other fields of `TrainConfig`. `parallel` starts it even if another one runs.
    """

    base: str
    name: str | None = None
    recipe: str | None = None
    export_id: int | None = None
    options: dict[str, Any] = {}
    parallel: bool = False


class Trainings:
    """The trainings in the data folder. `argv` makes their command; a test gives one that does not train."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        argv: Argv = train_argv,
        find_missing: Callable[[], str | None] = missing_package,
    ) -> None:
        self._database = database
        self._settings = settings
        self._argv = argv
        self._find_missing = find_missing
        self._folders = folders_of(settings.trainings_dir)
        self._points: dict[str, tuple[tuple[int, int], list[TrainingPoint]]] = {}

    @property
    def missing(self) -> str | None:
        """What to install before anything can be trained, as a sentence; None if nothing is missing."""
        return self._find_missing()

    def all(self) -> list[TrainingSummary]:
        """Every training, the most recently started first."""
        found = []
        for path, started in self._folders.started():
            if config := summary.config(path):
                found.append(summary.summary(path, config, started, self._read_points(path)))
        return sorted(found, key=lambda one: one.started_at, reverse=True)

    def get(self, name: str) -> TrainingView:
        """One training.

        Raises:
            NotFound: there is none of that name.
        """
        return summary.view(*self._find(name))

    def follow(self, name: str) -> tuple[TrainingSummary, list[TrainingPoint]]:
        """A training in brief, with all its points so far.

        Raises:
            NotFound: there is none of that name.
        """
        folder, config, started, points = self._find(name)
        return summary.summary(folder, config, started, points), points

    def log(self, name: str, kb: int = LOG_KB) -> str:
        """The last `kb` KiB of a training's log.

        Raises:
            NotFound: there is none of that name.
        """
        return self._folders.log(self._find(name)[0], kb)

    def report_page(self, name: str) -> str:
        """The report of a training, as an HTML page.

        Raises:
            NotFound: there is no such training, or it isn't done.
        """
        folder = self._find(name)[0]
        try:
            return (folder / report.HTML).read_text("utf-8")
        except OSError:
            raise NotFound(f"The training {name} has no report yet: it is written when it is done.") from None

    def start(self, request: TrainingRequest, reviewer: str) -> TrainingView:
        """Write the dataset and start to train on it.

        Raises:
            NotInstalled: the packages that train are missing.
            InvalidRequest: values that make no sense, or nothing to train on.
            AlreadyTraining: another one runs. TrainingExists: the name is taken.
            AvocetError: as for an export.
        """
        self._check_installed()
        base = check_base(request.base.strip(), self._settings)
        with self._folders.alone(lambda: self._running(beside=request.parallel)):
            folder = self._folders.place / self._name(base, request)
            config = self._config(request, base, folder)
            try:
                folder.mkdir()
            except FileExistsError:
                raise TrainingExists(f"There is a training {folder.name} already. Give another name.") from None
            try:
                self._write_dataset(config, request, reviewer)
                write_whole(folder / claiming.CONFIG, pretty(config))
                self._launch(folder, request.export_id)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
        return self.get(folder.name)

    def stop(self, name: str) -> TrainingSummary:
        """Ask a training to save a checkpoint after its current step and end.

        Raises:
            NotFound: there is none of that name. NothingToStop: it does not run.
        """
        folder, _, started, _ = self._find(name)
        if self.follow(name)[0].state not in OPEN:
            raise NothingToStop(f"The training {name} does not run. Nothing was changed.")
        process.ask_to_stop(folder, started)
        return self.follow(name)[0]

    def resume(self, name: str, *, parallel: bool = False) -> TrainingView:
        """Resume a training from its last checkpoint.

        Raises:
            NotFound: there is none of that name. NothingToResume: it runs, or it is done.
            NotInstalled, AlreadyTraining: as for a start.
        """
        self._check_installed()
        folder, _, started, _ = self._find(name)
        with self._folders.alone(lambda: self._running(beside=parallel)):
            # checked under the lock: of two requests at once, the second one finds it running
            state = self.follow(name)[0].state
            if state == "done" or state in OPEN:
                state_words = "is done" if state == "done" else "runs"
                raise NothingToResume(f"The training {name} {state_words}. Nothing was changed.")
            self._launch(folder, started.export_id)
        return self.get(name)

    def _check_installed(self) -> None:
        if missing := self.missing:
            raise NotInstalled(missing if missing.endswith(".") else f"{missing}.")

    def _find(self, name: str) -> tuple[Path, TrainConfig, Process, list[TrainingPoint]]:
        folder, started = self._folders.find(name)
        config = summary.config(folder)
        if config is None:
            raise self._folders.unknown(name)
        return folder, config, started, self._read_points(folder)

    def _running(self, *, beside: bool) -> list[str]:
        """The trainings that run and that another one must wait for; none of them if it may run `beside` them."""
        return [] if beside else [one.name for one in self.all() if one.state in OPEN]

    def _read_points(self, folder: Path) -> list[TrainingPoint]:
        """The points of a training. The file is read again only if it changed, since lists are asked for often."""
        try:
            stat = (folder / progress.POINTS).stat()
        except OSError:
            return []
        key = (stat.st_mtime_ns, stat.st_size)
        kept = self._points.get(folder.name)
        if kept is None or kept[0] != key:
            kept = self._points[folder.name] = (key, progress.read_points(folder))
        return kept[1]

    def _config(self, request: TrainingRequest, base: str, folder: Path) -> TrainConfig:
        if request.recipe is not None and request.export_id is not None:
            raise InvalidRequest("Say which: a recipe or an export.")
        place = {"dataset": str(folder / dataset.FOLDER)} if request.recipe is None else {"recipe": request.recipe}
        return training.read_config(None, {**request.options, **place, "base": base, "out": str(folder)})

    def _write_dataset(self, config: TrainConfig, request: TrainingRequest, reviewer: str) -> None:
        """Write the dataset beside the adapter, here in the server: the training's process opens no desk."""
        target = Path(config.out) / dataset.FOLDER
        if request.export_id is not None:
            written = made.read(self._database, request.export_id).manifest
            _check_format(written.recipe, config)
            made.again_as_folder(self._database, written, target)
        elif config.recipe is not None:
            dataset.write(config, lambda: nullcontext(self._database), reviewer)
        else:
            exports.make(self._database, _everything(config), target, reviewer=reviewer, as_folder=True)
        if config.early_stop == "checks":
            read = dataset.read(Path(config.dataset or target), config)
            to_ask.write(config, read, lambda: nullcontext(self._database))
        if not sum(summary.used(summary.written(config), config).values()):
            raise InvalidRequest(_nothing_left(summary.written(config)))

    def _launch(self, folder: Path, export_id: int | None) -> None:
        argv = self._argv(folder / claiming.CONFIG, folder)
        # it reads its dataset from a folder, and needs neither the desk's database nor its secrets
        mine = environment(self._settings, opens_desk=False, HF_HUB_OFFLINE=offline())
        self._folders.launch(folder, argv, mine, export_id)

    def _name(self, base: str, request: TrainingRequest) -> str:
        if request.name:
            self._folders.check_name(request.name)
            return request.name
        words = Path(base).stem if base.endswith(".gguf") else Path(base).name
        return self._folders.free_name(words, request.options.get("method", "sft"))


def _everything(config: TrainConfig) -> Recipe:
    splits = Splits(train=1 - config.validation, validation=config.validation) if config.validation else None
    return Recipe(format=FORMATS[config.method][0], splits=splits)


def _check_format(recipe: Recipe, config: TrainConfig) -> None:
    if recipe.format not in FORMATS[config.method]:
        wanted = " or ".join(FORMATS[config.method])
        raise InvalidRequest(f"{config.method} trains on {wanted}; this export is {recipe.format}. Export it anew.")


def _nothing_left(by_category: dict[str, int]) -> str:
    if not by_category:
        return "There is nothing to train on: no row can be written in this method's format."
    listed = ", ".join(f"{name} {count:,}" for name, count in by_category.items() if count)
    return f"The chosen categories leave no row to train on. The dataset has: {listed}."
