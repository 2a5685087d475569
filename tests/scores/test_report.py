"""The report of a desk: worked examples on real rows, every basis, and what it says where it can't tell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary, Text, cast, literal, update

from avocet.db import Database
from avocet.domain import Verdict
from avocet.errors import TakenBack, UnknownRun
from avocet.models import Item
from avocet.review import bulk, decisions, queue, samples
from avocet.review.bulk_step import BulkStep
from avocet.review.decisions import Submission
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked
from avocet.runs import find, import_run, take_back
from avocet.scores.report import report
from avocet.scores.rows import Number, ReportRow
from avocet.scores.suggesting import suggest
from tests.promises.project import PACKAGE, ROOT
from tests.runs.listed import Listed, import_listed
from tests.scores.desks import RUN, draw, members, run_of, say


def row_of(database: Database, run: str = RUN, **asked: Any) -> ReportRow:
    (row,) = report(database, run, **asked).rows
    return row


def ends(number: Number | None) -> tuple[float | None, ...]:
    assert number is not None
    return tuple(None if end is None else round(end, 6) for end in (number.value, number.low, number.high))


def test_a_sample_of_each_outcome(database: Database, tmp_path: Path) -> None:
    """Worked example 1 of the method: failed (20, 10, 3), passed (30, 10, 9)."""
    run_of(database, tmp_path, failed=20, passed=30)
    for outcome, right in (("failed", 3), ("passed", 9)):
        draw(database, outcome, 10, outcome)
        cards = members(database, outcome)
        say(database, cards[:right], "right")
        say(database, cards[right:], "wrong")
    row = row_of(database)
    assert row.items == {"failed": 20, "passed": 30, "errored": 0, "unscored": 0}
    assert row.basis == {"failed": "sample", "passed": "sample"}
    assert ends(row.corrected_score) == (0.66, 0.52, 0.76)
    assert ends(row.check_errors.fails_right) == (0.181818, 0.096774, 0.294118)
    assert ends(row.check_errors.passes_wrong) == (0.176471, 0.058824, 0.428571)
    assert ends(row.harness_score) == (0.6, 0.6, 0.6)
    assert row.rough
    assert row.at_most is row.at_least is row.known_limits is None


def test_only_the_beginning_of_a_sample_counts(database: Database, tmp_path: Path) -> None:
    run_of(database, tmp_path, failed=40, passed=0)
    draw(database, "s", 20)
    cards = members(database, "s")
    say(database, cards[:12], "wrong")
    say(database, cards[13:15], "right")  # one was skipped: these are facts, not data
    row = row_of(database)
    assert row.read == {"failed": 14, "passed": 0}
    assert row.effective_reads["failed"] == 12
    assert ends(row.false_fails)[0] == 0.05  # none of the twelve; at least two of forty
    say(database, [cards[12]], "wrong")
    row = row_of(database)
    assert row.effective_reads["failed"] == 15
    assert ends(row.false_fails)[0] == round(2 / 15, 6)


def test_reads_in_another_way_give_limits_alone(database: Database, tmp_path: Path) -> None:
    run_of(database, tmp_path, failed=40, passed=10)
    say(database, cards_of(database, "failed")[:12], "right")
    row = row_of(database)
    assert row.basis == {"failed": "other", "passed": "none"}
    assert row.corrected_score is row.false_fails is row.at_most is None
    assert ends(row.known_limits) == (None, 12 / 50, 1.0)
    assert any("no random sample" in note for note in row.notes)


def test_read_before_the_sample_is_a_stratum_of_its_own(database: Database, tmp_path: Path) -> None:
    """Worked example 20: 60 read by choice, 50 of them right; 40 of the other 340 drawn, 2 right."""
    run_of(database, tmp_path, failed=400, passed=0)
    chosen = cards_of(database, "failed")[:60]
    say(database, chosen[:50], "right")
    say(database, chosen[50:], "wrong")
    draw(database, "s", 40)
    cards = members(database, "s")
    say(database, cards[:2], "right")
    say(database, cards[2:], "wrong")
    row = row_of(database)
    assert row.strata == 2
    assert row.basis["failed"] == "sample"
    assert [round(400 * end) for end in ends(row.false_fails) if end is not None] == [67, 54, 99]


def test_items_that_came_later_are_not_spoken_for(database: Database, tmp_path: Path) -> None:
    first = [Listed(f"f{number}") for number in range(30)]
    import_listed(database, tmp_path, first)
    draw(database, "s", 20)
    say(database, members(database, "s"), "wrong")
    assert row_of(database).basis["failed"] == "sample"
    import_listed(database, tmp_path, [*first, *(Listed(f"g{number}") for number in range(6))])
    row = row_of(database)
    assert row.basis["failed"] == "other"
    assert row.false_fails is None
    assert any("17 % of the failures" in note for note in row.notes)
    say(database, [card for card in cards_of(database, "failed") if card not in members(database, "s")][-6:], "right")
    row = row_of(database)
    assert (row.basis["failed"], row.strata) == ("sample", 2)


def test_all_read_is_the_truth_without_an_interval(database: Database, tmp_path: Path) -> None:
    """The second half of worked example 3: (12, 12, 4), (30, 30, 29)."""
    run_of(database, tmp_path, failed=12, passed=30)
    failed, passed = cards_of(database, "failed"), cards_of(database, "passed")
    for cards, right in ((failed, 4), (passed, 29)):
        say(database, cards[:right], "right")
        say(database, cards[right:], "wrong")
    row = row_of(database)
    assert row.basis == {"failed": "all", "passed": "all"}
    assert ends(row.corrected_score) == (0.785714, 0.785714, 0.785714)
    assert not row.rough
    assert row.notes == []


def test_kept_passes_stand_for_all(database: Database, tmp_path: Path) -> None:
    """All kept cards read is a sample of the passes, not all of them."""
    run_of(database, tmp_path, failed=0, passed=200, keep=30)
    cards = cards_of(database, "passed")
    assert len(cards) == 30
    say(database, cards[:29], "right")
    assert row_of(database).basis["passed"] == "other"
    say(database, cards[29:], "wrong")
    row = row_of(database)
    assert row.basis["passed"] == "sample"
    value, low, high = ends(row.false_passes)
    assert value == round(1 / 30, 6)
    assert low is not None
    assert high is not None
    assert 1 / 200 <= low < value < high


def test_a_sample_of_kept_passes_speaks_of_every_pass(database: Database, tmp_path: Path) -> None:
    run_of(database, tmp_path, failed=0, passed=200, keep=30)
    draw(database, "s", 20, "passed")
    cards = members(database, "s")
    say(database, cards[:18], "right")
    say(database, cards[18:], "wrong")
    row = row_of(database)
    assert row.basis["passed"] == "sample"
    assert ends(row.corrected_score)[0] == 0.9


def test_a_card_that_nobody_opened_is_not_read(database: Database, tmp_path: Path) -> None:
    run_of(database, tmp_path, failed=20, passed=0)
    step = BulkStep(action="discard", queue=QueueFilter(run_id=RUN), failure_category="wrong_answer")
    bulk.decide(database, step, "rowan")
    row = row_of(database)
    assert row.read["failed"] == 0
    assert row.basis["failed"] == "none"


def test_set_aside_and_undecided(database: Database, tmp_path: Path) -> None:
    """Worked example 8b with one undecided read among those set aside: F 412: 100, 2, 12; P 588: 50, 0, 49."""
    run_of(database, tmp_path, failed=412, passed=588)
    draw(database, "failed", 100)
    draw(database, "passed", 50, "passed")
    failed, passed = members(database, "failed"), members(database, "passed")
    say(database, failed[:12], "right")
    say(database, failed[12:14], "aside")
    say(database, failed[14:], "wrong")
    say(database, passed[:49], "right")
    say(database, passed[49:], "wrong")
    row = row_of(database)
    assert row.set_aside == {"failed": 2, "passed": 0}
    assert ends(row.corrected_score) == (0.630878, 0.587165, 0.660384)
    assert ends(row.false_fails)[0] == 0.122449
    assert row.effective_reads == {"failed": 98.0, "passed": 50.0}
    assert row.by_fault["question_broken"] == 2
    assert row.by_category["wrong_answer"].read == 86
    assert sum(share.value or 0.0 for share in row.by_category.values()) == pytest.approx(1.0)
    assert row_of(database, like_these=True).like_these is not None


def test_a_run_that_was_taken_back_is_in_no_report(database: Database, tmp_path: Path) -> None:
    run_of(database, tmp_path, failed=5, passed=0)
    take_back(database, RUN, "rowan", decided_too=True)
    with pytest.raises(TakenBack):
        report(database, RUN)
    with pytest.raises(UnknownRun):
        report(database, "nowhere")


def test_rows_by_task_and_model_add_up(database: Database, tmp_path: Path) -> None:
    items = [
        Listed(f"{n}", "failed" if n % 2 else "passed", task, model)
        for n in range(20)
        for task in "ab"
        for model in "xy"
    ]
    import_listed(database, tmp_path, items, keep={"passed": "all"})
    for group, count in (("none", 1), ("task", 2), ("model", 2), ("task_model", 4)):
        rows = report(database, RUN, group=group).rows  # type: ignore[arg-type]
        assert len(rows) == count
        assert sum(row.items["failed"] for row in rows) == 40
        assert sum(row.items["passed"] for row in rows) == 40


def test_the_next_reads_grow_the_sample_or_draw_one(database: Database, tmp_path: Path) -> None:
    run_of(database, tmp_path, failed=100, passed=100)
    found = suggest(database, RUN, 50)
    (step,) = found.steps
    assert (step.sample, {share.outcome: share.cards for share in step.allocation}) == (
        None,
        {"failed": 25, "passed": 25},
    )
    asked = Asked(filter=QueueFilter(run_id=RUN, outcome="any"), size=15, per=("outcome",))
    samples.draw(database, "both", asked, "rowan")
    assert [(one.name, one.waiting) for one in suggest(database, RUN, 50).waiting] == [("both", 30)]
    say(database, members(database, "both"), "wrong")
    found = suggest(database, RUN, 50)
    (step,) = found.steps
    assert step.sample == "both"
    assert sum(share.cards for share in step.allocation) == 50
    assert found.width_now is not None
    assert found.width_after is not None
    assert found.width_after < found.width_now
    shares = tuple(samples.Share(share.outcome, share.cards) for share in step.allocation)
    assert samples.grow(database, "both", allocation=shares).members == 80


def test_without_a_pass_to_read_it_says_so(database: Database, tmp_path: Path) -> None:
    run_of(database, tmp_path, failed=100, passed=50, keep=0)
    found = suggest(database, RUN, 40)
    assert found.cards == {"failed": 40}
    assert found.needs == "keep_passes"
    assert any("--keep passed=50" in note for note in found.notes)
    # the widths are those of the failures alone: nobody has read one yet, and 40 reads tell their share
    assert (found.width_of, found.width_now) == ("false_fails", None)
    assert found.width_after is not None
    run_of(database, tmp_path, failed=100, passed=50, keep=10)
    found = suggest(database, RUN, 40)
    assert (found.needs, found.width_of) == (None, "corrected_score")


def test_passes_that_the_files_only_count_need_nothing(database: Database) -> None:
    (source,) = find(PACKAGE / "demo")
    run = import_run(database, source).run_id
    found = suggest(database, run, 40)
    assert (found.needs, found.width_of, found.notes) == (
        None,
        "false_fails",
        ["The run's files only count what passed, so no pass can be read."],
    )
    # as a desk that was upgraded has it: its cards are all that is known of the run
    with database.write() as connection:
        connection.execute(update(Item).values(item=cast(literal("#") + cast(Item.candidate_seq, Text), LargeBinary)))
    assert suggest(database, run, 40).needs == "import_again"


def test_what_the_passes_have_no_cards_for_goes_to_the_failures(database: Database, tmp_path: Path) -> None:
    run_of(database, tmp_path, failed=100, passed=100, keep=10)
    found = suggest(database, RUN, 40)
    assert found.cards == {"failed": 30, "passed": 10}
    (step,) = found.steps
    assert {share.outcome: share.cards for share in step.allocation} == found.cards


class TestTheDemo:
    """562 failures of the example run, all decided in examples/flywheel; its 62 passes are only counted."""

    @pytest.fixture
    def run(self, database: Database) -> str:
        (source,) = find(PACKAGE / "demo")
        return import_run(database, source).run_id

    def decided(self) -> dict[str, dict[str, Any]]:
        lines = (ROOT / "examples/flywheel/decisions.jsonl").read_text("utf-8").split("\n")
        return {line["id"]: line for line in map(json.loads, filter(None, lines))}

    def decide(self, database: Database, cards: list[str]) -> None:
        for card in cards:
            line = self.decided_lines[card]
            is_own = line["corrected_response"] == line["model_response"]
            action: Verdict = "accept" if is_own else "correct"
            text = None if is_own else line["corrected_response"]
            category = line["failure_category"]
            decisions.submit(
                database,
                Submission(id=card, action=action, corrected_response=text, failure_category=category),
                "rowan",
            )

    @pytest.fixture(autouse=True)
    def _lines(self) -> None:
        self.decided_lines = self.decided()

    def test_all_decisions_equal_a_hand_count(self, database: Database, run: str) -> None:
        self.decide(database, list(self.decided_lines))
        row = row_of(database, run)
        # counted by hand: 13 accepted as scoring artifacts and 2 corrected ones are right, of 562; 62 passed
        assert row.items["failed"] == 562
        assert row.items["passed"] == 62
        assert not row.passes_listed
        assert ends(row.false_fails) == (round(15 / 562, 6),) * 3
        assert ends(row.at_most) == (round(77 / 624, 6),) * 3
        assert row.corrected_score is None
        counted = {name: share.read for name, share in row.by_category.items()}
        assert counted == {
            "scoring_artifact": 15,
            "style_violation": 71,
            "partial_answer": 24,
            "wrong_answer": 378,
            "format_error": 38,
            "hallucination": 36,
        }

    def test_a_sample_of_a_hundred_covers_it(self, database: Database, run: str) -> None:
        samples.draw(database, "hundred", Asked(filter=QueueFilter(run_id=run), size=100, seed=1), "rowan")
        self.decide(database, members(database, "hundred"))
        row = row_of(database, run)
        _, low, high = ends(row.false_fails)
        assert low is not None
        assert high is not None
        assert low <= 15 / 562 <= high
        _, low, high = ends(row.at_most)
        assert low is not None
        assert high is not None
        assert low <= 77 / 624 <= high


def cards_of(database: Database, outcome: str) -> list[str]:
    page = queue.page(database, QueueFilter(run_id=RUN, outcome=outcome), per_page=200)  # type: ignore[arg-type]
    found = [str(card["id"]) for card in page.items]
    while page.items:
        page = queue.page(database, QueueFilter(run_id=RUN, outcome=outcome), per_page=200, after=found[-1])  # type: ignore[arg-type]
        found += [str(card["id"]) for card in page.items]
    return found
