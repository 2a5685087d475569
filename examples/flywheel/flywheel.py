"""Once round with real parts: benchmark, reviewed failures, two filtered exports, LoRA, and the benchmark again.

python examples/flywheel/flywheel.py --base MODEL [--work FOLDER] [--write docs/flywheel.md]

Every step is an `avocet` command, printed before it runs. Stopped, the same command goes on, step by step.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TASKS = HERE.parent / "smollm2" / "tasks.jsonl"
DECISIONS = HERE / "decisions.jsonl"
RECIPES = {"all": [], "filtered": ["--exclude-category", "scoring_artifact"]}
"""Everything that was approved, and the same without what the benchmark got wrong."""
PASSED_BEFORE = "passed when reviewed"


@dataclass(frozen=True)
class Plan:
    """What to do; the same plan in the same folder goes on."""

    base: str
    work: Path
    tasks: Path
    decisions: Path
    share: float
    salt: str
    steps: int
    seeds: tuple[int, ...]
    max_items: int
    max_new_tokens: int
    learning_rate: float
    batch_size: int


@dataclass(frozen=True)
class Result:
    """One benchmark of the held-out items: which of them passed, and what the training's report says."""

    name: str
    asked: frozenset[str]
    passed: frozenset[str]
    report: dict[str, Any] | None


def main() -> None:
    parser = argparse.ArgumentParser(description="Benchmark, train on what was reviewed, benchmark again.")
    parser.add_argument("--base", required=True, help="the model: a folder of transformers or a GGUF file")
    parser.add_argument("--work", type=Path, default=Path("flywheel"), help="where everything goes")
    parser.add_argument("--tasks", type=Path, default=TASKS)
    parser.add_argument("--decisions", type=Path, default=DECISIONS)
    parser.add_argument("--share", type=float, default=0.15, help="of the task items, held out and measured on")
    parser.add_argument("--salt", default="flywheel", help="another salt holds out other items")
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--seeds", default="0,1,2")
    parser.add_argument("--max-items", type=int, default=60, help="refuse to measure on more")
    parser.add_argument("--max-new-tokens", type=int, default=96)
    parser.add_argument("--learning-rate", type=float, default=2e-4)
    parser.add_argument("--batch-size", type=int, default=8)
    parser.add_argument("--write", type=Path, help="write the page to this file as well")
    chosen = vars(parser.parse_args())
    target = chosen.pop("write")
    chosen["seeds"] = tuple(int(seed) for seed in chosen["seeds"].split(","))
    chosen["work"] = chosen["work"].absolute()
    plan = Plan(**chosen)
    told = page(plan, run(plan), categories(plan.decisions))
    print(told)
    if target:
        target.write_text(told, encoding="utf-8")


def run(plan: Plan) -> list[Result]:
    """Every step in turn; the benchmarks before and after."""
    plan.work.mkdir(parents=True, exist_ok=True)
    avocet(plan, "import", plan.decisions)
    avocet(plan, "hold-out", "--share", plan.share, "--salt", plan.salt)
    for name, options in RECIPES.items():
        avocet(plan, "export", "--format", "trl-sft", *options, "--save-as", name, "-o", exported(plan, name))
    results = [bench(plan, "before")]
    for name in RECIPES:
        for seed in plan.seeds:
            out = plan.work / f"{name}-{seed}"
            if not (out / "training_report.json").is_file():
                train(plan, name, seed, out)
            results.append(bench(plan, f"{name}-{seed}", out))
    return results


def exported(plan: Plan, name: str) -> Path:
    return plan.work / f"{name}.jsonl"


def train(plan: Plan, recipe: str, seed: int, out: Path) -> None:
    """All rows are trained on and nothing stops early: every training has the same budget."""
    options = ["--recipe", recipe, "--base", plan.base, "--seed", seed, "--max-steps", plan.steps, "--validation", 0]
    options += ["--learning-rate", plan.learning_rate, "--batch-size", plan.batch_size, "--out", out]
    avocet(plan, "train", *options)


def bench(plan: Plan, name: str, trained: Path | None = None) -> Result:
    """The held-out items, asked greedily."""
    out = plan.work / f"bench-{name}"
    adapter = ["--adapter", trained / "adapter"] if trained else []
    options = ["--base", plan.base, *adapter, "--split", "held-out", "--max-new-tokens", plan.max_new_tokens]
    avocet(plan, "bench", plan.tasks, *options, "--out", out)
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    if summary["totals"]["errored"]:
        raise SystemExit(f"{out}: {summary['totals']['errored']} tasks could not be answered; run it again.")
    asked = frozenset(row["task"] for row in rows(out / "answers.jsonl"))
    if len(asked) > plan.max_items:
        raise SystemExit(f"{len(asked)} items are held out, more than --max-items {plan.max_items}: lower --share.")
    failed = frozenset(row["item_id"] for row in rows(out / "sft_candidates.jsonl"))
    report = json.loads((trained / "training_report.json").read_text("utf-8")) if trained else None
    return Result(name, asked, asked - failed, report)


def avocet(plan: Plan, *arguments: object) -> None:
    command = [sys.executable, "-m", "avocet", *map(str, arguments)]
    print("$ avocet", shlex.join(command[3:]), file=sys.stderr, flush=True)
    desk = {"AVOCET_DATA_DIR": str(plan.work / "desk"), "AVOCET_DATABASE_URL": ""}
    subprocess.run(command, env={**os.environ, **desk}, check=True)


def rows(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def categories(decisions: Path) -> dict[str, str]:
    """The failure category of each task item as it was reviewed; of several answers to it, that of the first."""
    found: dict[str, str] = {}
    for row in rows(decisions):
        item = row.get("item_id") or row["task_id"]
        found.setdefault(item, row["failure_category"] or "uncategorised")
    return found


def page(plan: Plan, results: list[Result], of_item: dict[str, str]) -> str:
    """docs/flywheel.md, as it came out."""
    before, *after = results
    groups: dict[str, set[str]] = {}
    for item in before.asked:
        groups.setdefault(of_item.get(item, PASSED_BEFORE), set()).add(item)
    lines = ["| held-out items by category | items | before | " + " | ".join(RECIPES) + " |"]
    lines.append("|---|--:|--:|" + "--:|" * len(RECIPES))
    for name, items in [*sorted(groups.items()), ("**all of them**", set(before.asked))]:
        cells = [spread([len(one.passed & items) for one in of_recipe(after, recipe)]) for recipe in RECIPES]
        lines.append(f"| {name} | {len(items)} | {len(before.passed & items)} | {' | '.join(cells)} |")
    return TEMPLATE.format(
        command=shlex.join(["python", "examples/flywheel/flywheel.py", "--base", Path(plan.base).name]),
        items=len(before.asked),
        share=f"{plan.share:.0%}",
        salt=plan.salt,
        steps=plan.steps,
        seeds=", ".join(map(str, plan.seeds)),
        rate=plan.learning_rate,
        batch=plan.batch_size,
        tokens=plan.max_new_tokens,
        table="\n".join(lines),
        trainings="\n".join(trainings(after)),
        versions=versions(after),
    )


def versions(after: list[Result]) -> str:
    found = (after[0].report or {}).get("versions", {})
    return ", ".join(f"{name} {value}" for name, value in found.items())


def of_recipe(results: list[Result], recipe: str) -> list[Result]:
    return [one for one in results if one.name.rpartition("-")[0] == recipe]


def spread(counts: list[int]) -> str:
    mean = statistics.mean(counts)
    return f"{mean:.1f} ({min(counts)}–{max(counts)})"


def trainings(after: list[Result]) -> Iterable[str]:
    yield "| training | rows | answer tokens trained on | first loss | last loss | minutes | peak memory, MiB |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for one in after:
        report = one.report or {}
        losses = [point["loss"] for point in report["points"] if point.get("loss") is not None]
        cells = [one.name, report["train_rows"], f"{report['trained_tokens']:,}"]
        cells += [f"{losses[0]:.2f}", f"{losses[-1]:.2f}", f"{report['seconds'] / 60:.1f}"]
        yield f"| {' | '.join(map(str, cells))} | {report['peak_memory_mib'].get('resident', 0):,.0f} |"


TEMPLATE = """# Once round the loop

Benchmark, review, filtered export, LoRA fine-tune, benchmark again, with a real model and real reviews. This command
wrote the page:

```console
$ {command} --write docs/flywheel.md
```

The page is unedited. `make flywheel` gets the model and runs the command.

The desk holds out {items} of the task items ({share} of them, salt `{salt}`): no export contains them, and
only they are asked before and after. There are two recipes: **all** takes everything that was approved,
**filtered** leaves out `scoring_artifact`. Each was trained with the same budget ({steps} steps of {batch}
rows, learning rate {rate}, LoRA of rank 16) with the seeds {seeds}. Answers are greedy, with at most {tokens}
tokens. Items are grouped by the category that their failure got in review. A recipe's cell is the mean
of the seeds, with the lowest and the highest value.

## Items passed

{table}

## Trainings

{trainings}

{versions}
"""


if __name__ == "__main__":
    main()
