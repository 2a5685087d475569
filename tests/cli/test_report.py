"""avocet report: every way to print it, and what it says where a score can't be told."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet.db import Database
from avocet.review import queue
from tests.command import Avocet
from tests.runs.listed import Listed, import_listed
from tests.scores.desks import RUN, draw, members, run_of, say
from tests.scores.judged import judged_run, says


@pytest.fixture
def _read(database: Database, tmp_path: Path) -> None:
    """Worked example 1: failed (20, 10, 3), passed (30, 10, 9)."""
    run_of(database, tmp_path, failed=20, passed=30)
    for outcome, right in (("failed", 3), ("passed", 9)):
        draw(database, outcome, 10, outcome)
        cards = members(database, outcome)
        say(database, cards[:right], "right")
        say(database, cards[right:], "wrong")


@pytest.mark.usefixtures("_read")
class TestRead:
    def test_json_is_what_http_answers(self, avocet: Avocet, client: TestClient) -> None:
        for asked in ({}, {"group": "task_model"}, {"like_these": True}):
            options = [f"--group={asked['group']}"] if "group" in asked else []
            options += ["--like-these"] if "like_these" in asked else []
            answer = client.get("/api/sft/report", params={"run_id": RUN, **asked}).json()
            assert avocet("report", RUN, "--json", *options).json() == answer

    def test_a_sentence_and_a_table(self, avocet: Avocet) -> None:
        out = avocet.done("report", RUN)
        assert "About 66.0 % (between 52.0 and 76.0) of the answers are right. The harness counted 60.0 %." in out
        assert "66.0 (52.0 to" in out

    def test_markdown_can_be_pasted(self, avocet: Avocet) -> None:
        lines = avocet.done("report", RUN, "--md", "--group", "task_model").split("\n")
        assert lines[0] == "# Scores of listed"
        (row,) = [line for line in lines if line.startswith("| small ")]
        assert row.split(" | ")[1:6] == ["sums", "50", "20", "60.0", "66.0 (52.0 to 76.0)"]
        assert any(line.startswith("- small, sums: About 66.0 %") for line in lines)

    def test_csv_has_every_number(self, avocet: Avocet) -> None:
        (row,) = csv.DictReader(io.StringIO(avocet.done("report", RUN, "--csv")))
        assert float(row["corrected_score_value"]) == pytest.approx(0.66)
        assert (row["read_failed"], row["basis_passed"], row["at_most_value"]) == ("10", "sample", "")

    def test_one_way_to_print_it(self, avocet: Avocet) -> None:
        assert avocet.refused("report", RUN, "--csv", "--md") == "Choose one of --json, --csv and --md."


def test_all_read_has_no_range(avocet: Avocet, database: Database, tmp_path: Path) -> None:
    import_listed(database, tmp_path, [Listed("1"), Listed("2", "passed")], keep={"passed": "all"})
    say(database, [card_of(database, "failed")], "right")
    say(database, [card_of(database, "passed")], "right")
    assert "100.0 % of the answers are right. The harness counted 50.0 %." in avocet.done("report", RUN)


def test_nobody_read_anything(avocet: Avocet, database: Database, tmp_path: Path) -> None:
    run_of(database, tmp_path, failed=20, passed=30, keep=0)
    assert "How many answers are right can't be told yet. The harness counted 60.0 %." in avocet.done("report", RUN)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("failed", "At most 100.0 % of the answers are right; nobody read those that passed."),
        ("passed", "At least 60.0 % of the answers are right; nobody read those that failed."),
    ],
)
def test_one_half_read(avocet: Avocet, database: Database, tmp_path: Path, outcome: str, said: str) -> None:
    run_of(database, tmp_path, failed=20, passed=30)
    draw(database, "all", 30, outcome)
    say(database, members(database, "all"), "right")
    assert said in avocet.done("report", RUN)


def test_nothing_was_scored(avocet: Avocet, database: Database, tmp_path: Path) -> None:
    import_listed(database, tmp_path, [Listed("1", "errored", task="a_b|c")])
    out = avocet.done("report", RUN)
    assert "No item of it was scored." in out
    assert "1 item errored or was not scored: neither score has it." in out
    # a name from a harness can't break out of the table
    assert "| small | a\\_b\\|c |" in avocet.done("report", RUN, "--md", "--group", "task_model")


def test_several_rows_have_no_sentence(avocet: Avocet, database: Database, tmp_path: Path) -> None:
    import_listed(database, tmp_path, [Listed("1", task="a"), Listed("1", "passed", task="b")])
    out = avocet.done("report", RUN, "--group", "task")
    assert "The harness counted" not in out
    assert [line.split()[:4] for line in out.splitlines() if line.startswith("all")] == [
        ["all", "a", "1", "0"],
        ["all", "b", "1", "0"],
    ]


def test_a_judge_is_told_below_the_score(avocet: Avocet, database: Database, tmp_path: Path) -> None:
    hostile = says("passed", model="[red]j")
    judged_run(database, tmp_path, [hostile, hostile, says(None, model="other"), says("failed", model="third")])
    say(database, ["f0", "f2"], "right")
    say(database, ["f1"], "wrong")
    out = avocet.done("report", RUN)
    assert "[red]j says what people say on 1 of 2 read answers, the check on 1.\n" in out
    assert "  Nothing is estimated of all answers: none of the failed items was read at random yet.\n" in out
    assert "other has no verdict on any answer that people read." in out
    assert "third" not in out
    assert avocet("report", RUN, "--json").json()["judges"][0]["passed_wrong"] == 1


def test_an_unknown_run_is_said(avocet: Avocet, database: Database) -> None:
    assert "nowhere" in avocet.refused("report", "nowhere")


def card_of(database: Database, outcome: str) -> str:
    asked = queue.QueueFilter(run_id=RUN, outcome=outcome)  # type: ignore[arg-type]
    return str(queue.page(database, asked).items[0]["id"])
