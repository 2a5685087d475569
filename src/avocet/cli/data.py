"""Commands about what is on the desk: import, stats, runs, backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.markup import escape
from rich.table import Table

from avocet import config, db
from avocet import runs as desk_runs
from avocet import stats as desk_stats
from avocet.cli.terminal import load_settings, open_desk, print_json, progress_bar, stderr, stdout
from avocet.db import Database
from avocet.domain import RejectedLine
from avocet.errors import AvocetError
from avocet.importers import IMPORTERS

REJECTED_SHOWN = 5
REJECTED_KEPT = 10_000

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, run folders, or folders of runs.")],
    format_: Annotated[
        str | None, typer.Option("--format", help=f"One of: {', '.join(IMPORTERS)}. Recognised by content otherwise.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and count; write nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when a line was rejected.")] = False,
    json: Json = False,
) -> None:
    """Import benchmark results. Importing again skips what is there."""
    with open_desk() as database:
        results, failed = _import_all(database, paths, format_, dry_run)
    if json:
        rejected = [{"run_id": done.counts.run_id, "lines": done.rejected} for done in results if done.rejected]
        counts = [done.counts for done in results]
        print_json({"dry_run": dry_run, "runs": counts, "rejected": rejected, "errors": failed})
    else:
        _print_imports(results, dry_run)
    if failed or (strict and any(done.counts.rejected for done in results)):
        raise typer.Exit(1)


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


class _Imported(NamedTuple):
    """One import's counts, and its first rejected lines."""

    counts: desk_runs.ImportCounts
    rejected: list[RejectedLine]


def _import_all(
    database: Database, paths: list[Path], format_: str | None, dry_run: bool
) -> tuple[list[_Imported], list[dict[str, object]]]:
    """Every run at every path; one that fails is told and does not cost the others."""
    results: list[_Imported] = []
    failed: list[dict[str, object]] = []
    for path in paths:
        try:
            sources = desk_runs.find(path, format_)
        except AvocetError as error:
            failed.append(_tell_failure(path, error))
            continue
        for source in sources:
            try:
                results.append(_import_one(database, source, format_, dry_run))
            except AvocetError as error:
                failed.append(_tell_failure(source.path, error))
    return results, failed


def _import_one(database: Database, source: desk_runs.RunSource, format_: str | None, dry_run: bool) -> _Imported:
    rejected: list[RejectedLine] = []
    with progress_bar() as progress:
        task = progress.add_task(escape(source.name), total=None, told="")

        def show(state: desk_runs.Progress) -> None:
            told = f"{state.counts.read:,} lines"
            progress.update(task, completed=state.bytes_read, total=state.bytes_total, told=told)
            rejected.extend(state.rejected[: REJECTED_KEPT - len(rejected)])

        counts = desk_runs.import_run(database, source, importer_name=format_, dry_run=dry_run, on_progress=show)
    return _Imported(counts, rejected)


def _tell_failure(path: Path, error: AvocetError) -> dict[str, object]:
    stderr.print(f"[bold]avocet:[/] {escape(error.detail)}")
    return {"path": str(path), **error.body()}


def _print_imports(results: list[_Imported], dry_run: bool) -> None:
    for counts, rejected in results:
        left_out = {
            name: getattr(counts, name) for name in ("passed", "errored", "unscored") if getattr(counts, name)
        }
        told = [f"{'would import' if dry_run else 'imported'} {counts.imported:,}", f"skipped {counts.skipped:,}"]
        told += [f"rejected {counts.rejected:,}", *(f"{name} {n:,}" for name, n in left_out.items())]
        stdout.print(f"{escape(counts.run_id)}: {counts.read:,} lines read: {', '.join(told)}")
        if counts.replaced_characters:
            lines = "1 line" if counts.replaced_characters == 1 else f"{counts.replaced_characters:,} lines"
            stderr.print(f"  {lines} with characters that no file can carry (NUL, lone surrogates): now U+FFFD.")
        for line in rejected[:REJECTED_SHOWN]:
            stderr.print(f"  line {line.line_number}: {escape(line.reason)}")
        if counts.rejected > REJECTED_SHOWN:
            stderr.print(f"  … and {counts.rejected - REJECTED_SHOWN:,} more: the Runs page, or --json.")


def _table(title: str, counts: dict[str, int]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(title)
    table.add_column("candidates", justify="right")
    for name, n in counts.items():
        table.add_row(escape(name), f"{n:,}")
    return table
