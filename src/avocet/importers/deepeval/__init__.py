"""`deepeval`: the test run that `deepeval` saves as JSON, `test_run_<date>_<time>.json` (deepeval.com/docs).

The format is DeepEval's `TestRun`, as files of 4.3.1 have it. `.deepeval/.latest_test_run.json` holds it under
`testRunData`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from avocet.domain import JsonObject
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
from avocet.importers.choosing import check_prompt_field, choose_metric, with_choice
from avocet.importers.deepeval.case import ALL, TestRun, metrics_of, read_case
from avocet.importers.reading.documents import elements, outline, read_document
from avocet.importers.reading.jsonl import Line
from avocet.importers.reading.sniff import Sniffed
from avocet.importers.reading.values import distinct, mapping, text_or_none

PEEKED_CASES = 200
_WRAPPER = "testRunData"
_LISTS = ("testCases", "conversationalTestCases")
_CASE_KEYS = frozenset(
    {"testCases[].metricsData", "testCases[].actualOutput"}
    | {"conversationalTestCases[].metricsData", "conversationalTestCases[].turns"}
)
_NAME = re.compile(r"test_run_(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)")


class _Run(msgspec.Struct):
    testCases: list[msgspec.Raw] | None = None
    conversationalTestCases: list[msgspec.Raw] | None = None
    identifier: Any = None
    datasetAlias: Any = None
    testFile: Any = None
    hyperparameters: Any = None


class _Document(_Run):
    testRunData: _Run | None = None


class Deepeval(RunPerFile):
    """The importer of DeepEval's test runs."""

    name = "deepeval"
    title = "DeepEval"

    def recognises(self, file: Sniffed) -> bool:
        if file.kind != "json" or file.is_array:
            return False
        bare = frozenset(key.removeprefix(f"{_WRAPPER}.") for key in file.keys)
        return bool(bare & _CASE_KEYS) or {*_LISTS, "metricsScores"} <= bare

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        sources = [_Source(file, options) for file in files]
        if not any(source.count for source in sources):
            raise RunUnreadable(f"{files[0].name} holds a test run without test cases. Run it again.")
        metrics = [Metric(ALL), *metrics_of(row for source in sources for row in source.peek())]
        choice = choose_metric(options, metrics)
        check_prompt_field(options, [])
        first = sources[0].run
        for source in sources:
            source.run.choice = choice
            source.run.metrics = {metric.name: metric for metric in metrics}
        info = SourceInfo(
            harness=self.name,
            run_id=first.run_id,
            timestamp=first.timestamp,
            models=distinct(source.run.model for source in sources),
            metrics=metrics,
        )
        items = in_turn((source.file, source.items()) for source in sources)
        return Reading(with_choice(info, choice), items, is_dated=True)


class _Source:
    """One file: its run and its cases, first the single ones, then the conversations."""

    def __init__(self, file: SourceFile, options: ImportOptions) -> None:
        self.file = file
        data = read_document(file)
        document = outline(file, data, _Document)
        run = document.testRunData or document
        self.size = len(data)
        self._single, self._conversations = run.testCases or [], run.conversationalTestCases or []
        parameters = mapping(run.hyperparameters)
        names = map(text_or_none, (run.datasetAlias, run.identifier, run.testFile))
        self.run = TestRun(
            task=next(filter(None, names), None),
            model=_model(parameters) or options.model_name,
            run_id=_own_name(file),
            timestamp=_timestamp(file),
            parameters=parameters,
        )

    @property
    def count(self) -> int:
        return len(self._single) + len(self._conversations)

    def cases(self) -> Iterator[tuple[Line, str]]:
        """The cases, each with the prefix of its item's id."""
        share = self.size * len(self._single) // self.count if self.count else 0
        for line in elements(self.file, self._single, share):
            yield line, "case"
        for line in elements(self.file, self._conversations, self.size - share):
            line.number += len(self._single)
            line.bytes_read += share
            yield line, "conversation"

    def items(self) -> Iterator[ReadItem]:
        for line, kind in self.cases():
            yield read_case(line, kind, self.run)

    def peek(self) -> list[JsonObject]:
        """The first cases, for the metrics that they hold."""
        cases = (line.value for (line, _), _ in zip(self.cases(), range(PEEKED_CASES), strict=False))
        return [case for case in cases if isinstance(case, dict)]


def _model(parameters: JsonObject) -> str | None:
    """The model among the hyperparameters; DeepEval leaves it to people what to call that one."""
    found = (value for name, value in parameters.items() if name.lower().replace("_", " ") in ("model", "model name"))
    return next(filter(None, map(text_or_none, found)), None)


def _own_name(file: SourceFile) -> str | None:
    match = _NAME.search(Path(file.name).name)
    return match[0] if match else None


def _timestamp(file: SourceFile) -> str | None:
    """When the run was made, by the file's name; nothing else says it."""
    match = _NAME.search(Path(file.name).name)
    return "{}-{}-{}T{}:{}:{}".format(*match.groups()) if match else None
