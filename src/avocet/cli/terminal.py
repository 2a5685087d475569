"""The terminal: messages for a person go to standard error, what a program reads goes to standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from avocet import stored
from avocet.cli.migrate import bring_up_to_date
from avocet.db import Database, privacy
from avocet.disk import pretty
from avocet.errors import Prerequisite
from avocet.settings import Settings

if TYPE_CHECKING:
    from rich.progress import Progress

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Several = list[str] | None
OutcomeName = Literal["failed", "passed", "errored", "unscored", "any"]
IncludeCategory = Annotated[Several, typer.Option(metavar="CATEGORY", help="Only this failure category; repeatable.")]
ExcludeCategory = Annotated[Several, typer.Option(metavar="CATEGORY", help="Leave this category out; repeatable.")]

stdout = Console(soft_wrap=True, highlight=False)
stderr = Console(stderr=True, soft_wrap=True, highlight=False)


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        Prerequisite: a variable has an invalid value.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(f"AVOCET_{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors())
        raise Prerequisite(f"The settings can't be read. {faults}") from None


def has_desk() -> bool:
    """Whether there is a desk; none is created."""
    settings = load_settings()
    return bool(settings.database_url) or (settings.data_dir / "avocet.db").is_file()


@contextmanager
def open_desk() -> Iterator[Database]:
    """Open the desk that the environment names, and bring it up to date."""
    settings = load_settings()
    with opened(settings) as database:
        tell_if_open(database, settings)
        yield database


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """Open the desk of these settings, and bring it up to date."""
    database = Database(settings.url)
    try:
        bring_up_to_date(database)
        yield database
    finally:
        database.close()


def tell_if_open(database: Database, settings: Settings) -> None:
    """Say once that others can read the desk, if they can."""
    if database.is_read_only or not (warning := privacy.warning(settings)):
        return
    if stored.is_first_time(database, "told_open_to_others"):
        stderr.print(escape(warning))


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on standard error; nothing appears if that is no terminal."""
    # imported only here: the server starts without it
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[note]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as progress:
        yield progress


def print_json(value: object) -> None:
    """Print one JSON document on standard output."""
    sys.stdout.write(pretty(value).decode())
