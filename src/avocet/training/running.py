"""One training from its configuration to its report; if stopped or killed, it resumes from its last checkpoint."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import logging
import os
import platform
import shutil
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from avocet import __version__
from avocet.db import now
from avocet.db.targets import Own
from avocet.domain import plural
from avocet.errors import AvocetError, Cancelled, InvalidRequest, Prerequisite
from avocet.processes import WrittenState, stoppable
from avocet.training import base_models, choosing, dataset, fitting, progress, report, to_ask
from avocet.training.choosing import ByChecks
from avocet.training.claiming import ADAPTER, CHECKPOINTS, MERGED, claim
from avocet.training.config import TrainConfig
from avocet.training.dataset import Dataset, OpenDesk
from avocet.training.fitting import Fitted
from avocet.training.progress import Training, TrainingPoint
from avocet.training.report import TrainingReport

PACKAGES = ("torch", "transformers", "trl", "peft", "datasets", "accelerate")
_log = logging.getLogger("avocet")

Tell = Callable[[str], None]
OnPoint = Callable[[TrainingPoint, int], None]


def check_installed() -> None:
    """Refuse to train without the packages that it needs.

    Raises:
        Prerequisite: a package is missing.
    """
    for name in PACKAGES:
        if importlib.util.find_spec(name) is None:
            raise Prerequisite(f"avocet train needs {name}: pip install 'avocet-desk[train]'")


def is_first_process() -> bool:
    """Whether this process writes and prints: the first one of those that `accelerate launch` numbers."""
    return int(os.environ.get("RANK", "0")) == 0


def run(
    config: TrainConfig,
    open_desk: OpenDesk,
    *,
    reviewer: str,
    fresh: bool = False,
    own: Own | None = None,
    tell: Tell = lambda _: None,
    on_point: OnPoint = lambda *_: None,
    asks_hold_out: bool = True,
) -> TrainingReport:
    """Train, or resume the same training if it was stopped or killed.

    `asks_hold_out`: if checks choose the adapter, ask it the desk's hold-out once at the end.

    Raises:
        Prerequisite: a package, the base model or the dataset is missing.
        InvalidRequest: rows or values that can't be trained on; the folder holds another training.
        Cancelled: the training was stopped; the same call resumes it.
    """
    check_installed()
    # the libraries read these when imported: none shows a bar, and nothing is fetched
    os.environ.setdefault("TQDM_DISABLE", "1")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    folder = Path(config.out)
    is_first = is_first_process()
    if is_first:
        claim(folder, config, fresh=fresh, own=own)
    if not is_first:
        tell, on_point = (lambda _: None), (lambda *_: None)
    state = Training(
        state="running",
        pid=os.getpid(),
        base=config.base,
        method=config.method,
        step=0,
        total_steps=0,
        seconds=0,
        started_at=now(),
    )

    def read() -> Dataset:
        data = dataset.read(dataset.write(config, open_desk, reviewer), config)
        to_ask.write(config, data, open_desk)
        return data

    return _Run(config, folder, state, tell, on_point, is_first=is_first, asks_hold_out=asks_hold_out).train(read)


@contextmanager
def in_turn(config: TrainConfig) -> Iterator[None]:
    """With several processes, the first writes the dataset and the others wait for it."""
    if "RANK" not in os.environ:
        yield
        return
    from accelerate import PartialState

    with PartialState(cpu=config.device == "cpu").main_process_first():
        yield


class _Run:
    def __init__(
        self,
        config: TrainConfig,
        folder: Path,
        state: Training,
        tell: Tell,
        on_point: OnPoint,
        *,
        is_first: bool,
        asks_hold_out: bool,
    ) -> None:
        self._config = config
        self._folder = folder
        self._state = state
        self._tell = tell
        self._on_point = on_point
        self._is_first = is_first
        self._asks_hold_out = asks_hold_out
        self._stop = threading.Event()

    def train(self, read: Callable[[], Dataset]) -> TrainingReport:
        self._save_state()
        had_dataset = (self._folder / dataset.FOLDER).exists()
        try:
            with _quiet(), self._stoppable():
                with in_turn(self._config):
                    data = read()
                return self._train(data)
        except Cancelled:
            self._end("stopped")
            raise
        except AvocetError as error:
            self._end("failed", error.detail)
            if not had_dataset and not self._state.step and self._is_first:
                # the next attempt writes the dataset anew, from what is decided by then
                shutil.rmtree(self._folder / dataset.FOLDER, ignore_errors=True)
                (self._folder / to_ask.FILE).unlink(missing_ok=True)
            raise
        except Exception as error:
            self._end("failed", f"{type(error).__name__}: {error}")
            raise

    def _train(self, data: Dataset) -> TrainingReport:
        config = self._config
        tokenizer = _tokenizer(config)
        train = fitting.fit(tokenizer, data.train, config.method, config.max_length)
        validation = fitting.fit(tokenizer, data.validation, config.method, config.max_length)
        notes = report.notes(config, data, train, validation)
        for note in notes:
            self._tell(note)
        if not train.rows:
            raise InvalidRequest(_nothing_fits(train))
        by_checks = choosing.by_checks(config, tokenizer, validation.rows)
        with closing(by_checks) if by_checks else nullcontext():
            return self._train_on(data, tokenizer, train, validation, notes, by_checks)

    def _train_on(
        self,
        data: Dataset,
        tokenizer: Any,  # noqa: ANN401
        train: Fitted,
        validation: Fitted,
        notes: list[str],
        by_checks: ByChecks | None,
    ) -> TrainingReport:
        from avocet.training import trainers

        not_asked = by_checks.notes if by_checks else []
        for note in not_asked:
            self._tell(note)
        checkpoint = self._newest_checkpoint()
        step = _step_of(checkpoint)
        points = progress.forget_after(self._folder, step) if self._is_first else []
        before = points[-1] if points else TrainingPoint(step=0, seconds=0, tokens=0)
        watch = trainers.Watch(self._note, self._stop.is_set, before)
        trainer = trainers.build(self._config, tokenizer, train.rows, validation.rows, watch, by_checks)
        self._tell(
            f"Training on {plural(len(train.rows), 'row')} ({plural(train.answer_tokens, 'answer token')})"
            + (f", measuring on {len(validation.rows):,}" if validation.rows else "")
            + (f", going on after step {step:,}" if checkpoint else "")
        )
        trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
        self._state.step = trainer.state.global_step
        if self._stop.is_set() and trainer.state.global_step < trainer.state.max_steps:
            raise Cancelled(
                f"Stopped after step {trainer.state.global_step:,} of {trainer.state.max_steps:,}. "
                "The same command goes on from there."
            )
        return self._finish(data, trainer, tokenizer, watch, train, validation, [*notes, *not_asked], by_checks)

    def _finish(
        self,
        data: Dataset,
        trainer: Any,  # noqa: ANN401 (TRL's)
        tokenizer: Any,  # noqa: ANN401
        watch: Any,  # noqa: ANN401
        train: Fitted,
        validation: Fitted,
        notes: list[str],
        by_checks: ByChecks | None,
    ) -> TrainingReport:
        from avocet.training import trainers

        points = progress.read_points(self._folder)
        tokens = trainers.summed(trainer, watch.tokens)
        made = report.make(
            self._config,
            data,
            train,
            validation,
            points=points,
            notes=notes,
            steps=trainer.state.global_step,
            planned_steps=trainer.state.max_steps,
            tokens=tokens,
            seconds=round(watch.seconds, 2),
            processes=trainer.accelerator.num_processes,
            device=trainers.device_name(trainer),
            peak_memory_mib=report.peak_memory_mib(),
            versions=versions(),
            checks=by_checks.report(trainer, points, data, with_held_out=self._asks_hold_out) if by_checks else None,
        )
        if self._is_first:
            model = trainer.accelerator.unwrap_model(trainer.model)
            _place(self._folder / ADAPTER, lambda to: (model.save_pretrained(to), tokenizer.save_pretrained(to)))
            if self._config.merge:
                merged = model.merge_and_unload()
                _place(self._folder / MERGED, lambda to: (merged.save_pretrained(to), tokenizer.save_pretrained(to)))
            report.write(self._folder, made)
            self._end("done")
        return made

    def _note(self, point: TrainingPoint, total_steps: int) -> None:
        self._state.step, self._state.total_steps, self._state.seconds = point.step, total_steps, point.seconds
        progress.add_point(self._folder, point)
        self._save_state()
        self._on_point(point, total_steps)

    def _save_state(self) -> None:
        if self._is_first:
            progress.write_state(self._folder, self._state)

    def _end(self, state: WrittenState, error: str | None = None) -> None:
        self._state.state, self._state.error, self._state.finished_at = state, error, now()
        self._save_state()

    def _newest_checkpoint(self) -> Path | None:
        """The newest complete checkpoint, whose state is written last; None if there is none."""
        found = sorted((self._folder / CHECKPOINTS).glob("checkpoint-*"), key=_step_of, reverse=True)
        for path in found:
            if (path / "trainer_state.json").is_file():
                return path
            if self._is_first:
                shutil.rmtree(path, ignore_errors=True)
        return None

    @contextmanager
    def _stoppable(self) -> Iterator[None]:
        """Let Ctrl+C or SIGTERM end the training after its current step is saved; a second one ends it at once."""
        alone = "RANK" not in os.environ and threading.current_thread() is threading.main_thread()
        if not alone:
            yield
            return

        def ask() -> None:
            self._stop.set()
            self._tell("Stopping after this step; once more ends at once.")

        with stoppable(ask):
            yield


def _tokenizer(config: TrainConfig) -> Any:  # noqa: ANN401 (transformers')
    tokenizer = base_models.load_tokenizer(base_models.find(config.base))
    if config.chat_template is not None:
        try:
            tokenizer.chat_template = Path(config.chat_template).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Prerequisite(f"The chat template {config.chat_template} can't be read: {error}.") from None
    return tokenizer


def versions() -> dict[str, str]:
    """The versions of everything that influences the result."""
    found = {"avocet": __version__, "python": platform.python_version()}
    for name in PACKAGES:
        found[name] = importlib.metadata.version(name)
    return found


def _nothing_fits(train: Fitted) -> str:
    listed = ", ".join(f"{count:,} {reason}" for reason, count in train.left_out.items())
    return f"No row is left to train on: {listed}."


def _step_of(path: Path | None) -> int:
    return int(path.name.rpartition("-")[2]) if path else 0


def _place(target: Path, save: Callable[[str], Any]) -> None:
    """Save into a folder that appears whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    save(str(part))
    shutil.rmtree(target, ignore_errors=True)
    os.replace(part, target)


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence the messages of the libraries, which help nobody who trains; errors are raised as ever."""
    import transformers

    transformers.logging.set_verbosity_error()
    with warnings.catch_warnings():
        if not sys.warnoptions:
            warnings.simplefilter("ignore")
        yield
