"""avocet backup: a copy of the desk while it is in use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from avocet.cli.terminal import load_settings, open_desk, stderr
from avocet.db import targets
from avocet.db.backup import back_up


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to write.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Also replace a file that is no backup.")] = False,
) -> None:
    """Write a consistent copy of the desk, while it is in use."""
    targets.check_backup(file, targets.own(load_settings()), overwrite=overwrite)
    with open_desk() as database:
        back_up(database, file.absolute())
    stderr.print(f"Backup written to {escape(str(file))}")
