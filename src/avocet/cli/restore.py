"""avocet restore: bring back the cards of a run that was taken back."""

from __future__ import annotations

from rich.markup import escape

from avocet import runs
from avocet.cli.take_back import RunId
from avocet.cli.terminal import Json, open_desk, print_json, stdout
from avocet.domain import plural


def restore(run_id: RunId, json: Json = False) -> None:
    """Bring back the cards of a run that was taken back, with their decisions."""
    with open_desk() as database:
        done = runs.restore(database, run_id)
    if json:
        print_json(done)
    else:
        stdout.print(f"{escape(run_id)}: {plural(done.restored, 'card')} brought back")
