"""A sweep trains every recipe with every seed once, goes on where it ended, and reports all of it together."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet import training
from avocet.db import Database
from avocet.errors import Cancelled, InvalidRequest, Prerequisite, UnknownRecipe
from avocet.exports import ExportFilter, Recipe, made, recipe
from avocet.training import TrainConfig, report, running, sweep_report, sweeping
from avocet.training.choosing import ChecksReport
from avocet.training.groups import RowGroup
from avocet.training.report import TrainingReport
from avocet.training.sweep_plan import SweepPlan
from tests.exports.deciding import varied

GIVEN: dict[str, Any] = {"base": "some/model", "recipe": ["a", "b"], "seeds": 2, "validation": 0.3}


def plan_of(folder: Path, **more: Any) -> SweepPlan:
    plan = training.read_plan(None, {**GIVEN, "out": str(folder / "out"), **more})
    assert isinstance(plan, SweepPlan)
    return plan


def report_of(config: TrainConfig, loss: float | None, passed: int = 0) -> TrainingReport:
    return TrainingReport(
        config=config,
        dataset=config.dataset or "",
        manifest_sha256=None,
        by_category={},
        used_by_category={},
        outcomes={"passed": RowGroup(trained=passed)} if passed else {},
        train_rows=20,
        validation_rows=5,
        test_rows_untouched=0,
        left_out={},
        notes=[],
        answer_tokens=100,
        trained_tokens=300,
        steps=9,
        planned_steps=9,
        stopped_early=False,
        best_eval_loss=loss,
        points=[],
        seconds=1.5,
        peak_memory_mib={},
        processes=1,
        device="cpu",
        versions={},
    )


class TestPlan:
    def test_every_recipe_is_trained_with_every_seed(self, tmp_path: Path) -> None:
        plan = plan_of(tmp_path, seed=3, seeds=2)
        assert [(one.source, one.seed, one.config.seed) for one in plan.members] == [
            (name, seed, seed) for name in "ab" for seed in (3, 4)
        ]
        out = tmp_path / "out"
        assert [one.config.out for one in plan.members] == [str(out / n / f"seed-{s}") for n in "ab" for s in (3, 4)]
        assert {one.config.dataset for one in plan.members[:2]} == {str(out / "a/dataset")}
        assert {one.config.recipe for one in plan.members} == {None}

    @pytest.mark.parametrize("alone", ["mine", ["mine"], ("mine",)])
    def test_one_recipe_without_seeds_is_one_training(self, alone: Any) -> None:
        config = training.read_plan(None, {"base": "m", "out": "o", "recipe": alone})
        assert config == training.read_config(None, {"base": "m", "out": "o", "recipe": "mine"})

    def test_a_file_may_hold_it_and_a_dataset_may_be_swept_too(self, tmp_path: Path) -> None:
        file = tmp_path / "sweep.toml"
        file.write_text('base = "m"\nout = "o"\nrecipe = ["a", "b", "a"]\n')
        plan = training.read_plan(file, {})
        assert isinstance(plan, SweepPlan)
        assert ([one.name for one in plan.sources], plan.seeds) == (["a", "b"], [0])
        of_rows = training.read_plan(None, {"base": "m", "out": "o", "dataset": "rows.jsonl", "seeds": 3})
        assert isinstance(of_rows, SweepPlan)
        assert [one.config.dataset for one in of_rows.members] == [str(Path("rows.jsonl").absolute())] * 3

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"seeds": 0}, "the number of seeds, 1 or more, not 0"),
            ({"seeds": True}, "not True"),
            ({"seeds": "many"}, "not 'many'"),
            ({"recipe": [1]}, "a list of names"),
            ({"recipe": []}, "either --recipe NAME or --dataset FOLDER"),
            ({"dataset": "here"}, "either --recipe NAME or --dataset FOLDER"),
            ({"epochs": 0}, "must be more than 0"),
        ],
    )
    def test_what_makes_no_sense_is_told(self, tmp_path: Path, wrong: dict[str, Any], told: str) -> None:
        with pytest.raises(InvalidRequest, match=told):
            plan_of(tmp_path, **wrong)

    @given(st.lists(st.text(min_size=1, max_size=80), min_size=2, max_size=8, unique=True))
    def test_two_recipes_never_share_a_folder(self, names: list[str]) -> None:
        plan = training.read_plan(None, {"base": "m", "out": "/o", "recipe": names})
        assert isinstance(plan, SweepPlan)
        folders = [Path(source.config.out) for source in plan.sources]
        assert len({folder.name.lower() for folder in folders}) == len(names)
        assert {folder.parent for folder in folders} == {Path("/o")}


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders that were trained in, by a stand-in that only writes a report; its losses are 1, 2, 3 …"""
    found: list[str] = []

    def run(config: TrainConfig, *_: Any, **__: Any) -> TrainingReport:
        found.append("/".join(Path(config.out).parts[-2:]))
        one = report_of(config, float(len(found)), passed=2)
        Path(config.out).mkdir()
        report.write(Path(config.out), one)
        return one

    monkeypatch.setattr(running, "check_installed", lambda: None)
    monkeypatch.setattr(running, "run", run)
    monkeypatch.setattr(sweeping, "_release", lambda: None)
    return found


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    varied(database, bench_dir)
    recipe.save(database, "a", Recipe())
    recipe.save(database, "b", Recipe(filter=ExportFilter(action=("correct",))))
    return database


def sweep(desk: Database, plan: SweepPlan, **more: Any) -> sweep_report.SweepReport:
    return training.sweep(plan, lambda: nullcontext(desk), reviewer="rowan", **more)


ALL = ["a/seed-0", "a/seed-1", "b/seed-0", "b/seed-1"]


class TestRun:
    def test_each_recipe_is_written_once_for_all_its_seeds(
        self, desk: Database, tmp_path: Path, trained: list[str]
    ) -> None:
        found = sweep(desk, plan_of(tmp_path))
        assert trained == ALL
        assert [one.recipe_name for one in made.read_all(desk)] == ["b", "a"]
        assert [(one.source, one.mean, one.best_seed) for one in found.sources] == [("a", 1.5, 0), ("b", 3.5, 0)]
        kept = (tmp_path / "out" / sweep_report.JSON).read_bytes()
        assert msgspec.json.decode(kept, type=sweep_report.SweepReport) == found
        assert found.done == 4

    def test_what_is_done_is_not_run_again(
        self, desk: Database, tmp_path: Path, trained: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run, said = running.run, list[str]()

        def stopped_at_the_third(config: TrainConfig, *rest: Any, **named: Any) -> TrainingReport:
            if len(trained) == 2:
                raise Cancelled("Stopped.")
            return run(config, *rest, **named)

        monkeypatch.setattr(running, "run", stopped_at_the_third)
        with pytest.raises(Cancelled):
            sweep(desk, plan_of(tmp_path))
        so_far = msgspec.json.decode(
            (tmp_path / "out" / sweep_report.JSON).read_bytes(), type=sweep_report.SweepReport
        )
        assert [one.is_done for one in so_far.members] == [True, True, False, False]
        monkeypatch.setattr(running, "run", run)
        found = sweep(desk, plan_of(tmp_path), tell=said.append)
        assert trained == ALL
        assert [one.best_eval_loss for one in found.members] == [1, 2, 3, 4]
        assert said == [
            "2 of 4 trainings are done already",
            "Training 3 of 4: b, seed 0",
            "Training 4 of 4: b, seed 1",
        ]
        assert sweep(desk, plan_of(tmp_path)) == found
        assert trained == ALL

    def test_seeds_and_recipes_may_be_added(self, desk: Database, tmp_path: Path, trained: list[str]) -> None:
        sweep(desk, plan_of(tmp_path, recipe="a", seeds=1))
        sweep(desk, plan_of(tmp_path))
        assert trained == ALL
        assert sweep(desk, plan_of(tmp_path), fresh=True).done == 4
        assert trained == ALL * 2

    def test_other_settings_need_another_folder(self, desk: Database, tmp_path: Path, trained: list[str]) -> None:
        sweep(desk, plan_of(tmp_path))
        with pytest.raises(InvalidRequest, match="other settings: epochs differ"):
            sweep(desk, plan_of(tmp_path, epochs=9))
        assert trained == ALL

    def test_a_folder_of_something_else_is_left_alone(
        self, desk: Database, tmp_path: Path, trained: list[str]
    ) -> None:
        plan = plan_of(tmp_path)
        out = Path(plan.out)
        out.mkdir()
        (out / "letters.txt").write_text("dear")
        with pytest.raises(Prerequisite, match="holds something else"):
            sweep(desk, plan, fresh=True)
        (out / "letters.txt").unlink()
        sweep(desk, plan)
        (out / "letters.txt").write_text("dear")
        with pytest.raises(Prerequisite, match=r"letters\.txt is no part of a sweep"):
            sweep(desk, plan, fresh=True)
        (out / sweeping.PLAN).write_text("[]")
        with pytest.raises(Prerequisite, match="no plan of a sweep"):
            sweep(desk, plan)
        assert (out / "letters.txt").read_text() == "dear"

    def test_an_unknown_recipe_is_told_before_anything_is_trained(
        self, desk: Database, tmp_path: Path, trained: list[str]
    ) -> None:
        with pytest.raises(UnknownRecipe, match="'absent'"):
            sweep(desk, plan_of(tmp_path, recipe=["a", "absent"]))
        assert trained == []

    def test_a_report_that_cannot_be_read_is_told(self, desk: Database, tmp_path: Path, trained: list[str]) -> None:
        sweep(desk, plan_of(tmp_path))
        (tmp_path / "out/a/seed-1" / report.JSON).write_text("{")
        with pytest.raises(Prerequisite, match=r"seed-1 to train it again"):
            sweep(desk, plan_of(tmp_path))


class TestReport:
    def test_losses_of_recipes_are_compared_only_on_the_same_rows(
        self, desk: Database, tmp_path: Path, trained: list[str]
    ) -> None:
        recipe.save(desk, "c", Recipe())
        same = sweep(desk, plan_of(tmp_path / "same", recipe=["a", "c"]))
        assert same.is_comparable
        assert sweep_report.NOT_COMPARABLE not in sweep_report.page(same)
        recipe.save(desk, "few", Recipe(filter=ExportFilter(include_category=("wrong_answer",))))
        other = sweep(desk, plan_of(tmp_path / "other", recipe=["a", "few"]))
        assert not other.is_comparable
        assert sweep_report.NOT_COMPARABLE.partition(":")[0] in sweep_report.page(other)

    def test_the_page_tells_all_and_runs_nothing(self, tmp_path: Path) -> None:
        plan = plan_of(tmp_path, recipe=["<script>alert(1)</script>"], seeds=2)
        first = plan.members[0]
        found = sweep_report.make(plan, {first.config.out: report_of(first.config, 1.25, passed=7)})
        page = sweep_report.page(found)
        assert "<script" not in page
        assert "http" not in page.replace("http-equiv", "")
        assert "1 of 2 trainings done" in page
        assert "not done" in page
        assert (
            "<td>0</td><td>20</td><td>7</td><td>5</td><td>100</td><td>9</td><td>1.2500</td><td>–</td><td>2 s</td>"
            in page
        )

    def test_the_best_seed_has_the_most_passes_if_checks_chose(self, tmp_path: Path) -> None:
        plan = plan_of(tmp_path, recipe="a", seeds=3)
        reports = {}
        for one, (loss, passed) in zip(plan.members, [(1.0, 3), (2.0, 7), (1.5, 7)], strict=True):
            checks = ChecksReport(asked=9, passed=passed, not_asked={}, held_out=None)
            reports[one.config.out] = msgspec.structs.replace(report_of(one.config, loss), checks=checks)
        found = sweep_report.make(plan, reports)
        assert found.sources[0].best_seed == 2
        assert "<td>7 of 9</td>" in sweep_report.page(found)

    @given(st.lists(st.none() | st.floats(-1e9, 1e9), min_size=4, max_size=4))
    def test_any_losses_are_drawn_inside_the_picture(self, losses: list[float | None]) -> None:
        plan = training.read_plan(None, {**GIVEN, "out": "/o", "recipe": "a", "seeds": 4})
        assert isinstance(plan, SweepPlan)
        reports = {
            one.config.out: report_of(one.config, loss) for one, loss in zip(plan.members, losses, strict=True)
        }
        drawn = sweep_report.plot(sweep_report.make(plan, reports))
        dots = [float(part.partition('"')[0]) for part in drawn.split('cx="')[1:]]
        assert len(dots) == len([loss for loss in losses if loss is not None])
        assert all(0 <= dot <= 640 for dot in dots)
        assert ("Nothing was measured" in drawn) == (not dots)
