"""`lighteval`: the details that lighteval (huggingface.co/docs/lighteval) saves, a Parquet file for each task.

The columns are those of its `DetailsLogger.Detail`: `doc`, `metric`, `model_response` from 0.11 on, flat ones before,
as text in 0.6 and older. Read from files of 0.9.2 and 0.13.0. `lighteval eval` writes Inspect logs instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from avocet.errors import ChoiceNeeded, RunUnreadable
from avocet.importers.base import Group, ImportOptions, Metric, Reading, ReadItem, SourceFile, SourceInfo
from avocet.importers.choosing import Choice, check_prompt_field, choose_metric
from avocet.importers.lighteval.columns import FLAT, prompt_fields, scores, wanted
from avocet.importers.lighteval.files import Place, Results, grouped, place, results_of
from avocet.importers.lighteval.items import Task, read_row
from avocet.importers.reading.parquet import ParquetTable
from avocet.importers.reading.scores import score_of
from avocet.importers.reading.sniff import Sniffed

PEEKED_ROWS = 200
_RESULTS_KEYS = ("config_general.lighteval_sha", "results", "config_general.job_id")


class Lighteval:
    """The importer."""

    name = "lighteval"
    title = "lighteval"

    def recognises(self, file: Sniffed) -> bool:
        if file.kind == "json":
            return not file.is_array and file.has(*_RESULTS_KEYS)
        if file.kind != "parquet":
            return False
        is_nested = file.has("doc.query", "doc.gold_index", "model_response.text") and "metric" in file.columns
        return is_nested or FLAT.issubset(file.columns)

    def group(self, files: Sequence[SourceFile]) -> list[Group]:
        return grouped(files)

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        details = [file for file in files if place(file).is_details]
        if not details:
            raise RunUnreadable(
                f"{files[0].name} holds averages, no answers. Import the details_*.parquet of the same run, "
                "which lighteval writes with --save-details."
            )
        opened = [_Opened(file, ParquetTable(file), results_of(file, files)) for file in details]
        metrics = _distinct([metric for each in opened for metric in each.metrics])
        if options.metric:
            choose_metric(options, metrics)
        fields = list(dict.fromkeys(field for each in opened for field in each.fields))
        check_prompt_field(options, fields)
        tasks = [each.task(options) for each in opened]
        first = opened[0]
        choice = next(
            (task.choice for task in tasks if task.choice and task.choice.metric.name == options.metric), None
        )
        choice = choice or next((task.choice for task in tasks if task.choice), None)
        info = SourceInfo(
            harness=self.name,
            run_id=first.place.date,
            timestamp=first.place.moment,
            models=list(dict.fromkeys(task.model_id for task in tasks if task.model_id)),
            metrics=metrics,
            metric=choice.metric.name if choice else None,
            threshold=choice.threshold if choice else None,
            prompt_fields=fields,
        )
        return Reading(info, _items(opened, tasks), is_dated=True)


class _Opened:
    """One details file with what its first rows and the run's results say."""

    def __init__(self, file: SourceFile, table: ParquetTable, results: Results) -> None:
        self.file, self.table, self.results = file, table, results
        self.place: Place = place(file)
        self.columns = wanted(table.schema)
        self.first = self._peek()
        self.fields = list(dict.fromkeys(field for row in self.first for field in prompt_fields(row)))
        self.metrics = self._metrics()

    def _peek(self) -> list[dict[str, Any]]:
        found = []
        for line in self.table.read(self.columns):
            if isinstance(line.value, dict):
                found.append(line.value)
            if line.number >= PEEKED_ROWS:
                break
        return found

    def _metrics(self) -> list[Metric]:
        """The scores that are numbers. One that goes beyond 1 or is better low has no full mark."""
        names = dict.fromkeys(name for row in self.first for name in scores(row))
        found = []
        for name in names:
            is_up = self.results.higher_is_better.get(name, True)
            told = (score_of(scores(row).get(name)) for row in self.first)
            values = [value for value in told if value is not None and isfinite(value)]
            found.append(Metric(name, is_up, 1.0 if is_up and max(values, default=0) <= 1 else None))
        return found

    def task(self, options: ImportOptions) -> Task:
        return Task(
            file_task=self.place.task,
            model_id=self.results.model or self.place.model or options.model_name,
            results=self.results,
            place=self.place,
            choice=self._choice(options),
            prompt_field=options.prompt_field,
        )

    def _choice(self, options: ImportOptions) -> Choice | None:
        """What decides for this task: the chosen metric if it has it, else its own first with a full mark."""
        own = {metric.name: metric for metric in self.metrics}
        if options.metric in own:
            metric = own[options.metric]
            if options.threshold is None and metric.threshold is None:
                told = f"{metric.name} has no full mark: say from which value on an item passes."
                listed = [{"name": metric.name, "higher_is_better": metric.higher_is_better}]
                raise ChoiceNeeded(told, needs="threshold", metrics=listed)
            return choose_metric(options, [metric])
        threshold = None if options.metric else options.threshold
        with_mark = [metric for metric in self.metrics if threshold is not None or metric.threshold is not None]
        return choose_metric(ImportOptions(threshold=threshold), with_mark)


def _distinct(metrics: list[Metric]) -> list[Metric]:
    """Each name once; without a full mark where one task's has none."""
    found: dict[str, Metric] = {}
    for metric in metrics:
        known = found.get(metric.name)
        found[metric.name] = metric if known is None or known.threshold is not None else known
    return list(found.values())


def _items(opened: Sequence[_Opened], tasks: Sequence[Task]) -> Iterator[ReadItem]:
    before = 0
    for each, task in zip(opened, tasks, strict=True):
        for line in each.table.read(each.columns, before):
            result, key, notes = (line.rejected, None, ()) if line.rejected else read_row(line, task)
            yield ReadItem(
                result, line.bytes_read, line.number, line.replaced, line.file, key=key, notes=notes, size=line.size
            )
        before += each.table.bytes
