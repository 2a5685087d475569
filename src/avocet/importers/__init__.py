"""The importers by name: one dict, one package each. Files are recognised by content, never by extension.

Other packages add theirs as entry points of the group `avocet.importers`, each an `Importer` (docs/plugins.md).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from avocet.errors import RunUnreadable, Unrecognised
from avocet.importers import unknown
from avocet.importers.base import Importer
from avocet.importers.cf_orch import CANDIDATES_FILE, CfOrch
from avocet.importers.deepeval import Deepeval
from avocet.importers.generic import Generic
from avocet.importers.inspect_ai import InspectAi
from avocet.importers.lighteval import Lighteval
from avocet.importers.lm_eval import LmEval
from avocet.importers.openai_evals import OpenaiEvals
from avocet.importers.promptfoo import Promptfoo
from avocet.importers.ragas import Ragas
from avocet.importers.reading.sniff import Sniffed, sniff
from avocet.importers.simple_evals import SimpleEvals
from avocet.plugins import with_installed

IMPORTERS: dict[str, Importer] = {
    importer.name: importer
    for importer in (
        CfOrch(),
        LmEval(),
        InspectAi(),
        Promptfoo(),
        OpenaiEvals(),
        SimpleEvals(),
        Lighteval(),
        Deepeval(),
        Ragas(),
        Generic(),
    )
}
ENTRY_POINTS = "avocet.importers"
_REFUSED_KINDS = {
    "utf-16": "is UTF-16 text. Save it as UTF-8 (iconv -f UTF-16 -t UTF-8 FILE > NEW) and import that.",
    "sqlite": "is a SQLite database, not a results file. Export its results as JSON and import that.",
}


@cache
def registry() -> dict[str, Importer]:
    """All importers by name: those of this package, which are asked first, and those of installed packages."""
    return with_installed(IMPORTERS, ENTRY_POINTS, ("title", "recognises", "group", "read"))


def choose(path: Path, name: str | None = None, *, called: str | None = None) -> Importer:
    """The importer for a file: the one named, else the first that recognises it.

    `called` is the person's name for the file, if it has another one on the disk.

    Raises:
        Unrecognised: there is no such importer, or none knows the file; says what was tried, and a table's columns.
        RunUnreadable: the file cannot be opened.
    """
    known = registry()
    if name is not None and name not in known:
        raise Unrecognised(f"There is no format {name!r}. Known: {', '.join(known)}.", tried=[])
    file = sniff(path, called)
    if file.kind in _REFUSED_KINDS:
        raise Unrecognised(f"{file.name} {_REFUSED_KINDS[file.kind]}", tried=[])
    if file.kind == "binary":
        tried = list(known)
        raise Unrecognised(
            f"{file.name} is a binary file, not a results file. Tried: {', '.join(tried)}.", tried=tried
        )
    if name is not None:
        return known[name]
    if found := _known(file):
        return found
    raise unknown.answer(path, file, list(known))


def identify(path: Path) -> Importer | None:
    """The importer for a file, as `choose` finds it; None instead of its errors."""
    try:
        file = sniff(path)
    except RunUnreadable:
        return None
    return None if file.kind in (*_REFUSED_KINDS, "binary") else _known(file)


def _known(file: Sniffed) -> Importer | None:
    if found := recognise(file):
        return found
    is_named = Path(file.name).name == CANDIDATES_FILE and file.kind not in ("zip", "parquet")
    return registry()[CfOrch.name] if is_named else None


def recognise(file: Sniffed) -> Importer | None:
    """The importer that knows a file by its content; None if none does."""
    return next((importer for importer in registry().values() if importer.recognises(file)), None)
