"""avocet restore: bring back what was taken back of a run."""

from __future__ import annotations

from rich.markup import escape

from avocet import runs
from avocet.cli.take_back import RunId, cards
from avocet.cli.terminal import Json, open_desk, print_json, stdout


def restore(run_id: RunId, json: Json = False) -> None:
    """Bring back what was taken back of a run, as it was decided."""
    with open_desk() as database:
        done = runs.restore(database, run_id)
    if json:
        print_json(done)
    else:
        stdout.print(f"{escape(run_id)}: {cards(done.restored)} brought back")
