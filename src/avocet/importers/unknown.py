"""The answer for a file that no importer knows: what it seems to be, and what to do with it.

A table of one's own gets its columns, a guess what they mean, and what to type; a file that is known but holds
nothing to review is called by its name.
"""

from __future__ import annotations

from pathlib import Path

from avocet.errors import AvocetError, Unrecognised
from avocet.importers.base import SourceFile
from avocet.importers.columns import completed, described, guess
from avocet.importers.sniff import Sniffed, problem_of_json
from avocet.importers.tables import Table, peek

_POINTER = b"version https://git-lfs.github.com/spec/"
_ASKED = frozenset({"user_input", "question"})
_GIVEN_TO_RAGAS = frozenset({"retrieved_contexts", "contexts", "reference_contexts"})


def answer(path: Path, file: Sniffed, tried: list[str]) -> Unrecognised:
    """What to tell a person about a file; `tried` are the importers that do not know it."""
    if told := _holds_nothing(file):
        return Unrecognised(f"{file.name} {told}", tried=tried)
    if not file.head.strip() and file.kind == "text":
        return Unrecognised(f"{file.name} is empty: there is nothing to import.", tried=tried)
    if file.kind == "parquet" and not file.columns:
        told = "is a Parquet file; to read it: pip install 'avocet-desk[parquet]'"
        return Unrecognised(f"{file.name} {told}", tried=tried)
    told = "isn't a results file that the desk knows"
    table = _table(path, file)
    if table is None:
        told += f". Tried: {', '.join(tried)}. If you know what it is, say so with --format."
        if problem := problem_of_json(file):
            told += f" It begins like JSON, but is none: {problem}."
        return Unrecognised(f"{file.name} {told}", tried=tried)
    found = guess(table)
    told += f", but can be read as a table of your own. {_not_scored(table)}{described(table, found)}"
    return Unrecognised(f"{file.name} {told}", tried=tried, columns=table.columns, guess=completed(found))


def _holds_nothing(file: Sniffed) -> str | None:
    """What a file is that a harness wrote, but that holds no answers."""
    if file.head.startswith(_POINTER):
        return "is a Git LFS pointer, so only a link to the file. Fetch the file itself with git lfs pull."
    if file.kind != "json" or file.is_array:
        return None
    if file.has("testRunLink") and not file.has("testRunData"):
        return (
            "holds only a link to a test run of DeepEval. Import the test_run_*.json that DeepEval writes into the "
            "folder DEEPEVAL_RESULTS_FOLDER."
        )
    if file.has("score", "score:std") and not file.has("htmls"):
        return "holds only the totals of OpenAI simple-evals. Import the …_allresults.json beside it."
    return None


def _not_scored(table: Table) -> str:
    names = set(table.columns)
    if names & _ASKED and names & _GIVEN_TO_RAGAS:
        return "It is like what ragas is given, and holds no score; ragas writes those with to_pandas(). "
    return ""


def _table(path: Path, file: Sniffed) -> Table | None:
    """The columns and first rows of a file; none where it has neither, or can't be read as a table."""
    is_table = file.kind in ("json", "parquet") or (file.kind == "csv" and len(file.columns) > 1)
    if not is_table:
        return None
    try:
        table = peek([SourceFile(path, file.name)])
    except AvocetError:
        return None
    return table if table.columns and table.first else None
