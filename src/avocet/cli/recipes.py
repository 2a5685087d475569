"""avocet recipes: the saved export recipes."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from avocet.cli.terminal import Json, open_desk, print_json, stderr, stdout
from avocet.exports import ExportFilter, recipe


def recipes(
    delete: Annotated[str | None, typer.Option(metavar="NAME", help="Delete this one.")] = None, json: Json = False
) -> None:
    """List the saved export recipes, or delete one."""
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
        filters = "; ".join(f"{key} {_plain(value)}" for key, value in said.items() if value not in (None, ()))
        table.add_row(escape(name), one.format, escape(filters or "everything"))
    stdout.print(table)


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
