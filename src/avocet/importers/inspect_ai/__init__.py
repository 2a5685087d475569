"""`inspect`: logs of Inspect AI (inspect.aisi.org.uk), `.eval` and `.json`.

The format is Inspect's `EvalLog`, version 2, as logs of 0.3.100 and 0.3.285 have it.
"""

from __future__ import annotations

from collections.abc import Sequence

from avocet.domain import JsonObject
from avocet.importers.base import (
    ImportOptions,
    Reading,
    RunPerFile,
    SourceFile,
    SourceInfo,
    in_turn,
    present,
    short_name,
)
from avocet.importers.choosing import check_prompt_field, choose_metric, text_fields, with_choice
from avocet.importers.inspect_ai.checks import LogCheck
from avocet.importers.inspect_ai.log import SAMPLE_MEMBER, START, Header, Log
from avocet.importers.inspect_ai.sample import Task, read_sample, scores_of
from avocet.importers.inspect_ai.scores import metrics_of
from avocet.importers.reading.files import readable
from avocet.importers.reading.sniff import Sniffed
from avocet.importers.reading.values import distinct, mapping, text_or_none, value_in

PEEKED_SAMPLES = 20
_DOCUMENT_KEYS = ("version", "status", "eval.task", "eval.created", "eval.run_id")
_STOPPED = {
    "error": "The eval stopped with an error; the samples that were done by then are here.",
    "cancelled": "The eval was cancelled; the samples that were done by then are here.",
    "started": "The eval had not ended when the log was written; the samples that were done by then are here.",
}


class InspectAi(RunPerFile):
    """The importer of Inspect AI's logs."""

    name = "inspect"
    title = "Inspect AI"

    def recognises(self, file: Sniffed) -> bool:
        if file.kind == "zip":
            begins_like_one = file.head[30:].startswith(START.encode())
            return begins_like_one or any(SAMPLE_MEMBER.fullmatch(name) for name in file.members)
        return file.kind == "json" and not file.is_array and file.has(*_DOCUMENT_KEYS)

    def read(self, files: Sequence[SourceFile], options: ImportOptions) -> Reading:
        logs = [_open(file) for file in files]
        header = logs[0].header
        peeked = [scores_of(sample) for log in logs for sample in log.samples(PEEKED_SAMPLES)]
        metrics = metrics_of(header.part("results").copy(), [scores for scores, _ in peeked])
        choice = choose_metric(options, metrics)
        fields = [field for _, metadata in peeked for field in text_fields(metadata, under="metadata")]
        prompt_fields = ["input", *dict.fromkeys(fields)]
        check_prompt_field(options, prompt_fields)
        tasks = [_task(log, options) for log in logs]
        for log, task in zip(logs, tasks, strict=True):
            task.choice = choice
            task.check = LogCheck.of(log.header.part("eval").get("scorers"), choice.metric.name if choice else "")
        info = SourceInfo(
            harness=self.name,
            harness_version=_version(header),
            run_id=tasks[0].run_id,
            timestamp=tasks[0].created,
            models=distinct(task.model_id for task in tasks),
            metrics=metrics,
            prompt_fields=prompt_fields,
        )
        items = in_turn(
            (log.file, (read_sample(sample, task) for sample in log.samples()))
            for log, task in zip(logs, tasks, strict=True)
        )
        return Reading(with_choice(info, choice), items)


def _open(file: SourceFile) -> Log:
    with readable(file.name):
        return Log(file)


def _task(log: Log, options: ImportOptions) -> Task:
    header = log.header
    name, model = _text(header, "task"), _text(header, "model") or options.model_name
    title = _text(header, "task_display_name")
    note = _STOPPED.get(header.status) if isinstance(header.status, str) else None
    return Task(
        file=log.file.name,
        run_id=_run_id(header),
        name=name,
        title=title if title != name else None,
        model_id=model,
        model_name=short_name(model),
        created=_text(header, "created"),
        details=_details(header),
        notes=(note,) if note else (),
        choice=None,
        prompt_field=options.prompt_field,
    )


def _run_id(header: Header) -> str | None:
    """The run's id: `run_id`, which tasks and models that ran together share, and `eval_id`, which they don't."""
    return "-".join(filter(None, (_text(header, "run_id"), _text(header, "eval_id")))) or None


def _details(header: Header) -> JsonObject:
    spec, plan = header.part("eval"), header.part("plan")
    configs = [plan.get("config"), spec.get("model_generate_config")]
    details = {
        "harness_version": _version(header),
        "dataset": value_in(spec, "dataset", "name"),
        "task_args": spec.get("task_args"),
        "parameters": {key: value for config in configs for key, value in mapping(config).items()},
    }
    return present(details) or {}


def _version(header: Header) -> str | None:
    version = value_in(header.part("eval"), "packages", "inspect_ai")
    return version if isinstance(version, str) else None


def _text(header: Header, name: str) -> str | None:
    return text_or_none(header.part("eval").get(name))
