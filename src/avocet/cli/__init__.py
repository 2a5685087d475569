"""The command line: the same domain functions as the web application. Errors end in a sentence and exit code 1."""

from __future__ import annotations

import sys

import typer
from rich.markup import escape

from avocet.cli.benching import bench
from avocet.cli.data import backup, runs, stats
from avocet.cli.exporting import export, verify
from avocet.cli.importing import import_
from avocet.cli.kept import hold_out, list_exports, recipes
from avocet.cli.removing import restore, take_back
from avocet.cli.serve import demo, serve
from avocet.cli.terminal import stderr
from avocet.cli.training import train
from avocet.errors import AvocetError

app = typer.Typer(
    name="avocet",
    help="The correction desk for LLM failures.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(serve)
app.command("import")(import_)
app.command()(bench)
app.command()(export)
app.command()(recipes)
app.command()(verify)
app.command()(train)
app.command("exports")(list_exports)
app.command()(hold_out)
app.command()(stats)
app.command()(runs)
app.command()(take_back)
app.command()(restore)
app.command()(backup)
app.command()(demo)


def main() -> None:
    """The `avocet` command."""
    try:
        app()
    except AvocetError as error:
        stderr.print(f"[bold]avocet:[/] {escape(error.detail)}")
        sys.exit(1)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        stderr.print(f"[bold]avocet:[/] {escape(f'{where}{error.strerror}')}.")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
