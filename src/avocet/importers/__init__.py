"""The importers by name. One dict, one module each; files are recognised by content, never by extension."""

from __future__ import annotations

from pathlib import Path

from avocet.errors import RunUnreadable, Unrecognised
from avocet.importers.base import Importer
from avocet.importers.cf_orch import CfOrch

IMPORTERS: dict[str, Importer] = {importer.name: importer for importer in (CfOrch(),)}
HEAD_BYTES = 64 * 1024
CANDIDATES_FILE = "sft_candidates.jsonl"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def choose(path: Path, name: str | None = None) -> Importer:
    """The importer for a file: the one named, else the first that recognises how the file begins.

    Raises:
        Unrecognised: no such importer, or none knows the file; says what was tried.
        RunUnreadable: the file cannot be opened.
    """
    if name is not None and name not in IMPORTERS:
        raise Unrecognised(f"There is no format {name!r}. Known: {', '.join(IMPORTERS)}.", tried=[])
    head = _head(path)
    if head.startswith(_UTF16):
        raise Unrecognised(f"{path.name} is UTF-16 text. Save it as UTF-8 and import it again.", tried=[])
    if b"\x00" in head and not _has_object_line(head):
        raise Unrecognised(
            f"{path.name} is a binary file, not a results file. Tried: {', '.join(IMPORTERS)}.",
            tried=list(IMPORTERS),
        )
    if name is not None:
        return IMPORTERS[name]
    for importer in IMPORTERS.values():
        if importer.recognises(head):
            return importer
    if path.name == CANDIDATES_FILE:
        return IMPORTERS[CfOrch.name]
    raise Unrecognised(
        f"{path.name} isn't a results file that the desk knows. Tried: {', '.join(IMPORTERS)}. "
        "If you know what it is, say so with --format.",
        tried=list(IMPORTERS),
    )


def _has_object_line(head: bytes) -> bool:
    return any(line.lstrip().startswith(b"{") for line in head.removeprefix(b"\xef\xbb\xbf").split(b"\n"))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD_BYTES)
    except OSError as error:
        raise RunUnreadable(f"{path} can't be read: {error.strerror}.") from None
