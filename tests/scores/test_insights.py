"""Insights on small desks whose every number can be counted by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import nextafter
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlalchemy import select, update

from avocet.categories import FailureCategory
from avocet.db import Database
from avocet.models import Candidate, Decision
from avocet.review import bulk, decisions, history, queue, samples
from avocet.review.bulk_step import BulkStep
from avocet.review.decisions import Submission
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked
from avocet.runs import take_back
from avocet.scores.insights import Insights, insights
from avocet.scores.mix import ModelTask
from avocet.scores.narrowed import Narrowed
from avocet.scores.proposed import RuleUse
from avocet.scores.rows import CategoryShare
from avocet.scores.sizes import MOST_CORRECTIONS, changed
from tests.factories import Line, candidate_line, import_lines
from tests.plans import steps
from tests.runs.listed import Listed, import_listed
from tests.scores.desks import draw, members, run_of, say


def look(database: Database, *, today: date = date(2026, 1, 20), **narrowed: Any) -> Insights:
    return insights(database, Narrowed(**narrowed), today=today)


def decide(database: Database, card: str, action: str = "discard", **fields: Any) -> None:
    decisions.submit(database, Submission(id=card, action=action, **fields), "rowan")  # type: ignore[arg-type]


def cards(database: Database, **where: str) -> list[str]:
    query = select(Candidate.id).order_by(Candidate.seq)
    with database.read() as connection:
        return list(
            connection.scalars(query.where(*(getattr(Candidate, name) == value for name, value in where.items())))
        )


def ids(count: int) -> list[str]:
    return [str(candidate_line(number)["id"]) for number in range(count)]


def decided_at(database: Database, times: Sequence[str]) -> None:
    """Move the desk's decisions, in their order, to these times."""
    with database.read() as connection:
        numbers = list(connection.scalars(select(Decision.id).order_by(Decision.id)))
    changes = [
        update(Decision).where(Decision.id == number).values(at=f"{at}.000000Z")
        for number, at in zip(numbers, times, strict=True)
    ]
    database.change(lambda connection: [connection.execute(change) for change in changes])


def test_an_empty_desk_has_nothing_to_say(database: Database) -> None:
    found = look(database)
    assert (found.all.failed, found.all.read, found.all.basis) == (0, 0, "all")
    assert not any((found.by_model, found.by_task, found.by_run, found.model_tasks))
    assert (found.kinds.sample, found.kinds.next_is_new, found.pace.per_day) == (None, None, None)
    assert [one.waiting for one in found.scores] == [0] * 10


def test_the_mix_of_failures_that_are_all_read(database: Database, tmp_path: Path) -> None:
    items = [Listed("a1"), Listed("a2"), Listed("b1", task="facts"), Listed("b2", task="facts", model="large")]
    import_listed(database, tmp_path, items)
    first, second, third, fourth = cards(database)
    decide(database, first, failure_category="wrong_answer")
    decide(database, second, failure_category="wrong_answer")
    decide(database, third, "accept")
    decide(database, fourth)  # neither category nor fault: nobody can tell
    found = look(database)
    assert (found.all.failed, found.all.read, found.all.undecided, found.all.basis) == (4, 4, 1, "all")
    assert found.all.by_category == {
        "scoring_artifact": CategoryShare(1, 1 / 3, 1 / 3, 1 / 3),
        "wrong_answer": CategoryShare(2, 2 / 3, 2 / 3, 2 / 3),
    }
    by_model = {
        row.name: (row.failed, {name: one.read for name, one in row.by_category.items()}) for row in found.by_model
    }
    assert by_model == {"large": (1, {}), "small": (3, {"scoring_artifact": 1, "wrong_answer": 2})}
    by_task = {
        row.name: (row.failed, {name: one.read for name, one in row.by_category.items()}) for row in found.by_task
    }
    assert by_task == {"facts": (2, {"scoring_artifact": 1}), "sums": (2, {"wrong_answer": 2})}
    (run,) = found.by_run
    assert (run.at, run.mix.name, run.mix.read) == ("2026-01-02T03:04:05", "listed", 4)


def test_a_sample_tells_the_shares_of_all_failures_with_their_limits(database: Database, tmp_path: Path) -> None:
    """Of 20 failures 10 are read by lot and 3 are of the kind: worked example 1's failures, 6 of 20."""
    run_of(database, tmp_path, failed=20, passed=0)
    draw(database, "s", 10)
    read = members(database, "s")
    for card in read[:3]:
        decide(database, card, failure_category="hallucination")
    for card in read[3:]:
        decide(database, card, "flag")
    found = look(database).all
    assert (found.basis, found.rough, found.read) == ("sample", True, 10)
    assert list(found.by_category) == ["hallucination", "uncategorised"]
    kind, other = found.by_category["hallucination"], found.by_category["uncategorised"]
    assert (kind.read, kind.value) == (3, 0.3)
    assert (other.read, other.value) == (7, 0.7)
    assert kind.low is not None
    assert kind.high is not None
    assert 3 / 20 <= kind.low < 0.3 < kind.high <= 13 / 20


def test_reads_by_choice_are_counted_and_nothing_is_concluded(database: Database, tmp_path: Path) -> None:
    run_of(database, tmp_path, failed=30, passed=0)
    for card in cards(database)[:12]:
        decide(database, card, failure_category="format_error")
    found = look(database).all
    assert found.basis == "other"
    assert found.by_category == {"format_error": CategoryShare(12, None, None, None)}


def test_cards_that_nobody_opened_are_no_reads(database: Database, tmp_path: Path) -> None:
    run_of(database, tmp_path, failed=5, passed=0)
    step = BulkStep(action="discard", ids=tuple(cards(database)[:3]), failure_category="wrong_answer")
    bulk.decide(database, step, "rowan")
    found = look(database)
    assert (found.all.read, found.all.unopened, found.all.by_category) == (0, 3, {})
    assert (found.pace.decided, found.pace.waiting) == (3, 2)
    assert [sum(counts) for counts in zip(*((one.waiting, one.unopened) for one in found.scores), strict=True)] == [
        2,
        3,
    ]
    assert found.by_run[0].mix.unopened == found.by_task[0].unopened == 3


def test_a_run_that_was_taken_back_is_in_no_number(database: Database, tmp_path: Path) -> None:
    import_lines(database, tmp_path, [candidate_line(1)], "one")
    import_lines(database, tmp_path, [candidate_line(2)], "two")
    for card in cards(database):
        decide(database, card, "correct", corrected_response="2")
    take_back(database, "one", reviewer="rowan", decided_too=True)
    found = look(database)
    assert [run.mix.name for run in found.by_run] == ["two"]
    assert (found.all.read, found.kinds.shapes, found.corrections.corrections) == (1, 1, 1)
    assert sum(day.decided for day in found.pace.days) == found.pace.decided == 1


def scored(model: str, right: int, wrong: int) -> list[Listed]:
    passed = [Listed(f"p{number}", "passed", model=model) for number in range(right)]
    return [*passed, *(Listed(f"f{number}", model=model) for number in range(wrong))]


def ahead(found: Insights) -> list[str | None]:
    return [row.model_name for row in found.model_tasks if row.ahead]


def test_the_best_is_marked_only_where_it_is_sure(database: Database, tmp_path: Path) -> None:
    items = [*scored("large", 8, 2), *scored("small", 3, 7)]
    import_listed(database, tmp_path, items, keep={"passed": "all"})
    assert ahead(look(database)) == []  # nobody read anything
    say(database, cards(database, outcome="passed"), "right")
    say(database, cards(database, outcome="failed"), "wrong")
    found = look(database)
    assert ahead(found) == ["large"]
    large, small = found.model_tasks
    assert (large.items, large.read) == ({"failed": 2, "passed": 8}, {"failed": 2, "passed": 8})
    assert (large.harness_score, small.harness_score) == (0.8, 0.3)
    assert [row.corrected_score and row.corrected_score.value for row in (large, small)] == [0.8, 0.3]


def test_none_is_ahead_of_a_model_that_nobody_read(database: Database, tmp_path: Path) -> None:
    import_listed(database, tmp_path, [*scored("large", 8, 2), *scored("small", 3, 7)], keep={"passed": "all"})
    say(database, cards(database, model_name="large", outcome="passed"), "right")
    say(database, cards(database, model_name="large", outcome="failed"), "wrong")
    found = look(database)
    assert ahead(found) == []
    assert [row.corrected_score is None for row in found.model_tasks] == [False, True]


def test_equal_scores_have_no_best(database: Database, tmp_path: Path) -> None:
    import_listed(database, tmp_path, [*scored("large", 2, 2), *scored("small", 2, 2)], keep={"passed": "all"})
    say(database, cards(database, outcome="passed"), "right")
    say(database, cards(database, outcome="failed"), "wrong")
    assert ahead(look(database)) == []


@pytest.mark.only("sqlite")  # how PostgreSQL goes about it depends on its statistics
@pytest.mark.parametrize("narrowed", [{}, {"model_name": "small-model"}, {"task_type": "arithmetic"}])
def test_cards_are_counted_from_an_index_alone(database: Database, tmp_path: Path, narrowed: dict[str, Any]) -> None:
    import_lines(database, tmp_path, [candidate_line(number) for number in range(3)])
    found = [step for step in steps(database, lambda: look(database, **narrowed)) if "SCAN candidates" in step]
    assert found == ["SCAN candidates USING COVERING INDEX ix_candidates_shape"]


def with_reasons(reasons: Sequence[str | None]) -> list[Line]:
    return [candidate_line(number, failure_reason=reason) for number, reason in enumerate(reasons)]


def test_kinds_are_counted_in_the_order_of_a_sample(database: Database, tmp_path: Path) -> None:
    """Eight reads: one kind five times, two once and one once more: three of eight were seen once."""
    import_lines(database, tmp_path, with_reasons(["timeout"] * 10 + ["empty answer", "bad json", None, "refused"]))
    samples.draw(database, "s", Asked(filter=QueueFilter(), size=14, seed=3), "rowan")
    order = members(database, "s")
    with database.read() as connection:
        shapes = {
            row.id: row.reason_shape for row in connection.execute(select(Candidate.id, Candidate.reason_shape))
        }
    for card in order[:8]:
        decide(database, card, failure_category="wrong_answer")
    decide(database, order[9], failure_category="wrong_answer")  # out of order: not a random read
    read = [shapes[card] for card in order[:8]]
    once = sum(read.count(shape) == 1 for shape in set(read))
    found = look(database).kinds
    assert (found.sample, found.reads, found.kinds) == ("s", 8, len(set(read)))
    assert found.next_is_new is not None
    assert found.next_is_new.value == pytest.approx(once / 8)
    assert (found.shapes, found.without_reason) == (4, 1)
    seen = {shapes[card] for card in [*order[:8], order[9]]}
    unread = {shape for shape in shapes.values() if shape is not None and shape not in seen}
    assert {one.shape for one in found.unread} == unread
    assert found.shapes_unread == len(unread)
    last_new = max(read.index(shape) for shape in set(read)) + 1
    assert found.quiet == 8 - last_new
    assert found.points[0].kinds == 0
    assert (found.points[-1].reads, found.points[-1].kinds) == (8, len(set(read)))


def test_twenty_reads_of_one_kind_limit_what_is_unseen(database: Database, tmp_path: Path) -> None:
    """None new in 19 after the first: at most 1 - 0.05^(1/19); none seen once: 1 - 0.05^(1/20) = 0.139108."""
    import_lines(database, tmp_path, with_reasons(["timeout"] * 30))
    samples.draw(database, "s", Asked(filter=QueueFilter(), size=20, seed=3), "rowan")
    for card in members(database, "s"):
        decide(database, card, failure_category="wrong_answer")
    found = look(database).kinds
    assert found.next_is_new is not None
    assert (found.next_is_new.value, round(found.next_is_new.high or 0, 6)) == (0.0, 0.139108)
    assert found.quiet == 19
    assert found.quiet_limit == pytest.approx(1 - 0.05 ** (1 / 19))
    assert (found.shapes_unread, found.unread) == (0, [])


def test_the_histogram_holds_every_failed_card_once(database: Database, tmp_path: Path) -> None:
    # 0.7 - 0.4 is the last number but one below 0.3
    marks = (0.0, 0.1, 0.19, 0.3, 0.95, 1.0, None, 0.7 - 0.4, 0.9, 0.99, None)
    import_lines(database, tmp_path, [candidate_line(n, quality_score=mark) for n, mark in enumerate(marks)])
    zero, tenth, _, _, high, full, _, _, nine, most, none = ids(len(marks))
    decide(database, zero, failure_category="wrong_answer")
    decide(database, tenth, "accept")
    decide(database, high, "accept")
    decide(database, full, check_fault="question_broken")
    decide(database, most)
    bulk.decide(database, BulkStep(action="discard", ids=(nine, none)), "rowan")
    bins = look(database).scores
    parts = ("waiting", "unopened", "wrong", "right", "aside")
    counted = {(one.low, one.high): tuple(getattr(one, part) for part in parts) for one in bins}
    assert {ends: numbers for ends, numbers in counted.items() if any(numbers)} == {
        (0.0, 0.1): (0, 0, 1, 0, 0),
        (0.1, 0.2): (1, 0, 0, 1, 0),
        (0.2, 0.3): (1, 0, 0, 0, 0),
        (0.3, 0.4): (1, 0, 0, 0, 0),
        (0.9, 1.0): (0, 1, 0, 1, 2),
        (None, None): (1, 1, 0, 0, 0),
    }
    assert len(bins) == 11
    for one in bins:
        ends: Any = {"score": "none"}
        if one.low is not None and one.high is not None:
            ends = {"min_score": one.low, "max_score": 1.0 if one.high == 1 else nextafter(one.high, 0)}
        assert queue.page(database, QueueFilter(**ends)).total == one.waiting
        for part in parts[1:]:
            reading: Any = "none" if part == "unopened" else part
            decided = history.DecidedFilter(outcome="failed", reading=reading, **ends)
            assert history.page(database, decided).total == getattr(one, part)


@pytest.mark.parametrize(
    ("before", "after", "size"),
    [
        ("same", "same", 0),
        ("It is 4.", "It is 5.", 1),
        ("short", "short and more", 9),
        ("a long start", "start", 7),
        ("aaaa", "aa", 2),  # the beginning and the end may not share letters
        ("abc", "xyz", 3),
        ("", "new", 3),
    ],
)
def test_the_size_of_a_correction(before: str, after: str, size: int) -> None:
    assert changed(before, after) == size == changed(after, before)


def test_corrections_by_size(database: Database, tmp_path: Path) -> None:
    import_lines(database, tmp_path, [candidate_line(number, model_response="one") for number in range(6)])
    for card, added in zip(ids(5), (1, 10, 11, 120, 401), strict=True):
        decide(database, card, "correct", corrected_response="one" + "x" * added)
    decide(database, ids(6)[5], "accept")
    found = look(database).corrections
    assert [(one.low, one.high, one.corrections) for one in found.bins] == [
        (0, 10, 2),
        (11, 40, 1),
        (41, 120, 1),
        (121, 400, 0),
        (401, None, 1),
    ]
    assert (found.corrections, found.median, found.is_all) == (5, 11, True)


def test_how_often_each_rule_was_taken(database: Database, tmp_path: Path) -> None:
    import_lines(database, tmp_path, [candidate_line(number) for number in range(6)])
    accepting = {"rule": "equal_but_for_case", "action": "accept", "category": "scoring_artifact"}
    stuck = {"rule": "stuck", "action": "correct", "category": "wrong_answer"}
    first, second, third, fourth, fifth, undone = ids(6)
    decide(database, first, "discard", failure_category="wrong_answer", proposed={**stuck, "taken": False})
    decide(database, second, "accept", proposed={**accepting, "taken": True})
    decide(database, third, "accept", proposed={**accepting, "taken": False})
    decide(database, fourth, "accept", failure_category="hallucination", proposed={**accepting, "taken": False})
    decide(database, fifth, "accept")
    decide(database, undone, "accept", proposed={**accepting, "taken": True})
    decisions.undo(database, undone, "rowan")
    assert look(database).proposals == [RuleUse("equal_but_for_case", 1, 1, 1), RuleUse("stuck", 0, 0, 1)]


def test_only_the_newest_corrections_are_measured(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_CORRECTIONS == 1_000
    monkeypatch.setattr("avocet.scores.sizes.MOST_CORRECTIONS", 2)
    import_lines(database, tmp_path, [candidate_line(number, model_response="one") for number in range(3)])
    for card, added in zip(ids(3), (500, 1, 3), strict=True):
        decide(database, card, "correct", corrected_response="one" + "x" * added)
    found = look(database).corrections
    assert (found.corrections, found.median, found.is_all) == (2, 2, False)


def test_days_pace_and_forecast(database: Database, tmp_path: Path) -> None:
    import_lines(database, tmp_path, [candidate_line(number) for number in range(14)])
    for card in ids(7):
        decide(database, card)
    decisions.undo(database, ids(1)[0], "rowan")
    gaps = ("18T09:00:00", "18T09:00:10", "18T09:00:30", "18T09:01:00", "18T12:00:00", "19T09:00:00", "20T09:00:40")
    decided_at(database, [f"2026-01-{gap}" for gap in (*gaps, "20T09:01:00")])
    found = look(database).pace
    assert [(day.day, day.read, day.decided) for day in found.days] == [
        ("2026-01-18", 5, 5),
        ("2026-01-19", 1, 1),
        ("2026-01-20", 0, 0),
    ]
    assert (found.cards, found.decided, found.waiting) == (14, 6, 8)
    assert found.seconds_per_card is None  # three gaps without a break are too few
    assert found.per_day is not None
    assert found.days_left is not None
    assert found.per_day.value == 2  # 5, 1 and 0 on three days
    assert found.per_day.low == 0
    assert (found.days_left.value, found.days_left.high) == (4, None)


def test_the_pace_is_the_median_gap_without_breaks(database: Database, tmp_path: Path) -> None:
    import_lines(database, tmp_path, [candidate_line(number) for number in range(7)])
    for card in ids(7):
        decide(database, card)
    seconds = ("00:00", "00:10", "00:30", "01:00", "01:50", "59:00", "59:20")
    decided_at(database, [f"2026-01-20T09:{at}" for at in seconds])
    assert look(database).pace.seconds_per_card == 20  # 10, 20, 30, 50, (a break), 20


def test_narrowed_to_a_run_a_model_or_a_task(database: Database, tmp_path: Path) -> None:
    tasks = [candidate_line(1, task_type="facts"), candidate_line(2, model_name="large")]
    import_lines(database, tmp_path, tasks, "one")
    import_lines(database, tmp_path, [candidate_line(3)], "two")
    for card in cards(database):
        decide(database, card, failure_category="wrong_answer")
    assert [look(database, run_id=run).all.read for run in ("one", "two", "none")] == [2, 1, 0]
    large = look(database, model_name="large")
    assert (large.all.failed, [row.name for row in large.by_task]) == (1, ["arithmetic"])
    assert [run.mix.name for run in large.by_run] == ["one"]
    facts = look(database, task_type="facts")
    assert (facts.all.failed, facts.pace.decided, sum(one.wrong for one in facts.scores)) == (1, 1, 1)
    assert [(row.model_name, row.task_type) for row in facts.model_tasks] == [("small-model", "facts")]


def test_every_category_may_be_in_the_mix(database: Database, tmp_path: Path) -> None:
    categories = [*get_args(FailureCategory)]
    import_lines(database, tmp_path, [candidate_line(number) for number in range(len(categories))])
    for card, category in zip(ids(len(categories)), categories, strict=True):
        decide(database, card, failure_category=category)
    assert list(look(database).all.by_category) == categories


def test_a_model_without_a_name_is_a_row(database: Database, tmp_path: Path) -> None:
    import_lines(database, tmp_path, [candidate_line(1, model_name=None, task_type=None)])
    found = look(database)
    assert [row.name for row in (*found.by_model, *found.by_task)] == [None, None]
    (cell,) = found.model_tasks
    assert isinstance(cell, ModelTask)
    assert cell.model_name is cell.task_type is None
