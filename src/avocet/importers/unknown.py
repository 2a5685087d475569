"""The answer for a file that no importer knows: what it seems to be, and what to do with it.

For a table of one's own it lists the columns, guesses what they mean and says what to type. For a file of a known
harness without anything to review it says what the file is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from avocet.domain import Json
from avocet.errors import AvocetError, Unrecognised
from avocet.importers.base import SourceFile
from avocet.importers.cf_orch import CANDIDATES_FILE
from avocet.importers.ragas import METRICS
from avocet.importers.reading.columns import completed, described, guess
from avocet.importers.reading.jsonl import decode
from avocet.importers.reading.sniff import HEAD_BYTES, Sniffed, problem_of_json
from avocet.importers.reading.tables import Table, peek

_POINTER = b"version https://git-lfs.github.com/spec/"
_STATISTICS = (":std", ":bootstrap_std", ":n_samples")
NOT_UTF_8 = (
    "It is not UTF-8 text: save it as UTF-8 (in a spreadsheet: CSV UTF-8), or convert it "
    "(iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW)"
)
TOTALS_OF_LM_EVAL = (
    "holds only the totals of lm-evaluation-harness. Import the samples beside it (run with --log_samples)."
)
_ASKED = frozenset({"user_input", "question"})
_GIVEN_TO_RAGAS = frozenset({"retrieved_contexts", "contexts", "reference_contexts"})


def answer(path: Path, file: Sniffed, tried: list[str]) -> Unrecognised:
    """The error that says what to do with a file; `tried` are the importers that do not know it."""
    if reason := _holds_nothing(file):
        return Unrecognised(f"{file.name} {reason}", tried=tried)
    if not file.head.strip(b" \t\r\n[]{}") and file.kind in ("text", "json"):
        return Unrecognised(f"{file.name} is empty: there is nothing to import.", tried=tried)
    if file.kind == "parquet" and not file.columns:
        advice = "is a Parquet file; to read it: pip install 'avocet-desk[parquet]'"
        return Unrecognised(f"{file.name} {advice}", tried=tried)
    advice = "isn't a results file that the desk knows"
    table = _table(path, file)
    if table is None:
        advice += f". Tried: {', '.join(tried)}. If you know what it is, say so with --format."
        if not _is_utf_8(file.head):
            advice += f" {NOT_UTF_8}"
        elif file.kind == "json" or file.head.strip()[:1] == b"[":
            advice += _what_json_is(file)
        return Unrecognised(f"{file.name} {advice}", tried=tried)
    found = guess(table)
    advice += f", but can be read as a table of your own. {_not_scored(table, found)}{described(table, found)}"
    if not _is_utf_8(file.head):
        advice += f" {NOT_UTF_8}"
    return Unrecognised(f"{file.name} {advice}", tried=tried, columns=table.columns, guess=completed(found))


def _holds_nothing(file: Sniffed) -> str | None:
    """What a harness's file without any answers is, in words; None for other files."""
    if file.head.startswith(_POINTER):
        return "is a Git LFS pointer, so only a link to the file. Fetch the file itself with git lfs pull."
    if file.kind != "json" or file.is_array:
        return None
    if file.has("testRunLink") and not file.has("testRunData"):
        return (
            "holds only a link to a test run of DeepEval. Import the test_run_*.json that DeepEval writes into the "
            "folder DEEPEVAL_RESULTS_FOLDER."
        )
    if file.has("score", "metrics", "htmls"):
        return "is a report of OpenAI simple-evals without examples. Run the eval again."
    if file.has("score") and any(key.endswith(_STATISTICS) for key in file.keys):
        return "holds only the totals of OpenAI simple-evals. Import the …_allresults.json beside it."
    if file.has("models[].model_name", "models[].task_types"):
        return f"holds only the totals of a run of candidate lines. Import the {CANDIDATES_FILE} beside it."
    if file.has("results", "versions", "config"):
        return TOTALS_OF_LM_EVAL
    return _without_text(file)


def _without_text(file: Sniffed) -> str | None:
    """What a document without any text to review is, in words; None for other files."""
    if len(file.head) >= HEAD_BYTES:
        return None
    try:
        value = decode(file.head.strip())
    except (ValueError, RecursionError):
        return None
    texts, numbers, names = _contents(value)
    if texts:
        return None
    if numbers:
        harness = (
            " of ragas: write the rows with to_pandas()" if METRICS & names else ": import the file of its items"
        )
        return f"holds only numbers, so nothing to review. They seem to be the totals{harness}."
    empty = next((name for name, part in value.items() if part == []), None)
    return f"holds nothing to review: {'its list ' + repr(empty)[:80] + ' is empty' if empty else 'it is empty'}."


def _contents(value: Json) -> tuple[int, int, frozenset[str]]:
    """How many texts and numbers a value holds, and the names of its fields."""
    texts = numbers = 0
    names: set[str] = set()
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str():
                texts += 1
            case int() | float():
                numbers += 1
            case list() as items:
                waiting += items
            case dict() as fields:
                names |= fields.keys()
                waiting += fields.values()
    return texts, numbers, frozenset(names)


def _not_scored(table: Table, found: Mapping[str, str]) -> str:
    names = set(table.columns)
    if names & _ASKED and names & _GIVEN_TO_RAGAS and not found.keys() & {"score", "passed"} and not names & METRICS:
        return "It is like what ragas is given, and holds no score; ragas writes those with to_pandas(). "
    return ""


def _what_json_is(file: Sniffed) -> str:
    """Why a file of JSON is not a table."""
    if problem := problem_of_json(file):
        return f" It begins like JSON, but is none: {problem}."
    start = file.head.strip()[:1]
    if start == b"{":
        return " It holds several JSON values one after the other; one a line can be read: jq -c . FILE > FILE.jsonl"
    return " It is a JSON list of something else than objects, whose names would be the columns."


def _is_utf_8(head: bytes) -> bool:
    try:
        # the last character may be cut off
        head.decode() if len(head) < HEAD_BYTES else head[:-4].decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 8
    return True


def _table(path: Path, file: Sniffed) -> Table | None:
    """The columns and first rows of a file; None if it has none or can't be read as a table."""
    is_table = file.kind in ("json", "parquet") or (file.kind == "csv" and len(file.columns) > 1)
    if not is_table:
        return None
    try:
        table = peek([SourceFile(path, file.name)])
    except AvocetError:
        return None
    return table if table.columns and table.first else None
