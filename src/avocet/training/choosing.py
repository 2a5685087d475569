"""Choose the adapter by the checks of the validation rows' items, and ask the hold-out once afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from avocet.domain import plural
from avocet.training import asking, to_ask
from avocet.training.asking import UNASKABLE, Asker, Item, Score
from avocet.training.config import TrainConfig
from avocet.training.dataset import Dataset
from avocet.training.progress import TrainingPoint
from avocet.training.rows import Row
from avocet.training.to_ask import ToAsk

METRIC = "checks"


class HeldOutScore(msgspec.Struct, frozen=True, kw_only=True):
    """The hold-out, asked once after the adapter was chosen: `asked` items, of which the answers to `passed` passed.

    It is clean if no item of it was trained on (`in_training`) or asked to choose the adapter (`in_choice`).
    """

    asked: int
    passed: int
    not_asked: dict[str, int]
    in_training: int
    in_choice: int
    is_clean: bool


class ChecksReport(msgspec.Struct, frozen=True, kw_only=True):
    """How the kept adapter was chosen: `asked` items of the validation rows, of which it answered `passed` rightly.

    `not_asked` counts the rows, or items, that can't be asked again, by reason. `held_out` is None if the desk holds
    nothing out, or if it was not asked.
    """

    asked: int
    passed: int
    not_asked: dict[str, int]
    held_out: HeldOutScore | None


class ByChecks:
    """Asks the validation rows' items at every evaluation of a trainer. Call `close` at the end."""

    def __init__(self, config: TrainConfig, tokenizer: Any, validation: Sequence[Row], known: ToAsk) -> None:  # noqa: ANN401
        self._known = known
        self._found = asking.of_rows(validation, known)
        self._asker = Asker(tokenizer, max_new_tokens=config.max_new_tokens, batch_size=config.batch_size)
        self._last = Score(0, 0)

    @property
    def notes(self) -> list[str]:
        """What can't be asked, as sentences."""
        return [f"Not asked again {count:,}: {why}" for why, count in self._found.not_asked.items()]

    @property
    def items(self) -> list[Item]:
        return self._found.items

    def watch(self, trainer: Any) -> None:  # noqa: ANN401 (TRL's)
        """Add the share of the items that pass to what the trainer measures at every evaluation."""
        evaluate = trainer.evaluation_loop

        def asked_too(*args: Any, metric_key_prefix: str = "eval", **named: Any) -> Any:  # noqa: ANN401
            output = evaluate(*args, metric_key_prefix=metric_key_prefix, **named)
            self._last = _ask(self._asker, trainer, self._found.items)
            output.metrics[f"{metric_key_prefix}_{METRIC}"] = share(self._last)
            return output

        trainer.evaluation_loop = asked_too

    def report(
        self,
        trainer: Any,  # noqa: ANN401
        points: Sequence[TrainingPoint],
        data: Dataset,
        *,
        with_held_out: bool,
    ) -> ChecksReport:
        """The report on the choice; asks the hold-out, for which every process must call it."""
        if not self._last.asked:
            # the last evaluation was in an earlier process
            self._last = _ask(self._asker, trainer, self._found.items)
        best = kept_point(points)
        asked = self._last.asked
        return ChecksReport(
            asked=asked,
            passed=round((best.checks or 0.0) * asked) if best else 0,
            not_asked=_with_unaskable(self._found.not_asked, len(self._found.items) - asked),
            held_out=self._held_out(trainer, data) if with_held_out and self._known.holds_out else None,
        )

    def close(self) -> None:
        self._asker.close()

    def _held_out(self, trainer: Any, data: Dataset) -> HeldOutScore:  # noqa: ANN401
        found = asking.of_held_out(self._known.held_out)
        score = _ask(self._asker, trainer, found.items)
        in_training = asking.overlap(
            found.items, [row.card for row in data.train], [row.value["prompt"] for row in data.train]
        )
        chosen_by = self._found.items
        in_choice = asking.overlap(
            found.items, [card for one in chosen_by for card in one.cards], [one.prompt for one in chosen_by]
        )
        return HeldOutScore(
            asked=score.asked,
            passed=score.passed,
            not_asked=_with_unaskable(found.not_asked, len(found.items) - score.asked),
            in_training=in_training,
            in_choice=in_choice,
            is_clean=not (in_training or in_choice),
        )


def by_checks(config: TrainConfig, tokenizer: Any, validation: Sequence[Row]) -> ByChecks | None:  # noqa: ANN401
    """What chooses by checks; None if the validation loss chooses.

    Raises:
        InvalidRequest: no validation row can be asked again.
    """
    return ByChecks(config, tokenizer, validation, to_ask.read(config)) if config.early_stop == "checks" else None


def kept_point(points: Sequence[TrainingPoint]) -> TrainingPoint | None:
    """The point whose adapter is kept: the first with the most passes, or else with the lowest validation loss."""
    measured = [point for point in points if point.eval_loss is not None]
    if any(point.checks is not None for point in measured):
        return max(measured, key=lambda point: -1.0 if point.checks is None else point.checks)
    return min(measured, key=lambda point: point.eval_loss or 0.0, default=None)


def share(score: Score) -> float:
    """The share of the asked items that passed; 0 if none could be asked."""
    return score.passed / score.asked if score.asked else 0.0


def sentences(made: ChecksReport) -> list[str]:
    """The report as a person reads it."""
    told = [f"Chosen by checks: {made.passed:,} of {plural(made.asked, 'item')} passed"]
    if made.held_out is not None:
        held = made.held_out
        told.append(
            f"Hold-out, asked once: {held.passed:,} of {plural(held.asked, 'item')} passed, {cleanness(held)}"
        )
    return told


def cleanness(held: HeldOutScore) -> str:
    """Whether the hold-out is clean, and why not."""
    told = [f"{held.in_choice:,} of its items were asked to choose"] if held.in_choice else []
    told += [f"{held.in_training:,} were trained on"] if held.in_training else []
    return f"not clean: {', '.join(told)}" if told else "clean"


def _with_unaskable(not_asked: dict[str, int], count: int) -> dict[str, int]:
    return {**not_asked, UNASKABLE: count} if count else not_asked


def _ask(asker: Asker, trainer: Any, items: Sequence[Item]) -> Score:  # noqa: ANN401
    """Ask the items; of several processes, each asks its part of them, and all learn the sum."""
    import torch

    accelerator = trainer.accelerator
    model = accelerator.unwrap_model(trainer.model)
    model.eval()
    mine = asker.ask(model, items[accelerator.process_index :: accelerator.num_processes])
    asked, passed = accelerator.reduce(torch.tensor(mine, device=accelerator.device), "sum").tolist()
    return Score(asked, passed)
