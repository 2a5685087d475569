"""Which rows are written: once each, by item and by prompt in one split, none that is held out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from avocet import exports, runs
from avocet.db import Database
from avocet.errors import InvalidRequest
from avocet.exporters.base import Rules
from avocet.exports import ExportFilter, HoldOut, Recipe, Splits
from avocet.exports.rows import DUPLICATE, HELD_OUT
from tests.exports.deciding import corrected, decide, read_rows, rows_of, varied
from tests.factories import RUN, candidate_line, import_lines

THIRDS = Splits(train=0.4, validation=0.3, test=0.3)
ASKED = [{"role": "user", "content": "What is 1 + 1?"}]


def split_of(database: Database, folder: Path, splits: Splits = THIRDS) -> dict[str, str]:
    """Where each row stands."""
    written = exports.write_folder(database, Recipe(splits=splits), folder)
    return {
        row["avocet_id"]: str(file.split)
        for file in written.files
        if file.rows
        for row in read_rows(folder / file.name)
    }


class TestDuplicates:
    @pytest.fixture
    def desk(self, database: Database, bench_dir: Path) -> Database:
        corrected(database, bench_dir, [candidate_line(number, prompt_messages=ASKED) for number in range(3)])
        return database

    @pytest.mark.parametrize(("format_name", "rows"), [("sft", 3), ("candidates", 3), ("trl-sft", 1), ("csv", 3)])
    def test_are_left_out_once_seen(self, desk: Database, format_name: str, rows: int) -> None:
        """For a person's table a row is known by the model's text too; these three have different ones."""
        found = exports.preview(desk, Recipe(format=format_name))
        assert (found.rows, found.left_out.get(DUPLICATE, 0)) == (rows, 3 - rows)

    def test_another_answer_is_another_row(self, desk: Database, bench_dir: Path) -> None:
        import_lines(desk, bench_dir, [candidate_line(9, prompt_messages=ASKED)], "other")
        decide(desk, 9, "correct", "other")
        assert len(rows_of(desk, "trl-sft")) == 2
        assert len(rows_of(desk, "trl-dpo")) == 4

    def test_can_be_asked_for(self, desk: Database) -> None:
        assert exports.preview(desk, Recipe(format="trl-sft", rules=Rules(duplicates=True))).rows == 3

    def test_of_a_table(self, database: Database, bench_dir: Path) -> None:
        lines = [candidate_line(number, prompt_messages=ASKED, model_response="x") for number in range(2)]
        corrected(database, bench_dir, lines)
        found = exports.preview(database, Recipe(format="csv"))
        assert (found.rows, found.left_out) == (1, {DUPLICATE: 1})


class TestSplits:
    def test_an_item_is_never_torn_apart(self, database: Database, bench_dir: Path, tmp_path: Path) -> None:
        varied(database, bench_dir, 80)
        where = split_of(database, tmp_path / "set")
        by_item: dict[int, set[str]] = {}
        for name, split in where.items():
            by_item.setdefault(int(name.rpartition("-")[2]) % 20, set()).add(split)
        assert all(len(splits) == 1 for splits in by_item.values())
        assert set(where.values()) == {"train", "validation", "test"}

    def test_variants_of_a_prompt_stay_together_without_an_item(
        self, database: Database, bench_dir: Path, tmp_path: Path
    ) -> None:
        lines = [
            candidate_line(
                number,
                task_id=None,
                prompt_messages=[
                    {"role": "system", "content": f"Style {number}."},
                    {"role": "user", "content": f"Question {number % 5}?"},
                ],
            )
            for number in range(40)
        ]
        corrected(database, bench_dir, lines)
        where = split_of(database, tmp_path / "set")
        for question in range(5):
            assert len({where[f"{RUN}/item-{number}"] for number in range(question, 40, 5)}) == 1

    def test_the_same_prompt_under_other_items_stands_in_one_split(
        self, database: Database, bench_dir: Path, tmp_path: Path
    ) -> None:
        lines = [candidate_line(number, prompt_messages=ASKED, item_id=f"i{number}") for number in range(20)]
        lines += [candidate_line(number, prompt_messages=ASKED, task_id=None) for number in range(20, 25)]
        corrected(database, bench_dir, lines)
        assert len(set(split_of(database, tmp_path / "set").values())) == 1

    def test_membership_survives_growth(self, database: Database, bench_dir: Path, tmp_path: Path) -> None:
        corrected(database, bench_dir, [candidate_line(number) for number in range(30)])
        before = split_of(database, tmp_path / "before")
        more = [candidate_line(number, prompt_messages=ASKED) for number in range(30, 60)]
        more += [
            candidate_line(n, task_id="else", prompt_messages=candidate_line(n - 60)["prompt_messages"])
            for n in range(60, 90)
        ]
        import_lines(
            database, bench_dir, [{**line, "status": "approved", "corrected_response": "x"} for line in more], "more"
        )
        runs.take_back(database, "more", "rowan", decided_too=True)
        assert split_of(database, tmp_path / "hidden") == before
        runs.restore(database, "more")
        after = split_of(database, tmp_path / "after")
        assert {name: after[name] for name in before} == before
        assert len(after) == 90

    def test_another_salt_is_another_split(self, database: Database, bench_dir: Path, tmp_path: Path) -> None:
        corrected(database, bench_dir, [candidate_line(number) for number in range(30)])
        salted = Splits(train=0.4, validation=0.3, test=0.3, salt="x")
        assert split_of(database, tmp_path / "one") != split_of(database, tmp_path / "two", salted)

    def test_records_are_not_split(self, database: Database) -> None:
        for format_name in ("candidates", "csv"):
            with pytest.raises(InvalidRequest, match="not split"):
                exports.preview(database, Recipe(format=format_name, splits=THIRDS))


class TestHoldOut:
    @pytest.fixture
    def desk(self, database: Database, bench_dir: Path) -> Database:
        varied(database, bench_dir)
        return database

    def test_stays_out_of_every_training_set_and_is_counted(self, desk: Database) -> None:
        whole = {row["avocet_id"] for row in rows_of(desk)}
        exports.store_hold_out(desk, HoldOut(share=0.4))
        kept = {row["avocet_id"] for row in rows_of(desk)}
        preview = exports.preview(desk, Recipe())
        assert 0 < preview.held_out == len(whole - kept) == preview.left_out[HELD_OUT] < len(whole)
        held_items = {int(name.rpartition("-")[2]) % 20 for name in whole - kept}
        for row in rows_of(desk, "trl-kto"):
            assert int(row["avocet_id"].rpartition("-")[2]) % 20 not in held_items

    def test_is_whole_items_whatever_the_filter(self, desk: Database) -> None:
        exports.store_hold_out(desk, HoldOut(share=0.4))
        everything = {row["avocet_id"] for row in rows_of(desk)}
        for action in ("correct", "accept"):
            assert {row["avocet_id"] for row in rows_of(desk, action=(action,))} <= everything

    def test_moving_a_desk_moves_everything(self, desk: Database) -> None:
        exports.store_hold_out(desk, HoldOut(share=0.4))
        assert len(rows_of(desk, "candidates")) == 60

    @pytest.mark.parametrize("share", [-0.1, 1.0, float("nan")])
    def test_a_share_that_is_none(self, desk: Database, share: float) -> None:
        with pytest.raises(InvalidRequest):
            exports.store_hold_out(desk, HoldOut(share=share))


class TestTexts:
    @pytest.fixture
    def desk(self, database: Database, bench_dir: Path) -> Database:
        answers = ["It is 0.", "It is 9.", "Quite another answer: NINE", "It was 3."]
        lines = [candidate_line(number, model_response=f"It is {number}.") for number in range(4)]
        import_lines(database, bench_dir, lines)
        for number, answer in enumerate(answers):
            decide(database, number, "accept" if answer == lines[number]["model_response"] else "correct", answer)
        return database

    @pytest.mark.parametrize(
        ("wanted", "numbers"),
        [
            ({"min_change": 0.01}, [1, 2, 3]),
            ({"max_change": 0.0}, [0]),
            ({"min_change": 0.01, "max_change": 0.3}, [1, 3]),
            ({"min_change": 0.5}, [2]),
            ({"text": "nine"}, [2]),
            ({"text": "it is 3"}, [3]),
            ({"text": "what is"}, [0, 1, 2, 3]),
            ({"exclude_text": "NINE"}, [0, 1, 3]),
            ({"min_score": 0.3, "max_score": 0.4}, [0, 1, 2, 3]),
            ({"min_score": 0.4}, []),
        ],
    )
    def test_filters_look_at_them(self, desk: Database, wanted: dict[str, Any], numbers: list[int]) -> None:
        assert [row["avocet_id"] for row in rows_of(desk, **wanted)] == [f"{RUN}/item-{n}" for n in numbers]
        assert [row["id"] for row in rows_of(desk, "candidates", **wanted)] == [f"{RUN}/item-{n}" for n in numbers]


def test_a_run_that_was_taken_back_can_be_excluded_by_an_old_recipe(database: Database, bench_dir: Path) -> None:
    corrected(database, bench_dir, [candidate_line(0)])
    runs.take_back(database, RUN, "rowan", decided_too=True)
    assert exports.preview(database, Recipe(filter=ExportFilter(exclude_run_id=(RUN,)))).rows == 0


def test_marks_of_tool_calls_are_read_where_they_stand(database: Database, bench_dir: Path) -> None:
    """Not in somebody's words that only look like them."""
    call = '[{"type":"function","function":{"name":"add","arguments":"{}"}}]'
    details = [
        {"response_type": "tool_calls"},
        {"response_type": "json", "words": '"response_type":"tool_calls"'},
        {"response_type": "text", "x": {"response_type": "tool_calls"}},
    ]
    lines = [candidate_line(n, model_response=call, details=one) for n, one in enumerate(details)]
    import_lines(database, bench_dir, lines)
    for number in range(3):
        decide(database, number, "accept")
    assert ["tool_calls" in row["messages"][-1] for row in rows_of(database)] == [True, False, False]
