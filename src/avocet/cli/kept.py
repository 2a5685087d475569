"""Commands about what the desk keeps of exports: recipes, the exports made, the hold-out."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer
from rich.markup import escape
from rich.table import Table

from avocet import exports
from avocet.cli.data import Json
from avocet.cli.terminal import open_desk, print_json, stderr, stdout
from avocet.exports import ExportFilter, HoldOut, made, recipe


def recipes(
    delete: Annotated[str | None, typer.Option(metavar="NAME", help="Delete this one.")] = None, json: Json = False
) -> None:
    """The saved export recipes."""
    with open_desk() as database:
        if delete is not None:
            recipe.forget(database, delete)
            stderr.print(f"Deleted the recipe {escape(delete)}")
            return
        known = recipe.read_all(database)
    if json:
        print_json(known)
        return
    table = Table("recipe", "format", "filter", box=None, pad_edge=False)
    for name, one in known.items():
        said = {key: getattr(one.filter, key) for key in ExportFilter.__struct_fields__}
        told = "; ".join(f"{key} {_plain(value)}" for key, value in said.items() if value not in (None, ()))
        table.add_row(escape(name), one.format, escape(told or "everything"))
    stdout.print(table)


def list_exports(json: Json = False) -> None:
    """The exports that were made, newest first; avocet export --again NUMBER makes one once more."""
    with open_desk() as database:
        known = made.read_all(database)
    if json:
        print_json(known)
        return
    table = Table("number", "at", "reviewer", "format", "recipe", "rows", "target", box=None, pad_edge=False)
    for one in known:
        table.add_row(
            str(one.export_id),
            one.at[:19],
            escape(one.reviewer),
            one.manifest.recipe.format,
            escape(one.recipe_name or ""),
            f"{one.manifest.rows:,}",
            escape(one.target),
        )
    stdout.print(table)


def hold_out(
    share: Annotated[float | None, typer.Option(help="The share of every task, such as 0.1; 0 for none.")] = None,
    salt: Annotated[str | None, typer.Option(help="Another salt holds out another part of the same size.")] = None,
    json: Json = False,
) -> None:
    """Show or set the part of every task that stays out of every training set."""
    with open_desk() as database:
        held = exports.hold_out(database)
        if share is not None or salt is not None:
            held = HoldOut(share=held.share if share is None else share, salt=held.salt if salt is None else salt)
            exports.store_hold_out(database, held)
    if json:
        print_json(msgspec.structs.asdict(held))
    else:
        stdout.print(f"{held.share:.1%} of every task is held out" if held.share else "Nothing is held out")


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
