"""avocet bench: ask a local model or an endpoint the tasks of a file, and write what failed as a run."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.markup import escape

from avocet import benching
from avocet.benching.answerer import BATCH, REQUESTS, Answerer, Patience, Sampling
from avocet.benching.choice import Chosen, Part, read_ids
from avocet.benching.keys import key_in
from avocet.cli import judging
from avocet.cli.import_ import KeepOption, read_keep
from avocet.cli.terminal import Json, has_desk, load_settings, open_desk, print_json, progress_bar, stderr, stdout
from avocet.db import targets
from avocet.domain import plural
from avocet.errors import Cancelled, InvalidRequest, Prerequisite
from avocet.exports import HoldOut, hold_out
from avocet.importers.base import ImportOptions
from avocet.json_text import carriable
from avocet.runs import ImportReport, results_folder

ERRORED_SHOWN = 5
_DEFAULT_FOLDER = Path("bench_results")


def bench(
    context: typer.Context,
    tasks: Annotated[
        Path | None, typer.Argument(metavar="TASKS", help="The task file: one JSON object a line.")
    ] = None,
    base: Annotated[
        str | None, typer.Option(metavar="MODEL|URL", help="A model's folder, id or GGUF file, or http://…/v1.")
    ] = None,
    adapter: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A PEFT adapter to put on a local model.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="The endpoint's model; for a local one, its name in the run.")
    ] = None,
    api_key_env: Annotated[
        str | None, typer.Option(metavar="VARIABLE", help="The environment variable that holds the endpoint's key.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="The run folder; a new one in the results folder otherwise.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw away what was answered before.")] = False,
    only: Annotated[Path | None, typer.Option(metavar="FILE", help="Ask only these tasks: ids, one a line.")] = None,
    split: Annotated[Part, typer.Option(help="One side of the desk's hold-out: held-out, rest or all.")] = "all",
    share: Annotated[
        float | None, typer.Option(min=0, max=1, help="The hold-out's share; the desk's own otherwise.")
    ] = None,
    salt: Annotated[str | None, typer.Option(help="The hold-out's salt; the desk's own otherwise.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most this many tasks of each type.")] = None,
    system: Annotated[str | None, typer.Option(metavar="TEXT", help="A system prompt to add.")] = None,
    max_new_tokens: Annotated[int, typer.Option(min=1, help="At most this many tokens an answer.")] = 512,
    temperature: Annotated[float, typer.Option(min=0, help="0 is greedy.")] = 0.0,
    seed: Annotated[int | None, typer.Option(help="For a temperature above 0.")] = None,
    concurrency: Annotated[
        int | None, typer.Option(min=1, help=f"Requests at a time ({REQUESTS}), or a local batch ({BATCH}).")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds a request may take.")] = 120.0,
    retries: Annotated[int, typer.Option(min=0, help="How often a failed request is repeated.")] = 5,
    check: Annotated[
        bool, typer.Option("--check", help="Check the task file and its references; ask no model.")
    ] = False,
    judge: Annotated[
        str | None, typer.Option(metavar="URL", help="Put each answer to a judge too, at http://…/v1.")
    ] = None,
    judge_model: Annotated[str | None, typer.Option(metavar="NAME", help="The judge's model.")] = None,
    judge_api_key_env: Annotated[
        str | None, typer.Option(metavar="VARIABLE", help="The environment variable that holds the judge's key.")
    ] = None,
    judge_prompt: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The judge's prompt, with {question}, {answer}, {reference}.")
    ] = None,
    import_: Annotated[
        bool, typer.Option("--import", help="Import the run when it is done, its passes into the ledger.")
    ] = False,
    keep: KeepOption = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Run the bench of this file, which the Bench page wrote.")
    ] = None,
    json: Json = False,
) -> None:
    """Ask a model every task of a file; what fails becomes a run to import. Run it again to continue."""
    if config is not None:
        _check_alone(context)
        _run_bench(config, json)
        return
    if tasks is None:
        raise InvalidRequest("TASKS is missing: a task file, one JSON object a line.")
    if keep and not import_:
        raise InvalidRequest("--keep belongs to --import: it says which passes become cards.")
    options = ImportOptions(keep=read_keep(keep or []))
    known = benching.read_tasks(tasks, references=check)
    if check:
        _tell_checked(known, json)
        return
    if base is None:
        raise InvalidRequest(
            "--base is missing: a model's folder, id or GGUF file, or an address such as http://…/v1."
        )
    _check_texts(base, model, salt, system, str(adapter), str(out), judge, judge_model)
    held = _hold_out(split, share, salt)
    chosen = Chosen(only=read_ids(only) if only else None, part=split, hold_out=held, limit=limit)
    asked = benching.choose(known.tasks, chosen)
    sampling = Sampling(max_new_tokens=max_new_tokens, temperature=temperature, seed=seed)
    patience = Patience(timeout_s=timeout, retries=retries)
    place = out or _results_folder()
    if out is not None:
        targets.check(out, targets.own(load_settings()))
    answerer = _answerer(base, adapter, model, api_key_env, sampling, concurrency, patience)
    workers = concurrency if concurrency and "://" in base else REQUESTS
    asked_beside = judging.judge_of(
        judge, judge_model, judge_api_key_env, judge_prompt, workers=workers, patience=patience
    )
    head = asked_beside.head if asked_beside else None
    settings = benching.settings_of(known, chosen, sampling, answerer, system)
    with benching.open_folder(place, settings, is_parent=out is None, fresh=fresh, judge=head) as run_folder:
        if run_folder.resumed:
            stderr.print(f"Going on in {escape(str(run_folder.path))}: {run_folder.resumed:,} answered before")
        counts = _ask(run_folder, asked, answerer, system)
        stopped = judging.ask(asked_beside, run_folder, asked, system)
        summary = benching.write(run_folder, asked, answerer, system=system)
    is_whole = summary.totals.errored < summary.totals.items and not judging.lacks_verdicts(summary, asked_beside)
    report = _import(run_folder.path, options) if import_ and is_whole else None
    _tell(run_folder, summary, counts, report, json)
    judging.tell_missing(summary, asked_beside, stopped)


def _check_alone(context: typer.Context) -> None:
    """Refuse other options beside --config, which would not be heard."""
    given = [
        str(parameter.opts[0])
        for parameter in context.command.params
        if parameter.name not in ("config", "json")
        and (source := context.get_parameter_source(str(parameter.name))) is not None
        and source.name == "COMMANDLINE"
    ]
    if given:
        raise InvalidRequest(f"--config says all of it: leave out {', '.join(given)}.")


def _run_bench(file: Path, json: bool) -> None:
    from avocet.benches import running
    from avocet.benches.config import read_config

    config = read_config(file)
    try:
        done = running.run(config, file.absolute().parent, open_desk, tell=lambda text: stderr.print(escape(text)))
    except Cancelled as error:
        stderr.print(escape(error.detail))
        raise typer.Exit(130) from None
    if json:
        print_json(done)


def _import(folder: Path, options: ImportOptions) -> ImportReport:
    from avocet.benches.running import import_folder

    with open_desk() as database:
        return import_folder(database, folder, options=options)


def _ask(
    run_folder: benching.RunFolder, asked: list[benching.Task], answerer: Answerer, system: str | None
) -> benching.Counts:
    with progress_bar() as progress:
        task = progress.add_task("Asking", total=len(asked), note="")

        def show(counts: benching.Counts) -> None:
            note = f"{counts.passed:,} passed, {counts.failed:,} failed"
            note += f", {counts.errored:,} errored" if counts.errored else ""
            progress.update(task, completed=counts.done, note=note)

        return benching.run(run_folder, asked, answerer, system=system, on_progress=show)


def _answerer(
    base: str,
    adapter: Path | None,
    model: str | None,
    api_key_env: str | None,
    sampling: Sampling,
    concurrency: int | None,
    patience: Patience,
) -> Answerer:
    # imported only here: the server starts without the parts that speak HTTP
    from avocet.benching.endpoint import Endpoint
    from avocet.benching.local_models import LocalModel

    if "://" not in base:
        if api_key_env is not None:
            raise InvalidRequest("--api-key-env belongs to an endpoint: --base http://…/v1.")
        local = LocalModel(base, sampling, adapter=adapter, batch_size=concurrency or BATCH)
        local.model_name = model or local.model_name
        return local
    if adapter is not None:
        raise InvalidRequest("--adapter belongs to a local model: an endpoint serves what it serves.")
    if model is None:
        raise InvalidRequest("--model is missing: an endpoint serves several, and wants a name.")
    return Endpoint(
        base, model, sampling, key=key_in(api_key_env), workers=concurrency or REQUESTS, patience=patience
    )


def _check_texts(*texts: str | None) -> None:
    """Refuse what no file of the run could carry: on Linux an argument may hold any bytes."""
    for text in texts:
        if text is not None and carriable(text) != text:
            raise InvalidRequest(f"{text!a:.120} isn't UTF-8 text.")


def _hold_out(part: Part, share: float | None, salt: str | None) -> HoldOut:
    """The hold-out of the options, completed with the desk's own."""
    if part == "all":
        if share is not None or salt is not None:
            raise InvalidRequest("--share and --salt belong to --split held-out or --split rest.")
        return HoldOut()
    of_desk = HoldOut()
    if (share is None or salt is None) and has_desk():
        with open_desk() as database:
            of_desk = hold_out(database)
    held = HoldOut(
        share=of_desk.share if share is None else share,
        salt=of_desk.salt if salt is None else salt,
    )
    if not held.share:
        raise InvalidRequest("Nothing is held out: set it with avocet hold-out --share, or say --share here.")
    return held


def _results_folder() -> Path:
    folder = load_settings().bench_results_dir
    if folder is None and has_desk():
        with open_desk() as database:
            folder = results_folder.bench_folder(database, load_settings()).path
    if folder is not None and not folder.is_dir():
        raise Prerequisite(f"The results folder {folder} is missing. Make it, or give --out.")
    return folder or _DEFAULT_FOLDER


def _tell_checked(known: benching.TaskFile, json: bool) -> None:
    types = {task.task_type for task in known.tasks}
    references = sum(task.reference is not None for task in known.tasks)
    if json:
        print_json({"tasks": len(known.tasks), "task_types": sorted(types), "references": references})
    else:
        passing = "passes its checks" if references == 1 else "pass their checks"
        tasks = f"{plural(len(known.tasks), 'task')} of {plural(len(types), 'type')}"
        stdout.print(f"{tasks}; {plural(references, 'reference')} {passing}")


def _tell(
    run_folder: benching.RunFolder,
    summary: benching.Summary,
    counts: benching.Counts,
    report: ImportReport | None,
    json: bool,
) -> None:
    if json:
        imported = {} if report is None else {"imported": report}
        print_json(
            {"folder": str(run_folder.path), "asked": counts.asked, **msgspec.to_builtins(summary), **imported}
        )
    else:
        totals = summary.totals
        parts = [f"passed {totals.passed:,}", f"failed {totals.failed:,}"]
        parts += [f"{name} {n:,}" for name in ("errored", "unscored") if (n := getattr(totals, name))]
        stdout.print(f"{escape(run_folder.path.name)}: {plural(totals.items, 'task')}: {', '.join(parts)}")
        if report:
            kept = f", kept {report.kept:,}" if report.kept else ""
            stdout.print(f"{escape(report.run_id)}: imported {report.imported:,}, skipped {report.skipped:,}{kept}")
    judging.tell(summary, json=json)
    for error in summary.errors[:ERRORED_SHOWN]:
        stderr.print(f"  {escape(error.task)}: {escape(error.reason)}")
    if (more := len(summary.errors) - ERRORED_SHOWN) > 0:
        stderr.print(f"  … and {more:,} more: {escape(str(run_folder.path / 'summary.json'))}")
    if summary.errors:
        stderr.print("Run the same command again to retry the tasks that errored.")
    if summary.errors and len(summary.errors) == summary.totals.items:
        raise Prerequisite("No task could be answered.")
    if report is None:
        stderr.print(f"To review what failed: avocet import {escape(shlex.quote(str(run_folder.path)))}")
