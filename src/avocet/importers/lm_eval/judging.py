"""The score of a samples file that decides, and its filter."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from avocet.importers.base import ImportOptions, Metric, passes
from avocet.importers.choosing import Choice, choose_metric
from avocet.importers.lm_eval.files import Samples
from avocet.importers.lm_eval.survey import Survey, survey


class Score(NamedTuple):
    """The place of a metric: a key in the rows of one filter."""

    filter: str | None
    key: str


class Judge(msgspec.Struct):
    """How the rows of a file are judged; `choice` is None if they hold no score.

    `is_asked` says that the person's choice is in force. Otherwise the file lacks that metric, and its own decides.
    """

    survey: Survey
    metrics: list[Metric]
    score: Score
    choice: Choice | None
    is_asked: bool

    def passes(self, value: float) -> bool:
        return self.choice is not None and passes(value, self.choice.metric, self.choice.threshold)


def judge(samples: Samples, options: ImportOptions) -> Judge:
    """The judge of a file: by the metric that was chosen or, if the file lacks it, by the file's own first one."""
    looked = survey(samples.file)
    scores = scores_by_name(looked)
    metrics = [_metric(samples, looked, name, score) for name, score in scores.items()]
    name = _plain(options.metric, looked)
    is_asked = options.metric is None or name in scores
    mine = msgspec.structs.replace(options, metric=name) if is_asked else ImportOptions()
    choice = choose_metric(mine, metrics, _default(metrics))
    score = scores[choice.metric.name] if choice else Score(None, "")
    if choice and score.filter != looked.filters[0]:
        looked = survey(samples.file, score.filter)
    return Judge(looked, metrics, score, choice, is_asked)


def scores_by_name(looked: Survey) -> dict[str, Score]:
    """The scores by the names to choose them by: `exact_match` of the first filter, `exact_match,flexible` …"""
    return {
        name if number == 0 else f"{name},{filter_}": Score(filter_, name)
        for number, (filter_, names) in enumerate(looked.metrics.items())
        for name in names
    }


def _plain(name: str | None, looked: Survey) -> str | None:
    """The name of a metric without the first filter, in case the person named that too."""
    first = looked.filters[0] if looked.filters else None
    return name.removesuffix(f",{first}") if name and first else name


def _metric(samples: Samples, looked: Survey, name: str, score: Score) -> Metric:
    if not samples.results.higher_is_better(samples.task, score.key):
        return Metric(name, higher_is_better=False, threshold=0.0)
    is_unit = looked.metrics[score.filter][score.key]
    return Metric(name, threshold=1.0 if is_unit else None)


def _default(metrics: list[Metric]) -> str | None:
    """The first metric whose full score is known: `bleu_acc`, not `bleu_max` before it. None if there is none."""
    return next((metric.name for metric in metrics if metric.higher_is_better and metric.threshold), None)
