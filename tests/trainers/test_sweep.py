"""A sweep for real: its members are the trainings they would be alone, and a stopped one goes on where it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec
import pytest
import torch
from safetensors.torch import load_file

from avocet import exports, training
from avocet.db import Database
from avocet.errors import Cancelled
from avocet.exports import ExportFilter, Recipe, recipe
from avocet.training import SweepPlan, SweepReport, progress
from avocet.training.progress import TrainingPoint
from tests.exports.deciding import varied


def weights(folder: Path) -> dict[str, Any]:
    return dict(load_file(folder / "adapter" / "adapter_model.safetensors"))


def are_equal(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    return all(torch.allclose(ours[name], theirs[name], atol=1e-6) for name in ours)


def test_members_are_what_they_are_alone_though_one_was_stopped(
    database: Database, bench_dir: Path, model_folder: Path, tmp_path: Path
) -> None:
    varied(database, bench_dir)
    recipe.save(database, "all", Recipe())
    recipe.save(database, "few", Recipe(filter=ExportFilter(include_category=("wrong_answer",))))
    given = {"base": str(model_folder), "batch_size": 4, "device": "cpu", "epochs": 2, "validation": 0.3}
    plan = training.read_plan(
        None, {**given, "recipe": ["all", "few"], "seeds": 2, "out": str(tmp_path / "out"), "learning_rate": 0.01}
    )
    assert isinstance(plan, SweepPlan)

    def sweep(**more: Any) -> SweepReport:
        return training.sweep(plan, lambda: nullcontext(database), reviewer="rowan", **more)

    seen: list[int] = []

    def stop_in_the_second(point: TrainingPoint, _: int) -> None:
        if point.loss is not None:
            seen.append(point.step)
        if point.step == 2 and seen.count(2) == 2:
            os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(Cancelled, match="The same command goes on"):
        sweep(on_point=stop_in_the_second)
    stopped = progress.read_state(tmp_path / "out/all/seed-1")
    assert stopped
    assert stopped.state == "stopped"
    made = sweep()
    assert made.done == 4
    assert len({one.best_eval_loss for one in made.members} - {None}) == 4
    kept = (tmp_path / "out/sweep_report.json").read_bytes()
    assert msgspec.json.decode(kept, type=SweepReport) == made
    assert (tmp_path / "out/sweep_report.html").read_text().count("<circle") == 4
    # the second seed, stopped on the way, is the training that it would have been alone
    alone = msgspec.structs.replace(plan.members[1].config, out=str(tmp_path / "alone"))
    training.run(alone, lambda: nullcontext(database), reviewer="rowan")
    assert are_equal(weights(tmp_path / "out/all/seed-1"), weights(tmp_path / "alone"))
    assert not are_equal(weights(tmp_path / "out/all/seed-0"), weights(tmp_path / "alone"))


def test_the_command_tells_every_training(
    database: Database, bench_dir: Path, model_folder: Path, tmp_path: Path
) -> None:
    varied(database, bench_dir)
    file = tmp_path / "rows.jsonl"
    exports.write(database, Recipe(format="trl-sft"), file)
    command = [sys.executable, "-m", "avocet", "train", "--base", model_folder, "--dataset", file, "--seeds", "2"]
    command += ["--out", tmp_path / "out", "--device", "cpu", "--max-steps", "1", "--seed", "5", "--json"]
    ended = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert [(one["source"], one["seed"], one["steps"]) for one in told["members"]] == [("rows", 5, 1), ("rows", 6, 1)]
    assert "2 trainings done; the reports are in" in " ".join(ended.stderr.split())
    again = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert json.loads(again.stdout) == told
    assert "2 of 2 trainings are done already" in " ".join(again.stderr.split())
