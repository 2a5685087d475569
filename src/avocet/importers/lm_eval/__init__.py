"""`lm-eval`: the samples that lm-evaluation-harness (github.com/EleutherAI/lm-evaluation-harness) logs.

The format is that of files of 0.4.2, 0.4.4 and 0.4.13, and of the source of the versions between them.
"""

from __future__ import annotations

from collections.abc import Sequence

from avocet.errors import RunUnreadable
from avocet.importers.base import Group, ImportOptions, Metric, Reading, SourceFile, SourceInfo, in_turn
from avocet.importers.choosing import Choice, check_prompt_field, choose_metric, with_choice
from avocet.importers.lm_eval.files import grouped, is_results, is_samples, opened, sort_out
from avocet.importers.lm_eval.judging import Judge, judge
from avocet.importers.lm_eval.task import Task
from avocet.importers.reading.sniff import Sniffed
from avocet.importers.reading.values import distinct

NO_SAMPLES = "holds only totals. Import the samples_*.jsonl beside it (run with --log_samples)."


class LmEval:
    """The importer of lm-evaluation-harness's samples."""

    name = "lm-eval"
    title = "lm-evaluation-harness"

    def recognises(self, file: Sniffed) -> bool:
        return file.kind == "json" and (is_samples(file) or is_results(file))

    def group(self, files: Sequence[SourceFile]) -> list[Group]:
        return grouped(files)

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        samples, results = sort_out(files)
        if not samples:
            raise RunUnreadable(f"{results[0].name} {NO_SAMPLES}")
        opened_samples = [opened(file) for file in samples]
        judges = [judge(sample, options) for sample in opened_samples]
        metrics = _distinct(judges)
        fields = distinct(field for each in judges for field in each.survey.prompt_fields)
        check_prompt_field(options, fields)
        if not any(each.is_asked for each in judges):
            choose_metric(options, metrics)
        tasks = [
            Task(sample, each, sample.model_id or options.model_name, options.prompt_field)
            for sample, each in zip(opened_samples, judges, strict=True)
        ]
        first = opened_samples[0]
        info = SourceInfo(
            harness=self.name,
            harness_version=first.results.text("lm_eval_version"),
            run_id=first.date,
            timestamp=first.timestamp,
            models=distinct(task.model_id for task in tasks),
            metrics=metrics,
            prompt_fields=fields,
        )
        items = in_turn((task.samples.file, task.items()) for task in tasks)
        return Reading(with_choice(info, _in_force(judges)), items, is_dated=True)


def _distinct(judges: Sequence[Judge]) -> list[Metric]:
    by_name: dict[str, Metric] = {}
    for metric in (metric for each in judges for metric in each.metrics):
        by_name.setdefault(metric.name, metric)
    return list(by_name.values())


def _in_force(judges: Sequence[Judge]) -> Choice | None:
    """The one choice by which all tasks are judged; None if they differ in it."""
    choices = {(each.choice.metric.name, each.choice.threshold): each.choice for each in judges if each.choice}
    asked = [each.choice for each in judges if each.is_asked and each.choice and not each.choice.is_default]
    if len(choices) == 1:
        return next(iter(choices.values()))
    return asked[0] if asked else None
