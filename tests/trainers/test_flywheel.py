"""The first part of the flywheel, small: a tiny model, two steps, one seed, the same command as for the real one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from examples.flywheel.results import load

ROOT = Path(__file__).parents[2]
SIZES = ["--steps", "2", "--batch-size", "2", "--seeds", "1", "--max-new-tokens", "2", "--share", "0.5"]


def task(number: int) -> dict[str, Any]:
    """Half of the items pass whatever is answered."""
    asked = {"role": "user", "content": f"What comes after {number}?"}
    wanted = "(?s).*" if number % 2 else rf"^{number + 1}\b"
    shown = {"id": f"after-{number}", "task_type": "after", "task_name": f"After {number}"}
    return {**shown, "prompt_messages": [asked], "required": [wanted], "reference": f"{number + 1} comes next"}


def test_once_round_the_loop(model_folder: Path, tmp_path: Path) -> None:
    tasks = tmp_path / "tasks.jsonl"
    tasks.write_text("".join(json.dumps(task(number)) + "\n" for number in range(40)), encoding="utf-8")
    docs = tmp_path / "docs"
    docs.mkdir()
    command = [sys.executable, "-m", "examples.flywheel", "--base", str(model_folder), "--tasks", str(tasks), *SIZES]
    command += ["--work", str(tmp_path / "work"), "--results", str(tmp_path / "results")]
    done = subprocess.run([*command, "--write", str(docs)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result = load(tmp_path / "results", "reviewed")
    assert result is not None
    held_out = set(result.items)
    assert 10 < len(held_out) < 30
    assert held_out == asked(tmp_path / "work/bench-reviewed-reviewed-0")
    assert set(result.before) >= {item for item in held_out if int(item.removeprefix("after-")) % 2}
    # what was held out is in no training set, and the reviewed one is without what the benchmark got wrong
    everything, reviewed = (tmp_path / f"work/reviewed-{name}.jsonl" for name in ("unreviewed", "reviewed"))
    exposed = items(everything)
    assert exposed
    assert not held_out & exposed
    assert items(reviewed) < exposed
    assert result.benchmark["scoring_artifacts"] == len(exposed) - len(items(reviewed))
    assert [(one.arm, one.seed) for one in result.trained] == [("unreviewed", 0), ("reviewed", 0)]
    told = (docs / "flywheel.md").read_text("utf-8")
    assert re.search(rf"\| reviewed, seed 0 \| {len(items(reviewed))} \|", told)
    assert (docs / "img/flywheel-reviewed.svg").is_file()
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert "avocet train" not in again.stderr
    assert load(tmp_path / "results", "reviewed") == result


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def asked(folder: Path) -> set[str]:
    return {row["task"] for row in rows(folder / "answers.jsonl")}


def items(dataset: Path) -> set[str]:
    """The items that a dataset exposes, by its manifest."""
    manifest = json.loads(Path(f"{dataset}.manifest.json").read_text("utf-8"))
    return {item for named in manifest["items"].values() for item in named}
