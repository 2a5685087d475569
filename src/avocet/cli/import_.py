"""avocet import: import files and folders of any harness."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
import typer
from rich.markup import escape

from avocet import runs as desk_runs
from avocet.cli.terminal import Json, open_desk, print_json, progress_bar, stderr, stdout
from avocet.db import Database
from avocet.domain import RejectedLine, plural
from avocet.errors import AvocetError, ChoiceNeeded, InvalidRequest, Unrecognised
from avocet.importers import IMPORTERS
from avocet.importers.base import KEPT, ImportOptions, Kept
from avocet.importers.generic import Generic
from avocet.importers.reading.columns import completed
from avocet.runs import mappings

REJECTED_SHOWN = 5
REJECTED_KEPT = 10_000
_MAPPING_BYTES = 1024 * 1024
KeepOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="OUTCOME=N|all",
        help="Make cards of N items per task and model that passed (or errored, unscored), chosen at random; "
        "repeatable.",
    ),
]


def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, run folders, or folders of runs.")],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help=f"One of: {', '.join(IMPORTERS)}. Recognised by content otherwise."
        ),
    ] = None,
    metric: Annotated[str | None, typer.Option(metavar="NAME", help="The score that decides what failed.")] = None,
    threshold: Annotated[
        float | None, typer.Option(metavar="NUMBER", help="An item passes at this score or better.")
    ] = None,
    prompt_field: Annotated[
        str | None, typer.Option(metavar="FIELD", help="The item's field to show as the prompt.")
    ] = None,
    model_name: Annotated[
        str | None, typer.Option(metavar="NAME", help="The model, for files that name none.")
    ] = None,
    mapping: Annotated[
        str | None, typer.Option(metavar="NAME|FILE.json", help="What the columns of a table mean: saved, or a file.")
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="MEANING=COLUMN", help="What one column of a table means; repeatable."),
    ] = None,
    keep: KeepOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and count; write nothing.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when a line was rejected.")] = False,
    json: Json = False,
) -> None:
    """Import benchmark results. Importing again skips what is there."""
    with open_desk() as database:
        columns = _columns(database, mapping, map_ or [])
        options = ImportOptions(
            metric=metric,
            threshold=threshold,
            prompt_field=prompt_field,
            model_name=model_name,
            mapping=columns,
            keep=read_keep(keep or []),
        )
        wanted = _Wanted(format_ or (Generic.name if columns else None), options, dry_run)
        results, failed = _import_all(database, paths, wanted)
        without = [done.report.run_id for done in results if done.report.passed and not done.report.kept]
        unkept = desk_runs.listed_passes(database, without)
    if json:
        rejected = [{"run_id": done.report.run_id, "lines": done.rejected} for done in results if done.rejected]
        reports = [done.report for done in results]
        print_json({"dry_run": dry_run, "runs": reports, "rejected": rejected, "errors": failed})
    else:
        for done in results:
            _print_import(done, dry_run=dry_run)
        if not dry_run:
            _print_unkept(unkept)
    if failed or (strict and any(done.report.rejected for done in results)):
        raise typer.Exit(1)


class _Wanted(NamedTuple):
    """How the paths are imported."""

    format: str | None
    options: ImportOptions
    dry_run: bool


class _Imported(NamedTuple):
    """The report of one import, the place of its files if another run has its name, its first rejected lines."""

    report: desk_runs.ImportReport
    place: str | None
    rejected: list[RejectedLine]


def _columns(database: Database, named: str | None, pairs: list[str]) -> dict[str, str] | None:
    """The named mapping, with the single columns of `pairs` in place of its own; None if there is neither."""
    found: dict[str, str] = {}
    if named is not None:
        is_file = named.endswith(".json") or Path(named).is_file()
        found = _read_mapping(Path(named)) if is_file else mappings.get_mapping(database, named).columns
    for pair in pairs:
        meaning, sign, column = pair.partition("=")
        if not sign or not meaning or not column:
            raise InvalidRequest(f"--map {pair!r:.120} isn't MEANING=COLUMN, such as prompt=question.")
        found[meaning] = column
    return found or None


def _read_mapping(path: Path) -> dict[str, str]:
    try:
        with path.open("rb") as stream:
            return msgspec.json.decode(stream.read(_MAPPING_BYTES), type=dict[str, str])
    except (ValueError, RecursionError) as error:
        sentence = (
            f'{path} holds no mapping ({error}). Write one such as {{"prompt": "question", "response": "answer"}}.'
        )
        raise InvalidRequest(sentence) from None


def _import_all(
    database: Database, paths: list[Path], wanted: _Wanted
) -> tuple[list[_Imported], list[dict[str, object]]]:
    """Import every run at every path; if one fails, that is printed and the others go on."""
    results: list[_Imported] = []
    sources, errors = desk_runs.find_all(paths, wanted.format)
    failed = [_tell_failure(path, error) for path, error in errors.items()]
    for source in sources:
        try:
            results.append(_import_one(database, source, wanted))
        except AvocetError as error:
            failed.append(_tell_failure(source.path, error))
    return results, failed


def _import_one(database: Database, source: desk_runs.RunSource, wanted: _Wanted) -> _Imported:
    rejected: list[RejectedLine] = []
    with progress_bar() as progress:
        task = progress.add_task(escape(source.name), total=None, note="")

        def show(state: desk_runs.Progress) -> None:
            note = plural(state.counts.read, "line")
            progress.update(task, completed=state.bytes_read, total=state.bytes_total, note=note)
            rejected.extend(state.rejected[: REJECTED_KEPT - len(rejected)])

        report = desk_runs.import_run(
            database,
            source,
            importer_name=wanted.format,
            options=wanted.options,
            dry_run=wanted.dry_run,
            on_progress=show,
        )
    return _Imported(report, source.label if source.shares_name else None, rejected)


def _tell_failure(path: Path, error: AvocetError) -> dict[str, object]:
    stderr.print(f"[bold]avocet:[/] {escape(error.detail)}")
    if advice := _what_to_type(path, error):
        stderr.print(f"  {escape(advice)}")
    return {"path": str(path), **error.body()}


def _what_to_type(path: Path, error: AvocetError) -> str | None:
    """The options that answer what an import asked for; None if no option does."""
    extra: dict[str, Any] = error.extra
    if isinstance(error, ChoiceNeeded) and extra["needs"] == "mapping":
        return f"Say so with {_as_options(completed(extra['guess']))}"
    if isinstance(error, ChoiceNeeded):
        names = [metric["name"] for metric in extra.get("metrics", ())]
        chosen = f" and, if it is not {names[0]}, --metric {' or '.join(names[1:])}" if len(names) > 1 else ""
        return f"Say so with --threshold NUMBER{chosen}"
    if isinstance(error, Unrecognised) and extra.get("columns"):
        return f"If they are right, import it with: avocet import {quote(str(path))} {_as_options(extra['guess'])}"
    return None


def _as_options(columns: dict[str, str]) -> str:
    return " ".join(f"--map {quote(f'{meaning}={column}')}" for meaning, column in columns.items())


def read_keep(said: list[str]) -> dict[Kept, int | Literal["all"]] | None:
    """What `--keep` asks for, by outcome; None if nothing."""
    found: dict[Kept, int | Literal["all"]] = {}
    for one in said:
        outcome, _, number = one.partition("=")
        if outcome not in KEPT or not (number in ("", "all") or number.isdecimal()):
            raise InvalidRequest(
                f"--keep {one}: say {', '.join(KEPT)}, then =N (so many per task and model) or =all."
            )
        found[outcome] = int(number) if number.isdecimal() else "all"
    return found or None


def _print_import(done: _Imported, *, dry_run: bool) -> None:
    report, place, rejected = done
    counted = {name: getattr(report, name) for name in (*KEPT, "kept") if getattr(report, name)}
    parts = [f"{'would import' if dry_run else 'imported'} {report.imported:,}", f"skipped {report.skipped:,}"]
    parts += [f"rejected {report.rejected:,}", *(f"{name} {n:,}" for name, n in counted.items())]
    named = f"{report.run_id} ({place})" if place else report.run_id
    stdout.print(f"{escape(named)}: {plural(report.read, 'line')} read: {', '.join(parts)}")
    if report.info.metric and report.info.threshold is not None:
        stderr.print(f"  {escape(report.info.metric)} decides; an item passes at {report.info.threshold:g}.")
    for note, count in report.notes.items():
        stderr.print(f"  {plural(count, 'item')}: {escape(note)}")
    if report.replaced_characters:
        replaced = plural(report.replaced_characters, "line")
        stderr.print(f"  {replaced} with characters that no file can carry (NUL, lone surrogates): now U+FFFD.")
    for line in rejected[:REJECTED_SHOWN]:
        stderr.print(f"  line {line.line_number}: {escape(line.reason)}")
    if report.rejected > REJECTED_SHOWN:
        stderr.print(f"  … and {report.rejected - REJECTED_SHOWN:,} more: the Runs page, or --json.")


def _print_unkept(passes: int) -> None:
    """Say once how passes become cards; nobody would look for the option."""
    if passes:
        stderr.print(f"{passes:,} passed and got no card; keep some as cards with --keep passed=50.")
