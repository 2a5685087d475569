"""The overview of small desks: every number by hand, and the one step that it proposes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from avocet.db import Database
from avocet.domain import OUTCOMES
from avocet.exports import Recipe, made, write
from avocet.review import bulk, decisions, entries
from avocet.review.bulk_step import BulkStep
from avocet.review.decisions import Submission
from avocet.runs import take_back
from avocet.scores.overview import CameIn, Change, LastTraining, Ready, Waiting, next_step, overview
from avocet.training.summary import TrainingSummary
from tests.factories import candidate_line, import_lines
from tests.runs.listed import Listed, import_listed
from tests.scores.desks import RUN, say
from tests.scores.test_insights import cards, decide


def training(name: str, state: Any, started_at: str, export_id: int | None = None) -> TrainingSummary:
    return TrainingSummary(
        name=name,
        state=state,
        base="base",
        method="sft",
        recipe=None,
        export_id=export_id,
        step=1,
        total_steps=1,
        seconds=1.0,
        seconds_left=None,
        loss=None,
        eval_loss=None,
        best_eval_loss=None,
        started_at=started_at,
        finished_at=None,
        error=None,
        has_report=False,
        log_bytes=0,
    )


def test_an_empty_desk_wants_a_run(database: Database) -> None:
    found = overview(database)
    assert found.next == "import"
    assert found.came_in == CameIn(0, dict.fromkeys(OUTCOMES, 0), None, None)
    assert (found.ready, found.runs, found.alike) == (Ready(0, 0), [], None)


def test_what_came_in_waits_and_is_ready(database: Database, tmp_path: Path) -> None:
    items = [Listed(f"f{number}") for number in range(4)]
    items += [Listed(f"p{number}", "passed") for number in range(3)]
    items += [Listed("e", "errored"), Listed("c", "passed", is_counted=True)]
    import_listed(database, tmp_path, items, keep={"passed": "all"})
    one, two, three, _ = cards(database, outcome="failed")
    decide(database, one, "correct", corrected_response="better")
    decide(database, two, "accept")
    decide(database, three, check_fault="reference_wrong")
    found = overview(database)
    assert (found.came_in.runs, found.came_in.last_run) == (1, RUN)
    assert found.came_in.items == {"failed": 4, "passed": 4, "errored": 1, "unscored": 0}
    assert found.waiting == Waiting(
        failed=1, passed=3, errored=0, unscored=0, seconds_per_card=found.waiting.seconds_per_card
    )
    assert found.decided == {"approved": 2, "discarded": 1, "model_rejected": 0}
    assert found.ready == Ready(2, 2)
    assert {fault: n for fault, n in found.faults.items() if n} == {"reference_wrong": 1}
    (run,) = found.runs
    assert (run.items, run.passes, run.failures_read, run.passes_read) == (9, 4, 3, 0)
    assert (run.harness_score, run.corrected_score) == (0.5, None)
    assert (found.last_training, found.since) == (None, None)


def test_the_scores_of_a_run_are_those_of_its_report(database: Database, tmp_path: Path) -> None:
    """All four failures read, one right; no pass read: at most (4 + 1) of 8."""
    items = [*(Listed(f"f{n}") for n in range(4)), *(Listed(f"p{n}", "passed") for n in range(4))]
    import_listed(database, tmp_path, items, keep={"passed": "all"})
    failed = cards(database, outcome="failed")
    say(database, failed[:1], "right")
    say(database, failed[1:], "wrong")
    (run,) = overview(database).runs
    assert (run.corrected_score, run.at_most) == (None, 5 / 8)
    say(database, cards(database, outcome="passed"), "right")
    (run,) = overview(database).runs
    assert run.at_most is None
    assert run.corrected_score is not None
    assert run.corrected_score.value == 5 / 8


def test_what_changed_since_the_last_training(database: Database, tmp_path: Path) -> None:
    import_lines(database, tmp_path, [candidate_line(number) for number in range(6)], "one")
    first, second, third, fourth, fifth, _ = cards(database)
    for card in (first, second):
        decide(database, card, "correct", corrected_response="better")
    written = write(database, Recipe(), tmp_path / "rows.jsonl")
    number = made.record(database, written, reviewer="rowan", target="rows.jsonl")
    at = made.read(database, number).at
    import_lines(database, tmp_path, [candidate_line(9)], "two")
    decide(database, third, "accept")
    decide(database, fourth)
    bulk.decide(database, BulkStep(action="discard", ids=(fifth,)), "rowan")  # nobody opened it
    decisions.undo(database, first, "rowan")
    found = overview(
        database,
        [
            training("broken", "failed", "2030-01-01T00:00:00Z", 77),
            training("tuned", "done", at, number),
            training("first", "done", "2020-01-01T00:00:00Z"),
        ],
    )
    assert found.last_training == LastTraining("tuned", at, written.as_of.decision, 2)
    assert found.ready == Ready(rows=2, new=1)
    assert found.since is not None
    assert found.since.runs == Change(1, 2)
    assert found.since.failures_read == Change(2, 3)  # two more and one undone
    assert found.since.passes_read == Change(0, 0)


def test_a_row_that_was_revised_is_new_again(database: Database, tmp_path: Path) -> None:
    import_lines(database, tmp_path, [candidate_line(number) for number in range(2)])
    first, second = cards(database)
    for card in (first, second):
        decide(database, card, "correct", corrected_response="better")
    number = made.record(
        database, write(database, Recipe(), tmp_path / "r.jsonl"), reviewer="rowan", target="r.jsonl"
    )
    done = [training("tuned", "done", made.read(database, number).at, number)]
    assert overview(database, done).ready == Ready(2, 0)
    standing = entries.of(database, first)[-1].decision_id
    again = Submission(id=first, action="correct", corrected_response="best", revises=standing)
    decisions.submit(database, again, "rowan")
    found = overview(database, done)
    assert found.ready == Ready(2, 1)
    assert found.since is not None
    assert found.since.failures_read == Change(2, 2)


def test_a_training_on_a_foreign_export_knows_its_time_alone(database: Database, tmp_path: Path) -> None:
    import_lines(database, tmp_path, [candidate_line(1)])
    decide(database, cards(database)[0])
    found = overview(database, [training("other", "done", "2020-01-01T00:00:00.000000Z", 12)])
    assert found.last_training == LastTraining("other", "2020-01-01T00:00:00.000000Z", None, None)
    assert found.since is not None
    assert found.since.failures_read == Change(0, 1)


def test_a_run_that_was_taken_back_is_not_there(database: Database, tmp_path: Path) -> None:
    import_lines(database, tmp_path, [candidate_line(1)])
    decide(database, cards(database)[0], "accept", check_fault="check_too_strict")
    take_back(database, "2026-01-02-030405", reviewer="rowan", decided_too=True)
    found = overview(database)
    assert (found.came_in.runs, sum(found.came_in.items.values()), found.ready.rows) == (0, 0, 0)
    assert (found.runs, sum(found.faults.values())) == ([], 0)


def test_cards_of_one_shape_are_proposed_from_five_on(database: Database, tmp_path: Path) -> None:
    lines = [candidate_line(number, failure_reason="timeout after 3 s") for number in range(5)]
    import_lines(database, tmp_path, [*lines, candidate_line(8, failure_reason="refused")])
    found = overview(database).alike
    assert found is not None
    assert found.waiting == 5
    decide(database, cards(database)[0])
    assert overview(database).alike is None


@pytest.mark.parametrize(
    ("waits", "rows", "new", "running", "step"),
    [
        (10, 0, 0, None, "review"),
        (10, 30, 30, None, "train"),
        (10, 30, 19, None, "review"),
        (10, 230, 20, None, "review"),  # less than a tenth of the 210 known rows
        (10, 220, 20, None, "train"),
        (0, 5, 1, None, "train"),
        (0, 5, 0, None, "import"),
        (0, 0, 0, None, "import"),
        (10, 30, 30, "tuned", "follow"),
    ],
)
def test_the_next_step(waits: int, rows: int, new: int, running: str | None, step: str) -> None:
    came_in = CameIn(1, dict.fromkeys(OUTCOMES, 0), None, None)
    assert next_step(came_in, Waiting(waits, 0, 0, 0, None), Ready(rows, new), running) == step


def test_a_training_that_runs_is_followed(database: Database, tmp_path: Path) -> None:
    import_lines(database, tmp_path, [candidate_line(1)])
    found = overview(database, [training("tuned", "running", "2030-01-01T00:00:00Z")])
    assert (found.next, found.training, found.last_training) == ("follow", "tuned", None)
