"""avocet tags: the desk's tags, renamed and merged."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from avocet.cli.migrate import opens_desk
from avocet.cli.terminal import Json, open_desk, print_json, stderr, stdout
from avocet.domain import plural
from avocet.review import tags as kept

app = typer.Typer(help="List, rename or merge tags.", invoke_without_command=True)


@app.callback()
@opens_desk
def tags(context: typer.Context, json: Json = False) -> None:
    """List the tags and how many cards have each, the most used first."""
    if context.invoked_subcommand is not None:
        return
    with open_desk() as database:
        found = kept.read_all(database)
    if json:
        print_json(found)
        return
    if not found.tags:
        stderr.print("No tags yet: press # on a card to give a decision some.")
        return
    table = Table("tag", box=None, pad_edge=False)
    table.add_column("cards", justify="right")
    for tag in found.tags:
        table.add_row(escape(tag.name), f"{tag.cards:,}")
    stdout.print(table)


@app.command()
@opens_desk
def rename(
    name: Annotated[str, typer.Argument(metavar="TAG", help="The tag.")],
    to: Annotated[str, typer.Argument(metavar="NAME", help="Its new name.")],
) -> None:
    """Rename a tag, also on every decision that has it."""
    with open_desk() as database:
        _tell(kept.rename(database, name, to))


@app.command()
@opens_desk
def merge(
    names: Annotated[list[str], typer.Argument(metavar="TAG…", help="The tags.")],
    into: Annotated[str, typer.Option(metavar="TAG", help="The tag that they become; it may be new.")],
) -> None:
    """Make one tag of several, also on every decision that has one of them."""
    with open_desk() as database:
        _tell(kept.merge(database, names, into))


def _tell(done: kept.Renamed) -> None:
    stdout.print(escape(f"{done.name}: {plural(done.cards, 'card')}"))
