"""The measures as a page of Markdown: docs/performance.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure import Goal, Measure

HEAD = """# Performance

Avocet beside a floor: the least Starlette + sqlite3 + msgspec server that can do the same work
([benchmarks/floor.py](../benchmarks/floor.py)), measured in the same run, in turn, over HTTP on loopback.
This page is written by the command below; run it to get your own machine's.
"""
READING = """
## Reading the numbers

- Ratios travel between machines, milliseconds don't. A ratio is Avocet divided by the floor; of
  rates, more is better.
- The floor checks nothing, filters nothing, has no search, and answers from its event loop. The desk validates each
  request, guards it (host, origin, body size), runs it on a worker thread, and stores every field in a column.
- Both keep SQLite in WAL mode with `synchronous=FULL`: a submit is answered when it is on the disk, so it can't be
  faster than the machine's durable write above.
- Latencies: p50 and p99 of up to 300 calls on one kept connection, blocks of 20 in turn, after a warm-up and once the
  search index is filled. A p99 of 300 calls is the fourth slowest: it shows what else the machine did.
- Commands and starts: the fastest of 3 to 5, the start of the program included. The rates of `import` and `export`
  leave out what the command takes with nothing to do, and are not given for 1,000 records, where nothing is left.
- Goals are those of the design; rows without one are there to be seen. While a server imports, both servers share
  one Python interpreter between that import and the reviewers.
- Memory is resident memory; the page cache doesn't count.
"""
PROFILE = Path(__file__).with_name("profile.md")
"""Where the time goes, kept by hand."""


def page(command: str, date: str, machine: Mapping[str, str], sizes: Mapping[int, list[Measure]]) -> str:
    """The whole page."""
    parts = [HEAD, f"- command: `{command}`", f"- date: {date}"]
    parts += [f"- {name}: {words}" for name, words in machine.items()]
    for size, measures in sizes.items():
        parts += ["", f"## {size:,} candidates", "", *_table(measures)]
    return "\n".join(parts) + "\n" + READING + PROFILE.read_text("utf-8")


def _table(measures: list[Measure]) -> list[str]:
    rows = ["| measure | floor | Avocet | ratio | goal | met |", "|---|---:|---:|---:|---|---|"]
    for measure in measures:
        ratio = f"{measure.avocet / measure.floor:.2f}" if measure.floor else "–"
        name = f"{measure.name}, {measure.unit}" if measure.unit else measure.name
        cells = (name, _number(measure.floor), _number(measure.avocet), ratio, _goal(measure.goal), _met(measure))
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def _goal(goal: Goal | None) -> str:
    if goal is None:
        return ""
    told = []
    if goal.at_most is not None:
        told.append(f"≤ {goal.at_most:,g}")
    if goal.at_least is not None:
        told.append(f"≥ {goal.at_least:,g}")
    if goal.times_floor is not None:
        told.append(f"≤ {goal.times_floor:g}× floor")
    return ", ".join(told)


def _met(measure: Measure) -> str:
    goal = measure.goal
    if goal is None:
        return ""
    met = (
        (goal.at_most is None or measure.avocet <= goal.at_most)
        and (goal.at_least is None or measure.avocet >= goal.at_least)
        and (goal.times_floor is None or measure.avocet <= goal.times_floor * measure.floor)
    )
    return "yes" if met else "**no**"


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}".removesuffix(".00")
