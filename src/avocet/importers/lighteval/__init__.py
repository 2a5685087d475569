"""`lighteval`: the details that lighteval (huggingface.co/docs/lighteval) saves, a Parquet file for each task.

The columns are those of its `DetailsLogger.Detail`: `doc`, `metric`, `model_response` from 0.11 on, flat ones before,
as text in 0.6 and older; as files of 0.9.2 and 0.13.0 have them. `lighteval eval` writes Inspect logs instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

from avocet.errors import ChoiceNeeded, RunUnreadable
from avocet.importers.base import Group, ImportOptions, Metric, Reading, SourceFile, SourceInfo, in_turn
from avocet.importers.choosing import Choice, check_prompt_field, choose_metric, with_choice
from avocet.importers.lighteval.columns import FLAT, prompt_fields, scores, wanted
from avocet.importers.lighteval.files import Place, Results, grouped, place, results_of
from avocet.importers.lighteval.items import Task, read_row
from avocet.importers.reading.parquet import ParquetTable
from avocet.importers.reading.scores import score_of
from avocet.importers.reading.sniff import Sniffed
from avocet.importers.reading.values import distinct

PEEKED_ROWS = 200
_RESULTS_KEYS = ("config_general.lighteval_sha", "results", "config_general.job_id")


class Lighteval:
    """The importer of lighteval's details."""

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
        fields = distinct(field for each in opened for field in each.fields)
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
            models=distinct(task.model_id for task in tasks),
            metrics=metrics,
            prompt_fields=fields,
        )
        items = in_turn(
            (each.file, (read_row(line, task) for line in each.table.read(each.columns)))
            for each, task in zip(opened, tasks, strict=True)
        )
        return Reading(with_choice(info, choice), items, is_dated=True)


class _Opened:
    """One details file with what its first rows and the run's results say."""

    def __init__(self, file: SourceFile, table: ParquetTable, results: Results) -> None:
        self.file, self.table, self.results = file, table, results
        self.place: Place = place(file)
        self.columns = wanted(table.schema)
        self.first = self._peek()
        self.fields = distinct(field for row in self.first for field in prompt_fields(row))
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
        """The scores that are numbers. One that goes beyond 1, or of which less is better, has no full mark."""
        names = dict.fromkeys(name for row in self.first for name in scores(row))
        found = []
        for name in names:
            is_up = self.results.higher_is_better.get(name, True)
            column = (score_of(scores(row).get(name)) for row in self.first)
            values = [value for value in column if value is not None and isfinite(value)]
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
        """The metric that decides for this task: the chosen one if it has that, else its first with a full mark."""
        own = {metric.name: metric for metric in self.metrics}
        if options.metric in own:
            metric = own[options.metric]
            if options.threshold is None and metric.threshold is None:
                question = f"{metric.name} has no full mark: say from which value on an item passes."
                listed = [{"name": metric.name, "higher_is_better": metric.higher_is_better}]
                raise ChoiceNeeded(question, needs="threshold", metrics=listed)
            return choose_metric(options, [metric])
        threshold = None if options.metric else options.threshold
        with_mark = [metric for metric in self.metrics if threshold is not None or metric.threshold is not None]
        return choose_metric(ImportOptions(threshold=threshold), with_mark)


def _distinct(metrics: list[Metric]) -> list[Metric]:
    """Each metric once, without a full mark if it has none in one of the tasks."""
    found: dict[str, Metric] = {}
    for metric in metrics:
        known = found.get(metric.name)
        found[metric.name] = metric if known is None or known.threshold is not None else known
    return list(found.values())
