"""A wrong benchmark, reviewed or not: benchmark, decide, export, train with LoRA, and benchmark what was held out.

python -m examples.flywheel --base MODEL [--part reviewed|dpo|passes|category] [--work FOLDER] [--write docs]

Every step is an `avocet` command, printed before it runs. Stopped, the same command goes on, step by step.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from examples.flywheel.drawing import plot
from examples.flywheel.page import page
from examples.flywheel.parts import PARTS, Plan
from examples.flywheel.results import Result, load, save
from examples.flywheel.steps import run

HERE: Final = Path(__file__).resolve().parent
TASKS: Final = HERE.parent / "smollm2" / "tasks.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m examples.flywheel", description=__doc__.partition("\n")[0])
    parser.add_argument("--base", help="the model: a folder of transformers or a GGUF file; without it, nothing runs")
    parser.add_argument("--part", choices=list(PARTS), default="reviewed")
    parser.add_argument("--work", type=Path, default=Path("flywheel"), help="where everything goes")
    parser.add_argument("--results", type=Path, default=HERE / "results", help="where the results of parts are kept")
    parser.add_argument("--write", type=Path, metavar="DOCS", help="write flywheel.md and its plots to this folder")
    parser.add_argument("--tasks", type=Path, default=TASKS)
    parser.add_argument("--share", type=float, default=Plan.share, help="of the task items, held out and measured on")
    parser.add_argument("--salt", default=Plan.salt, help="another salt holds out other items")
    parser.add_argument("--steps", type=int, default=Plan.steps)
    parser.add_argument("--batch-size", type=int, default=Plan.batch_size)
    parser.add_argument("--learning-rate", type=float, help="else the method's own")
    parser.add_argument("--max-new-tokens", type=int, default=Plan.max_new_tokens)
    parser.add_argument("--seeds", type=int, help="how many, else the part's own number")
    parser.add_argument("--jobs", type=int, default=Plan.jobs, help="trainings at a time")
    parser.add_argument("--threads", type=int, default=Plan.threads, help="of each command")
    chosen = vars(parser.parse_args())
    part, results, docs = PARTS[chosen.pop("part")], chosen.pop("results"), chosen.pop("write")
    chosen["work"] = chosen["work"].absolute()
    if chosen["base"]:
        save(run(Plan(**chosen), part), results)
    if docs:
        found = {name: load(results, name) for name in PARTS}
        write(docs, {name: result for name, result in found.items() if result})


def write(docs: Path, found: dict[str, Result]) -> None:
    """The page, and a plot for each part that was run."""
    (docs / "flywheel.md").write_text(page(found), encoding="utf-8")
    (docs / "img").mkdir(exist_ok=True)
    for name, result in found.items():
        (docs / "img" / f"flywheel-{name}.svg").write_text(plot(PARTS[name], result), encoding="utf-8")


if __name__ == "__main__":
    main()
