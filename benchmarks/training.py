"""`avocet train` beside plain TRL: `python -m benchmarks.training --base MODEL [--write docs/performance.md]`.

Both train the flywheel's reviewed failures, in turn, with the same model, adapter, seed, batches and steps.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from avocet.training import base_models
from avocet.training.config import LEARNING_RATES
from benchmarks import section

DECISIONS = Path(__file__).parent.parent / "examples/flywheel/decisions.jsonl"
HEADING = "## Training"
NOTE = (
    "`avocet train` beside TRL as its documentation starts it "
    "([benchmarks/plain_trl.py](../benchmarks/plain_trl.py)) on the flywheel's reviewed failures: the same model, "
    "rows, LoRA adapter, seed and steps of {batch} rows, in turn, the fastest of {rounds}. The tokens are those of "
    "the answers, the seconds those of the training loop. Avocet also counts the tokens, reports each step and keeps "
    "a checkpoint every 20 steps. The mean losses must agree, or nothing is written. The goal is a ratio of 0.95. "
    "`make bench-train` measures it again.\n\n{device}; {versions}."
)


class Trained(NamedTuple):
    """One training: seconds of its loop, mean loss of its steps, the most memory of the process and the GPU, MiB."""

    seconds: float
    loss: float
    resident: float
    gpu: float | None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", required=True, help="the model: a folder of transformers or a GGUF file")
    parser.add_argument("--methods", default="sft", help="sft, dpo or both with a comma between")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="avocet-training-") as made:
        folder = Path(made)
        place = base_models.find(chosen.base)
        model = folder / "model"
        base_models.load_tokenizer(place).save_pretrained(model)
        base_models.load_model(place, "auto").save_pretrained(model)
        avocet(folder, "import", DECISIONS)
        rows = [measure(folder, method, chosen) for method in chosen.methods.split(",")]
        report = newest_report(folder)
    columns = ("method", "steps", "plain TRL, tokens/s", "Avocet, tokens/s", "ratio", "memory, MiB", "Avocet's")
    table = "\n".join([f"| {' | '.join(columns)} |", f"|---{'|--:' * (len(columns) - 1)}|", *rows])
    used = ("torch", "transformers", "trl", "peft")
    versions = ", ".join(f"{name} {report['versions'][name]}" for name in used)
    device = f"{Path(chosen.base).stem} on {report['device']}"
    body = NOTE.format(batch=chosen.batch, rounds=chosen.rounds, device=device, versions=versions)
    print(f"{body}\n\n{table}")
    if chosen.write:
        section.write(chosen.write, HEADING, f"{body}\n\n{table}")


def measure(folder: Path, method: str, chosen: argparse.Namespace) -> str:
    """One row of the table."""
    rows = folder / f"{method}.jsonl"
    avocet(folder, "export", "--format", f"trl-{method}", "-o", rows)
    plain, ours, tokens = [], [], 0
    for number in range(chosen.rounds):
        out = folder / f"{method}-{number}"
        plain.append(train_plainly(folder, method, rows, out.with_name(f"plain-{out.name}"), chosen))
        trained, tokens = train(folder, method, rows, out, chosen)
        ours.append(trained)
        if not math.isclose(plain[-1].loss, trained.loss, rel_tol=0.02):
            raise RuntimeError(f"{method}: not the same training: mean loss {plain[-1].loss} and {trained.loss}")
    rates = [tokens / min(one.seconds for one in each) for each in (plain, ours)]
    memory = [peak(plain), peak(ours)]
    cells = (method.upper(), chosen.steps, *(f"{rate:,.0f}" for rate in rates), f"{rates[1] / rates[0]:.2f}", *memory)
    return f"| {' | '.join(map(str, cells))} |"


def peak(trained: list[Trained]) -> str:
    resident = f"{max(one.resident for one in trained):,.0f}"
    gpu = [one.gpu for one in trained if one.gpu]
    return f"{resident}, GPU {max(gpu):,.0f}" if gpu else resident


def train_plainly(folder: Path, method: str, rows: Path, out: Path, chosen: argparse.Namespace) -> Trained:
    out.mkdir()
    rate = LEARNING_RATES["sft" if method == "sft" else "dpo"]
    arguments = (method, folder / "model", rows, out, chosen.steps, chosen.batch, rate)
    call("benchmarks.plain_trl", arguments, dict(os.environ))
    return Trained(**json.loads((out / "plain.json").read_text("utf-8")))


def train(folder: Path, method: str, rows: Path, out: Path, chosen: argparse.Namespace) -> tuple[Trained, int]:
    """The training, and how many answer tokens it learned from."""
    options = ["--dataset", rows, "--base", folder / "model", "--method", method, "--out", out, "--validation", 0]
    avocet(folder, "train", *options, "--max-steps", chosen.steps, "--batch-size", chosen.batch)
    report = json.loads((out / "training_report.json").read_text("utf-8"))
    if report["left_out"]:
        raise RuntimeError(f"{method}: not the same rows, for {report['left_out']} are left out")
    loss = fmean(point["loss"] for point in report["points"] if "loss" in point)
    memory = report["peak_memory_mib"]
    return Trained(report["seconds"], loss, memory["resident"], memory.get("gpu")), report["trained_tokens"]


def newest_report(folder: Path) -> dict[str, dict[str, str]]:
    reports = sorted(folder.glob("*/training_report.json"), key=lambda path: path.stat().st_mtime)
    report: dict[str, dict[str, str]] = json.loads(reports[-1].read_text("utf-8"))
    return report


def avocet(folder: Path, *arguments: object) -> None:
    desk = {**os.environ, "AVOCET_DATA_DIR": str(folder / "desk"), "AVOCET_DATABASE_URL": ""}
    call("avocet", arguments, desk)


def call(module: str, arguments: Sequence[object], environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")


if __name__ == "__main__":
    main()
