"""avocet hold-out: the part of every task that stays out of every training set."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer

from avocet import exports
from avocet.cli.terminal import Json, open_desk, print_json, stdout
from avocet.exports import HoldOut


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
