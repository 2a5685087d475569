"""`simple-evals`: the `_allresults.json` of OpenAI's simple-evals (github.com/openai/simple-evals).

The format is that of files of commit ee3b031 and of its source. Only the file's name says eval, model and date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from avocet.errors import RunUnreadable
from avocet.importers.base import (
    ImportOptions,
    Metric,
    Reading,
    ReadItem,
    RunPerFile,
    SourceFile,
    SourceInfo,
    in_turn,
)
from avocet.importers.choosing import Choice, check_prompt_field, choose_metric, with_choice
from avocet.importers.reading.documents import elements, outline, read_document
from avocet.importers.reading.jsonl import decode
from avocet.importers.reading.sniff import Sniffed, sniff
from avocet.importers.reading.values import mapping
from avocet.importers.simple_evals.item import Reader

SCORE = Metric("score")
_INSTEAD = "Run the eval with fewer examples (--examples)."
_KEYS = ("score", "metrics", "htmls")
_NAME = re.compile(r"(?P<names>.+?)_(?P<day>\d{8})_(?P<time>\d{4}(?:\d\d)?)(?P<debug>_DEBUG)?_allresults(?:\.json)?")
# the names of all other evals hold no underscore
_LONG_NAMES = ("healthbench_consensus", "healthbench_hard", "healthbench_meta")
_NO_EXAMPLES = re.compile(rb'"(?:htmls|convos)"\s*:\s*\[\s*\]')
_META = "model_predicted_positive"


class _Document(msgspec.Struct):
    htmls: list[msgspec.Raw]
    convos: list[msgspec.Raw] | None = None
    metadata: msgspec.Raw = msgspec.Raw(b"null")
    metrics: msgspec.Raw = msgspec.Raw(b"null")


class _Metadata(msgspec.Struct):
    example_level_metadata: list[msgspec.Raw] = []


class Named(msgspec.Struct, frozen=True):
    """The parts of a file's name: `math_gpt-4.1_20261122_170156_allresults.json`."""

    run_id: str | None = None
    eval_name: str | None = None
    model_id: str | None = None
    timestamp: str | None = None


class SimpleEvals(RunPerFile):
    """The importer of simple-evals' reports."""

    name = "simple-evals"
    title = "OpenAI simple-evals"

    def recognises(self, file: Sniffed) -> bool:
        # `convos` and `metadata` come after all the HTML, and so beyond the head
        is_report = b'<div class=\\"message' in file.head or file.has("convos", "metadata.example_level_metadata")
        return file.kind == "json" and not file.is_array and file.has(*_KEYS) and is_report

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        if all(map(_is_empty, files)):
            raise RunUnreadable(f"{files[0].name} holds a report without examples. Run the eval again.")
        choice = choose_metric(options, [SCORE]) or Choice(SCORE, 1.0)
        check_prompt_field(options, [])
        named = named_by(files[0])
        model_id = named.model_id or options.model_name
        info = SourceInfo(
            harness=self.name,
            run_id=named.run_id,
            timestamp=named.timestamp,
            models=[model_id] if model_id else [],
            metrics=[SCORE],
        )
        items = in_turn((file, _items(file, choice, options)) for file in files)
        return Reading(with_choice(info, choice), items)


def _is_empty(file: SourceFile) -> bool:
    return len(_NO_EXAMPLES.findall(sniff(file.path, file.name).head)) == 2


def named_by(file: SourceFile) -> Named:
    """The parts of a file's name; nothing if the file was renamed."""
    match = _NAME.fullmatch(Path(file.name).name)
    if not match:
        return Named()
    names, day, time = match["names"], match["day"], match["time"]
    eval_name = next((name for name in _LONG_NAMES if names.startswith(f"{name}_")), names.partition("_")[0])
    clock = ":".join(time[place : place + 2] for place in range(0, len(time), 2))
    return Named(
        run_id=f"{names}_{day}_{time}{match['debug'] or ''}",
        eval_name=eval_name,
        model_id=names[len(eval_name) + 1 :] or None,
        timestamp=f"{day[:4]}-{day[4:6]}-{day[6:]}T{clock}",
    )


def _items(file: SourceFile, choice: Choice, options: ImportOptions) -> Iterator[ReadItem]:
    data = read_document(file, _INSTEAD)
    document = outline(file, data, _Document)
    named = named_by(file)
    reader = Reader(
        choice=choice,
        run_id=named.run_id,
        timestamp=named.timestamp,
        eval_name=named.eval_name,
        model_id=named.model_id or options.model_name,
        reports=document.htmls,
        examples=_examples(document.metadata),
        is_meta=_META in _object(document.metrics),
    )
    missing = [msgspec.Raw(b"null")] * (len(document.htmls) - len(document.convos or []))
    yield from map(reader.item, elements(file, [*(document.convos or []), *missing], len(data)))


def _examples(metadata: msgspec.Raw) -> list[msgspec.Raw]:
    try:
        return msgspec.json.decode(metadata, type=_Metadata).example_level_metadata
    except (ValueError, RecursionError):
        return []


def _object(raw: msgspec.Raw) -> dict[str, object]:
    try:
        return mapping(decode(bytes(raw)))
    except (ValueError, RecursionError):
        return {}
