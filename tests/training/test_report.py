"""A training's report: a page that stands alone, its plot, and the points it is made of."""

from __future__ import annotations

from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from avocet.training import progress, report
from avocet.training.config import TrainConfig
from avocet.training.groups import RowGroup
from avocet.training.progress import TrainingPoint
from avocet.training.report import TrainingReport

losses = st.none() | st.floats(-10, 1e9)


def made(points: list[TrainingPoint], base: str = "base") -> TrainingReport:
    return TrainingReport(
        config=TrainConfig(base=base, out="out", recipe="mine"),
        dataset="<b>data</b>",
        manifest_sha256=None,
        by_category={"wrong_answer": 3, "scoring_artifact": 1},
        used_by_category={"wrong_answer": 3},
        outcomes={"failed": RowGroup(rows=4, used=3, trained=3, answer_tokens=30, tokens=1100)},
        categories={
            "wrong_answer": RowGroup(rows=3, used=3, trained=3, answer_tokens=30, tokens=1100),
            "scoring_artifact": RowGroup(rows=1),
        },
        train_rows=3,
        validation_rows=0,
        test_rows_untouched=0,
        left_out={},
        notes=["Left out 1: too long & more"],
        answer_tokens=30,
        trained_tokens=90,
        steps=3,
        planned_steps=9,
        stopped_early=True,
        best_eval_loss=None,
        points=points,
        seconds=1.5,
        peak_memory_mib={"resident": 400.0},
        processes=1,
        device="cpu",
        versions={"avocet": "0.1.0"},
    )


def cells(*values: object) -> str:
    return "".join(f"<td>{value}</td>" for value in values)


def test_the_page_tells_all_and_runs_nothing() -> None:
    page = report.page(
        made([TrainingPoint(step=1, seconds=1, tokens=10, loss=2.0)], base="<script>alert(1)</script>")
    )
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "&lt;b&gt;data&lt;/b&gt;" in page
    assert "too long &amp; more" in page
    assert "3 of 9, stopped early" in page
    assert f"failed</th>{cells(4, 3, 3, 0, 30, '1,100')}" in page
    assert f"wrong_answer</th>{cells(3, 3, 3, 0, 30, '1,100')}" in page
    assert f"scoring_artifact</th>{cells(1, 0, 0, 0, 0, 0)}" in page
    for name in TrainConfig.__struct_fields__:
        assert f'<th scope="row">{name}</th>' in page


def test_both_files_are_written(tmp_path: Path) -> None:
    one = made([])
    report.write(tmp_path, one)
    assert msgspec.json.decode((tmp_path / report.JSON).read_bytes(), type=TrainingReport) == one
    assert "No step was taken." in (tmp_path / report.HTML).read_text()


@given(
    st.lists(
        st.builds(
            TrainingPoint,
            step=st.integers(1, 10**6),
            seconds=st.just(0.0),
            tokens=st.just(0),
            loss=losses,
            eval_loss=losses,
        )
    )
)
def test_any_points_are_drawn_inside_the_picture(points: list[TrainingPoint]) -> None:
    drawn = report.plot(points)
    for part in drawn.split('points="')[1:]:
        for pair in part.split('"')[0].split():
            x, y = map(float, pair.split(","))
            assert 0 <= x <= 640
            assert 0 <= y <= 240


def test_points_after_a_checkpoint_are_made_again(tmp_path: Path) -> None:
    for step in range(1, 6):
        progress.add_point(tmp_path, TrainingPoint(step=step, seconds=step, tokens=step, loss=1 / step))
    # a kill in the middle of a line
    with (tmp_path / progress.POINTS).open("ab") as stream:
        stream.write(b'{"step":6,"sec')
    kept = progress.forget_after(tmp_path, 3)
    assert [point.step for point in kept] == [1, 2, 3]
    assert progress.read_points(tmp_path) == kept


def test_a_folder_without_a_training_has_no_state(tmp_path: Path) -> None:
    assert progress.read_state(tmp_path) is None
    assert progress.read_points(tmp_path) == []
