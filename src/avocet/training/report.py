"""The report of a training: `training_report.json` for programs, `training_report.html` for people."""

from __future__ import annotations

import html
import sys
from pathlib import Path

import msgspec

from avocet.disk import pretty, write_whole
from avocet.domain import plural
from avocet.exports.rows import IDS_TOLD
from avocet.training import groups, rows
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
    `best_eval_loss` is that of the adapter that was kept, the best one; None if there was nothing to measure on.
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
) -> TrainingReport:
    measured = [point.eval_loss for point in points if point.eval_loss is not None]
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
        best_eval_loss=min(measured, default=None),
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
        "Best validation loss": "–" if made.best_eval_loss is None else f"{made.best_eval_loss:.4f}",
        "Time": f"{made.seconds:,.0f} s on {made.device}, {made.processes} process(es)",
        "Peak memory": ", ".join(f"{value:,.0f} MiB {name}" for name, value in made.peak_memory_mib.items()) or "–",
        "Versions": ", ".join(f"{name} {value}" for name, value in made.versions.items()),
    }
    settings = msgspec.to_builtins(config)
    return _PAGE.format(
        title=html.escape(f"{config.method.upper()} of {Path(config.base).name}"),
        notes="".join(f"<li>{html.escape(note)}.</li>" for note in made.notes) or "<li>Nothing was left out.</li>",
        facts=_table(facts),
        plot=plot(made.points),
        outcomes=_groups("Outcome", made.outcomes),
        categories=_groups("Failure category", made.categories),
        settings=_table({name: _shown(value) for name, value in settings.items()}),
    )


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value is None else str(value)


def _table(facts: dict[str, str]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th><td>{html.escape(value)}</td></tr>'
        for name, value in facts.items()
    )
    return f"<table>{rows}</table>"


def _groups(kind: str, found: dict[str, RowGroup]) -> str:
    columns = (kind, "In the dataset", "Used", "Trained on", "Measured on", "Answer tokens", "All tokens")
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th>'
        + "".join(f"<td>{count:,}</td>" for count in msgspec.structs.astuple(one))
        + "</tr>"
        for name, one in found.items()
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


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


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title} · Avocet</title>
<style>
:root {{ color-scheme: light dark; --line: #8884; --train: #8a5a12; --eval: #1d6fa5; }}
@media (prefers-color-scheme: dark) {{ :root {{ --train: #e0a94f; --eval: #6cb8e6; }} }}
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.4rem; }} h2 {{ font-size: 1.05rem; margin-top: 2rem; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: start; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }}
th[scope=row] {{ font-weight: 500; width: 14rem; }}
svg {{ width: 100%; height: auto; }} svg text {{ font-size: 11px; fill: currentColor; }}
polyline {{ fill: none; stroke-width: 2; }} polyline.train {{ stroke: var(--train); }}
polyline.eval {{ stroke: var(--eval); stroke-dasharray: 5 4; }} circle.eval {{ fill: var(--eval); }}
.key span {{ margin-inline-end: 1.5rem; }} .key .train {{ color: var(--train); }} .key .eval {{ color: var(--eval); }}
</style></head><body>
<h1>{title}</h1>
<ul>{notes}</ul>
{facts}
<h2>Loss</h2>
{plot}
<h2>Rows by outcome</h2>
<p>What the harness said of the answers that the rows were made from. Tokens are those of one pass.</p>
{outcomes}
<h2>Rows by failure category</h2>
{categories}
<h2>Every setting</h2>
{settings}
</body></html>
"""
