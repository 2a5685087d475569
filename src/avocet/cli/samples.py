"""avocet samples: the samples, and how far they are read."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from avocet.cli.terminal import Json, open_desk, print_json, stderr, stdout
from avocet.review import samples as drawn


def samples(json: Json = False) -> None:
    """List the samples and how far they are read, newest first."""
    with open_desk() as database:
        found = drawn.read_all(database)
    if json:
        print_json(found)
        return
    if not found:
        stderr.print("No samples yet: avocet sample NAME --size 100.")
        return
    table = Table("sample", box=None, pad_edge=False)
    for heading in ("cards", "read in order", "decided", "waiting", "drawn from"):
        table.add_column(heading, justify="right")
    for one in found:
        numbers = (one.members, one.prefix, one.decided, one.waiting, one.cards)
        table.add_row(escape(one.name), *(f"{number:,}" for number in numbers))
    stdout.print(table)
