"""The importers by name. One dict, one module each; files are recognised by content, never by extension.

Other packages add theirs as entry points of the group `avocet.importers`, each an `Importer` (docs/importers.md).
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from avocet.errors import Unrecognised
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
from avocet.importers.simple_evals import SimpleEvals
from avocet.importers.sniff import Sniffed, problem_of_json, sniff

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
    "utf-16": "is UTF-16 text. Save it as UTF-8 and import it again.",
    "sqlite": "is a SQLite database, not a results file. Export its results as JSON and import that.",
}


@cache
def registry() -> dict[str, Importer]:
    """The importers of this package and of those installed beside it; a name of ours can't be taken."""
    added = {point.name: point.load()() for point in entry_points(group=ENTRY_POINTS)}
    return {**added, **IMPORTERS}


def choose(path: Path, name: str | None = None, *, called: str | None = None) -> Importer:
    """The importer for a file: the one named, else the first that recognises it.

    Raises:
        Unrecognised: no such importer, or none knows the file; says what was tried, and a table's columns.
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
    if found := recognise(file):
        return found
    if Path(file.name).name == CANDIDATES_FILE and file.kind not in ("zip", "parquet"):
        return known[CfOrch.name]
    raise _unrecognised(file, list(known))


def recognise(file: Sniffed) -> Importer | None:
    """The importer that knows a file by its content."""
    return next((importer for importer in registry().values() if importer.recognises(file)), None)


def _unrecognised(file: Sniffed, tried: list[str]) -> Unrecognised:
    if not file.head.strip() and file.kind == "text":
        told = "is empty: there is nothing to import."
    elif file.kind == "parquet" and not file.columns:
        told = "is a Parquet file; to read it: pip install 'avocet-desk[parquet]'"
    else:
        told = (
            f"isn't a results file that the desk knows. Tried: {', '.join(tried)}. "
            "If you know what it is, say so with --format."
        )
        if problem := problem_of_json(file):
            told += f" It begins like JSON, but is none: {problem}."
    return Unrecognised(f"{file.name} {told}", tried=tried, columns=list(file.columns))
