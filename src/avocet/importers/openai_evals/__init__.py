"""`openai-evals`: the event log that `oaieval` of OpenAI evals (github.com/openai/evals) records, JSON Lines.

The format is that of files of commit 4bfc1f58 and of its source (`evals/record.py`). The first line describes the run
(`spec`); all others but the final report are events of samples, in the order in which threads happened to finish.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from avocet.importers.openai_evals.log import CORRECT, Log, Stray
from avocet.importers.openai_evals.sample import Run
from avocet.importers.reading.jsonl import reject
from avocet.importers.reading.sniff import Sniffed
from avocet.importers.reading.values import distinct

_SPEC = ("spec.run_id", "spec.eval_name", "spec.completion_fns")
_EVENT = ("run_id", "event_id", "sample_id", "type", "data")
_NATURAL = ("accuracy", "score")


class OpenaiEvals(RunPerFile):
    """The importer of OpenAI evals' logs."""

    name = "openai-evals"
    title = "OpenAI evals"

    def recognises(self, file: Sniffed) -> bool:
        return file.kind == "json" and not file.is_array and (file.has(*_SPEC) or file.has(*_EVENT))

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
            models=distinct(run.model_id for run in runs),
            metrics=metrics,
        )
        items = in_turn((log.file, _items(log, choice, options.model_name)) for log in logs)
        return Reading(with_choice(info, choice), items)


def _metrics(logs: Sequence[Log]) -> list[Metric]:
    """The metrics of logs. One that goes beyond 1, as sacreBLEU does, has no known full score."""
    largest: dict[str, float] = {}
    for log in logs:
        for name, value in log.metrics.items():
            largest[name] = max(value, largest.get(name, value))
    return [Metric(name, threshold=1.0 if value <= 1 else None) for name, value in largest.items()]


def _items(log: Log, choice: Choice | None, model_name: str | None) -> Iterator[ReadItem]:
    runs = {run_id: Run.of(spec, choice, model_name) for run_id, spec in log.specs.items()}
    first = Run.of(log.spec, choice, model_name)
    for part in log.parts():
        if isinstance(part, Stray):
            yield _rejected(part, log.file.name)
        else:
            yield runs.get(part.run_id, first).item(part, log.file.name)


def _rejected(stray: Stray, file: str) -> ReadItem:
    line = stray.line
    reason = "The line is no event of a sample: it has no sample_id."
    result = line.rejected or reject(stray.number, "invalid_item", reason, line.raw)
    result = msgspec.structs.replace(result, line_number=stray.number)
    return ReadItem(result, stray.end, stray.number, line.replaced, file)
