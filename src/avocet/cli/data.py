"""Commands about data that is here: export, stats, runs, backup."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from avocet import config, db, exports
from avocet import runs as desk_runs
from avocet import stats as desk_stats
from avocet.cli.terminal import load_settings, open_desk, print_json, progress_bar, stderr, stdout

# as a file, root would replace the device by the dataset
STANDARD_OUTPUT = (Path("-"), Path("/dev/stdout"))

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def export(
    format_: Annotated[str, typer.Option("--format", help="The dataset's format.")] = "sft",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE|FOLDER|-", help="Where to; - is standard output.")
    ] = None,
    include_category: Annotated[
        list[str] | None, typer.Option(help="Only this failure category; repeatable.")
    ] = None,
    exclude_category: Annotated[list[str] | None, typer.Option(help="Leave this category out; repeatable.")] = None,
    action: Annotated[list[str] | None, typer.Option(help="correct, accept, discard or flag; repeatable.")] = None,
    run_id: Annotated[list[str] | None, typer.Option(help="Only this run; repeatable.")] = None,
    model_name: Annotated[list[str] | None, typer.Option(help="Only this model; repeatable.")] = None,
    task_type: Annotated[list[str] | None, typer.Option(help="Only this task type; repeatable.")] = None,
    since: Annotated[str | None, typer.Option(help="Decided then or later (ISO 8601).")] = None,
) -> None:
    """Write a training set. A file gets FILE.manifest.json beside it."""
    wanted = exports.ExportFilter(
        include_category=tuple(include_category or ()),
        exclude_category=tuple(exclude_category or ()),
        action=tuple(action or ()),
        run_id=tuple(run_id or ()),
        model_name=tuple(model_name or ()),
        task_type=tuple(task_type or ()),
        since=since,
    )
    with open_desk() as database:
        if output in STANDARD_OUTPUT:
            for chunk in exports.stream(database, format_, wanted):
                sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            return
        target = output or Path()
        if target.is_dir():
            target = target / exports.file_name(format_)
        with progress_bar() as progress:
            task = progress.add_task("Writing", total=None, told="")
            manifest = exports.write_file(
                database,
                format_,
                wanted,
                target,
                lambda rows, total: progress.update(task, completed=rows, total=total, told=f"{rows:,} rows"),
            )
    stderr.print(f"Wrote {manifest.rows:,} rows to {escape(str(target))}")


def stats(json: Json = False) -> None:
    """How much stands where."""
    with open_desk() as database:
        numbers = desk_stats.read(database)
    if json:
        print_json(numbers)
        return
    for title, counts in (
        ("status", numbers.by_status),
        ("failure category", numbers.by_category),
        ("model", numbers.by_model),
        ("task type", numbers.by_task_type),
    ):
        stdout.print(_table(title, counts))
    stdout.print(f"{numbers.total:,} candidates, {numbers.export_ready:,} ready to export")


def runs(json: Json = False) -> None:
    """The runs in the results folder and the runs imported."""
    settings = load_settings()
    with open_desk() as database:
        folder = config.bench_folder(database, settings)
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


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to write.")]) -> None:
    """Write a consistent copy of the desk, while it is in use."""
    with open_desk() as database:
        db.backup(database, file.absolute())
    stderr.print(f"Backup written to {escape(str(file))}")


def _table(title: str, counts: dict[str, int]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(title)
    table.add_column("candidates", justify="right")
    for name, n in counts.items():
        table.add_row(escape(name), f"{n:,}")
    return table
