"""The verdicts of a run as lines: which items, under which ids, and what is counted."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from avocet import runs, verdicts
from avocet.db import Database
from avocet.errors import InvalidRequest, TakenBack, UnknownFormat, UnknownRun
from avocet.review import bulk
from avocet.review.bulk_step import BulkStep
from avocet.verdicts import Told
from avocet.verdicts.lines import COLUMNS
from tests.exports.deciding import decide
from tests.factories import RUN, candidate_line, import_lines
from tests.verdicts import sums


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    """Six cards of another harness: right, wrong, set aside, undecided, right in bulk, waiting."""
    import_lines(database, bench_dir, [candidate_line(number, item_id=f"q{number}") for number in range(6)])
    decide(database, 0, "accept", check_fault="reference_wrong", corrected_reference=["1", 1], note="=1+1")
    decide(database, 1, "flag", failure_category="hallucination", note="Invented.")
    decide(database, 2, "flag", check_fault="question_broken")
    decide(database, 3, "discard")
    bulk.decide(database, BulkStep(action="accept", ids=(f"{RUN}/item-4",)), "sam")
    return database


@pytest.fixture
def log(database: Database) -> Database:
    """The log's two failures: one right, one wrong; of its passes one wrong, one with a broken question."""
    sums.import_cards(database)
    sums.say(database, "a2", "accept", check_fault="check_too_strict", note="It shows its work.")
    sums.say(database, "a3", "flag", epoch=2, failure_category="wrong_answer")
    sums.say(database, "a1", "flag", epoch=2, check_fault="check_too_lax", reviewer="sam")
    sums.say(database, "a3", "flag", check_fault="question_broken")
    return database


def text(database: Database, run: str, name: str, told: Told | None = None) -> str:
    return b"".join(verdicts.stream(database, run, name, told)).decode()


def test_a_line_names_the_item_as_the_harness_does_and_says_both_verdicts(desk: Database) -> None:
    first = verdicts.rows(desk, RUN)[0]
    assert tuple(first) == COLUMNS
    assert first.pop("at").endswith("Z")
    assert first == {
        "task_type": "arithmetic",
        "item_id": "q0",
        "epoch": None,
        "model_id": "org/small-model",
        "model_name": "small-model",
        "avocet_id": f"{RUN}/item-0",
        "outcome": "failed",
        "verdict": "right",
        "action": "accept",
        "failure_category": "scoring_artifact",
        "check_fault": "reference_wrong",
        "corrected_reference": ["1", 1],
        "note": "=1+1",
        "reviewer": "rowan",
        "is_read": True,
    }


def test_items_that_nobody_could_decide_are_left_out_and_counted(desk: Database) -> None:
    told = Told()
    text(desk, RUN, "jsonl", told)
    assert told.written == {"right": 2, "wrong": 1, "set_aside": 1}
    assert told.left_out == {"undecided": 1}
    said = [(row["item_id"], row["verdict"], row["is_read"]) for row in verdicts.rows(desk, RUN)]
    assert said == [("q0", "right", True), ("q1", "wrong", True), ("q2", "set_aside", True), ("q4", "right", False)]


def test_csv_has_the_same_columns_and_runs_in_no_spreadsheet(desk: Database) -> None:
    found = list(csv.DictReader(io.StringIO(text(desk, RUN, "csv").removeprefix("\ufeff"))))
    assert tuple(found[0]) == COLUMNS
    assert [row["item_id"] for row in found] == ["q0", "q1", "q2", "q4"]
    assert (found[0]["corrected_reference"], found[0]["note"]) == ('["1",1]', "'=1+1")
    assert [row["is_read"] for row in found] == ["true", "true", "true", "false"]


def test_a_csv_without_rows_still_names_its_columns(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line()])
    assert text(database, RUN, "csv") == "\ufeff" + ",".join(COLUMNS) + "\n"


def test_epochs_of_a_log_are_numbers(log: Database) -> None:
    said = {(row["item_id"], row["epoch"]): (row["outcome"], row["verdict"]) for row in verdicts.rows(log, sums.RUN)}
    assert said == {
        ("a2", 1): ("failed", "right"),
        ("a3", 2): ("failed", "wrong"),
        ("a1", 2): ("passed", "wrong"),
        ("a3", 1): ("passed", "set_aside"),
    }


def test_scores_for_inspect_are_its_own_grades(log: Database) -> None:
    told = Told()
    text(log, sums.RUN, "inspect", told)
    assert told.left_out == {"set aside": 1}
    rows = {(row["id"], row["epoch"]): row for row in verdicts.rows(log, sums.RUN, "inspect")}
    assert {key: row["value"] for key, row in rows.items()} == {("a2", 1): "C", ("a3", 2): "I", ("a1", 2): "I"}
    strict = rows["a2", 1]
    assert strict["answer"] == "71"  # what the scorer took for the answer
    assert strict["explanation"] == (
        "scoring_artifact: the model was right, the benchmark's check was too strict; "
        "check_too_strict: it fails answers that are right; It shows its work."
    )
    assert strict["metadata"]["reviewer"] == "rowan"
    assert strict["metadata"]["check_fault"] == "check_too_strict"


def test_scores_for_inspect_are_refused_to_another_harness(desk: Database) -> None:
    with pytest.raises(InvalidRequest, match="take jsonl or csv"):
        verdicts.stream(desk, RUN, "inspect")


def test_scores_are_of_one_log(database: Database, bench_dir: Path) -> None:
    """Cards of two logs that were moved here as one file."""
    lines = [candidate_line(n, harness="inspect", item_id="a1", benchmark_run_id=f"log-{n % 2}") for n in range(2)]
    import_lines(database, bench_dir, lines)
    for number in range(2):
        decide(database, number, "accept")
    with pytest.raises(InvalidRequest, match="answers of 2 logs"):
        verdicts.stream(database, RUN, "inspect")


def test_a_sample_is_scored_once(database: Database, bench_dir: Path) -> None:
    """Inspect refuses a file that says two things of one sample."""
    more: dict[str, Any] = {"harness": "inspect", "details": {"epoch": 1}}
    lines = [candidate_line(0, item_id="a1", **more), candidate_line(1, item_id="a1", **more)]
    lines += [candidate_line(2, **more), candidate_line(3, item_id="a1")]
    import_lines(database, bench_dir, lines)
    for number in range(4):
        decide(database, number, "accept")
    told = Told()
    assert text(database, RUN, "inspect", told).count("\n") == 1
    assert told.left_out == {
        "the same item a second time": 1,
        "without the harness's id": 1,
        "of another harness": 1,
    }


def test_a_case_says_which_answer_should_pass(desk: Database) -> None:
    right, wrong, _ = verdicts.rows(desk, RUN, "cases")
    assert (right["answer"], right["should"]) == ("It is 0.", "pass")
    assert (wrong["answer"], wrong["should"]) == ("It is 1.", "fail")
    assert right["prompt"] == [{"role": "user", "content": "What is 0 + 1?"}]
    assert right["corrected_reference"] == ["1", 1]


def test_undoing_takes_a_verdict_away(desk: Database) -> None:
    from avocet.review import decisions

    decisions.undo(desk, f"{RUN}/item-0", "rowan")
    assert [row["item_id"] for row in verdicts.rows(desk, RUN)] == ["q1", "q2", "q4"]


def test_a_run_that_is_not_here_is_named(desk: Database) -> None:
    for name in ("another", "nul\x00"):
        with pytest.raises(UnknownRun):
            verdicts.stream(desk, name, "jsonl")
    runs.take_back(desk, RUN, "rowan", decided_too=True)
    with pytest.raises(TakenBack):
        verdicts.stream(desk, RUN, "jsonl")


@pytest.mark.parametrize("name", ["csv", "report"])
def test_rows_are_of_formats_with_json_lines(desk: Database, name: str) -> None:
    with pytest.raises(InvalidRequest, match="take jsonl, inspect or cases"):
        verdicts.rows(desk, RUN, name)


def test_an_unknown_format_is_refused_with_the_known_ones(desk: Database) -> None:
    with pytest.raises(UnknownFormat, match="jsonl, csv, inspect, report, cases"):
        verdicts.stream(desk, RUN, "xlsx")
