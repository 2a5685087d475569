"""The run folder as the desk imports it: `sft_candidates.jsonl` of what failed and passed, `summary.json` of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from avocet import __version__
from avocet.benching.answerer import Answer, Answerer, Errored
from avocet.benching.ask import outcome_of
from avocet.benching.folder import RunFolder
from avocet.benching.judged import Judged
from avocet.benching.tasks import Task
from avocet.benching.verdicts import Outcome, Verdict
from avocet.checks import as_json
from avocet.disk import pretty, write_whole
from avocet.domain import JsonObject
from avocet.importers.cf_orch import CANDIDATES_FILE
from avocet.importers.cf_orch.summary import SUMMARY_FILE

HARNESS = "avocet-bench"


class Tally(msgspec.Struct):
    """The number of items by outcome."""

    items: int = 0
    passed: int = 0
    failed: int = 0
    errored: int = 0
    unscored: int = 0

    def add(self, outcome: str) -> None:
        self.items += 1
        setattr(self, outcome, getattr(self, outcome) + 1)


class OfModel(msgspec.Struct):
    """One model's items; the desk reads its totals from here."""

    model_id: str
    model_name: str
    items: int
    passed: int
    failed: int
    errored: int
    unscored: int
    task_types: dict[str, Tally]


class ErroredItem(msgspec.Struct):
    """A task that could not be answered, and why."""

    task: str
    reason: str


class JudgeVerdicts(msgspec.Struct):
    """A judge's verdicts; `errored` counts the answers that it could not be asked about."""

    passed: int = 0
    failed: int = 0
    no_verdict: int = 0
    errored: int = 0


class JudgeSummary(msgspec.Struct):
    """Who judged the answers with which prompt, and what came of it, also by what the check said of the answer."""

    url: str
    model: str
    prompt: str
    prompt_sha256: str
    passed: int
    failed: int
    no_verdict: int
    errored: int
    by_check: dict[Outcome, JudgeVerdicts]
    errors: list[ErroredItem]

    @property
    def compared(self) -> int:
        """The answers on which both check and judge have a verdict."""
        return sum(one.passed + one.failed for one in (self.by_check["passed"], self.by_check["failed"]))

    @property
    def agreed(self) -> int:
        return self.by_check["passed"].passed + self.by_check["failed"].failed


class Summary(msgspec.Struct, omit_defaults=True):
    """`summary.json`; without `judge` where nobody judged."""

    run_id: str
    timestamp: str
    harness: str
    harness_version: str
    totals: Tally
    models: list[OfModel]
    versions: dict[str, str]
    errors: list[ErroredItem]
    judge: JudgeSummary | None = None


def write(run_folder: RunFolder, tasks: Sequence[Task], answerer: Answerer, *, system: str | None = None) -> Summary:
    """Write what the desk imports, whether its answers are new or were stored by a version that left out the passes.

    The summary comes last, since it marks the folder as complete.
    """
    lines = b"".join(_candidates(run_folder, tasks, answerer, system))
    write_whole(run_folder.path / CANDIDATES_FILE, lines)
    summary = _summary(run_folder, tasks, answerer)
    write_whole(run_folder.path / SUMMARY_FILE, pretty(summary))
    return summary


def _summary(run_folder: RunFolder, tasks: Sequence[Task], answerer: Answerer) -> Summary:
    totals, by_type, errors = Tally(), dict[str, Tally](), list[ErroredItem]()
    for task in tasks:
        result = run_folder.results[task.id]
        outcome = outcome_of(task, result)
        totals.add(outcome)
        by_type.setdefault(task.task_type, Tally()).add(outcome)
        if isinstance(result, Errored):
            errors.append(ErroredItem(task.id, result.reason))
    counted = msgspec.structs.asdict(totals)
    return Summary(
        run_id=run_folder.head.run_id,
        timestamp=run_folder.head.started,
        harness=HARNESS,
        harness_version=__version__,
        totals=totals,
        models=[OfModel(answerer.model_id, answerer.model_name, **counted, task_types=by_type)],
        versions=answerer.versions(),
        errors=errors,
        judge=_judge_summary(run_folder, run_folder.judged, tasks) if run_folder.judged else None,
    )


def _judge_summary(run_folder: RunFolder, judged: Judged, tasks: Sequence[Task]) -> JudgeSummary:
    by_check: dict[Outcome, JudgeVerdicts] = {name: JudgeVerdicts() for name in ("passed", "failed", "unscored")}
    errors = list[ErroredItem]()
    for task in tasks:
        result = run_folder.results[task.id]
        if isinstance(result, Errored):
            continue
        verdicts = by_check[task.checker.verdict(result.text).outcome]
        found = judged.found(task.id)
        setattr(verdicts, found, getattr(verdicts, found) + 1)
        if found == "errored":
            errors.append(ErroredItem(task.id, judged.opinion(task.id).reason or ""))
    total = {name: sum(getattr(one, name) for one in by_check.values()) for name in JudgeVerdicts.__struct_fields__}
    return JudgeSummary(**msgspec.structs.asdict(judged.head), **total, by_check=by_check, errors=errors)


def _candidates(
    run_folder: RunFolder, tasks: Sequence[Task], answerer: Answerer, system: str | None
) -> Iterator[bytes]:
    for task in tasks:
        result = run_folder.results[task.id]
        if isinstance(result, Errored):
            continue
        verdict = task.checker.verdict(result.text)
        if verdict.outcome != "unscored":
            line = _candidate(run_folder.head.run_id, task, result, verdict)
            line |= {"prompt_messages": task.asked(system)}
            if run_folder.judged:
                line["details"] = {**(line["details"] or {}), "judge": run_folder.judged.says(task.id)}
            line |= {"model_id": answerer.model_id, "model_name": answerer.model_name}
            if verdict.outcome == "passed":
                line |= {"outcome": "passed"}
            yield msgspec.json.encode(line) + b"\n"


def _candidate(run_id: str, task: Task, answer: Answer, verdict: Verdict) -> JsonObject:
    return {
        "id": f"{run_id}/{task.id}",
        "source": "benchmark",
        "benchmark_run_id": run_id,
        "timestamp": answer.at,
        "status": "needs_review",
        "prompt_messages": [],
        "model_response": answer.text,
        "corrected_response": None,
        "quality_score": verdict.score,
        "failure_reason": verdict.reason,
        "task_id": task.id,
        "task_type": task.task_type,
        "task_name": task.task_name,
        "model_id": None,
        "model_name": None,
        "node_id": None,
        "gpu_id": None,
        "tokens_per_sec": answer.tokens_per_sec,
        "failure_category": None,
        "note": None,
        "harness": HARNESS,
        "item_id": task.id,
        "reference": task.reference,
        "reasoning": answer.reasoning,
        "check": None if task.check is None else as_json(task.check),
        "details": _details(answer),
    }


def _details(answer: Answer) -> JsonObject | None:
    details: JsonObject = {"finish_reason": answer.finish_reason} if answer.finish_reason else {}
    if answer.cut:
        details["cut_after"] = len(answer.text)
    return details or None
