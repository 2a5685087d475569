"""docs/flywheel.md: the design, as it was set before anything was trained, and each part as it came out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from statistics import mean

from examples.flywheel import power
from examples.flywheel.parts import PARTS, Part, Plan
from examples.flywheel.results import Result, Trained
from examples.flywheel.spoil import SHARES, WRONG_REFERENCES

from avocet.comparing.difference import Difference
from avocet.domain import plural

DESIGN = Path(__file__).with_name("design.md")
GAINS = (0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12)
ITEMS = 149
"""Held out with the plan's share and salt."""


def page(results: Mapping[str, Result]) -> str:
    """The whole page, of the parts that were run; a part that was not is named with its command."""
    sections = [DESIGN.read_text("utf-8").format(**_design())]
    if results:
        sections.append("\n".join(_benchmark(next(iter(results.values())))))
    for name, part in PARTS.items():
        sections.append("\n".join(_part(part, results[name]) if name in results else _not_run(part)))
    return "\n\n".join(section.strip() for section in sections) + "\n"


def _design() -> dict[str, str]:
    first = PARTS["reviewed"]
    found = smallest(ITEMS, first.seeds)
    return {
        **{rule: f"{share:.0%}" for rule, share in SHARES.items()},
        "untouched": f"{1 - sum(SHARES.values()):.0%}",
        "items": str(ITEMS),
        "share": f"{Plan.share:.0%}",
        "salt": Plan.salt,
        "steps": str(Plan.steps),
        "batch": str(Plan.batch_size),
        "tokens": str(Plan.max_new_tokens),
        "seeds": str(first.seeds),
        "found": points(found),
        "found_of_three": points(smallest(ITEMS, 3)),
        "found_before": points(smallest(48, 3)),
        "rate": f"{power.SHARE:.0%}",
        "unlike": f"{power.UNLIKE:.0%}",
        "agree": f"{power.AGREE:g}",
        "tries": str(power.TRIES),
        "curve": table(
            ["true gain, points", *(f"{gain * 100:g}" for gain in GAINS)],
            [["found", *(f"{share:.0%}" for _, share in curve(first.seeds))]],
        ),
    }


@lru_cache
def smallest(items: int, seeds: int) -> float | None:
    return power.smallest_found(items, seeds)


@lru_cache
def curve(seeds: int) -> list[tuple[float, float]]:
    return power.curve(ITEMS, seeds, GAINS)


def points(share: float | None) -> str:
    return "more than 40" if share is None else f"{share * 100:g}"


def table(heads: list[str], lines: Iterable[Iterable[object]]) -> str:
    """A Markdown table; all columns but the first hold numbers."""
    rows = [heads, ["---", *("--:" for _ in heads[1:])], *([str(cell) for cell in line] for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _benchmark(result: Result) -> Iterator[str]:
    told = result.benchmark
    failures, wrong = told["failures"], told["wrong_references"]
    faults = sum(wrong.values()) + told["right_but_too_strict"]
    yield "## The spoilt benchmark, as it came out\n"
    yield (
        f"{result.base} failed {failures} items of the training side. Of these failures {faults} "
        f"({faults / failures:.0%}) are the benchmark's own fault:\n"
    )
    lines = [[f"`{rule}`", told["items"].get(rule, 0), wrong.get(rule, 0)] for rule in WRONG_REFERENCES]
    lines.append(["`exact_form`", told["items"].get("exact_form", 0), told["right_but_too_strict"]])
    lines.append(["untouched", told["items"].get("untouched", 0), 0])
    yield table(["rule", "items of the task set", "failures that are its fault"], lines)
    reviews = ", ".join(f"{count} `{name}`" for name, count in told["categories"].items())
    yield f"\nThe review by rules gave them the categories {reviews}."


def _not_run(part: Part) -> Iterator[str]:
    yield f"## {part.title}\n"
    yield f"{part.asks} **Not run here.** `make flywheel PART={part.name}` runs it ({part.seeds} seeds)."


def _part(part: Part, result: Result) -> Iterator[str]:
    items = result.measured(kept=part.kept)
    seeds = len({one.seed for one in result.trained})
    per_arm = plural(seeds, "seed")
    yield f"## {part.title}\n"
    what = "that the base model passed before any training" if part.kept else "that were held out"
    yield f"{part.asks} n = {len(items)} items {what}, {per_arm} each.\n"
    shows = f"{part.title}: what share of the items each training passes, and the difference"
    yield f"![{shows}](img/flywheel-{part.name}.svg)\n"
    yield "\n".join(_counts(part, result))
    yield ""
    first, *others = part.arms
    finds = smallest(len(items), seeds)
    for arm in others:
        yield sentence(arm.name, first.name, result.compared(first.name, arm.name, kept=part.kept), finds)
    yield f"\nThis design finds a difference of {points(finds)} points 8 times in 10.\n"
    yield table(
        ["training", "rows", "answer tokens trained on", "first loss", "last loss", "minutes"],
        map(_training, result.trained),
    )
    versions = ", ".join(f"{name} {value}" for name, value in result.trained[0].versions.items())
    yield f"\n{versions}"


def _counts(part: Part, result: Result) -> Iterator[str]:
    items = result.measured(kept=part.kept)
    seeds = sorted({one.seed for one in result.trained})
    lines: list[list[object]] = [
        ["before", *("" for _ in seeds), len(result.before), _share(len(result.before), items)]
    ]
    for arm in part.arms:
        counts = result.counts(arm.name, kept=part.kept)
        lines.append([arm.name, *counts, f"{mean(counts):.1f}", _share(mean(counts), items)])
    yield table([f"passed, of {len(items)}", *(f"seed {seed}" for seed in seeds), "mean", "share"], lines)


def _share(count: float, items: list[str]) -> str:
    return f"{count / len(items):.1%}" if items else "–"


def _training(one: Trained) -> list[object]:
    losses = (f"{one.first_loss:.2f}", f"{one.last_loss:.2f}")
    return [f"{one.arm}, seed {one.seed}", one.rows, f"{one.tokens:,}", *losses, f"{one.minutes:.1f}"]


def sentence(arm: str, first: str, found: Difference, finds: float | None) -> str:
    """What the paired test says; a difference that may be chance is called that.

    One below what the design `finds` 8 times in 10 is told with the warning that belongs to it: where few of such
    differences are found, those that are tend to be the ones that came out too large.
    """
    if found.difference is None or found.p_value is None:
        return f"**{arm} less {first}**: there is no item to compare."
    value, low, high = (each * 100 for each in (found.difference.value, found.difference.low, found.difference.high))
    said = (
        f"**{arm} less {first}**: {value:+.1f} points, between {low:+.1f} and {high:+.1f} (p = {found.p_value:.2g})."
    )
    if found.p_value >= power.ALPHA:
        return f"{said} Chance alone may part them so far: **this shows no difference**."
    told = f"{said} Chance alone seldom parts them so far."
    if finds is not None and abs(found.difference.value) >= finds:
        return told
    return f"{told} It is less than this design finds 8 times in 10, so the true difference may well be smaller."
