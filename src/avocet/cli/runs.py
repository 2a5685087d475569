"""avocet runs: list the runs in the results folder and the imported runs."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from avocet import runs as known_runs
from avocet.cli.terminal import Json, load_settings, open_desk, print_json, stderr, stdout
from avocet.runs import results_folder


def runs(json: Json = False) -> None:
    """List the runs in the results folder and the imported runs."""
    settings = load_settings()
    with open_desk() as database:
        folder = results_folder.bench_folder(database, settings)
        listed = known_runs.list_runs(database, folder.path)
    if json:
        print_json(listed)
        return
    if folder.state == "missing":
        stderr.print(f"The results folder {escape(str(folder.path))} is missing.")
    if not listed:
        stderr.print("No runs yet: avocet import PATH, or set AVOCET_BENCH_RESULTS_DIR.")
        return
    table = Table("run", "state", "models", box=None, pad_edge=False)
    for heading in ("lines", "rejected", "to review", "hidden"):
        table.add_column(heading, justify="right")
    for run in listed:
        numbers = (run.candidate_count or 0, run.rejected, run.remaining, run.hidden)
        table.add_row(
            escape(run.run_id), run.state, escape(", ".join(run.models)), *(f"{number:,}" for number in numbers)
        )
    stdout.print(table)
