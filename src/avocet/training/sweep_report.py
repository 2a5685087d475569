"""The report of a sweep: `sweep_report.json` for programs, `sweep_report.html` for people."""

from __future__ import annotations

import html
from pathlib import Path

import msgspec

from avocet.disk import pretty, write_whole
from avocet.domain import plural
from avocet.exports import manifest
from avocet.training import pages
from avocet.training.config import TrainConfig
from avocet.training.report import TrainingReport
from avocet.training.sweep_plan import Member, Source, SweepPlan

JSON = "sweep_report.json"
HTML = "sweep_report.html"
NOT_COMPARABLE = (
    "The recipes are measured on different rows: compare the validation losses of one recipe's seeds, "
    "not those of recipes"
)
_WIDTH, _ROW, _PAD, _LABELS = 640, 34, 24, 170
_MOST_LETTERS = 26


class MemberResult(msgspec.Struct, frozen=True, kw_only=True):
    """One training of a sweep; what its own report tells is None until it is done.

    `passed_rows` are those trained on whose answers passed the check. The losses are those of the adapter kept, as is
    `checks_passed`, which is None unless checks chose it.
    """

    source: str
    seed: int
    folder: str
    is_done: bool
    train_rows: int | None = None
    passed_rows: int | None = None
    validation_rows: int | None = None
    answer_tokens: int | None = None
    trained_tokens: int | None = None
    steps: int | None = None
    stopped_early: bool | None = None
    best_eval_loss: float | None = None
    checks_asked: int | None = None
    checks_passed: int | None = None
    seconds: float | None = None


class SourceResult(msgspec.Struct, frozen=True, kw_only=True):
    """The seeds of one recipe or dataset: the validation losses of the adapters kept, and the seed of the best one.

    The best has the lowest loss, or if checks chose, the most passes and then the lowest loss.
    """

    source: str
    dataset: str
    done: int
    mean: float | None
    lowest: float | None
    highest: float | None
    best_seed: int | None


class SweepReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a sweep did so far, in the folder `out`. `config` is that of the first member.

    `is_comparable`: every source is measured on the same rows, so losses of different sources may be compared too.
    """

    out: str
    config: TrainConfig
    seeds: list[int]
    is_comparable: bool
    sources: list[SourceResult]
    members: list[MemberResult]

    @property
    def done(self) -> int:
        """How many members are done."""
        return sum(one.is_done for one in self.members)


def make(plan: SweepPlan, made: dict[str, TrainingReport]) -> SweepReport:
    """The report on a sweep; `made` are the reports of the members that are done, by folder."""
    members = [_result(member, made.get(member.config.out)) for member in plan.members]
    return SweepReport(
        out=plan.out,
        config=plan.members[0].config,
        seeds=plan.seeds,
        is_comparable=_is_comparable(plan.sources),
        sources=[
            _source_result(source, [one for one in members if one.source == source.name]) for source in plan.sources
        ],
        members=members,
    )


def _result(member: Member, made: TrainingReport | None) -> MemberResult:
    waiting = MemberResult(source=member.source, seed=member.seed, folder=member.config.out, is_done=False)
    if made is None:
        return waiting
    passed = made.outcomes.get("passed")
    return msgspec.structs.replace(
        waiting,
        is_done=True,
        train_rows=made.train_rows,
        passed_rows=passed.trained if passed else 0,
        validation_rows=made.validation_rows,
        answer_tokens=made.answer_tokens,
        trained_tokens=made.trained_tokens,
        steps=made.steps,
        stopped_early=made.stopped_early,
        best_eval_loss=made.best_eval_loss,
        checks_asked=made.checks.asked if made.checks else None,
        checks_passed=made.checks.passed if made.checks else None,
        seconds=made.seconds,
    )


def _source_result(source: Source, members: list[MemberResult]) -> SourceResult:
    losses = {one.seed: one.best_eval_loss for one in members if one.best_eval_loss is not None}
    best = min((one for one in members if one.seed in losses), key=_rank, default=None)
    return SourceResult(
        source=source.name,
        dataset=source.dataset,
        done=sum(one.is_done for one in members),
        mean=sum(losses.values()) / len(losses) if losses else None,
        lowest=min(losses.values(), default=None),
        highest=max(losses.values(), default=None),
        best_seed=best.seed if best else None,
    )


def _rank(one: MemberResult) -> tuple[int, float]:
    """What is best comes first: the items of a source's seeds are the same, so their passes may be compared."""
    return -(one.checks_passed or 0), one.best_eval_loss or 0.0


def _is_comparable(sources: list[Source]) -> bool:
    """Whether the sources are measured on the same rows, byte for byte; one source is comparable with itself."""
    return len(sources) == 1 or len({_measured_on(source) for source in sources}) == 1


def _measured_on(source: Source) -> tuple[str, ...]:
    """The SHA-256 of the files that the measured rows stand in: without a validation split, they are set aside."""
    described = manifest.decode((Path(source.dataset) / manifest.NAME).read_bytes())
    filled = [file for file in described.files if file.rows and file.split != "test"]
    measured = [file for file in filled if file.split == "validation"]
    return tuple(sorted(file.sha256 for file in measured or filled))


def write(folder: Path, made: SweepReport) -> None:
    write_whole(folder / HTML, page(made).encode())
    write_whole(folder / JSON, pretty(made))


def page(made: SweepReport) -> str:
    """The report as one HTML page, with no script and nothing to fetch."""
    config = made.config
    notes = [f"{made.done:,} of {plural(len(made.members), 'training')} done"]
    notes += [] if made.is_comparable else [NOT_COMPARABLE]
    return pages.page(
        f"{config.method.upper()} of {Path(config.base).name}: {plural(len(made.sources), 'recipe')}, "
        f"{plural(len(made.seeds), 'seed')}",
        "<ul>" + "".join(f"<li>{html.escape(note)}.</li>" for note in notes) + "</ul>",
        f"<h2>Validation loss</h2>{plot(made)}{_sources(made)}",
        f"<h2>Every training</h2>{_members(made)}",
        f"<h2>Settings of the first training</h2>{pages.settings(config)}",
    )


def _sources(made: SweepReport) -> str:
    columns = ("Trained on", "Done", "Mean", "Lowest", "Highest", "Best seed")
    rows = [
        (one.source, f"{one.done:,}", *map(_loss, (one.mean, one.lowest, one.highest)), _told(one.best_seed))
        for one in made.sources
    ]
    return pages.grid(columns, rows)


def _members(made: SweepReport) -> str:
    columns = (
        "Trained on",
        "Seed",
        "Rows",
        "Of them passed",
        "Measured on",
        "Answer tokens",
        "Steps",
        "Loss",
        "Checks",
        "Time",
    )
    rows = [
        (
            one.source,
            str(one.seed),
            *map(_told, (one.train_rows, one.passed_rows, one.validation_rows, one.answer_tokens, one.steps)),
            _loss(one.best_eval_loss),
            "–" if one.checks_asked is None else f"{one.checks_passed:,} of {one.checks_asked:,}",
            "not done" if one.seconds is None else f"{one.seconds:,.0f} s",
        )
        for one in made.members
    ]
    return pages.grid(columns, rows)


def _told(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def _loss(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def plot(made: SweepReport) -> str:
    """The validation loss of every seed as a dot, a line for each recipe with a bar at its mean, as SVG."""
    losses = [one.best_eval_loss for one in made.members if one.best_eval_loss is not None]
    if not losses:
        return "<p>Nothing was measured.</p>"
    low, high = min(losses), max(losses)
    height = _ROW * len(made.sources) + _PAD
    lines = "".join(_line(made, number, low, high) for number in range(len(made.sources)))
    caption = f"Validation loss by recipe, each dot a seed: from {low:.4f} to {high:.4f}"
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{html.escape(caption)}">{lines}'
        f'<text x="{_LABELS}" y="{height - 6}">{low:.4f}</text>'
        f'<text x="{_WIDTH - _PAD}" y="{height - 6}" text-anchor="end">{high:.4f}</text></svg>'
        '<p class="key"><span class="eval">● a seed</span><span class="train">| mean</span></p>'
        f"<p>{html.escape(caption)}.</p>"
    )


def _line(made: SweepReport, number: int, low: float, high: float) -> str:
    source = made.sources[number]
    y = _ROW * number + _ROW / 2

    def place(loss: float) -> str:
        return f"{_LABELS + (_WIDTH - _LABELS - _PAD) * ((loss - low) / ((high - low) or 1.0)):.1f}"

    dots = "".join(
        f'<circle class="eval" cx="{place(one.best_eval_loss)}" cy="{y}" r="4">'
        f"<title>{html.escape(one.source)}, seed {one.seed}: {one.best_eval_loss:.4f}</title></circle>"
        for one in made.members
        if one.source == source.source and one.best_eval_loss is not None
    )
    mean = "" if source.mean is None else place(source.mean)
    bar = f'<line class="mean" x1="{mean}" x2="{mean}" y1="{y - 9}" y2="{y + 9}"/>' if mean else ""
    name = source.source if len(source.source) <= _MOST_LETTERS else source.source[: _MOST_LETTERS - 1] + "…"
    return (
        f'<text x="{_LABELS - 12}" y="{y + 4}" text-anchor="end">{html.escape(name)}</text>'
        f'<line class="axis" x1="{_LABELS}" x2="{_WIDTH - _PAD}" y1="{y}" y2="{y}"/>{bar}{dots}'
    )
