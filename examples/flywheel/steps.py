"""The steps of a part, each of them an `avocet` command, printed before it runs and skipped once it is done."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
from examples.flywheel.parts import Arm, Part, Plan, Review
from examples.flywheel.results import Result, Trained
from examples.flywheel.reviewing import Row, confirmed, of_outcome, reviewed, unreviewed
from examples.flywheel.spoil import WRONG_REFERENCES, Spoilt, spoil

from avocet.benching.tasks import Task, read_tasks
from avocet.training import base_models


def run(plan: Plan, part: Part) -> Result:
    """Everything that a part needs, in turn; trainings `plan.jobs` at a time."""
    base = Path(plan.base).name
    plan.work.mkdir(parents=True, exist_ok=True)
    plan = replace(plan, base=unpacked(plan))
    tasks = read_tasks(plan.tasks, references=True).tasks
    spoilt = spoil(tasks)
    spoilt_file = plan.work / "spoilt.jsonl"
    write(spoilt_file, (msgspec.to_builtins(one.task) for one in spoilt))
    write(plan.work / "truth.jsonl", ({"id": one.task.id, "rule": one.rule} for one in spoilt))
    first = plan.work / "bench-rest"
    bench(plan, spoilt_file, first, "rest")
    decisions = decide(plan, first, tasks, spoilt)
    before = bench(plan, plan.tasks, plan.work / "bench-before", "held-out")
    files = {arm.name: export(plan, part, arm, decisions[arm.review]) for arm in part.arms}
    seeds = range(plan.seeds if plan.seeds is not None else part.seeds)
    with ThreadPoolExecutor(plan.jobs) as pool:
        trained = list(pool.map(lambda one: train(plan, part, one[0], one[1], files), product(part.arms, seeds)))
    return Result(
        part=part.name,
        base=base,
        settings=settings(plan),
        benchmark=told_of(rows(decisions["reviewed"]), spoilt),
        items=asked(plan.work / "bench-before"),
        before=before,
        trained=trained,
    )


def unpacked(plan: Plan) -> str:
    """The base model as a folder: a GGUF file is unpacked once, not by each of the two dozen commands."""
    if not plan.base.lower().endswith(".gguf"):
        return plan.base
    folder = plan.work / Path(plan.base).stem
    if not folder.is_dir():
        import torch

        print("Unpacking", plan.base, file=sys.stderr, flush=True)
        place = base_models.find(plan.base)
        half = folder.with_name(f"{folder.name}.part")
        base_models.load_model(place, torch.float32, None).save_pretrained(half)
        base_models.load_tokenizer(place).save_pretrained(half)
        half.rename(folder)
    return str(folder)


def settings(plan: Plan) -> dict[str, Any]:
    names = ("share", "salt", "steps", "batch_size", "learning_rate", "max_new_tokens")
    return {name: getattr(plan, name) for name in names}


def decide(plan: Plan, run_folder: Path, tasks: Sequence[Task], spoilt: Sequence[Spoilt]) -> dict[Review, Path]:
    """Both reviews of the failures, imported into a desk each."""
    lines = rows(run_folder / "sft_candidates.jsonl")
    failures = of_outcome(lines, "failed")
    truth = {task.id: task for task in tasks}
    passes = confirmed(of_outcome(lines, "passed"), truth)
    decisions: dict[Review, list[Row]] = {
        "unreviewed": list(unreviewed(failures)),
        "reviewed": [*reviewed(failures, truth, {one.task.id: one for one in spoilt}), *passes],
    }
    files: dict[Review, Path] = {}
    for review, decided in decisions.items():
        files[review] = plan.work / f"{review}-decided.jsonl"
        write(files[review], decided)
        avocet(plan, "import", files[review], desk=review)
        avocet(plan, "hold-out", "--share", plan.share, "--salt", plan.salt, desk=review)
    return files


def told_of(decided: Iterable[Row], spoilt: Sequence[Spoilt]) -> dict[str, Any]:
    """How much of the spoilt benchmark's failures is its own fault, by what is wrong."""
    rules = {one.task.id: one.rule for one in spoilt}
    failed = of_outcome(decided, "failed")
    artifacts = [row for row in failed if row["failure_category"] == "scoring_artifact"]
    wrong = Counter(rules[row["item_id"]] for row in failed if rules[row["item_id"]] in WRONG_REFERENCES)
    too_strict = [row for row in artifacts if rules[row["item_id"]] not in WRONG_REFERENCES]
    return {
        "items": dict(sorted(Counter(rules.values()).items())),
        "failures": len(failed),
        "wrong_references": dict(sorted(wrong.items())),
        "right_but_too_strict": len(too_strict),
        "scoring_artifacts": len(artifacts),
        "categories": dict(sorted(Counter(row["failure_category"] for row in failed).items())),
    }


def export(plan: Plan, part: Part, arm: Arm, decided: Path) -> Path:
    """The training set of an arm, in a file that the part's own name keeps from those of other parts."""
    out = plan.work / f"{part.name}-{arm.name}.jsonl"
    if not out.is_file():
        avocet(plan, "export", "--format", f"trl-{part.method}", *arm.options, "-o", out, desk=arm.review)
    return out


def train(plan: Plan, part: Part, arm: Arm, seed: int, files: dict[str, Path]) -> Trained:
    """Train one arm with one seed, then ask it the held-out items."""
    out = plan.work / f"{part.name}-{arm.name}-{seed}"
    if not (out / "training_report.json").is_file():
        options = ["--dataset", files[arm.name], "--method", part.method, "--base", plan.base, "--seed", seed]
        options += ["--max-steps", plan.steps, "--batch-size", plan.batch_size, "--validation", 0, "--out", out]
        if plan.learning_rate is not None:
            options += ["--learning-rate", plan.learning_rate]
        avocet(plan, "train", *options, desk=arm.review)
    passed = bench(plan, plan.tasks, plan.work / f"bench-{out.name}", "held-out", out / "adapter")
    report = json.loads((out / "training_report.json").read_text("utf-8"))
    losses = [point["loss"] for point in report["points"] if point.get("loss") is not None]
    return Trained(
        arm=arm.name,
        seed=seed,
        passed=passed,
        rows=report["train_rows"],
        tokens=report["trained_tokens"],
        first_loss=losses[0],
        last_loss=losses[-1],
        minutes=round(report["seconds"] / 60, 1),
        versions=report["versions"],
    )


def bench(plan: Plan, tasks: Path, out: Path, split: str, adapter: Path | None = None) -> list[str]:
    """Ask one side of the hold-out greedily; the items that passed. What was asked before is not asked again."""
    summary = out / "summary.json"
    if not summary.is_file():
        options = ["--base", plan.base, *(["--adapter", adapter] if adapter else []), "--split", split]
        options += ["--share", plan.share, "--salt", plan.salt, "--max-new-tokens", plan.max_new_tokens]
        avocet(plan, "bench", tasks, *options, "--concurrency", plan.concurrency, "--out", out, desk="reviewed")
    if json.loads(summary.read_text("utf-8"))["totals"]["errored"]:
        raise SystemExit(f"{out}: some tasks could not be answered. Delete the folder and run the command again.")
    return sorted(row["item_id"] for row in of_outcome(rows(out / "sft_candidates.jsonl"), "passed"))


def asked(out: Path) -> list[str]:
    return sorted(row["task"] for row in rows(out / "answers.jsonl"))


def avocet(plan: Plan, *arguments: object, desk: Review) -> None:
    command = [sys.executable, "-m", "avocet", *map(str, arguments)]
    print("$ avocet", shlex.join(command[3:]), file=sys.stderr, flush=True)
    bounds = {name: str(plan.threads) for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS")}
    place = {"AVOCET_DATA_DIR": str(plan.work / f"desk-{desk}"), "AVOCET_DATABASE_URL": ""}
    subprocess.run(command, env={**os.environ, **bounds, **place}, check=True)


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def write(path: Path, lines: Iterable[Any]) -> None:
    """The lines as JSON; a file that holds them already is left alone, so that what was made of it stays valid."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    if not path.is_file() or path.read_text("utf-8") != text:
        path.write_text(text, encoding="utf-8")
