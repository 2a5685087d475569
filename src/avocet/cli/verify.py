"""avocet verify: check a written dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from avocet import exports
from avocet.cli.terminal import Json, has_desk, open_desk, print_json, stderr, stdout
from avocet.domain import plural


def verify(
    path: Annotated[Path, typer.Argument(metavar="FOLDER|FILE", help="A dataset that avocet wrote.")],
    desk: Annotated[bool, typer.Option(help="Compare with the desk's decisions too.")] = True,
    json: Json = False,
) -> None:
    """Check a dataset against its manifest and the desk's decisions; exit with 1 if something differs."""
    if desk and has_desk():
        with open_desk() as database:
            checked = exports.verify(path, database)
    else:
        checked = exports.verify(path)
    if json:
        print_json(checked)
    else:
        for problem in checked.problems:
            stderr.print(f"[bold]avocet:[/] {escape(problem)}")
        if not checked.problems:
            desk_too = " The desk's decisions still make the same dataset." if checked.against_desk else ""
            stdout.print(f"The dataset is unchanged: {plural(checked.rows, 'row')}.{desk_too}")
    if checked.problems:
        raise typer.Exit(1)
