"""`avocet train` for real on a tiny model: what is learned is what the filter chose, whatever interrupts it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec
import pytest
import torch
from peft import AutoPeftModelForCausalLM
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer

from avocet import exports, training
from avocet.db import Database
from avocet.errors import Cancelled, InvalidRequest, Prerequisite
from avocet.exports import Recipe, recipe
from avocet.training import TrainConfig, progress, trainers
from avocet.training.config import Method
from avocet.training.progress import Training, TrainingPoint
from avocet.training.report import TrainingReport
from tests.exports.deciding import decide, rows_of
from tests.factories import candidate_line, import_lines, write_jsonl
from tests.trainers.seeing import texts, told

pytestmark = pytest.mark.filterwarnings("default")

Seen = list[tuple[Any, ...]]
CATEGORIES = ("wrong_answer", "hallucination", "scoring_artifact", None)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, tokenizer: Any) -> Seen:
    """Every sequence that was learned from, as the tokens of each batch say."""
    found: Seen = []
    count = trainers.answer_tokens

    def note(batch: Any) -> int:
        found.extend(texts(tokenizer, batch))
        return count(batch)

    monkeypatch.setattr(trainers, "answer_tokens", note)
    return found


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    """Twenty corrections, five of each category and of none, and four flagged answers."""
    import_lines(database, bench_dir, [candidate_line(number) for number in range(24)])
    for number in range(20):
        decide(database, number, "correct", f"It is {number + 1}.", failure_category=CATEGORIES[number % 4])
    for number in range(20, 24):
        decide(database, number, "flag", failure_category="hallucination")
    return database


def run(desk: Database | None, config: TrainConfig, **more: Any) -> TrainingReport:
    def opened() -> Any:
        assert desk is not None
        return nullcontext(desk)

    return training.run(config, opened, reviewer="rowan", **more)


def config_of(model_folder: Path, tmp_path: Path, **more: Any) -> TrainConfig:
    given = {"base": str(model_folder), "out": str(tmp_path / "out"), "batch_size": 4, "device": "cpu", **more}
    return training.read_config(None, given)


@pytest.mark.parametrize(
    ("method", "choices", "expected"),
    [
        ("sft", {}, 20),
        ("sft", {"exclude_category": ["scoring_artifact"]}, 15),
        ("sft", {"include_category": ["wrong_answer", "uncategorised"]}, 10),
        ("sft", {"include_category": ["wrong_answer"], "exclude_category": ["wrong_answer", "hallucination"]}, 0),
        ("dpo", {}, 15),
        ("dpo", {"exclude_category": ["uncategorised"]}, 10),
        ("kto", {}, 39),
        ("kto", {"include_category": ["hallucination"]}, 14),
    ],
)
def test_the_rows_that_are_learned_are_those_the_filter_chose(
    desk: Database,
    model_folder: Path,
    tokenizer: Any,
    tmp_path: Path,
    seen: Seen,
    method: Method,
    choices: dict[str, Any],
    expected: int,
) -> None:
    recipe.save(desk, "mine", Recipe())
    # a batch for each step, so that KTO's neighbours are all there
    config = config_of(
        model_folder, tmp_path, recipe="mine", method=method, epochs=1, validation=0, batch_size=5, **choices
    )
    if not expected:
        with pytest.raises(InvalidRequest, match="leave no row to train on"):
            run(desk, config)
        return
    made = run(desk, config)
    include = choices.get("include_category")
    chosen = [
        row
        for row in rows_of(desk, f"trl-{method}")
        if (not include or (row["failure_category"] or "uncategorised") in include)
        and (row["failure_category"] or "uncategorised") not in choices.get("exclude_category", ())
    ]
    assert len(chosen) == expected == made.train_rows
    assert Counter(seen) == Counter(text for row in chosen for text in told(tokenizer, row))
    assert sum(made.used_by_category.values()) == expected
    assert made.trained_tokens == made.answer_tokens > 0
    assert sum(one.answer_tokens for one in made.categories.values()) == made.answer_tokens
    assert {name: one.trained for name, one in made.categories.items() if one.trained} == made.used_by_category
    assert list(made.outcomes) == ["failed"]


def test_a_report_adapter_and_merged_model_come_out(desk: Database, model_folder: Path, tmp_path: Path) -> None:
    recipe.save(desk, "mine", Recipe())
    config = config_of(
        model_folder, tmp_path, recipe="mine", validation=0.3, epochs=4, save_steps=2, learning_rate=0.01, merge=True
    )
    points: list[tuple[TrainingPoint, int]] = []
    made = run(desk, config, on_point=lambda point, total: points.append((point, total)))
    out = Path(config.out)
    assert msgspec.json.decode((out / "training_report.json").read_bytes(), type=TrainingReport) == made
    assert made.validation_rows
    assert [point for point, _ in points] == made.points
    told_losses = [point.loss for point in made.points if point.loss is not None]
    assert told_losses[-1] < told_losses[0]
    measured = [point.eval_loss for point in made.points if point.eval_loss is not None]
    assert made.best_eval_loss == min(measured)
    state = progress.read_state(out)
    assert state
    assert state.state == "done"
    asked = AutoTokenizer.from_pretrained(out / "merged")("What is", return_tensors="pt")
    with torch.inference_mode():
        by_adapter = AutoPeftModelForCausalLM.from_pretrained(out / "adapter")(**asked).logits
        merged = AutoModelForCausalLM.from_pretrained(out / "merged")(**asked).logits
        base = AutoModelForCausalLM.from_pretrained(model_folder)(**asked).logits
    assert torch.allclose(by_adapter, merged, atol=1e-4)
    assert not torch.allclose(base, merged, atol=1e-4)


def test_the_terminal_and_the_report_tell_what_passed(
    database: Database, bench_dir: Path, model_folder: Path, tmp_path: Path
) -> None:
    import_lines(database, bench_dir, [candidate_line(n, outcome="passed" if n < 2 else "failed") for n in range(6)])
    for number in range(6):
        done = ("accept", None) if number < 2 else ("correct", f"It is {number}.")
        decide(database, number, *done, failure_category=None if number < 2 else "wrong_answer")
    file = tmp_path / "rows.jsonl"
    exports.write(database, Recipe(format="trl-sft", passes="confirmed"), file)
    options = ["--base", model_folder, "--dataset", file, "--out", tmp_path / "out", "--device", "cpu"]
    ended = subprocess.run(
        commanded([*options, "--validation", 0, "--epochs", 1]), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    made = msgspec.json.decode((tmp_path / "out/training_report.json").read_bytes(), type=TrainingReport)
    failed, passed = made.outcomes["failed"], made.outcomes["passed"]
    assert (failed.trained, passed.trained) == (4, 2)
    assert failed.answer_tokens + passed.answer_tokens == made.answer_tokens
    assert passed.tokens > passed.answer_tokens > 0
    said = " ".join(ended.stderr.split())
    assert f"Learned from 4 rows failed ({failed.answer_tokens:,} of {failed.tokens:,} tokens), 2 rows passed" in said
    assert "4 rows wrong answer" in said
    assert "2 rows uncategorised" in said


def test_training_stops_early_when_nothing_gets_better(desk: Database, model_folder: Path, tmp_path: Path) -> None:
    recipe.save(desk, "mine", Recipe())
    config = config_of(
        model_folder,
        tmp_path,
        recipe="mine",
        validation=0.3,
        epochs=50,
        save_steps=1,
        patience=2,
        learning_rate=1e-12,
    )
    made = run(desk, config)
    assert made.stopped_early
    assert made.steps < made.planned_steps


def weights(folder: Path) -> dict[str, Any]:
    return dict(load_file(folder / "adapter" / "adapter_model.safetensors"))


def test_a_stopped_training_goes_on_to_the_same_end(
    desk: Database, model_folder: Path, tmp_path: Path, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "rows.jsonl"
    exports.write(desk, Recipe(format="trl-sft"), file)
    straight = run(
        None, config_of(model_folder, tmp_path, dataset=str(file), out=str(tmp_path / "straight"), epochs=2)
    )
    whole = list(seen)
    seen.clear()
    config = config_of(model_folder, tmp_path, dataset=str(file), epochs=2)

    def stop_at_three(point: TrainingPoint, _: int) -> None:
        if point.step == 3:
            os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(Cancelled, match=r"Stopped after step 3 of 10|Stopped after step 4 of 10"):
        run(None, config, on_point=stop_at_three)
    state = progress.read_state(Path(config.out))
    assert state
    assert state.state == "stopped"
    made = run(None, config)
    assert made.steps == straight.steps
    assert made.trained_tokens == straight.trained_tokens
    assert [point.step for point in made.points] == [point.step for point in straight.points]
    assert Counter(seen) == Counter(whole)
    ours, theirs = weights(Path(config.out)), weights(tmp_path / "straight")
    assert ours.keys() == theirs.keys()
    assert all(torch.allclose(ours[name], theirs[name], atol=1e-6) for name in ours)
    with pytest.raises(InvalidRequest, match="is done"):
        run(None, config)
    with pytest.raises(InvalidRequest, match="another training: seed differ"):
        run(None, msgspec.structs.replace(config, seed=1))
    assert run(None, config, fresh=True).steps == straight.steps


def commanded(arguments: list[Any], **more: Any) -> list[str]:
    return [sys.executable, "-m", "avocet", "train", *map(str, arguments)]


def until(is_so: Callable[[], Any], process: subprocess.Popen[str]) -> None:
    while not is_so():
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)


def test_a_killed_training_goes_on(desk: Database, model_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    exports.write(desk, Recipe(format="trl-sft"), file)
    out = tmp_path / "out"
    options = ["--base", model_folder, "--dataset", file, "--out", out, "--save-steps", 2, "--batch-size", 4]
    options += ["--device", "cpu", "--patience", 0]
    endless = [*options, "--epochs", 1000]
    process = subprocess.Popen(commanded(endless), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until(lambda: len(progress.read_points(out)) > 5, process)
    process.kill()
    process.communicate()
    state = progress.read_state(out)
    assert state
    assert state.state == "running"
    process = subprocess.Popen(commanded(endless), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until(lambda: resumed(out, process.pid), process)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert "going on after step" in said
    assert "The same command goes on from there." in said
    steps = [point.step for point in progress.read_points(out) if point.loss is not None]
    assert steps == sorted(set(steps))


def resumed(out: Path, pid: int) -> bool:
    state: Training | None = progress.read_state(out)
    return state is not None and state.pid == pid and state.step > 4


@pytest.mark.parametrize(
    ("row", "told_of"),
    [
        ({"prompt": [{"role": "robot", "content": "x"}], "completion": []}, "the role 'robot'"),
        (
            {"prompt": [{"role": "user", "content": "x"}], "completion": [{"role": "assistant", "content": ""}]},
            "empty",
        ),
        (
            {
                "prompt": [{"role": "user", "content": "x"}],
                "completion": [{"role": "assistant", "content": "y"}],
                "failure_category": "scoring_artifact",
            },
            "leave no row to train on",
        ),
        (
            {
                "prompt": [{"role": "user", "content": "x " * 5000}],
                "completion": [{"role": "assistant", "content": "y"}],
            },
            "longer than max_length",
        ),
    ],
)
def test_a_poisoned_dataset_ends_in_a_sentence(tmp_path: Path, model_folder: Path, row: Any, told_of: str) -> None:
    file = write_jsonl(tmp_path / "rows.jsonl", [row])
    options = ["--base", model_folder, "--dataset", file, "--out", tmp_path / "out", "--device", "cpu"]
    command = commanded([*options, "--exclude-category", "scoring_artifact"])
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert told_of in ended.stderr
    assert "Traceback" not in ended.stderr
    assert json.loads((tmp_path / "out/training.json").read_text())["state"] == "failed"


def test_a_base_model_that_is_none_is_told(tmp_path: Path) -> None:
    turns = {"prompt": [{"role": "user", "content": "x"}], "completion": [{"role": "assistant", "content": "y"}]}
    file = write_jsonl(tmp_path / "rows.jsonl", [turns])
    (tmp_path / "empty").mkdir()
    with pytest.raises(Prerequisite, match=r"The model empty can't be loaded"):
        run(None, config_of(tmp_path / "empty", tmp_path, dataset=str(file)))


def test_two_processes_train_together(desk: Database, model_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    exports.write(desk, Recipe(format="trl-sft"), file)
    launch = [sys.executable, "-m", "accelerate.commands.launch", "--multi_gpu", "--num_processes", "2"]
    launch += ["--num_machines", "1", "--mixed_precision", "no", "--dynamo_backend", "no", "--main_process_port", "0"]
    options = ["--base", model_folder, "--dataset", file, "--out", tmp_path / "out", "--device", "cpu"]
    options += ["--batch-size", 2, "--epochs", 2, "--validation", 0]
    ended = subprocess.run(
        [*launch, "-m", "avocet", "train", *map(str, options)],
        env={**os.environ, "ACCELERATE_USE_CPU": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr.count("Adapter and report are in") == 1
    made = msgspec.json.decode((tmp_path / "out/training_report.json").read_bytes(), type=TrainingReport)
    assert (made.processes, made.train_rows, made.steps) == (2, 20, 10)
    assert made.trained_tokens == 2 * made.answer_tokens
