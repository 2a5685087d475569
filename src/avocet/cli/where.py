"""avocet where: show where the desk and its copies are."""

from __future__ import annotations

from rich.markup import escape

from avocet.cli.terminal import Json, load_settings, print_json, stdout
from avocet.db import whereabouts
from avocet.db.whereabouts import Stored


def where(json: Json = False) -> None:
    """Show where the desk is, its size and versions, the copies that were kept, and how to remove all of it."""
    found = whereabouts.find(load_settings())
    if json:
        print_json(found)
        return
    versions = found.versions
    stdout.print(f"Desk     {_line(found.desk)}")
    for folder in found.folders:
        stdout.print(f"         {_line(folder)}, {folder.what}")
    stdout.print(
        f"Versions avocet {versions.avocet}, Python {versions.python}, {escape(versions.database)}, "
        f"schema {versions.schema or 'none'} of {versions.newest_schema}"
    )
    for copy in found.copies:
        stdout.print(f"Copy     {_line(copy)}, schema {copy.schema or 'none: this is no desk'}")
    if not found.copies:
        stdout.print("Copies   none kept from before an upgrade")
    stdout.print("Remove all of it, once every Avocet is stopped (your results and exports are elsewhere):")
    for command in found.remove:
        stdout.print(f"         {escape(command)}")


def _line(stored: Stored) -> str:
    return f"{escape(stored.path)} ({_human_size(stored.bytes)})" if stored.bytes else escape(stored.path)


def _human_size(count: int) -> str:
    size, unit = float(count), "B"
    for larger in ("KiB", "MiB", "GiB"):
        if size < 1024:
            break
        size, unit = size / 1024, larger
    return f"{size:,.0f} {unit}" if unit in ("B", "KiB") else f"{size:,.1f} {unit}"
