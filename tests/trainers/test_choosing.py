"""`--early-stop checks` for real: the validation items are asked again, the best is kept, the hold-out asked once."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec
import pytest

from avocet import exports, training
from avocet.db import Database
from avocet.errors import InvalidRequest
from avocet.exports import HoldOut, Recipe, Splits, recipe
from avocet.training import TrainConfig
from avocet.training.asking import NO_CHECK, Asker
from avocet.training.report import TrainingReport
from tests.exports.deciding import decide
from tests.factories import candidate_line, import_lines

# what a tiny model babbles has words, and never this pattern
ALWAYS = {"kind": "patterns", "max_words": 100_000}
NEVER = {"kind": "patterns", "required": ["^the right answer$"]}
CHECKS = (ALWAYS, NEVER, None)


def line_of(number: int) -> Any:
    check = CHECKS[number % 3]
    return candidate_line(number, **({"check": check} if check else {}))


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    """Thirty corrections: a third passes always, a third never, and a third has no check."""
    import_lines(database, bench_dir, [line_of(number) for number in range(30)])
    for number in range(30):
        decide(database, number, "correct", f"It is {number}.", failure_category="wrong_answer")
    recipe.save(database, "mine", Recipe())
    return database


def config_of(model_folder: Path, tmp_path: Path, **more: Any) -> TrainConfig:
    given = {"base": str(model_folder), "out": str(tmp_path / "out"), "device": "cpu", "batch_size": 4, **more}
    return training.read_config(None, {"early_stop": "checks", "max_new_tokens": 4, "validation": 0.4, **given})


def run(desk: Database, config: TrainConfig, **more: Any) -> TrainingReport:
    return training.run(config, lambda: nullcontext(desk), reviewer="rowan", **more)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many items each evaluation asked."""
    found: list[int] = []
    ask = Asker.ask

    def note(self: Asker, model: Any, items: Any) -> Any:
        found.append(len(items))
        return ask(self, model, items)

    monkeypatch.setattr(Asker, "ask", note)
    return found


def test_it_stops_when_no_more_checks_pass_and_keeps_the_first_best(
    desk: Database, model_folder: Path, tmp_path: Path, asked: list[int]
) -> None:
    exports.store_hold_out(desk, HoldOut(share=0.3))
    config = config_of(model_folder, tmp_path, recipe="mine", epochs=50, save_steps=1, patience=2)
    made = run(desk, config)
    measured = [point for point in made.points if point.checks is not None]
    # nothing can get better than the first evaluation: after two more it stops
    assert (made.steps, made.stopped_early, len(measured)) == (3, True, 3)
    assert made.best_eval_loss == measured[0].eval_loss
    assert made.checks
    assert 0 < made.checks.passed < made.checks.asked
    assert made.checks.passed == round((measured[0].checks or 0) * made.checks.asked)
    assert made.checks.asked + made.checks.not_asked[NO_CHECK] == made.validation_rows
    assert any(note.endswith(NO_CHECK) for note in made.notes)
    held = made.checks.held_out
    assert held
    assert (held.is_clean, held.in_training, held.in_choice) == (True, 0, 0)
    assert 0 < held.passed < held.asked
    # three evaluations, and the hold-out once, after them
    assert asked == [made.checks.asked] * 3 + [held.asked]
    kept = (tmp_path / "out/training_report.json").read_bytes()
    assert msgspec.json.decode(kept, type=TrainingReport) == made
    assert "Hold-out, asked once" in (tmp_path / "out/training_report.html").read_text()


def test_a_hold_out_that_was_used_to_choose_is_not_clean(desk: Database, model_folder: Path, tmp_path: Path) -> None:
    written = tmp_path / "before"
    exports.write(desk, Recipe(format="trl-sft", splits=Splits(train=0.6, validation=0.4)), written)
    # held out only after the dataset was written
    exports.store_hold_out(desk, HoldOut(share=0.5))
    made = run(desk, config_of(model_folder, tmp_path, dataset=str(written), max_steps=2))
    assert made.checks
    held = made.checks.held_out
    assert held
    assert not held.is_clean
    assert held.in_choice > 0
    assert held.in_training > 0
    page = (tmp_path / "out/training_report.html").read_text()
    assert f"not clean: {held.in_choice} of its items were asked to choose" in page


def test_a_sweep_does_not_ask_the_hold_out(desk: Database, model_folder: Path, tmp_path: Path) -> None:
    exports.store_hold_out(desk, HoldOut(share=0.3))
    config = config_of(model_folder, tmp_path, recipe="mine", max_steps=1)
    made = run(desk, config, asks_hold_out=False)
    assert made.checks
    assert made.checks.held_out is None


def test_rows_without_any_check_are_told(
    database: Database, bench_dir: Path, model_folder: Path, tmp_path: Path
) -> None:
    import_lines(database, bench_dir, [candidate_line(number) for number in range(10)])
    for number in range(10):
        decide(database, number, "correct", f"It is {number}.")
    recipe.save(database, "mine", Recipe())
    with pytest.raises(
        InvalidRequest, match=r"No validation row can be asked again \(\d because the card has no check"
    ):
        run(database, config_of(model_folder, tmp_path, recipe="mine"))
    assert not (tmp_path / "out/to_ask.json").exists()
