"""The judge of avocet bench: who is asked for a second score beside the checks, and what is told of it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from rich.markup import escape

from avocet import benching
from avocet.benching.answerer import Answerer, Patience
from avocet.benching.judging import SAMPLING
from avocet.benching.keys import key_in
from avocet.benching.summary import JudgeSummary, Summary
from avocet.cli.terminal import progress_bar, stderr, stdout
from avocet.errors import InvalidRequest, Prerequisite

ERRORED_SHOWN = 5


class Judge(NamedTuple):
    """A judge to ask, and what its verdicts depend on."""

    answerer: Answerer
    head: benching.JudgeHead


def judge_of(
    url: str | None,
    model: str | None,
    api_key_env: str | None,
    prompt: Path | None,
    *,
    workers: int,
    patience: Patience,
) -> Judge | None:
    """The judge of the options; None without an address.

    Raises:
        InvalidRequest: the options don't fit together.
        Prerequisite: the key is not in the environment.
        RunUnreadable: the prompt can't be read.
    """
    if url is None:
        if any(option is not None for option in (model, api_key_env, prompt)):
            raise InvalidRequest(
                "--judge-model, --judge-api-key-env and --judge-prompt belong to --judge http://…/v1."
            )
        return None
    if model is None:
        raise InvalidRequest("--judge-model is missing: an endpoint serves several, and wants a name.")
    # imported only here: the server starts without the parts that speak HTTP
    from avocet.benching.endpoint import Endpoint, Options

    options = Options("--judge", "--judge-model", "--judge-api-key-env")
    key = key_in(api_key_env)
    endpoint = Endpoint(url, model, SAMPLING, key=key, workers=workers, patience=patience, options=options)
    return Judge(endpoint, benching.head_of(url, model, benching.read_prompt(prompt)))


def ask(
    judge: Judge | None, run_folder: benching.RunFolder, tasks: list[benching.Task], system: str | None
) -> str | None:
    """Put every answer to the judge, if there is one; returns why it was not asked to the end."""
    if judge is None:
        return None
    with progress_bar() as progress:
        bar = progress.add_task("Judging", total=len(tasks), note="")

        def show(counts: benching.JudgeCounts) -> None:
            note = f"{counts.passed:,} passed, {counts.failed:,} failed"
            note += f", {counts.errored:,} errored" if counts.errored else ""
            progress.update(bar, total=counts.answers, completed=counts.done, note=note)

        return benching.judge(run_folder, tasks, judge.answerer, system=system, on_progress=show)


def tell(summary: Summary, *, json: bool) -> None:
    """Say what the judge said of a run, if it has one."""
    judge = summary.judge
    if judge is None:
        return
    if not json:
        stdout.print(f"Judge {escape(judge.model)}: {escape(_counts(judge))}")
    for error in judge.errors[:ERRORED_SHOWN]:
        stderr.print(f"  {escape(error.task)}: {escape(error.reason)}")
    if (more := len(judge.errors) - ERRORED_SHOWN) > 0:
        stderr.print(f"  … and {more:,} more that the judge said nothing of")


def lacks_verdicts(summary: Summary, judge: Judge | None) -> bool:
    """Whether a judge that was asked said nothing of some answers: its verdicts come into the desk with the run."""
    return judge is not None and summary.judge is not None and summary.judge.errored > 0


def tell_missing(summary: Summary, judge: Judge | None, stopped: str | None) -> None:
    """Say why there is no verdict on some answers, and how the judge is asked about them.

    Raises:
        Prerequisite: the judge was asked, and said nothing of any answer.
    """
    found = summary.judge
    if found is None or not found.errored:
        return
    if judge is None:
        stderr.print("The judge was not asked this time: the same command with --judge asks about the others.")
        return
    if stopped:
        stderr.print(f"The judge was not asked to the end: {escape(stopped)}")
    stderr.print("Run the same command again, before the run is imported, to ask the judge about the others.")
    if not (found.passed or found.failed or found.no_verdict):
        raise Prerequisite("No answer could be judged.")


def _counts(judge: JudgeSummary) -> str:
    parts = [f"passed {judge.passed:,}", f"failed {judge.failed:,}"]
    parts += [f"no verdict {judge.no_verdict:,}"] if judge.no_verdict else []
    parts += [f"errored {judge.errored:,}"] if judge.errored else []
    unscored = judge.by_check["unscored"]
    without_check = unscored.passed + unscored.failed
    parts += [f"{without_check:,} of these unscored by the check"] if without_check else []
    said = ", ".join(parts)
    return f"{said}; agrees with the check on {judge.agreed:,} of {judge.compared:,}" if judge.compared else said
