"""The commands of each part, without a model: every one is recorded, and what it would write is put there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from examples.flywheel import steps
from examples.flywheel.parts import PARTS, Plan
from examples.flywheel.steps import run

from avocet.benching.choice import is_held_out
from avocet.benching.tasks import read_tasks
from avocet.exports import HoldOut
from tests.flywheel.conftest import TASKS

HOLD_OUT = HoldOut(share=Plan.share, salt=Plan.salt)
REPORT = {
    "train_rows": 9,
    "trained_tokens": 99,
    "points": [{"loss": 2.0}, {"loss": None}, {"loss": 1.0}],
    "seconds": 90,
    "versions": {"trl": "1"},
}


class Recorded:
    """Stands in for `avocet`: a benchmark passes the even items of a side, a training leaves its report."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []

    def __call__(self, plan: Plan, *arguments: object, desk: str) -> None:
        words = list(map(str, arguments))
        self.commands.append([desk, *words])
        if words[0] == "bench":
            self._bench(Path(words[1]), Path(words[words.index("--out") + 1]), words[words.index("--split") + 1])
        elif words[0] == "train":
            write(Path(words[words.index("--out") + 1]) / "training_report.json", [REPORT])
        elif words[0] == "export":
            write(Path(words[words.index("-o") + 1]), [])

    def _bench(self, tasks: Path, out: Path, split: str) -> None:
        chosen = [one for one in read_tasks(tasks).tasks if is_held_out(one, HOLD_OUT) == (split == "held-out")]
        lines: list[dict[str, Any]] = []
        for number, one in enumerate(chosen):
            passed = {"outcome": "passed"} if number % 2 == 0 else {}
            shown = {"id": f"run/{one.id}", "item_id": one.id, "reference": one.reference, "model_response": "?"}
            lines.append({**shown, **passed})
        write(out / "sft_candidates.jsonl", lines)
        write(out / "answers.jsonl", [{"task": one.id} for one in chosen])
        write(out / "summary.json", [{"totals": {"errored": 0}}])

    def of(self, name: str) -> list[list[str]]:
        return [words for words in self.commands if words[1] == name]


def write(path: Path, lines: list[Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    commands = Recorded()
    monkeypatch.setattr(steps, "avocet", commands)
    return commands


def plan(tmp_path: Path) -> Plan:
    return Plan(base="models/tiny", work=tmp_path / "work", tasks=TASKS)


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_each_part_trains_every_arm_with_every_seed_by_its_method(
    part: Any, recorded: Recorded, tmp_path: Path
) -> None:
    result = run(plan(tmp_path), part)
    trainings = recorded.of("train")
    assert len(trainings) == len(part.arms) * part.seeds == len(result.trained)
    assert {(one.arm, one.seed) for one in result.trained} == {
        (arm.name, seed) for arm in part.arms for seed in range(part.seeds)
    }
    for words in trainings:
        assert words[words.index("--method") + 1] == part.method
        assert words[words.index("--max-steps") + 1] == "30"
    for arm, words in zip(part.arms, recorded.of("export"), strict=True):
        assert words[0] == arm.review
        assert f"trl-{part.method}" in words
        assert " ".join(arm.options) in " ".join(words)
    assert result.before == result.trained[0].passed
    assert len(result.before) == (len(result.items) + 1) // 2
    assert (result.trained[0].first_loss, result.trained[0].last_loss, result.trained[0].minutes) == (2.0, 1.0, 1.5)


def test_what_was_done_is_not_done_again_and_another_part_shares_it(recorded: Recorded, tmp_path: Path) -> None:
    first = run(plan(tmp_path), PARTS["reviewed"])
    done = len(recorded.of("train")), len(recorded.of("bench")), len(recorded.of("export"))
    assert run(plan(tmp_path), PARTS["reviewed"]) == first
    assert (len(recorded.of("train")), len(recorded.of("bench")), len(recorded.of("export"))) == done
    run(plan(tmp_path), PARTS["passes"])
    assert len(recorded.of("bench")) == done[1] + 6


def test_items_that_could_not_be_asked_stop_it(recorded: Recorded, tmp_path: Path) -> None:
    run(plan(tmp_path), PARTS["passes"])
    write(tmp_path / "work/bench-before/summary.json", [{"totals": {"errored": 1}}])
    with pytest.raises(SystemExit, match="could not be answered"):
        run(plan(tmp_path), PARTS["passes"])
