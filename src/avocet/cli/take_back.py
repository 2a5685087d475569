"""avocet take-back: hide the cards of a run."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.markup import escape

from avocet import runs
from avocet.cli.terminal import Json, load_settings, open_desk, print_json, stderr, stdout
from avocet.domain import plural
from avocet.errors import Prerequisite

RunId = Annotated[str, typer.Argument(metavar="RUN", help="The run's id, as avocet runs shows it.")]


def take_back(
    run_id: RunId,
    decided_too: Annotated[
        bool, typer.Option("--decided-too", help="All its cards, not only those that wait for review.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count what would be hidden; change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    json: Json = False,
) -> None:
    """Take a run back: hide its cards that wait for review. Nothing is deleted; avocet restore brings them back."""
    settings = load_settings()
    with open_desk() as database:
        would = runs.take_back(database, run_id, settings.reviewer, decided_too=decided_too, dry_run=True)
        if dry_run:
            _print(would, json)
            return
        if would.hidden and not yes:
            _confirm(would)
        _print(runs.take_back(database, run_id, settings.reviewer, decided_too=decided_too), json)


def _confirm(would: runs.RunTakenBack) -> None:
    """Ask the person at the terminal.

    Raises:
        Prerequisite: there is nobody to ask.
    """
    sentence = _sentence(would)
    if not sys.stdin.isatty():
        raise Prerequisite(f"{sentence}. Nothing was changed: without a terminal to ask, say --yes.")
    stderr.print(f"{escape(sentence)}. Nothing is deleted.")
    typer.confirm("Go on?", abort=True, err=True)


def _print(done: runs.RunTakenBack, json: bool) -> None:
    if json:
        print_json(done)
    else:
        stdout.print(escape(_sentence(done)))


def _sentence(done: runs.RunTakenBack) -> str:
    hides = "would hide" if done.dry_run else "hidden:"
    stays = done.undecided + done.decided - done.hidden
    sentence = f"{done.run_id}: {hides} {plural(done.hidden, 'card')}"
    if done.hidden > done.undecided:
        sentence += f" ({done.decided:,} decided)"
    return sentence + (f"; {stays:,} decided {'would stay' if done.dry_run else 'stay'}" if stays else "")
