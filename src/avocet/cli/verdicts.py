"""avocet verdicts: what people said of a run's answers, on its way back to the harness."""

from __future__ import annotations

import sys
from collections import Counter as Tally
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from avocet import verdicts as handed_back
from avocet.cli.export import STANDARD_OUTPUT
from avocet.cli.terminal import load_settings, open_desk, stderr
from avocet.db import targets
from avocet.domain import plural
from avocet.errors import InvalidRequest, Prerequisite
from avocet.exports import placing

RunId = Annotated[str, typer.Argument(metavar="RUN", help="The run's id, as avocet runs shows it.")]


def verdicts(
    run_id: RunId,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help=f"One of: {', '.join(handed_back.FORMATS)}. Default: jsonl."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE|-", help="Where to; without it, or with -, standard output."),
    ] = None,
    edit: Annotated[
        Path | None,
        typer.Option(metavar="LOG", help="Write a copy of this Inspect log to FILE, with its scores edited."),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Write what people said of a run's answers, for the harness that ran it."""
    if output is not None and output not in STANDARD_OUTPUT:
        targets.check(output, targets.own(load_settings()))
    if edit is not None:
        _edit(run_id, edit, output, format_, overwrite=overwrite)
        return
    told = handed_back.Told()
    with open_desk() as database:
        pieces = handed_back.stream(database, run_id, format_ or "jsonl", told)
        if output is None or output in STANDARD_OUTPUT:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        else:
            _check_free(output, overwrite=overwrite)
            with placing.beside(output) as folder:
                part = folder / output.name
                with part.open("wb") as file:
                    file.writelines(pieces)
                part.replace(output)
    _tell(told, output)


def _check_free(output: Path, *, overwrite: bool) -> None:
    if output.is_dir():
        raise Prerequisite(f"{output} is a folder: give a file's name.")
    if output.exists() and output.stat().st_size and not overwrite:
        raise Prerequisite(f"{output} is there already. Give another name, or say --overwrite.")


def _edit(run_id: str, log: Path, copy: Path | None, format_: str | None, *, overwrite: bool) -> None:
    if copy is None or copy in STANDARD_OUTPUT:
        raise InvalidRequest("--edit writes a copy of the log: say where to with -o FILE.")
    if format_ is not None:
        raise InvalidRequest("--edit writes a log of Inspect: leave --format out.")
    with open_desk() as database:
        done = handed_back.edit_log(database, run_id, log, copy, overwrite=overwrite)
    changed = done.right + done.wrong + done.set_aside
    stderr.print(f"Wrote {escape(str(copy))}: {plural(changed, 'edit')} of the score {escape(done.score)}")
    for n, what in (
        (done.right, "now right"),
        (done.wrong, "now wrong"),
        (done.set_aside, "set aside: unscored, so that no metric counts them"),
        (done.stay, "as they were: the verdict says the same, or is undecided"),
        (done.not_in_log, "left out: the log has no such sample, or it ended with an error"),
    ):
        if n:
            stderr.print(f"  {n:,} {what}")


def _tell(told: handed_back.Told, output: Path | None) -> None:
    where = "" if output is None or output in STANDARD_OUTPUT else f" to {escape(str(output))}"
    verb = "Wrote" if where else "Written:"
    kinds = f" ({_listed(told.written)})" if told.written else ""
    stderr.print(f"{verb} {plural(told.written.total(), 'answer')}{where}{kinds}")
    for why, n in sorted(told.left_out.items()):
        stderr.print(f"  left out {n:,}: {why}")


def _listed(counts: Tally[str]) -> str:
    return ", ".join(f"{n:,} {verdict.replace('_', ' ')}" for verdict, n in sorted(counts.items()))
