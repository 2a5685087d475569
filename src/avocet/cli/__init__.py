"""The command line: the same domain functions as the web application. An error is a sentence and exit code 1."""

from __future__ import annotations

import sys

import typer
from rich.markup import escape

from avocet.cli.backup import backup
from avocet.cli.bench import bench
from avocet.cli.demo import demo
from avocet.cli.export import export
from avocet.cli.exports import list_exports
from avocet.cli.hold_out import hold_out
from avocet.cli.import_ import import_
from avocet.cli.migrate import opens_desk
from avocet.cli.recipes import recipes
from avocet.cli.report import report
from avocet.cli.restore import restore
from avocet.cli.runs import runs
from avocet.cli.sample import sample
from avocet.cli.samples import samples
from avocet.cli.serve import serve
from avocet.cli.stats import stats
from avocet.cli.tags import app as tags
from avocet.cli.take_back import take_back
from avocet.cli.terminal import stderr
from avocet.cli.train import train
from avocet.cli.verdicts import verdicts
from avocet.cli.verify import verify
from avocet.cli.where import where
from avocet.errors import AvocetError

app = typer.Typer(
    name="avocet",
    help="The correction desk for LLM failures.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(opens_desk(serve))
app.command("import")(opens_desk(import_))
app.command()(opens_desk(bench))
app.command()(opens_desk(export))
app.command()(opens_desk(recipes))
app.command()(opens_desk(verify))
app.command()(opens_desk(verdicts))
app.command()(opens_desk(train))
app.command("exports")(opens_desk(list_exports))
app.command()(opens_desk(hold_out))
app.command()(opens_desk(stats))
app.command()(opens_desk(runs))
app.command()(opens_desk(report))
app.command()(opens_desk(sample))
app.command()(opens_desk(samples))
app.command()(opens_desk(take_back))
app.command()(opens_desk(restore))
app.add_typer(tags, name="tags")
app.command()(opens_desk(backup))
app.command()(opens_desk(demo))
app.command()(where)


def main() -> None:
    """Run the `avocet` command."""
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
