"""`openai-evals`: the event log that `oaieval` of OpenAI evals (github.com/openai/evals) records, JSON Lines.

Read from files of commit 4bfc1f58, and by its source (`evals/record.py`). The first line tells the run (`spec`), all
others but the final report are events of samples, in the order in which threads happened to finish.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from avocet.errors import RunUnreadable
from avocet.importers.base import (
    Group,
    ImportOptions,
    Metric,
    Reading,
    ReadItem,
    SourceFile,
    SourceInfo,
    one_each,
)
from avocet.importers.choosing import Choice, check_prompt_field, choose_metric
from avocet.importers.openai_evals.log import CORRECT, Log, Stray
from avocet.importers.openai_evals.sample import Run
from avocet.importers.reading.jsonl import reject
from avocet.importers.reading.sniff import Sniffed

_SPEC = ("spec.run_id", "spec.eval_name", "spec.completion_fns")
_EVENT = ("run_id", "event_id", "sample_id", "type", "data")
_NATURAL = ("accuracy", "score")


class OpenaiEvals:
    """The importer."""

    name = "openai-evals"
    title = "OpenAI evals"

    def recognises(self, file: Sniffed) -> bool:
        return file.kind == "json" and not file.is_array and (file.has(*_SPEC) or file.has(*_EVENT))

    def group(self, files: Sequence[SourceFile]) -> list[Group]:
        return one_each(files)

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        logs = [Log(file) for file in files]
        if not any(log.has_parts for log in logs):
            raise RunUnreadable(f"{files[0].name} holds no samples, only what the run says of itself. Run it again.")
        metrics = _metrics(logs)
        names = [metric.name for metric in metrics]
        choice = choose_metric(options, metrics, next((name for name in (CORRECT, *_NATURAL) if name in names), None))
        check_prompt_field(options, [])
        runs = [Run.of(log.spec, choice, options.model_name) for log in logs]
        info = SourceInfo(
            harness=self.name,
            run_id=runs[0].run_id,
            timestamp=runs[0].timestamp,
            models=list(dict.fromkeys(run.model_id for run in runs if run.model_id)),
            metrics=metrics,
            metric=choice.metric.name if choice else None,
            threshold=choice.threshold if choice else None,
        )
        return Reading(info, _items(logs, choice, options.model_name))


def _metrics(logs: Sequence[Log]) -> list[Metric]:
    """The scores; what went beyond 1 has no full score that is known, as sacreBLEU's."""
    largest: dict[str, float] = {}
    for log in logs:
        for name, value in log.metrics.items():
            largest[name] = max(value, largest.get(name, value))
    return [Metric(name, threshold=1.0 if value <= 1 else None) for name, value in largest.items()]


def _items(logs: Sequence[Log], choice: Choice | None, model_name: str | None) -> Iterator[ReadItem]:
    before = 0
    for log in logs:
        runs = {run_id: Run.of(spec, choice, model_name) for run_id, spec in log.specs.items()}
        first = Run.of(log.spec, choice, model_name)
        for part in log.parts():
            if isinstance(part, Stray):
                yield _rejected(part, before, log.file.name)
            else:
                yield runs.get(part.run_id, first).item(part, before, log.file.name)
        before += log.size


def _rejected(stray: Stray, before: int, file: str) -> ReadItem:
    line = stray.line
    reason = "The line is no event of a sample: it has no sample_id."
    result = line.rejected or reject(stray.number, "invalid_item", reason, line.raw)
    result = msgspec.structs.replace(result, line_number=stray.number)
    return ReadItem(result, before + stray.end, stray.number, line.replaced, file)
