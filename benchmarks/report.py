"""The measures as a page of Markdown: docs/performance.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure import Goal, Measure

HEAD = """# Performance

This page compares Avocet with a floor: the smallest Starlette + sqlite3 + msgspec server that can do the same work
([benchmarks/floor.py](../benchmarks/floor.py)). Both are measured in the same run, in turn, over HTTP on loopback.
The command below writes this page; run it to get the numbers of your own machine.
"""
READING = """
## Reading the numbers

- Compare ratios between machines, not milliseconds. A ratio is Avocet divided by the floor; for rates, higher is
  better.
- The floor checks nothing, filters nothing, has no search, and answers from its event loop. The desk validates each
  request, guards it (host, origin, body size), runs it on a worker thread, and stores every field in a column.
- Both use SQLite in WAL mode with `synchronous=FULL`: a submit is answered when it is on the disk, so it cannot be
  faster than the machine's durable write above.
- Latencies are the p50 and p99 of up to 300 calls on one kept connection, in alternating blocks of 20, after a
  warm-up and once the search index is filled. The p99 of 300 calls is the fourth slowest call: it shows what else
  the machine did.
- Commands and starts are the fastest of 3 to 5, including the start of the program. The rates of `import` and
  `export` exclude the time that the command takes with nothing to do. They are not given for 1,000 records, where
  nothing would be left.
- The goals are those of the design; rows without a goal are for information. While a server imports, the import and
  the reviewers share one Python interpreter, in both servers.
- Memory is resident memory; the page cache does not count.
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
