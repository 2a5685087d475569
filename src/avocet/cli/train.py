"""avocet train: fine-tune a model on what was corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from avocet.cli.terminal import (
    ExcludeCategory,
    IncludeCategory,
    Several,
    has_desk,
    load_settings,
    open_desk,
    print_json,
    progress_bar,
    stderr,
)
from avocet.db import targets
from avocet.domain import plural
from avocet.errors import Cancelled, Prerequisite

if TYPE_CHECKING:
    from avocet.training.config import TrainConfig
    from avocet.training.progress import TrainingPoint
    from avocet.training.report import TrainingReport
    from avocet.training.sweep_report import SweepReport

SHORT_OPTIONS = ("config", "fresh", "json")


def train(
    base: Annotated[
        str | None, typer.Option(metavar="MODEL", help="A model's folder, its GGUF file, or its name.")
    ] = None,
    recipe: Annotated[
        Several, typer.Option(metavar="NAME", help="Train on what this recipe exports; several make a sweep.")
    ] = None,
    dataset: Annotated[str | None, typer.Option(metavar="FOLDER|FILE", help="Train on this written dataset.")] = None,
    method: Annotated[str | None, typer.Option(metavar="METHOD", help="sft, dpo or kto. Default: sft.")] = None,
    include_category: IncludeCategory = None,
    exclude_category: ExcludeCategory = None,
    out: Annotated[
        str | None, typer.Option("--out", "-o", metavar="FOLDER", help="Where adapter and report go.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="TOML or JSON with these names; options override it.")
    ] = None,
    chat_template: Annotated[str | None, typer.Option(metavar="FILE", help="In place of the base model's.")] = None,
    max_length: Annotated[int | None, typer.Option(help="Rows of more tokens are left out. Default: 1024.")] = None,
    epochs: Annotated[float | None, typer.Option(help="Passes over the rows. Default: 3.")] = None,
    max_steps: Annotated[int | None, typer.Option(help="Stop after this many steps, whatever the epochs.")] = None,
    batch_size: Annotated[int | None, typer.Option(help="Rows of one step, on each device. Default: 8.")] = None,
    gradient_accumulation: Annotated[int | None, typer.Option(help="Batches of one step. Default: 1.")] = None,
    learning_rate: Annotated[float | None, typer.Option(help="Default: 2e-4 for sft, 5e-5 for dpo and kto.")] = None,
    beta: Annotated[float | None, typer.Option(help="How close dpo and kto stay to the base. Default: 0.1.")] = None,
    lora_rank: Annotated[int | None, typer.Option(help="Default: 16.")] = None,
    lora_alpha: Annotated[int | None, typer.Option(help="Default: 32.")] = None,
    lora_dropout: Annotated[float | None, typer.Option(help="Default: 0.")] = None,
    lora_targets: Annotated[
        Several, typer.Option(metavar="NAME", help="Names of layers; repeatable. Default: all-linear.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Default: 0.")] = None,
    seeds: Annotated[
        int | None, typer.Option(metavar="N", help="A sweep: train each recipe with N seeds, from --seed on.")
    ] = None,
    validation: Annotated[
        float | None, typer.Option(help="Share to measure on, if the dataset has no such split. Default: 0.1.")
    ] = None,
    save_steps: Annotated[int | None, typer.Option(help="Steps between checkpoints. Default: 20.")] = None,
    patience: Annotated[
        int | None, typer.Option(help="Checkpoints without a better validation loss; 0 never stops. Default: 3.")
    ] = None,
    early_stop: Annotated[
        str | None, typer.Option(metavar="BY", help="loss, or checks: ask the validation items. Default: loss.")
    ] = None,
    max_new_tokens: Annotated[
        int | None, typer.Option(help="At most this many tokens an answer, for --early-stop checks. Default: 256.")
    ] = None,
    merge: Annotated[bool | None, typer.Option("--merge", help="Write the merged model too.")] = None,
    device: Annotated[str | None, typer.Option(metavar="NAME", help="auto or cpu. Default: auto.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start again instead of going on.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Train a LoRA adapter on corrected answers. After a stop, the same command continues from its checkpoint."""
    # read first: afterwards locals() holds more than the options
    given = {name: value for name, value in locals().items() if name not in SHORT_OPTIONS and value is not None}
    from avocet import training

    wanted = training.read_plan(config, given)
    _check_desk(wanted.members[0].config if isinstance(wanted, training.SweepPlan) else wanted)
    start: Callable[..., TrainingReport | SweepReport]
    if isinstance(wanted, training.SweepPlan):
        start = partial(training.sweep, wanted)
    else:
        start = partial(training.run, wanted)
    with _shown_steps() as on_point:
        try:
            made = start(
                open_desk,
                reviewer=load_settings().reviewer,
                fresh=fresh,
                own=targets.own(load_settings()),
                tell=lambda text: stderr.print(escape(text)),
                on_point=on_point,
            )
        except Cancelled as error:
            stderr.print(escape(error.detail))
            raise typer.Exit(130) from None
    if not training.is_first_process():
        return
    if json:
        print_json(made)
    if isinstance(made, training.SweepReport):
        _tell_sweep(made)
    else:
        _tell(made)


def _check_desk(config: TrainConfig) -> None:
    """Refuse to look for checks in a desk that isn't there: it would be made, and know none.

    Raises:
        Prerequisite: there is no desk.
    """
    from avocet.training import to_ask

    is_known = (Path(config.out) / to_ask.FILE).is_file()
    if config.early_stop == "checks" and config.recipe is None and not is_known and not has_desk():
        raise Prerequisite(
            "--early-stop checks needs the desk that the rows come from, which knows their checks. "
            "Set AVOCET_DATA_DIR or AVOCET_DATABASE_URL, or take --early-stop loss."
        )


@contextmanager
def _shown_steps() -> Iterator[Any]:
    with progress_bar() as progress:
        task = progress.add_task("Training", total=None, note="")

        def on_point(point: TrainingPoint, total: int) -> None:
            loss = f"loss {point.loss:.4f}" if point.loss is not None else f"validation loss {point.eval_loss:.4f}"
            progress.update(task, completed=point.step, total=total, note=loss)

        yield on_point


def _tell(made: TrainingReport) -> None:
    # imported only here, like all of training: other commands start without it
    from avocet.training.choosing import sentences
    from avocet.training.groups import sentence

    best = "" if made.best_eval_loss is None else f", validation loss of the adapter kept {made.best_eval_loss:.4f}"
    early = " (stopped early)" if made.stopped_early else ""
    stderr.print(f"Trained {plural(made.steps, 'step')}{early} in {made.seconds:,.0f} s{best}")
    for groups in (made.outcomes, made.categories):
        stderr.print(f"Learned from {sentence(groups)}")
    for told in sentences(made.checks) if made.checks else []:
        stderr.print(told)
    stderr.print(f"Adapter and report are in {escape(made.config.out)}")


def _tell_sweep(made: SweepReport) -> None:
    from avocet.training.sweep_report import NOT_COMPARABLE

    table = Table("trained on", "seed", "rows", "passed", "steps", "validation loss", box=None, pad_edge=False)
    for one in made.members:
        counts = (one.train_rows, one.passed_rows, one.steps)
        loss = "–" if one.best_eval_loss is None else f"{one.best_eval_loss:.4f}"
        table.add_row(escape(one.source), str(one.seed), *("–" if n is None else f"{n:,}" for n in counts), loss)
    stderr.print(table)
    if not made.is_comparable:
        stderr.print(f"{NOT_COMPARABLE}.")
    stderr.print(f"{plural(made.done, 'training')} done; the reports are in {escape(made.out)}")
