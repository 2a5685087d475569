"""Run every line of docs/training.md's recipes for other trainers, each in a virtual environment of its own.

python examples/other_trainers/try_recipes.py --base MODEL [--work FOLDER] [HEADING ...]

Prints, for each, how many rows the export holds and how many the trainer says it read, with its losses.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from avocet.training import base_models

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "training.md"
DECISIONS = ROOT / "examples" / "flywheel" / "decisions.jsonl"
MODEL = "SmolLM2-135M-Instruct"
"""The folder that the recipes name."""
COUNT_MLX = """
import sys, types
from mlx_lm.tuner.datasets import load_local_dataset
from pathlib import Path
from transformers import AutoTokenizer
config = types.SimpleNamespace(mask_prompt=True)
train, validation, _ = load_local_dataset(Path("mlx"), AutoTokenizer.from_pretrained(sys.argv[1]), config)
print(len(train), len(validation))
"""
COUNT_AXOLOTL = """
from datasets import load_from_disk
from pathlib import Path
folders = [path.parent for path in Path("axolotl/last_run_prepared").glob("*/dataset_info.json")]
print(*(len(load_from_disk(str(folder))) for folder in folders))
"""


@dataclass(frozen=True)
class Trainer:
    """How a trainer's own account is read: the rows it loaded, and its losses as it logged them."""

    exported: tuple[str, ...]
    """Patterns of the files that the recipe trains and validates on."""
    rows: Callable[[Path, Path, str], list[int]]
    loss: str


def python(code: str, *arguments: str) -> Callable[[Path, Path, str], list[int]]:
    """Asks the trainer's own loader."""

    def ask(work: Path, environment: Path, _: str) -> list[int]:
        command = [str(environment / "bin" / "python"), "-c", code, *arguments]
        told = subprocess.run(command, cwd=work, check=True, capture_output=True, text=True).stdout
        return [int(number) for number in told.split()]

    return ask


def logged(_: Path, __: Path, log: str) -> list[int]:
    """LLaMA-Factory says the number before a training and before each of its evaluations."""
    return [int(number) for number, _ in groupby(re.findall(r"Num examples = (\d+)", log))]


TRAINERS = {
    "MLX-LM": Trainer(("mlx/train.jsonl", "mlx/valid.jsonl"), python(COUNT_MLX, MODEL), r"(?m)^ +\d+ +([\d.]+) "),
    "LLaMA-Factory": Trainer(("llama-factory/avocet_*.jsonl",), logged, r"'loss': '?([\d.]+)"),
    "Axolotl": Trainer(("axolotl/*-*.jsonl",), python(COUNT_AXOLOTL), r"'loss': '?([\d.]+)"),
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", required=True, help="the model: a folder of transformers or a GGUF file")
    parser.add_argument("--work", type=Path, default=Path("other-trainers"), help="where everything goes")
    parser.add_argument("headings", nargs="*", default=list(TRAINERS), help=f"of {', '.join(TRAINERS)}")
    chosen = parser.parse_args()
    work = chosen.work.absolute()
    work.mkdir(parents=True, exist_ok=True)
    save_model(chosen.base, work / MODEL)
    lines = [line for heading in chosen.headings for line in tried(heading, work)]
    print("| trainer | rows exported | rows read | losses |\n|---|--:|--:|---|", *lines, sep="\n")


def save_model(base: str, folder: Path) -> None:
    """The folder of transformers that every trainer reads."""
    if folder.exists():
        return
    place = base_models.find(base)
    base_models.load_tokenizer(place).save_pretrained(folder)
    base_models.load_model(place, "auto").save_pretrained(folder)


def tried(heading: str, base: Path) -> Iterator[str]:
    """The recipe under one heading, run; stops at the first line that fails."""
    work = base / heading
    clear(work)
    (work / MODEL).symlink_to(base / MODEL)
    if not (work / "venv").exists():
        venv.create(work / "venv", with_pip=True)
    text = section(heading)
    for name, content in re.findall(r"^`([\w.-]+)`:\n\n```yaml\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        (work / name).write_text(content, "utf-8")
    log = run(commands(text), work)
    trainer = TRAINERS[heading]
    written = sorted({file for pattern in trainer.exported for file in work.glob(pattern)})
    exported = [len(file.read_text("utf-8").splitlines()) for file in written]
    losses = re.findall(trainer.loss, log)
    read = trainer.rows(work, work / "venv", log)
    if sorted(read) != sorted(exported):
        raise SystemExit(f"{heading} read {listed(read)} rows of {listed(exported)}.")
    yield f"| {heading} | {listed(exported)} | {listed(read)} | {', '.join(losses)} |"


def clear(work: Path) -> None:
    """All but what was installed."""
    work.mkdir(exist_ok=True)
    for path in work.iterdir():
        if path.name == "venv":
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def section(heading: str) -> str:
    found = re.search(
        rf"^### {re.escape(heading)}\n(.*?)(?=^##|\Z)", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    if not found:
        raise SystemExit(f"{PAGE} has no recipe for {heading}.")
    return found[1]


def commands(text: str) -> str:
    blocks = re.findall(r"^```console\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return "\n".join(line.removeprefix("$ ") for block in blocks for line in block.splitlines())


def run(script: str, work: Path) -> str:
    """In a fresh desk with the reviewed failures; what it prints is shown and kept."""
    path = os.pathsep.join([str(work / "venv" / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
    desk = {"AVOCET_DATA_DIR": str(work / "desk"), "AVOCET_DATABASE_URL": ""}
    environment = {**os.environ, **desk, "PATH": path, "VIRTUAL_ENV": str(work / "venv"), "PYTHONUNBUFFERED": "1"}
    lines = ["set -euxo pipefail", f"avocet import '{DECISIONS}'", script]
    with (work / "log.txt").open("w", encoding="utf-8") as log:
        command = ["bash", "-c", "\n".join(lines)]
        process = subprocess.Popen(
            command, cwd=work, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert process.stdout
        for line in process.stdout:
            print(line, end="", file=sys.stderr)
            log.write(line)
        if process.wait():
            raise SystemExit(f"The recipe ended with {process.returncode}: {log.name}")
    return re.sub(r"\x1b\[[\d;]*m", "", (work / "log.txt").read_text("utf-8"))


def listed(counts: list[int]) -> str:
    return " + ".join(f"{count:,}" for count in sorted(counts, reverse=True))


if __name__ == "__main__":
    main()
