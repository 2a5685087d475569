"""avocet compare: what one run does better or worse than another, item by item, and a gate for CI."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from avocet.cli.terminal import Json, Several, load_settings, open_desk, print_json, stdout
from avocet.comparing import check_gate, compare, compare_several, parse_gate
from avocet.comparing.answers import Verdicts
from avocet.comparing.comparison import Compared, Comparison
from avocet.comparing.counting import ComparedItem
from avocet.comparing.gate import GateResult, Verdict
from avocet.comparing.tables import (
    as_junit,
    as_markdown,
    chance,
    exposures,
    flips,
    headline,
    several_as_markdown,
    verdict,
)
from avocet.comparing.trained_on import Sources
from avocet.errors import InvalidRequest

EXITS: Final[dict[Verdict, int]] = {"passed": 0, "failed": 3, "cannot_tell": 4}
MOST_PRINTED: Final = 20


def compare_runs(
    sides: Annotated[
        list[str],
        typer.Argument(metavar="BEFORE AFTER...", help="Runs, as RUN or RUN:MODEL; the first is compared with."),
    ],
    verdicts: Annotated[
        Verdicts,
        typer.Option(metavar="WHOSE", help="people (the harness's where nobody read the answer) or harness."),
    ] = "people",
    gate: Annotated[
        str | None,
        typer.Option(metavar="CONDITIONS", help='"regressions <= 1, score >= before"; exit code 3 if one fails.'),
    ] = None,
    trained_on: Annotated[
        Several,
        typer.Option(metavar="WHAT", help="AFTER was trained on this: an export's number, a training, a manifest."),
    ] = None,
    before_trained_on: Annotated[
        Several, typer.Option(metavar="WHAT", help="BEFORE was trained on this; both are repeatable.")
    ] = None,
    all_items: Annotated[bool, typer.Option("--all", help="List all items, not only those that flipped.")] = False,
    json: Json = False,
    md: Annotated[bool, typer.Option("--md", help="Print Markdown.")] = False,
    junit: Annotated[bool, typer.Option("--junit", help="Print the gate as JUnit XML.")] = False,
) -> None:
    """Compare runs item by item: fixed, broken, and whether the difference may be chance."""
    if json + md + junit > 1:
        raise InvalidRequest("Choose one of --json, --md and --junit.")
    if len(sides) < 2:
        raise InvalidRequest("Name two runs: the one before, then the one after.")
    if junit and gate is None:
        raise InvalidRequest("--junit prints what a gate says: give --gate too.")
    if len(sides) > 2:
        if gate is not None or all_items or trained_on or before_trained_on:
            raise InvalidRequest("--gate, --all, --trained-on and --before-trained-on are for two runs.")
        _several(sides, verdicts, json=json, md=md)
        return
    conditions = parse_gate(gate) if gate is not None else None
    sources = _sources(before_trained_on, trained_on)
    with open_desk() as database:
        found = compare(database, sides[0], sides[1], verdicts=verdicts, all_items=all_items, sources=sources)
    judged = check_gate(found, conditions) if conditions else None
    if json:
        print_json({**msgspec.structs.asdict(found), "gate": judged})
    elif junit and judged:
        typer.echo(as_junit(found, judged), nl=False)
    elif md:
        typer.echo(as_markdown(found, judged), nl=False)
    else:
        _print(found, judged)
    if judged:
        sys.exit(EXITS[judged.verdict])


def _sources(before: Several, after: Several) -> Sources:
    return Sources(trainings=load_settings().trainings_dir, before=tuple(before or ()), after=tuple(after or ()))


def _several(sides: list[str], verdicts: Verdicts, *, json: bool, md: bool) -> None:
    with open_desk() as database:
        found = compare_several(database, sides, verdicts=verdicts, sources=_sources(None, None))
    if json:
        print_json(found)
    elif md:
        typer.echo(several_as_markdown(found), nl=False)
    else:
        _print_several(found)


def _print(found: Compared, judged: GateResult | None) -> None:
    for said in (headline(found), flips(found), chance(found), *found.notes, *exposures(found)):
        if said:
            stdout.print(escape(said))
    if judged:
        stdout.print(f"{verdict(judged)}.")
        for one in judged.conditions:
            stdout.print(escape(f"  {one.condition}: {one.sentence}"))
    if found.items:
        stdout.print(_table(found.items[:MOST_PRINTED]))
    if (more := len(found.items) - MOST_PRINTED) > 0:
        stdout.print(f"and {more:,} more; --json and --md list them.")


def _table(items: list[ComparedItem]) -> Table:
    table = Table(box=None, pad_edge=False)
    has_exposed = any(one.exposed for one in items)
    for title in ("", "task", "item", "category", *(["exposed"] if has_exposed else [])):
        table.add_column(title)
    for one in items:
        category = one.after.category or one.before.category or ""
        name = one.title or one.item or ""
        mark = ["exposed" if one.exposed else ""] if has_exposed else []
        table.add_row(one.kind.replace("_", " "), escape(one.task), escape(name), category.replace("_", " "), *mark)
    return table


def _print_several(found: Comparison) -> None:
    names = [side.name for side in found.sides]
    for name, pair in zip(names[1:], found.pairs, strict=True):
        for said in (f"{name}: {headline(pair)} {flips(pair)}", *pair.notes):
            stdout.print(escape(said))
    table = Table(box=None, pad_edge=False)
    for title in ("task", "item", *names):
        table.add_column(escape(title), justify="right" if title in names else "left")
    for one in found.items[:MOST_PRINTED]:
        values = (f"{value:g}" for value in one.values)
        table.add_row(escape(one.task), escape(one.title or one.item or ""), *values)
    stdout.print(table)
    if (more := len(found.items) - MOST_PRINTED) > 0:
        stdout.print(f"and {more:,} more; --json and --md list them.")
