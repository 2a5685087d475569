"""avocet stats: count the candidates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from avocet.cli.terminal import Json, OutcomeName, open_desk, print_json, stdout
from avocet.domain import plural
from avocet.review import stats as review_stats


def stats(
    outcome: Annotated[OutcomeName, typer.Option(help="Which cards, by what the harness said of them.")] = "failed",
    json: Json = False,
) -> None:
    """Count the candidates by status, failure category, fault of the check, model and task type."""
    with open_desk() as database:
        numbers = review_stats.read(database, outcome)
    if json:
        print_json(numbers)
        return
    for title, counts in (
        ("status", numbers.by_status.items()),
        ("failure category", numbers.by_category.items()),
        ("fault of the check", numbers.by_fault.items()),
        ("model", numbers.by_model.items()),
        ("task type", numbers.by_task_type.items()),
    ):
        stdout.print(_table(title, counts))
    stdout.print(f"{plural(numbers.total, 'candidate')}, {numbers.export_ready:,} ready to export")


def _table(title: str, counts: Iterable[tuple[str, int]]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(title)
    table.add_column("candidates", justify="right")
    for name, n in counts:
        table.add_row(escape(name), f"{n:,}")
    return table
