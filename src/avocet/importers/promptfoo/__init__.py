"""`promptfoo`: results of `promptfoo eval` as JSON, JSON Lines or YAML (promptfoo.dev/docs/configuration/outputs).

The format is the `EvaluateResult` of results version 3, as files of 0.121.20 have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from avocet.domain import Json, JsonObject
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
from avocet.importers.choosing import check_prompt_field, choose_metric, text_fields, with_choice
from avocet.importers.promptfoo.result import PASS, SCORE, Eval, model_of, named_scores, read_result
from avocet.importers.reading.documents import elements, outline, read_document, rows_of
from avocet.importers.reading.jsonl import Line, decode
from avocet.importers.reading.sniff import Sniffed, sniff
from avocet.importers.reading.values import distinct, mapping, text_or_none, value_in
from avocet.importers.reading.yaml_rows import read_yaml

PEEKED_ROWS = 50
JSON_LINES = "Write JSON Lines instead: promptfoo eval -o results.jsonl"
_DOCUMENT_KEYS = ("results.version", "results.prompts", "results.timestamp")
# version 2 kept the prompts in a table after the results
_OLD_KEYS = ("results.version", "results.results[].success", "results.results[].vars")
_ROW_KEYS = ("promptIdx", "testIdx", "testCase", "vars")
_YAML_HEAD = re.compile(rb"^results:\r?\n  version: \d", re.MULTILINE)
_TABLE_HEAD = (b",Status,Score,Named Scores,", b",Grader Reason,")
_TABLE_HEAD_BYTES = 256 * 1024


class _Results(msgspec.Struct):
    version: Any = None
    timestamp: Any = None
    results: list[msgspec.Raw] = []


class _Document(msgspec.Struct):
    results: _Results
    evalId: Any = None
    metadata: msgspec.Raw = msgspec.Raw(b"null")
    config: msgspec.Raw = msgspec.Raw(b"null")


class Promptfoo(RunPerFile):
    """The importer of promptfoo's results."""

    name = "promptfoo"
    title = "promptfoo"

    def recognises(self, file: Sniffed) -> bool:
        match file.kind:
            case "json":
                is_document = not file.is_array and (file.has(*_DOCUMENT_KEYS) or file.has(*_OLD_KEYS))
                return file.has(*_ROW_KEYS) or is_document
            case "yaml":
                return file.has("evalId", "results") and _YAML_HEAD.search(file.head) is not None
            case "csv" | "text":
                return _is_table(file)
            case _:
                return False

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        sources = [_Source(file, options) for file in files]
        if all(source.parts == [] for source in sources):
            raise RunUnreadable(f"{files[0].name} holds an eval without results. Run promptfoo eval again.")
        peeked = [row for source in sources for row in source.peek()]
        named = dict.fromkeys(name for row in peeked for name in named_scores(row))
        metrics = [Metric(PASS), Metric(SCORE), *(Metric(name) for name in named)]
        # a threshold is meant for the score: promptfoo's own verdict is yes or no
        choice = choose_metric(options, metrics, PASS if options.threshold is None else SCORE)
        fields = [field for row in peeked for field in text_fields(row.get("vars"), under="vars")]
        prompt_fields = distinct(fields)
        check_prompt_field(options, prompt_fields)
        first = sources[0].eval
        info = SourceInfo(
            harness=self.name,
            harness_version=first.version,
            run_id=first.run_id,
            timestamp=first.timestamp,
            models=distinct(model_of(row)[0] for row in peeked),
            metrics=metrics,
            prompt_fields=prompt_fields,
        )
        for source in sources:
            source.eval.choice = choice
        items = in_turn((source.file, source.items()) for source in sources)
        return Reading(with_choice(info, choice), items)


class _Source:
    """One file: what it says of the eval, and its rows."""

    def __init__(self, file: SourceFile, options: ImportOptions) -> None:
        self.file = file
        self.parts: list[msgspec.Raw] | None = None
        head = sniff(file.path, file.name)
        if _is_table(head):
            raise RunUnreadable(
                f"{file.name} is promptfoo's CSV table, which has a group of columns for every prompt and provider. "
                "Export JSON or JSONL: promptfoo export eval ID -o results.json"
            )
        self.eval = Eval(task=Path(file.name).stem, prompt_field=options.prompt_field, model_name=options.model_name)
        if head.kind == "json" and not head.is_array and head.has("results"):
            document = outline(file, read_document(file, JSON_LINES), _Document)
            self._describe(
                document.evalId, document.results.timestamp, _part(document.metadata), _part(document.config)
            )
            self.parts = document.results.results
        elif head.kind == "yaml":
            rest, self.parts = read_yaml(file, ("results", "results"), JSON_LINES)
            timestamp = value_in(rest, "results", "timestamp")
            self._describe(rest.get("evalId"), timestamp, rest.get("metadata"), rest.get("config"))

    def _describe(self, eval_id: Json, timestamp: Json, metadata: Json, config: Json) -> None:
        metadata, config = mapping(metadata), mapping(config)
        self.eval.run_id = text_or_none(eval_id)
        self.eval.timestamp = text_or_none(timestamp) or text_or_none(metadata.get("evaluationCreatedAt"))
        self.eval.version = text_or_none(metadata.get("promptfooVersion"))
        self.eval.task = text_or_none(config.get("description")) or self.eval.task

    def lines(self) -> Iterator[Line]:
        if self.parts is None:
            return rows_of(self.file)
        return elements(self.file, self.parts, self.file.size)

    def items(self) -> Iterator[ReadItem]:
        for line in self.lines():
            yield read_result(line, self.eval)

    def peek(self) -> list[JsonObject]:
        """The first rows, for the choices that they offer."""
        rows = (line.value for line, _ in zip(self.lines(), range(PEEKED_ROWS), strict=False))
        return [row for row in rows if isinstance(row, dict)]


def _is_table(file: Sniffed) -> bool:
    start = file.head[:_TABLE_HEAD_BYTES]
    return file.kind in ("csv", "text") and all(part in start for part in _TABLE_HEAD)


def _part(raw: msgspec.Raw) -> Json:
    try:
        return decode(bytes(raw))
    except (ValueError, RecursionError):
        return None
