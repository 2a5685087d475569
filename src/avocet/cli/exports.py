"""avocet exports: the exports that were made."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from avocet.cli.terminal import Json, open_desk, print_json, stdout
from avocet.exports import made


def list_exports(json: Json = False) -> None:
    """List the exports that were made, newest first; avocet export --again NUMBER makes one again."""
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
