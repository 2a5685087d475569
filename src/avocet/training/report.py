"""The report of a training: `training_report.json` for programs, `training_report.html` for people."""

from __future__ import annotations

import html
import sys
from pathlib import Path

import msgspec

from avocet.disk import pretty, write_whole
from avocet.domain import plural
from avocet.exports.tallies import IDS_TOLD
from avocet.training import choosing, groups, pages, rows
from avocet.training.choosing import ChecksReport, kept_point
from avocet.training.config import TrainConfig
from avocet.training.dataset import Dataset
from avocet.training.fitting import Fitted
from avocet.training.groups import RowGroup
from avocet.training.progress import TrainingPoint

JSON = "training_report.json"
HTML = "training_report.html"
_WIDTH, _HEIGHT, _PAD = 640, 240, 44


class TrainingReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a training did. Counts are rows; `used_by_category` are those the filter left, before `left_out`;
    `left_out_ids` names the first cards of the rows that can't be trained on at all. `outcomes` and `categories` say
    more of the rows by what their cards are; they are empty in a report of 0.1.0.

    `answer_tokens` is one pass over the training rows, `trained_tokens` all that were learned from in all steps.
    `best_eval_loss` is that of the adapter that was kept; None if there was nothing to measure on. `checks` says how
    it was chosen if checks chose it.
    """

    config: TrainConfig
    dataset: str
    manifest_sha256: str | None
    by_category: dict[str, int]
    used_by_category: dict[str, int]
    outcomes: dict[str, RowGroup] = {}
    categories: dict[str, RowGroup] = {}
    train_rows: int
    validation_rows: int
    test_rows_untouched: int
    left_out: dict[str, int]
    left_out_ids: dict[str, list[str]] = {}
    notes: list[str]
    answer_tokens: int
    trained_tokens: int
    steps: int
    planned_steps: int
    stopped_early: bool
    best_eval_loss: float | None
    checks: ChecksReport | None = None
    points: list[TrainingPoint]
    seconds: float
    peak_memory_mib: dict[str, float]
    processes: int
    device: str
    versions: dict[str, str]


def make(
    config: TrainConfig,
    data: Dataset,
    train: Fitted,
    validation: Fitted,
    *,
    points: list[TrainingPoint],
    notes: list[str],
    steps: int,
    planned_steps: int,
    tokens: int,
    seconds: float,
    processes: int,
    device: str,
    peak_memory_mib: dict[str, float],
    versions: dict[str, str],
    checks: ChecksReport | None,
) -> TrainingReport:
    kept = kept_point(points)
    return TrainingReport(
        config=config,
        dataset=data.path,
        manifest_sha256=data.manifest_sha256,
        by_category=data.by_category,
        used_by_category=data.used_by_category,
        outcomes=groups.grouped(data.by_outcome, data.used_by_outcome, train, validation, rows.outcome_of),
        categories=groups.grouped(data.by_category, data.used_by_category, train, validation, rows.category_of),
        train_rows=len(train.rows),
        validation_rows=len(validation.rows),
        test_rows_untouched=data.test_rows,
        left_out={**_left_out(train, validation), **{why: len(ids) for why, ids in data.left_out.items()}},
        left_out_ids={why: ids[:IDS_TOLD] for why, ids in data.left_out.items()},
        notes=notes,
        answer_tokens=train.answer_tokens,
        trained_tokens=tokens,
        steps=steps,
        planned_steps=planned_steps,
        stopped_early=steps < planned_steps,
        best_eval_loss=kept.eval_loss if kept else None,
        checks=checks,
        points=points,
        seconds=seconds,
        peak_memory_mib=peak_memory_mib,
        processes=processes,
        device=device,
        versions=versions,
    )


def _left_out(train: Fitted, validation: Fitted) -> dict[str, int]:
    reasons = sorted({*train.left_out, *validation.left_out})
    return {reason: train.left_out.get(reason, 0) + validation.left_out.get(reason, 0) for reason in reasons}


def notes(config: TrainConfig, data: Dataset, train: Fitted, validation: Fitted) -> list[str]:
    """What a person should know of this training, as sentences."""
    found = [f"Left out {count:,}: {reason}" for reason, count in _left_out(train, validation).items()]
    for why, ids in data.left_out.items():
        named = ", ".join(ids[:IDS_TOLD]) + (" …" if len(ids) > IDS_TOLD else "")
        found.append(f"Left out {len(ids):,} ({named}): {why.removesuffix('.')}")
    if not validation.rows:
        found.append("Nothing to measure on: the last adapter is kept, and nothing stops early")
    if unlike := train.unlike_prefix + validation.unlike_prefix:
        found.append(f"The chat template writes {plural(unlike, 'prompt')} differently when an answer follows")
    labels = {row.value["label"] for row in train.rows} if config.method == "kto" else set()
    if len(labels) == 1:
        only = "good" if labels == {True} else "bad"
        found.append(f"All answers are {only}: KTO learns from the difference between good and bad ones")
    if data.manifest_sha256 is None:
        found.append("The dataset has no manifest: nothing says where its rows come from")
    return found


def peak_memory_mib() -> dict[str, float]:
    """The most memory that this process held, in MiB: resident, and on the GPU if it used one."""
    found: dict[str, float] = {}
    if sys.platform != "win32":
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found["resident"] = round(most / (1024**2 if sys.platform == "darwin" else 1024), 1)
    import torch

    if torch.cuda.is_available() and torch.cuda.max_memory_allocated():
        found["gpu"] = round(torch.cuda.max_memory_allocated() / 1024**2, 1)
    return found


def write(folder: Path, made: TrainingReport) -> None:
    """Write both files; the JSON comes last, since it marks the training as done."""
    write_whole(folder / HTML, page(made).encode())
    write_whole(folder / JSON, pretty(made))


def page(made: TrainingReport) -> str:
    """The report as one HTML page, with no script and nothing to fetch."""
    config = made.config
    facts = {
        "Base model": config.base,
        "Method": f"{config.method.upper()}, LoRA of rank {config.lora_rank}",
        "Dataset": made.dataset,
        "Manifest, SHA-256": made.manifest_sha256 or "none",
        "Rows": f"{made.train_rows:,} trained on, {made.validation_rows:,} measured on, "
        f"{made.test_rows_untouched:,} of the test split untouched",
        "Tokens": f"{made.answer_tokens:,} in the answers, {made.trained_tokens:,} trained on in all steps",
        "Steps": f"{made.steps:,} of {made.planned_steps:,}" + (", stopped early" if made.stopped_early else ""),
        "Chosen by": "; ".join(choosing.sentences(made.checks)) if made.checks else "the lowest validation loss",
        "Validation loss of the adapter kept": "–" if made.best_eval_loss is None else f"{made.best_eval_loss:.4f}",
        "Time": f"{made.seconds:,.0f} s on {made.device}, {made.processes} process(es)",
        "Peak memory": ", ".join(f"{value:,.0f} MiB {name}" for name, value in made.peak_memory_mib.items()) or "–",
        "Versions": ", ".join(f"{name} {value}" for name, value in made.versions.items()),
    }
    noted = "".join(f"<li>{html.escape(note)}.</li>" for note in made.notes) or "<li>Nothing was left out.</li>"
    told = "What the harness said of the answers that the rows were made from. Tokens are those of one pass."
    return pages.page(
        f"{config.method.upper()} of {Path(config.base).name}",
        f"<ul>{noted}</ul>",
        pages.facts(facts),
        f"<h2>Loss</h2>{plot(made.points)}",
        f"<h2>Rows by outcome</h2><p>{told}</p>{_groups('Outcome', made.outcomes)}",
        f"<h2>Rows by failure category</h2>{_groups('Failure category', made.categories)}",
        f"<h2>Every setting</h2>{pages.settings(config)}",
    )


def _groups(kind: str, found: dict[str, RowGroup]) -> str:
    columns = (kind, "In the dataset", "Used", "Trained on", "Measured on", "Answer tokens", "All tokens")
    return pages.grid(
        columns, [(name, *(f"{n:,}" for n in msgspec.structs.astuple(one))) for name, one in found.items()]
    )


def plot(points: list[TrainingPoint]) -> str:
    """Training and validation loss by step, as SVG."""
    losses = [(point.step, point.loss) for point in points if point.loss is not None]
    measured = [(point.step, point.eval_loss) for point in points if point.eval_loss is not None]
    both = [*losses, *measured]
    if not both:
        return "<p>No step was taken.</p>"
    last = max(step for step, _ in both)
    low, high = min(loss for _, loss in both), max(loss for _, loss in both)
    span = (high - low) or 1.0

    def place(step: int, loss: float) -> str:
        x = _PAD + (_WIDTH - 2 * _PAD) * step / max(last, 1)
        y = _PAD / 2 + (_HEIGHT - _PAD) * (1 - (loss - low) / span)
        return f"{x:.1f},{y:.1f}"

    caption = f"Loss by step: training from {losses[0][1]:.3f} to {losses[-1][1]:.3f}" if losses else "Loss by step"
    if measured:
        caption += f", validation from {measured[0][1]:.3f} to {measured[-1][1]:.3f}"
    dots = "".join(
        '<circle class="eval" cx="{}" cy="{}" r="3.5"/>'.format(*place(step, loss).split(","))
        for step, loss in measured
    )
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{html.escape(caption)}">'
        f'<text x="{_PAD - 6}" y="{_PAD / 2 + 4}" text-anchor="end">{high:.2f}</text>'
        f'<text x="{_PAD - 6}" y="{_HEIGHT - _PAD / 2 + 4}" text-anchor="end">{low:.2f}</text>'
        f'<text x="{_WIDTH - _PAD}" y="{_HEIGHT - 4}" text-anchor="end">step {last:,}</text>'
        f'<polyline class="train" points="{" ".join(place(*one) for one in losses)}"/>'
        f'<polyline class="eval" points="{" ".join(place(*one) for one in measured)}"/>{dots}</svg>'
        f'<p class="key"><span class="train">training loss</span>'
        + ('<span class="eval">validation loss</span>' if measured else "")
        + f"</p><p>{html.escape(caption)}.</p>"
    )
