"""Commands about data that is here: stats, runs, backup."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from avocet import runs as desk_runs
from avocet.cli.terminal import load_settings, open_desk, print_json, stderr, stdout
from avocet.db import targets
from avocet.db.backup import back_up
from avocet.review import stats as desk_stats
from avocet.runs import results_folder

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def stats(json: Json = False) -> None:
    """How much stands where."""
    with open_desk() as database:
        numbers = desk_stats.read(database)
    if json:
        print_json(numbers)
        return
    for title, counts in (
        ("status", numbers.by_status.items()),
        ("failure category", numbers.by_category.items()),
        ("model", numbers.by_model.items()),
        ("task type", numbers.by_task_type.items()),
    ):
        stdout.print(_table(title, counts))
    stdout.print(f"{numbers.total:,} candidates, {numbers.export_ready:,} ready to export")


def runs(json: Json = False) -> None:
    """The runs in the results folder and the runs imported."""
    settings = load_settings()
    with open_desk() as database:
        folder = results_folder.bench_folder(database, settings)
        listed = desk_runs.list_runs(database, folder.path)
    if json:
        print_json(listed)
        return
    if folder.state == "missing":
        stderr.print(f"The results folder {escape(str(folder.path))} is missing.")
    if not listed:
        stderr.print("No runs yet: avocet import PATH, or set AVOCET_BENCH_RESULTS_DIR.")
        return
    table = Table("run", "state", "models", box=None, pad_edge=False)
    for heading in ("lines", "rejected", "to review", "hidden"):
        table.add_column(heading, justify="right")
    for run in listed:
        numbers = (run.candidate_count or 0, run.rejected, run.remaining, run.hidden)
        table.add_row(
            escape(run.run_id), run.state, escape(", ".join(run.models)), *(f"{number:,}" for number in numbers)
        )
    stdout.print(table)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to write.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what isn't an earlier backup too.")] = False,
) -> None:
    """Write a consistent copy of the desk, while it is in use."""
    targets.check_backup(file, targets.own(load_settings()), overwrite=overwrite)
    with open_desk() as database:
        back_up(database, file.absolute())
    stderr.print(f"Backup written to {escape(str(file))}")


def _table(title: str, counts: Iterable[tuple[str, int]]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(title)
    table.add_column("candidates", justify="right")
    for name, n in counts:
        table.add_row(escape(name), f"{n:,}")
    return table
