"""The rows of `cleaned`: one for each item, over runs, models, epochs and outcomes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from avocet import exports
from avocet.db import Database
from avocet.exports import ExportFilter, Recipe
from avocet.importers.base import ImportOptions
from avocet.review import decisions
from avocet.review.decisions import Submission
from avocet.runs import RunSource, import_run
from tests.exports.deciding import read_rows
from tests.factories import Line, candidate_line, import_lines, write_run

# task, item, prompt, run, more
CARDS: tuple[tuple[str | None, str | None, str, str, Line], ...] = (
    ("sums", "s1", "2 + 2?", "one", {"reference": "4"}),
    ("sums", "s2", "3 + 3?", "one", {"reference": "6"}),
    ("sums", "s1", "2 + 2?", "two", {"model_name": "large", "outcome": "passed"}),
    (None, None, "Why?", "one", {}),
    ("facts", None, "Why?", "two", {}),
    (None, None, "Why?", "two", {"model_name": "large"}),
    ("facts", "s1", "Who?", "two", {}),
)


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    """Seven cards of five items in two runs; the first item's reference is wrong by both of its cards."""
    for run in ("one", "two"):
        lines = [
            candidate_line(
                number,
                task_type=task,
                task_id=None,
                item_id=item,
                prompt_messages=[{"role": "user", "content": prompt}],
                benchmark_run_id=run,
                **more,
            )
            for number, (task, item, prompt, of, more) in enumerate(CARDS)
            if of == run
        ]
        source = RunSource(write_run(bench_dir, lines, run), run, "2026-01-02T03:04:05")
        import_run(database, source, options=ImportOptions(keep={"passed": "all"}))
    say(database, 0, "accept", check_fault="reference_wrong", corrected_reference="four")
    say(database, 2, "flag", check_fault="check_too_lax", corrected_reference="four")
    say(database, 4, "flag")
    return database


def say(database: Database, number: int, action: str, **more: Any) -> None:
    card = candidate_line(number)["id"]
    decisions.submit(database, Submission(id=card, action=action, **more), "rowan")  # type: ignore[arg-type]


def rows(database: Database, folder: Path, **wanted: Any) -> list[Any]:
    recipe = Recipe(format="cleaned", filter=ExportFilter(**wanted))
    exports.write(database, recipe, folder)
    path = folder / "data.jsonl"
    found = read_rows(path) if path.exists() else []  # a folder without rows has no data file
    assert exports.preview(database, recipe).rows == len(found)
    return found


def told(found: list[Any]) -> list[tuple[Any, ...]]:
    return [(row["task_type"], row["item_id"], row["prompt"], row["cards"], row["status"]) for row in found]


def test_an_item_is_a_tasks_and_without_an_id_its_prompts(desk: Database, tmp_path: Path) -> None:
    """In the order in which their first cards came: run one before run two."""
    assert told(rows(desk, tmp_path / "out")) == [
        ("sums", "s1", "2 + 2?", 2, "revised"),
        ("sums", "s2", "3 + 3?", 1, "unread"),
        (None, None, "Why?", 2, "unread"),
        ("facts", None, "Why?", 1, "verified"),
        ("facts", "s1", "Who?", 1, "unread"),
    ]


def test_two_harnesses_that_name_an_item_alike_are_not_merged(
    database: Database, bench_dir: Path, tmp_path: Path
) -> None:
    asked = (("inspect", "2 + 2?", "4"), ("promptfoo", "Add 2 and 2, in words.", "four"), ("inspect", "2 + 2?", "4"))
    lines = [
        candidate_line(
            number,
            item_id="s1",
            harness=harness,
            reference=reference,
            prompt_messages=[{"role": "user", "content": prompt}],
        )
        for number, (harness, prompt, reference) in enumerate(asked)
    ]
    import_lines(database, bench_dir, lines)
    say(database, 1, "flag", check_fault="question_broken")
    found = rows(database, tmp_path / "out")
    names = ("harness", "item_id", "prompt", "original_target", "cards", "status")
    assert [tuple(row[name] for name in names) for row in found] == [
        ("inspect", "s1", "2 + 2?", ["4"], 2, "unread"),
        ("promptfoo", "s1", "Add 2 and 2, in words.", ["four"], 1, "rejected"),
    ]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (
            {"run_id": ("two",)},
            [("s1", 1, "revised"), (None, 1, "verified"), (None, 1, "unread"), ("s1", 1, "unread")],
        ),
        ({"outcome": "passed"}, [("s1", 1, "revised")]),
        ({"model_name": ("large",)}, [("s1", 1, "revised"), (None, 1, "unread")]),
        ({"task_type": ("facts",)}, [(None, 1, "verified"), ("s1", 1, "unread")]),
        ({"action": ("accept",)}, [("s1", 1, "revised")]),
        ({"text": "why"}, [(None, 2, "unread"), (None, 1, "verified")]),
        ({"min_change": 0.5}, []),
    ],
)
def test_the_filter_says_which_cards_speak(
    desk: Database, tmp_path: Path, wanted: dict[str, Any], expected: list[tuple[Any, ...]]
) -> None:
    found = rows(desk, tmp_path / "out", **wanted)
    assert [(row["item_id"], row["cards"], row["status"]) for row in found] == expected


def test_the_folder_is_the_same_every_time_and_the_manifest_counts(desk: Database, tmp_path: Path) -> None:
    first = exports.write(desk, Recipe(format="cleaned"), tmp_path / "a")
    second = exports.write(desk, Recipe(format="cleaned"), tmp_path / "b")
    assert first == second
    assert (first.read, first.rows, first.left_out) == (7, 5, {})
    assert sorted(file.name for file in first.files) == ["README.md", "data.jsonl"]
    assert {run.run_id: run.candidates for run in first.runs} == {"one": 3, "two": 4}


def test_more_cards_than_are_fetched_at_once_stay_with_their_items(database: Database, bench_dir: Path) -> None:
    """Three items whose 1,200 cards alternate."""
    lines = [
        candidate_line(number, item_id=f"i{number % 3}", prompt_messages=[{"role": "user", "content": f"{number}?"}])
        for number in range(1_200)
    ]
    import_lines(database, bench_dir, lines)
    assert [(row["item_id"], row["prompt"], row["cards"]) for row in rows(database, bench_dir / "out")] == [
        ("i0", "0?", 400),
        ("i1", "1?", 400),
        ("i2", "2?", 400),
    ]
