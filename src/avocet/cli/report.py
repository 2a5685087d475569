"""avocet report: how good the model of a run is, and how wrong the check."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from avocet.cli.terminal import Json, open_desk, print_json, stdout
from avocet.errors import InvalidRequest
from avocet.scores import report as scores
from avocet.scores.report import Group, Report
from avocet.scores.tables import as_csv, as_markdown, judge_sentence, sentence, told


def report(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run, as avocet runs names it.")],
    group: Annotated[
        Group, typer.Option(metavar="GROUP", help="A row for: none (all of it), task, model, or task_model.")
    ] = "none",
    like_these: Annotated[
        bool, typer.Option("--like-these", help="Also the intervals for other questions like these.")
    ] = False,
    borrow: Annotated[
        str | None,
        typer.Option(metavar="RUN", help="A run with the same check, whose reads tell how often it errs."),
    ] = None,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    md: Annotated[bool, typer.Option("--md", help="Print Markdown.")] = False,
) -> None:
    """Tell how good the model of a run is, from what people read of it."""
    if json + csv + md > 1:
        raise InvalidRequest("Choose one of --json, --csv and --md.")
    with open_desk() as database:
        found = scores.report(database, run, group=group, like_these=like_these, borrow=borrow)
    if json:
        print_json(found)
    elif csv:
        typer.echo(as_csv(found), nl=False)
    elif md:
        typer.echo(as_markdown(found), nl=False)
    else:
        _print(found)


def _print(found: Report) -> None:
    table = Table(box=None, pad_edge=False)
    for title in ("model", "task"):
        table.add_column(title)
    for title in ("items", "read", "harness %", "corrected %", "failed but right %", "passed but wrong %"):
        table.add_column(title, justify="right")
    for row in found.rows:
        items, read = (counts["failed"] + counts["passed"] for counts in (row.items, row.read))
        numbers = (row.harness_score, row.corrected_score, row.false_fails, row.false_passes)
        table.add_row(_name(row.model_name), _name(row.task), f"{items:,}", f"{read:,}", *map(told, numbers))
    stdout.print(table)
    if len(found.rows) == 1:
        stdout.print(sentence(found.rows[0]))
    for note in dict.fromkeys(note for row in found.rows for note in row.notes):
        stdout.print(f"  {escape(note)}")
    for judge in found.judges:
        stdout.print(escape(judge_sentence(judge)))
        for note in judge.notes:
            stdout.print(f"  {escape(note)}")


def _name(name: str | None) -> str:
    return "all" if name is None else escape(name) or "none"
