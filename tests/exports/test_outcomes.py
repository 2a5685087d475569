"""Exports mean what failed, unless they say otherwise; passes only as far as somebody vouched for them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from avocet import exports
from avocet.db import Database
from avocet.domain import OUTCOMES, Outcome
from avocet.errors import InvalidRequest
from avocet.exporters import EXPORTERS, choose
from avocet.exports import AsOf, ExportFilter, HoldOut, Passes, Recipe, Splits, made, recipe
from avocet.models import Candidate
from avocet.review import bulk, counters, decisions
from avocet.review.bulk_step import BulkStep
from avocet.review.queue import QueueFilter
from tests.exports.deciding import contents, decide
from tests.factories import RUN, candidate_line, import_lines

ACTIONS = ("correct", "accept", "discard", "flag", None)
# by outcome, one card for each action and one that waits: failed 0 to 4, passed 5 to 9, errored 10 to 14, …
CARDS = [(outcome, action) for outcome in OUTCOMES for action in ACTIONS]
TRAINING = [name for name in EXPORTERS if choose(name).is_training]


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    lines = [candidate_line(number, outcome=outcome) for number, (outcome, _) in enumerate(CARDS)]
    import_lines(database, bench_dir, lines)
    for number, (_, action) in enumerate(CARDS):
        if action:
            decide(database, number, action, f"It is {number + 1}." if action == "correct" else None)
    return database


def numbers(database: Database, wanted: Recipe, as_of: AsOf | None = None) -> list[int]:
    """The numbers of the cards that give rows."""
    content = b"".join(exports.stream(database, wanted, as_of))
    rows = [json.loads(line) for line in content.split(b"\n") if line]
    return [int((row.get("avocet_id") or row["id"]).rpartition("-")[2]) for row in rows]


def score_anew(database: Database, number: int, outcome: Outcome) -> None:
    """Change the outcome of an undecided card, as an import with another threshold does."""
    one = Candidate.id == f"{RUN}/item-{number}"
    query = select(*counters.STATE_COLUMNS).where(one)
    with database.write() as connection:
        before = counters.CardState(*connection.execute(query).one())
        assert before.status == "needs_review"
        connection.execute(update(Candidate).where(one).values(outcome=outcome, item_outcome=outcome))
        after = before._replace(outcome=outcome, item_outcome=outcome)
        counters.change(connection, ((before, -1), (after, 1)))


def test_a_training_set_is_what_failed(desk: Database) -> None:
    assert numbers(desk, Recipe()) == [0, 1]


@pytest.mark.parametrize(
    ("passes", "outcome", "found"),
    [
        ("none", None, [0, 1]),
        ("corrected", None, [0, 1, 5]),
        ("confirmed", None, [0, 1, 5, 6]),
        ("none", "failed", [0, 1]),
        ("confirmed", "failed", [0, 1, 5, 6]),
        ("corrected", "passed", [5]),
        ("confirmed", "passed", [5, 6]),
        ("none", "errored", [10, 11]),
        ("corrected", "errored", [5, 10, 11]),
        ("none", "unscored", [15, 16]),
        ("corrected", "any", [0, 1, 5, 10, 11, 15, 16]),
        ("confirmed", "any", [0, 1, 5, 6, 10, 11, 15, 16]),
    ],
)
def test_passes_come_in_as_the_recipe_says(desk: Database, passes: Passes, outcome: Any, found: list[int]) -> None:
    wanted = Recipe(filter=ExportFilter(outcome=outcome), passes=passes)
    assert numbers(desk, wanted) == found
    assert exports.preview(desk, wanted).rows == len(found)


@pytest.mark.parametrize("outcome", ["passed", "any"])
@pytest.mark.parametrize("format_name", TRAINING)
def test_an_outcome_alone_brings_no_pass_into_a_training_set(desk: Database, format_name: str, outcome: Any) -> None:
    wanted = Recipe(format=format_name, filter=ExportFilter(outcome=outcome))
    for refused in (
        lambda: exports.preview(desk, wanted),
        lambda: recipe.save(desk, "mine", wanted),
    ):
        with pytest.raises(InvalidRequest, match="corrected, or confirmed"):
            refused()


def test_what_people_read_means_what_failed_too(desk: Database) -> None:
    def rows(**wanted: Any) -> int:
        passes = wanted.pop("passes", "none")
        return exports.preview(desk, Recipe(format="csv", filter=ExportFilter(**wanted), passes=passes)).rows

    assert [rows(), rows(outcome="failed"), rows(outcome="passed"), rows(outcome="any")] == [4, 4, 4, 16]
    assert [rows(passes="corrected"), rows(passes="confirmed")] == [5, 6]


def test_what_moves_between_desks_means_any(desk: Database) -> None:
    assert numbers(desk, Recipe(format="candidates")) == list(range(20))
    only = Recipe(format="candidates", filter=ExportFilter(outcome="passed"))
    assert numbers(desk, only) == list(range(5, 10))


def test_a_pass_is_judged_as_people_judged_it(desk: Database) -> None:
    """A corrected pass is a pair; an accepted one has no worse side; nobody's flag makes a pass a bad example."""
    assert numbers(desk, Recipe(format="trl-dpo", passes="confirmed")) == [0, 5]
    content = b"".join(exports.stream(desk, Recipe(format="trl-kto", passes="confirmed")))
    rows = [json.loads(line) for line in content.split(b"\n") if line]
    passed = [(row["avocet_id"], row["label"]) for row in rows if int(row["avocet_id"].rpartition("-")[2]) >= 5]
    assert passed == [(f"{RUN}/item-5", True), (f"{RUN}/item-5", False), (f"{RUN}/item-6", True)]


def test_passes_that_were_accepted_together_are_confirmed(desk: Database) -> None:
    bulk.decide(desk, BulkStep(action="accept", queue=QueueFilter(outcome="passed"), expected=1), "rowan")
    assert numbers(desk, Recipe(passes="confirmed")) == [0, 1, 5, 6, 9]


def test_the_preview_counts_the_outcomes_of_the_recipe(desk: Database) -> None:
    def by_status(wanted: Recipe) -> list[int]:
        return list(exports.preview(desk, wanted).by_status.values())

    assert by_status(Recipe()) == [2, 1, 1]
    assert by_status(Recipe(passes="confirmed")) == [4, 1, 1]
    assert by_status(Recipe(format="csv", filter=ExportFilter(outcome="any"))) == [8, 4, 4]


@pytest.mark.parametrize("format_name", ["sft", "trl-sft", "trl-kto", "openai-chat", "hf"])
def test_rows_tell_their_outcome_only_beside_passes(desk: Database, tmp_path: Path, format_name: str) -> None:
    for passes in ("none", "confirmed"):
        wanted = Recipe(format=format_name, passes=passes, splits=Splits(train=1))
        exports.write(desk, wanted, tmp_path / passes)
        held = b"".join(content for name, content in contents(tmp_path / passes).items() if name != "manifest.json")
        assert (b"outcome" in held) == (passes == "confirmed")


def test_a_row_tells_whether_its_answer_passed(desk: Database) -> None:
    for format_name in ("sft", "trl-sft"):
        content = b"".join(exports.stream(desk, Recipe(format=format_name, passes="confirmed", failure_tags=True)))
        rows = [json.loads(line) for line in content.split(b"\n") if line]
        assert [row["outcome"] for row in rows] == ["failed", "failed", "passed", "passed"]
        assert list(rows[0])[-3:] == ["benchmark_run_id", "outcome", "failure_tags"]


class TestRecipe:
    OLD = (
        b'{"format":"sft","filter":{},"splits":null,'
        b'"rules":{"artifact_pairs":false,"unchanged_pairs":false,"duplicates":false},"text_rule":null}'
    )

    def test_one_without_passes_is_written_as_before_there_were_any(self) -> None:
        assert msgspec.json.encode(Recipe()) == self.OLD
        assert msgspec.json.encode(Recipe(passes="none")) == self.OLD
        assert Recipe(passes="none") == Recipe() == msgspec.json.decode(self.OLD, type=Recipe)

    @pytest.mark.parametrize("passes", ["corrected", "confirmed"])
    def test_one_with_passes_comes_back_as_it_was_kept(self, database: Database, passes: Passes) -> None:
        wanted = Recipe(passes=passes, filter=ExportFilter(outcome="any"))
        recipe.save(database, "mine", wanted)
        assert recipe.read(database, "mine") == wanted
        assert json.loads(msgspec.json.encode(wanted))["passes"] == passes

    def test_a_recipe_kept_by_hand_with_none_means_none(self) -> None:
        assert msgspec.json.decode(b'{"passes":"none"}', type=Recipe) == Recipe()


class TestAgain:
    @pytest.mark.parametrize("passes", ["none", "corrected", "confirmed"])
    def test_passes_are_made_again_byte_for_byte(self, desk: Database, tmp_path: Path, passes: Passes) -> None:
        exports.store_hold_out(desk, HoldOut(share=0.2))
        wanted = Recipe(passes=passes, splits=Splits(train=0.5, test=0.5))
        first, second = tmp_path / "first", tmp_path / "second"
        written = exports.write(desk, wanted, first)
        for number in (0, 1, 5, 6):
            decisions.undo(desk, f"{RUN}/item-{number}", "ann")
        decide(desk, 9, "accept")
        assert made.again(desk, written, second) == written
        assert contents(first) == contents(second)
        assert exports.verify(first, desk).problems == []

    @pytest.mark.parametrize("format_name", ["sft", "csv"])
    def test_an_undone_card_may_have_another_outcome_since(
        self, desk: Database, bench_dir: Path, tmp_path: Path, format_name: str
    ) -> None:
        """A later import scores undecided cards anew, and an export of earlier stays what it was."""
        written = exports.write(desk, Recipe(format=format_name), tmp_path / "first.file")
        decisions.undo(desk, f"{RUN}/item-0", "ann")
        score_anew(desk, 0, "passed")
        decide(desk, 0, "accept")
        assert exports.preview(desk, Recipe()).rows == 1
        made.again(desk, written, tmp_path / "second.file")
        assert (tmp_path / "first.file").read_bytes() == (tmp_path / "second.file").read_bytes()
        passed = Recipe(filter=ExportFilter(outcome="passed"), passes="confirmed")
        assert numbers(desk, passed) == [0, 5, 6]
        assert numbers(desk, passed, written.as_of) == [5, 6]


class TestCorrectedReference:
    def read(self, database: Database, as_of: AsOf | None = None) -> list[str]:
        content = b"".join(exports.stream(database, Recipe(format="csv"), as_of)).decode("utf-8-sig")
        return [row["reference"] for row in csv.DictReader(io.StringIO(content))]

    def test_it_stands_in_place_of_the_reference(self, database: Database, bench_dir: Path) -> None:
        import_lines(database, bench_dir, [candidate_line(n, reference="old") for n in range(4)])
        first = decide(database, 0, "discard")
        decide(database, 1, "discard", corrected_reference="new")
        decide(database, 2, "discard", corrected_reference=0)
        last = decide(database, 3, "discard", corrected_reference=["a", "b"])
        assert self.read(database) == ["old", "new", "0", "a; b"]
        decisions.undo(database, f"{RUN}/item-1", "ann")
        decide(database, 0, "discard", corrected_reference="newest", revises=first)
        decide(database, 1, "discard")
        assert self.read(database) == ["newest", "old", "0", "a; b"]
        assert self.read(database, AsOf(last)) == ["old", "new", "0", "a; b"]

    def test_records_that_move_keep_both(self, database: Database, bench_dir: Path) -> None:
        import_lines(database, bench_dir, [candidate_line(0, reference="old"), candidate_line(1)])
        decide(database, 0, "discard", corrected_reference="new", check_fault="reference_wrong")
        content = b"".join(exports.stream(database, Recipe(format="candidates")))
        said, silent = (json.loads(line) for line in content.split(b"\n") if line)
        assert (said["reference"], said["corrected_reference"]) == ("old", "new")
        assert said["check_fault"] == "reference_wrong"
        assert not silent.keys() & {"corrected_reference", "check_fault", "outcome", "check"}
