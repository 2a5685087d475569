"""avocet export: write a training set."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.markup import escape

from avocet import exporters, exports
from avocet.cli.terminal import (
    ExcludeCategory,
    IncludeCategory,
    OutcomeName,
    Several,
    load_settings,
    open_desk,
    progress_bar,
    stderr,
)
from avocet.db import Database, targets
from avocet.domain import plural
from avocet.errors import InvalidRequest
from avocet.exporters import Exporter
from avocet.exporters.base import Rules
from avocet.exports import AsOf, ExportFilter, Manifest, Recipe, Splits, made, recipe
from avocet.review import stats

# /dev/stdout as well: taken for a file, it would be replaced by the dataset if root exports
STANDARD_OUTPUT = (Path("-"), Path("/dev/stdout"))


def export(
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help=f"One of: {', '.join(exporters.EXPORTERS)}. Default: sft."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE|FOLDER|-", help="Where to; - is standard output.")
    ] = None,
    recipe_name: Annotated[
        str | None, typer.Option("--recipe", metavar="NAME", help="A saved recipe instead of options.")
    ] = None,
    save_as: Annotated[
        str | None, typer.Option(metavar="NAME", help="Save these options as a recipe of this name.")
    ] = None,
    include_category: IncludeCategory = None,
    exclude_category: ExcludeCategory = None,
    action: Annotated[
        Several, typer.Option(metavar="ACTION", help="correct, accept, discard or flag; repeatable.")
    ] = None,
    exclude_action: Annotated[
        Several, typer.Option(metavar="ACTION", help="Leave this action out; repeatable.")
    ] = None,
    run_id: Annotated[Several, typer.Option(metavar="RUN", help="Only this run; repeatable.")] = None,
    exclude_run_id: Annotated[Several, typer.Option(metavar="RUN", help="Leave this run out; repeatable.")] = None,
    model_name: Annotated[Several, typer.Option(metavar="MODEL", help="Only this model; repeatable.")] = None,
    exclude_model_name: Annotated[
        Several, typer.Option(metavar="MODEL", help="Leave this model out; repeatable.")
    ] = None,
    task_type: Annotated[Several, typer.Option(metavar="TYPE", help="Only this task type; repeatable.")] = None,
    exclude_task_type: Annotated[
        Several, typer.Option(metavar="TYPE", help="Leave this task type out; repeatable.")
    ] = None,
    reviewer: Annotated[
        Several, typer.Option(metavar="NAME", help="Only what this reviewer decided; repeatable.")
    ] = None,
    exclude_reviewer: Annotated[
        Several, typer.Option(metavar="NAME", help="Leave this reviewer out; repeatable.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="TIME", help="Decided then or later (ISO 8601).")] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Decided before (ISO 8601).")] = None,
    min_score: Annotated[
        float | None, typer.Option(metavar="NUMBER", help="The harness's score is at least this.")
    ] = None,
    max_score: Annotated[
        float | None, typer.Option(metavar="NUMBER", help="The harness's score is at most this.")
    ] = None,
    min_change: Annotated[
        float | None,
        typer.Option(metavar="SHARE", min=0, max=1, help="At least this share of the answer was changed."),
    ] = None,
    max_change: Annotated[
        float | None,
        typer.Option(metavar="SHARE", min=0, max=1, help="At most this share of the answer was changed."),
    ] = None,
    text: Annotated[str | None, typer.Option(metavar="TEXT", help="Only cards that a search for this finds.")] = None,
    exclude_text: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Leave out cards that a search for this finds.")
    ] = None,
    outcome: Annotated[
        OutcomeName | None,
        typer.Option(
            help="What the harness said. Default: failed; for the format candidates any.", show_default=False
        ),
    ] = None,
    passes: Annotated[
        exports.Passes, typer.Option(help="Answers that passed: those corrected, or confirmed: also those accepted.")
    ] = "none",
    tags: Annotated[
        Several, typer.Option("--tag", metavar="TAG", help="Only decisions with this tag; repeatable.")
    ] = None,
    not_tags: Annotated[
        Several, typer.Option("--not-tag", metavar="TAG", help="Leave this tag out; repeatable.")
    ] = None,
    failure_tags: Annotated[
        bool, typer.Option("--failure-tags", help="Add the column failure_tags: the tags of each decision.")
    ] = False,
    split: Annotated[
        str | None, typer.Option(metavar="TRAIN/VALIDATION/TEST", help="Shares, such as 0.8/0.1/0.1.")
    ] = None,
    salt: Annotated[
        str, typer.Option(metavar="TEXT", help="Another salt makes another split of the same shares.")
    ] = "",
    artifact_pairs: Annotated[
        bool, typer.Option("--artifact-pairs", help="Keep pairs with a right answer as the bad one.")
    ] = False,
    unchanged_pairs: Annotated[bool, typer.Option("--unchanged-pairs", help="Keep pairs of equal texts.")] = False,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="Keep rows with the same prompt and answer.")
    ] = False,
    as_of: Annotated[int | None, typer.Option(metavar="NUMBER", help="The state after this decision number.")] = None,
    again: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Make an earlier export again; avocet exports lists them.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Also replace what is no earlier export.")] = False,
) -> None:
    """Write a training set. A file gets FILE.manifest.json beside it, a folder holds its manifest.json."""
    lists = locals()
    given = {name: lists[name] for name in ExportFilter.__struct_fields__ if lists[name] is not None}
    wanted = Recipe(
        format=format_ or "sft",
        filter=msgspec.convert(given, ExportFilter),
        splits=_splits(split, salt),
        rules=Rules(artifact_pairs=artifact_pairs, unchanged_pairs=unchanged_pairs, duplicates=duplicates),
        passes=passes,
        failure_tags=failure_tags,
    )
    if (recipe_name is not None or again is not None) and (wanted != Recipe() or format_):
        raise InvalidRequest("--recipe or --again decides what is written: leave the other options out.")
    with open_desk() as database:
        if again is not None:
            _make_again(database, again, output, overwrite=overwrite)
            return
        if recipe_name is not None:
            wanted = recipe.read(database, recipe_name)
        if save_as is not None:
            recipe.save(database, save_as, wanted)
            stderr.print(f"Saved the recipe {escape(save_as)}")
        state = None if as_of is None else AsOf(as_of)
        exporter = exporters.choose(wanted.format)
        if output in STANDARD_OUTPUT:
            tallies = exports.Tallies()
            for chunk in exports.stream(database, wanted, state, tallies=tallies, exporter=exporter):
                sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            _tell_left_out(tallies.left_out)
            return
        _warn(database, exporter, wanted, output, state)
        target = _target(exporter, wanted, output)
        with _shown_rows() as on_progress:
            made_now = exports.make(
                database,
                wanted,
                target,
                reviewer=load_settings().reviewer,
                recipe_name=recipe_name,
                may_be_forgotten=True,
                exporter=exporter,
                as_of=state,
                on_progress=on_progress,
                overwrite=overwrite,
            )
        if database.is_read_only:
            stderr.print("  the desk can't be written: avocet exports won't list this one")
        _tell(target, made_now.manifest)
        if not made_now.manifest.read:
            _tell_nothing(database)


def _make_again(database: Database, number: int, output: Path | None, *, overwrite: bool) -> None:
    found = made.read(database, number).manifest
    if output in STANDARD_OUTPUT:
        raise InvalidRequest("--again writes a dataset with its manifest: give a file or a folder.")
    exporter = exporters.choose(found.recipe.format)
    target = _target(exporter, found.recipe, output)
    _tell(target, exports.again(database, found, target, overwrite=overwrite, exporter=exporter))


@contextmanager
def _shown_rows() -> Iterator[exports.OnProgress]:
    with progress_bar() as progress:
        task = progress.add_task("Writing", total=None, note="")
        yield lambda rows: progress.update(task, completed=rows, note=plural(rows, "row"))


def _target(exporter: Exporter, wanted: Recipe, output: Path | None) -> Path:
    """The path to write to: a new name inside an existing folder, unless that folder is an earlier dataset.

    Raises:
        Prerequisite: the path belongs to the desk itself.
    """
    desk = targets.own(load_settings())
    if output is not None and not output.is_dir():
        # checked before the format says what the name means
        targets.check(output, desk)
    target = _named(exporter, wanted, output)
    targets.check(target, desk)
    return target


def _named(exporter: Exporter, wanted: Recipe, output: Path | None) -> Path:
    name = exports.file_name(exporter, wanted)
    if not name.endswith(".zip"):
        return (output or Path()) / name if output is None or output.is_dir() else output
    if output is None:
        return Path(Path(name).stem)
    if exports.writes_file(exporter, wanted, output):
        return output
    is_taken = output.is_dir() and any(output.iterdir()) and not (output / "manifest.json").is_file()
    return output / Path(name).stem if is_taken else output


def _warn(database: Database, exporter: Exporter, wanted: Recipe, output: Path | None, state: AsOf | None) -> None:
    """Print the warnings about a split, or about MLX, before anything is written."""
    _target(exporter, wanted, output)
    if wanted.splits is None and wanted.format != "mlx":
        return
    counted = exports.preview(database, wanted, state, exporter)
    if counted.by_split:
        stderr.print("  " + ", ".join(f"{name} {plural(rows, 'row')}" for name, rows in counted.by_split.items()))
    _tell_warnings(counted.warnings)


def _tell_warnings(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        stderr.print(f"  [bold]note:[/] {escape(sentence)}")


def _tell(target: Path, written: Manifest) -> None:
    stderr.print(f"Wrote {plural(written.rows, 'row')} to {escape(str(target))}")
    # those about a split, and about MLX, were printed before
    if not written.by_split and written.recipe.format != "mlx":
        _tell_warnings(written.warnings)
    _tell_left_out(written.left_out)


def _tell_nothing(database: Database) -> None:
    waiting = stats.read(database).by_status["needs_review"]
    wait = "no card waits" if not waiting else f"{waiting:,} {'card waits' if waiting == 1 else 'cards wait'}"
    stderr.print(f"  nothing that was decided matches; {wait} for review (avocet serve)")


def _tell_left_out(left_out: Mapping[str, int]) -> None:
    for reason, n in sorted(left_out.items()):
        stderr.print(f"  left out {n:,}: {escape(reason)}")


def _splits(split: str | None, salt: str) -> Splits | None:
    if split is None:
        if salt:
            raise InvalidRequest("--salt belongs to a split: give the shares with --split.")
        return None
    try:
        train, validation, test = (float(share) for share in split.split("/"))
    except ValueError:
        raise InvalidRequest("--split takes three shares that add up to 1, such as 0.8/0.1/0.1.") from None
    return Splits(train=train, validation=validation, test=test, salt=salt)
