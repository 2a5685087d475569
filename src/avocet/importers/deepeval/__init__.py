"""`deepeval`: the test run that `deepeval` saves as JSON, `test_run_<date>_<time>.json` (deepeval.com/docs).

The format is its `TestRun`; read from files of 4.3.1. `.deepeval/.latest_test_run.json` holds it under `testRunData`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from avocet.domain import JsonObject
from avocet.errors import RunUnreadable
from avocet.importers.base import Group, ImportOptions, Metric, Reading, ReadItem, SourceFile, SourceInfo, one_each
from avocet.importers.choosing import check_prompt_field, choose_metric
from avocet.importers.deepeval.case import ALL, TestRun, metrics_of, read_case
from avocet.importers.reading.documents import elements, outline, read_document
from avocet.importers.reading.jsonl import Line
from avocet.importers.reading.sniff import Sniffed

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


class Deepeval:
    """The importer."""

    name = "deepeval"
    title = "DeepEval"

    def recognises(self, file: Sniffed) -> bool:
        if file.kind != "json" or file.is_array:
            return False
        bare = frozenset(key.removeprefix(f"{_WRAPPER}.") for key in file.keys)
        return bool(bare & _CASE_KEYS) or {*_LISTS, "metricsScores"} <= bare

    def group(self, files: Sequence[SourceFile]) -> list[Group]:
        return one_each(files)

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
            models=list(dict.fromkeys(source.run.model for source in sources if source.run.model)),
            metrics=metrics,
            metric=choice.metric.name if choice else None,
            threshold=choice.threshold if choice else None,
        )
        return Reading(info, _items(sources), is_dated=True)


class _Source:
    """One file: its run, and its cases, single before conversational."""

    def __init__(self, file: SourceFile, options: ImportOptions) -> None:
        self.file = file
        data = read_document(file)
        document = outline(file, data, _Document)
        run = document.testRunData or document
        self.size = len(data)
        self._single, self._conversations = run.testCases or [], run.conversationalTestCases or []
        parameters = run.hyperparameters if isinstance(run.hyperparameters, dict) else {}
        names = (run.datasetAlias, run.identifier, run.testFile)
        self.run = TestRun(
            task=next((name for name in names if isinstance(name, str) and name), None),
            model=_model(parameters) or options.model_name,
            run_id=_own_name(file),
            timestamp=_timestamp(file),
            parameters=parameters,
        )

    @property
    def count(self) -> int:
        return len(self._single) + len(self._conversations)

    def cases(self) -> Iterator[tuple[Line, str]]:
        """Every case with the prefix of its item's id."""
        share = self.size * len(self._single) // self.count if self.count else 0
        for line in elements(self.file, self._single, 0, share):
            yield line, "case"
        for line in elements(self.file, self._conversations, share, self.size - share):
            line.number += len(self._single)
            yield line, "conversation"

    def peek(self) -> list[JsonObject]:
        cases = (line.value for (line, _), _ in zip(self.cases(), range(PEEKED_CASES), strict=False))
        return [case for case in cases if isinstance(case, dict)]


def _items(sources: list[_Source]) -> Iterator[ReadItem]:
    before = 0
    for source in sources:
        for line, kind in source.cases():
            item = read_case(line, kind, source.run)
            item.bytes_read += before
            item.file = source.file.name
            yield item
        before += source.size


def _model(parameters: JsonObject) -> str | None:
    """The model, by the name that people give that parameter; DeepEval leaves it to them."""
    found = (value for name, value in parameters.items() if name.lower().replace("_", " ") in ("model", "model name"))
    return next((value for value in found if isinstance(value, str) and value), None)


def _own_name(file: SourceFile) -> str | None:
    match = _NAME.search(Path(file.name).name)
    return match[0] if match else None


def _timestamp(file: SourceFile) -> str | None:
    """When the run was made, which the file's name alone tells."""
    match = _NAME.search(Path(file.name).name)
    return "{}-{}-{}T{}:{}:{}".format(*match.groups()) if match else None
