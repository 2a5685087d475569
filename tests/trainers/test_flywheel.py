"""The whole loop, small: a tiny model, a dozen steps, the same script as for the real one."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "examples/flywheel/flywheel.py"
SIZES = ["--steps", "4", "--batch-size", "4", "--seeds", "0", "--max-new-tokens", "4", "--share", "0.05"]


def test_once_round_the_loop(model_folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "flywheel.md"
    command = [sys.executable, str(SCRIPT), "--base", str(model_folder), "--work", str(tmp_path / "work"), *SIZES]
    done = subprocess.run([*command, "--write", str(page)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = page.read_text("utf-8")
    held_out = asked(tmp_path / "work/bench-before")
    assert 0 < len(held_out) <= 60
    exported = exposed(tmp_path / "work/all.jsonl.manifest.json")
    assert exported
    assert not held_out & exported
    # without the scoring artifacts there is less to train on, and nothing of the held-out items
    everything, filtered = (rows(tmp_path / f"work/{name}.jsonl") for name in ("all", "filtered"))
    assert {row["failure_category"] for row in everything} - {row["failure_category"] for row in filtered} == {
        "scoring_artifact"
    }
    for name in ("all-0", "filtered-0"):
        report = json.loads((tmp_path / f"work/{name}/training_report.json").read_text("utf-8"))
        assert report["train_rows"] == len(everything if name.startswith("all") else filtered)
        assert report["steps"] == 4
        assert asked(tmp_path / f"work/bench-{name}") == held_out
        assert re.search(rf"\| {name} \| {report['train_rows']} \|", told)
    assert f"{len(held_out)} of the task items" in told
    again = subprocess.run([*command], capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert again.stdout.strip().endswith(told.strip())
    assert "avocet train" not in again.stderr


def test_the_table_counts_by_category_and_seed() -> None:
    flywheel = script()
    items = frozenset("abcd")

    def result(name: str, passed: str) -> Any:
        report = {"points": [{"loss": 2.0}], "train_rows": 3, "trained_tokens": 9, "seconds": 60}
        report |= {"peak_memory_mib": {}, "versions": {"trl": "1"}}
        return flywheel.Result(name, items, frozenset(passed), report)

    after = [result("all-0", "a"), result("all-1", "abc"), result("filtered-0", "ad"), result("filtered-1", "ad")]
    plan = flywheel.Plan("m", Path("w"), Path("t"), Path("d"), 0.15, "s", 60, (0, 1), 60, 96, 2e-4, 8)
    told = flywheel.page(plan, [result("before", "d"), *after], {"a": "wrong_answer", "b": "wrong_answer", "c": "x"})
    assert "| wrong_answer | 2 | 0 | 1.5 (1–2) | 1.0 (1–1) |" in told
    assert "| passed when reviewed | 1 | 1 | 0.0 (0–0) | 1.0 (1–1) |" in told
    assert "| **all of them** | 4 | 1 | 2.0 (1–3) | 2.0 (2–2) |" in told


def test_every_failure_of_the_example_run_is_decided() -> None:
    decided = rows(SCRIPT.with_name("decisions.jsonl"))
    run = rows(next((ROOT / "examples/smollm2/bench_results").glob("*/sft_candidates.jsonl")))
    assert {row["id"] for row in decided} == {row["id"] for row in run}
    assert all(row["status"] != "needs_review" and row["failure_category"] for row in decided)


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("flywheel", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["flywheel"] = module
    spec.loader.exec_module(module)
    return module


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def asked(folder: Path) -> set[str]:
    return {row["task"] for row in rows(folder / "answers.jsonl")}


def exposed(manifest: Path) -> set[str]:
    return {item for items in json.loads(manifest.read_text("utf-8"))["items"].values() for item in items}
